"""The way out: signed requests to the app, sent again as Slack sends them again, or badly on purpose."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from email.message import Message
from http.client import HTTPException
from typing import Any

from integrations.slack.standin import envelopes
from integrations.slack.standin.nouns import Json
from integrations.slack.standin.world import World

ACK_SECONDS = 3.0
# At once, after a minute, after five: what Slack does after the first try.
SLACK_RETRIES = (0.0, 60.0, 300.0)
EVENTS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app answered. `status` 0: it did not answer in time, or not at all; `reason` says which."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    took: float = 0.0
    tries: int = 1
    cookies: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether Slack takes it for an acknowledgement."""
        return 200 <= self.status < 300

    @property
    def json(self) -> Json:
        """The body as an object; empty where there is none."""
        try:
            value = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


# method, path, headers, body -> answer
Door = Callable[[str, str, Mapping[str, str], bytes], Answer]


def nowhere(_method: str, _path: str, _headers: Mapping[str, str], _body: bytes) -> Answer:
    """No app anywhere yet."""
    return Answer(0, reason="connection_failed")


def over_http(address: str, *, seconds: float = ACK_SECONDS) -> Door:
    """The app's door where it listens on HTTP; redirects are handed back, not followed."""
    opener = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))

    def knock(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        content = body if method == "POST" else None
        request = urllib.request.Request(address + path, content, dict(headers), method=method)  # noqa: S310
        try:
            with opener.open(request, timeout=seconds) as response:
                return _heard(response.status, response.read(), response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return _heard(error.code, error.read(), error.headers)
        except TimeoutError:
            return Answer(0, reason="http_timeout")
        except (OSError, HTTPException) as error:
            late = isinstance(getattr(error, "reason", None), TimeoutError)
            return Answer(0, reason="http_timeout" if late else "connection_failed")

    return knock


def over_wsgi(app: Any) -> Door:
    """The app's door where it is a WSGI callable in this process."""
    from werkzeug.test import Client

    client = Client(app, use_cookies=False)

    def knock(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        response = client.open(path, method=method, headers=list(headers.items()), data=body)
        cookies = tuple(response.headers.getlist("Set-Cookie"))
        return Answer(response.status_code, response.get_data(), dict(response.headers), cookies=cookies)

    return knock


def _heard(status: int, body: bytes, headers: Message) -> Answer:
    cookies = tuple(headers.get_all("Set-Cookie") or ())
    named = {name.title(): value for name, value in headers.items()}  # some servers write them in small letters
    return Answer(status, body, named, cookies=cookies)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        """Slack does not follow; a browser's walk is made step by step."""


@dataclass(slots=True)
class Courier:
    """Brings what happened here to the app's door.

    `retries` are the pauses in seconds before an event is sent again; commands and gestures are sent once. Where
    `waits` is false, the first answer is handed back and the retries go on behind the caller's back.
    """

    world: World
    door: Door
    path: str = "/slack/events"
    retries: tuple[float, ...] = SLACK_RETRIES
    waits: bool = True
    stopping: threading.Event = field(default_factory=threading.Event)
    sent: deque[tuple[Json, Answer]] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))

    def event(self, envelope: Json, *, signed_at: float | None = None) -> Answer:
        """Deliver one event, with Slack's retries."""
        kind = envelope.get("event", {}).get("type")
        wanted = self.world.app.events
        if wanted is not None and kind is not None and not _subscribed(wanted, envelope["event"]):
            return Answer(200, reason="not_subscribed", tries=0)
        body = json.dumps(envelope).encode()
        answer = self.knock(body, envelopes.JSON_TYPE, signed_at=signed_at)
        if answer.ok or self.waits:
            return self._again(envelope, body, answer)
        threading.Thread(target=self._again, args=(envelope, body, answer), daemon=True).start()
        return answer

    def _again(self, envelope: Json, body: bytes, answer: Answer) -> Answer:
        """Send an event again until it is taken or Slack would give up."""
        tries = 1
        for pause in self.retries:
            if answer.ok or answer.headers.get("X-Slack-No-Retry") == "1" or self.stopping.wait(pause):
                break
            again = {"X-Slack-Retry-Num": str(tries), "X-Slack-Retry-Reason": answer.reason or "http_error"}
            answer = self.knock(body, envelopes.JSON_TYPE, again)
            tries += 1
        answer = replace(answer, tries=tries)
        self.sent.append((envelope, answer))
        return answer

    def form(self, body: bytes) -> Answer:
        """Deliver a command or a gesture, once."""
        return self.knock(body, envelopes.FORM_TYPE)

    def knock(
        self,
        body: bytes,
        content_type: str,
        headers: Mapping[str, str] | None = None,
        *,
        signed_at: float | None = None,
    ) -> Answer:
        """One signed POST; `signed_at` pretends another time."""
        at = self.world.now() if signed_at is None else signed_at
        proof = envelopes.signed(self.world.app.signing_secret, body, at)
        started = time.monotonic()
        answer = self.door("POST", self.path, {"Content-Type": content_type, **proof, **(headers or {})}, body)
        return replace(answer, took=time.monotonic() - started)

    def all_at_once(self, envelopes_: list[Json], *, width: int = 8) -> list[Answer]:
        """Deliver several events at the same time; answers in the order given."""
        with ThreadPoolExecutor(max_workers=width) as pool:
            return list(pool.map(self.event, envelopes_))


def _subscribed(wanted: frozenset[str], event: Json) -> bool:
    """`message` events are subscribed by the kind of conversation."""
    kind = event["type"]
    if kind != "message":
        return kind in wanted
    families = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
    return f"message.{families.get(event.get('channel_type', ''), '')}" in wanted
