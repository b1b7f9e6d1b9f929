"""The stand-in for Slack as we drive it: over its control address on this machine, in JSON."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from service.settings import Settings

ANSWERS_WITHIN_S = 60.0


class StandInRefused(Exception):  # noqa: N818 - an answer of the stand-in
    """The stand-in could not do what it was told; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the stand-in answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class StandIn:
    """The stand-in beside us."""

    host: str
    port: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The one that these settings call Slack."""
        address = urlsplit(settings.slack_api_url)
        return cls(address.hostname or "127.0.0.1", address.port or 80)

    def tell(self, path: str, /, **what: Any) -> Any:
        """Have it do something, such as `tell("/people", team=…, name=…)`; returns what came of it."""
        return self._asked("POST", f"/control{path}", json.dumps(what))

    def ask(self) -> Any:
        """Who and what is there."""
        return self._asked("GET", "/control", None)

    def page(self, method: str, path: str, body: bytes = b"", kind: str | None = None) -> Answer:
        """A request to its page, as a browser makes it. Raises OSError where nobody answers."""
        line = http.client.HTTPConnection(self.host, self.port, timeout=ANSWERS_WITHIN_S)
        try:
            line.request(method, path, body or None, {"Content-Type": kind} if kind else {})
            answer = line.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            line.close()

    def _asked(self, method: str, path: str, body: str | None) -> Any:
        kind = "application/json" if body is not None else None
        answer = self.page(method, path, (body or "").encode(), kind)
        if answer.status != 200:
            raise StandInRefused(f"{path}: {answer.status} {answer.body[:200].decode(errors='replace')}")
        return json.loads(answer.body)
