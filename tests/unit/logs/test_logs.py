"""The log says kinds, ids and numbers; whatever somebody wrote stays out of it."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from service import logs

SAID = "could you rehang the marmalade lantern"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written to standard error, as JSON."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.begin("json")
    yield written
    monkeypatch.undo()
    logs.begin("json")


def last(lines: io.StringIO) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return found


def test_fields_that_are_not_allowed_are_left_out(lines: io.StringIO) -> None:
    structlog.get_logger("x").warning("an ask was heard", ask="a1", text=SAID, who="ada")
    found = last(lines)
    assert (found["event"], found["ask"], found["level"]) == ("an ask was heard", "a1", "warning")
    assert set(found) == {"event", "ask", "level", "timestamp"}


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-1234-5678-abcdef",
        "xapp-1-A0-123-abc",
        "xoxe.xoxp-1-Mi0yLTEyMzQ1",
        "Bearer abc.def",
        "ada@harbour.example",
        "h7G3vJm2c0pXQeY0wS5dB8nK4tL1uZ6rVfA9iOqM-w8",
        "redis://:hunter2@cache:6379/0",
    ],
)
def test_secrets_are_struck_out_wherever_they_stand(lines: io.StringIO, secret: str) -> None:
    structlog.get_logger("x").warning("failed", why=f"answered {secret} twice")
    kept = secret.rsplit("@", 1)[-1] if "://" in secret else ""
    assert secret not in lines.getvalue()
    assert "hunter2" not in lines.getvalue()
    assert last(lines)["why"].replace("[redacted]", "").replace(kept, "").split()[0] == "answered"


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_message(lines: io.StringIO) -> None:
    def fails() -> None:
        raise ValueError(SAID)

    try:
        fails()
    except ValueError:
        structlog.get_logger("x").exception("a round failed", round="forget")
        logging.getLogger("some.library").exception("it said %s", SAID)
    for line in lines.getvalue().splitlines():
        found = json.loads(line)
        assert found["error"] == "ValueError"
        assert found["where"].startswith("test_logs.py:")
    assert "marmalade" not in lines.getvalue()


def test_a_library_is_quoted_without_its_values(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("unhandled request %s", {"text": SAID})
    assert last(lines)["event"] == "unhandled request %s"
    assert last(lines)["logger"] == "some.library"


def test_libraries_that_print_whole_messages_are_not_heard(lines: io.StringIO) -> None:
    logging.getLogger("slack_bolt.App").error("Unhandled request (%s)", SAID)
    logging.getLogger("slack_sdk.web.base_client").warning(SAID)
    assert lines.getvalue() == ""


def test_what_is_no_text_is_named_by_its_type(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning(ValueError(SAID))
    assert last(lines)["event"] == "ValueError"
