"""A report says what went wrong and where, and nothing that anybody wrote."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from service import logs, reports
from service.errors import StartRefused

SAID = "could you rehang the marmalade lantern"


class Kept(Transport):
    """Keeps what would be sent."""

    sent: list[dict[str, Any]] = []  # noqa: RUF012 - emptied for each test

    def capture_envelope(self, envelope: Envelope) -> None:
        event = envelope.get_event()
        if event is not None:
            self.sent.append(dict(event))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """Reports are on, and kept here."""
    Kept.sent.clear()
    made = sentry_sdk.init
    monkeypatch.setattr(sentry_sdk, "init", lambda **named: made(**named, transport=Kept))
    reports.begin("https://key@sentry.example/1", "0.1.0")
    yield Kept.sent
    logs.TOLD.clear()
    sentry_sdk.get_client().close(timeout=0)


def test_an_error_in_the_log_is_reported_without_words(sent: list[dict[str, Any]]) -> None:
    try:
        int(SAID)
    except ValueError:
        structlog.get_logger("x").exception("a round failed", round="forget")
    [event] = sent
    [error] = event["exception"]["values"]
    assert error["type"] == "ValueError"
    assert error["stacktrace"]["frames"][-1]["lineno"] > 0
    assert "marmalade" not in json.dumps(event, default=str)
    assert "server_name" not in event


def test_a_wrong_address_stops_the_start() -> None:
    with pytest.raises(StartRefused, match="SENTRY_DSN"):
        reports.begin("nonsense", "0.1.0")
