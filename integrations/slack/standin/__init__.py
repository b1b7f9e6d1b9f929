"""A small stateful Slack over HTTP, ours, for tests and the demo."""
