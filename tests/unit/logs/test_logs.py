"""The log says kinds, ids and numbers; whatever somebody wrote stays out of it."""

import json
import logging
from typing import Any

import pytest
import structlog

SAID = "could you rehang the marmalade lantern"


class Lines:
    """What was written to standard error, as JSON."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._read = ""

    @property
    def text(self) -> str:
        """All of it."""
        self._read += self._capsys.readouterr().err
        return self._read

    @property
    def last(self) -> dict[str, Any]:
        """The last line."""
        found: dict[str, Any] = json.loads(self.text.splitlines()[-1])
        return found


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """What is written from now on."""
    return Lines(capsys)


def test_fields_that_are_not_allowed_are_left_out(lines: Lines) -> None:
    structlog.get_logger("x").warning("an ask was heard", ask="a1", text=SAID, who="ada")
    found = lines.last
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
def test_secrets_are_struck_out_wherever_they_stand(lines: Lines, secret: str) -> None:
    structlog.get_logger("x").warning("failed", why=f"answered {secret} twice")
    kept = secret.rsplit("@", 1)[-1] if "://" in secret else ""
    assert secret not in lines.text
    assert "hunter2" not in lines.text
    assert lines.last["why"].replace("[redacted]", "").replace(kept, "").split()[0] == "answered"


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_message(lines: Lines) -> None:
    def fails() -> None:
        raise ValueError(SAID)

    try:
        fails()
    except ValueError:
        structlog.get_logger("x").exception("a round failed", round="forget")
        logging.getLogger("some.library").exception("it said %s", SAID)
    for line in lines.text.splitlines():
        found = json.loads(line)
        assert found["error"] == "ValueError"
        assert found["where"].startswith("test_logs.py:")
    assert "marmalade" not in lines.text


def test_a_library_is_quoted_without_its_values(lines: Lines) -> None:
    logging.getLogger("some.library").warning("unhandled request %s", {"text": SAID})
    assert lines.last["event"] == "unhandled request %s"
    assert lines.last["logger"] == "some.library"


def test_libraries_that_print_whole_messages_are_not_heard(lines: Lines) -> None:
    logging.getLogger("slack_bolt.App").error("Unhandled request (%s)", SAID)
    logging.getLogger("slack_sdk.web.base_client").warning(SAID)
    assert lines.text == ""


def test_what_is_no_text_is_named_by_its_type(lines: Lines) -> None:
    logging.getLogger("some.library").warning(ValueError(SAID))
    assert lines.last["event"] == "ValueError"
