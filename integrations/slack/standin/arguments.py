"""What a Web API call says, however the client wrote it: form, multipart, query or JSON."""

import json
from typing import Any

from flask import Request

from integrations.slack.standin.nouns import Json
from integrations.slack.standin.refusals import RefusalError


class Arguments:
    """The arguments of one call, read by kind; a wrong kind is refused as Slack refuses it."""

    def __init__(self, raw: Json) -> None:
        self.raw = raw

    @classmethod
    def of(cls, request: Request) -> "Arguments":
        """The arguments of a request, or `invalid_json`."""
        raw: Json = dict(request.args.items())
        proof = request.authorization
        if proof is not None and proof.type == "basic":
            raw |= {"client_id": proof.username, "client_secret": proof.password}
        if request.mimetype == "application/json":
            try:
                body = json.loads(request.get_data() or b"{}")
            except ValueError as error:
                raise RefusalError("invalid_json") from error
            if not isinstance(body, dict):
                raise RefusalError("json_not_object")
            raw |= body
        else:
            raw |= dict(request.form.items())
        return cls(raw)

    def text(self, name: str, default: str | None = None) -> str:
        """A string; without a default it must be there."""
        value = self.raw.get(name, default)
        if value is None or (value == "" and default is None):
            raise RefusalError("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing: {name}"]})
        return str(value)

    def maybe(self, name: str) -> str | None:
        """A string that need not be there."""
        value = self.raw.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A yes or no in any of Slack's spellings."""
        value = self.raw.get(name, default)
        return value in (True, 1, "1", "true", "True", "t")

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.raw.get(name) or default)
        except (TypeError, ValueError) as error:
            raise RefusalError("invalid_arguments") from error

    def names(self, name: str) -> list[str]:
        """A list given as such or separated by commas."""
        value = self.raw.get(name)
        if value is None:
            return []
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def structure(self, name: str, refusal: str) -> Any:
        """A JSON value, as it is or written out; None where it is absent."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise RefusalError(refusal) from error
