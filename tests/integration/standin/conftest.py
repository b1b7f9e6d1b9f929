"""A stand-in with a small app that remembers what it is sent and answers what a test says."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from integrations.slack.standin import server
from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Slack


@dataclass
class Listener:
    """The app's side of the door."""

    requests: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def __call__(self, _method: str, _path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self.requests.append((headers, body))
        return self.answers.pop(0) if self.answers else Answer(200)

    def will_say(self, said: object, status: int = 200) -> None:
        self.answers.append(Answer(status, json.dumps(said).encode()))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for headers, body in self.requests if "json" in headers["Content-Type"]]

    @property
    def forms(self) -> list[dict[str, str]]:
        return [
            {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
            for headers, body in self.requests
            if "form" in headers["Content-Type"]
        ]

    @property
    def payloads(self) -> list[dict[str, Any]]:
        return [json.loads(form["payload"]) for form in self.forms if "payload" in form]


@dataclass(frozen=True)
class Fetched:
    """What a web page answered, after redirects."""

    status: int
    text: str
    headers: Message
    address: str


def fetched(address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Fetched:
    """GET an address, or POST a body to it."""
    request = Request(address, body, dict(headers or {}))  # noqa: S310  the stand-in's own address
    try:
        with urlopen(request, timeout=5) as response:  # noqa: S310  the same
            return Fetched(response.status, response.read().decode(), response.headers, response.url)
    except HTTPError as error:
        with error:
            return Fetched(error.code, error.read().decode(), error.headers, error.url or address)


@pytest.fixture
def app() -> Listener:
    return Listener()


@pytest.fixture
def slack(app: Listener) -> Iterator[Slack]:
    with server.running(app) as running:
        running.team("Maple")
        yield running


@pytest.fixture
def client(slack: Slack) -> WebClient:
    return WebClient(token=slack.seats().token, base_url=slack.api_url, retry_handlers=[], timeout=2)
