"""The stand-in as a page: a plain chat to click through in the demo."""
