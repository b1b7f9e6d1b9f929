"""How this Slack says no."""

from integrations.slack.standin.nouns import Json


class RefusalError(Exception):
    """Slack's answer `{"ok": false, "error": name}`, with what else it says."""

    def __init__(self, name: str, **more: object) -> None:
        super().__init__(name)
        self.name = name
        self.more = more

    def answer(self) -> Json:
        """The body of the answer."""
        return {"ok": False, "error": self.name, **self.more}


class CannotDoError(Exception):
    """A person tried what Slack's own client would not let them do; a mistake in the test that drives it."""
