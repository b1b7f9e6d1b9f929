"""What a refusal or a silence of Slack means for a parcel."""

import http.client
import socket
import ssl
import urllib.error
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from integrations.slack import outcomes
from service.nudges.couriers import Outcome


def refusal(said: object, status: int = 200, **headers: str) -> SlackApiError:
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="https://slack.com/api/chat.postMessage",
        req_args={},
        data={"ok": False, "error": said},
        headers=headers,
        status_code=status,
    )
    return SlackApiError("no", response)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (refusal("ratelimited", 429), Outcome.PASSING),
        (refusal("rate_limited"), Outcome.PASSING),
        (refusal("invalid_auth"), Outcome.SUSPENDED),
        (refusal("token_revoked"), Outcome.SUSPENDED),
        (refusal("account_inactive"), Outcome.SUSPENDED),
        (refusal("user_not_found"), Outcome.PERMANENT),
        (refusal("channel_not_found"), Outcome.PERMANENT),
        (refusal("is_archived"), Outcome.PERMANENT),
        (refusal("cannot_dm_bot"), Outcome.PERMANENT),
        (refusal("internal_error"), Outcome.UNKNOWN),
        (refusal("fatal_error"), Outcome.UNKNOWN),
        (refusal("Received a response in a non-JSON format: <html>"), Outcome.UNKNOWN),
        (refusal(None), Outcome.UNKNOWN),
        (refusal({"a": 1}), Outcome.UNKNOWN),
        (refusal("upstream connect error", 500), Outcome.UNKNOWN),
        (refusal("user_not_found", 503), Outcome.UNKNOWN),
        (TimeoutError(), Outcome.UNKNOWN),
        (urllib.error.URLError(TimeoutError()), Outcome.UNKNOWN),
        (ConnectionResetError(), Outcome.UNKNOWN),
        (urllib.error.URLError(ConnectionResetError()), Outcome.UNKNOWN),
        (urllib.error.URLError(BrokenPipeError()), Outcome.UNKNOWN),
        (http.client.RemoteDisconnected(""), Outcome.UNKNOWN),
        (http.client.IncompleteRead(b""), Outcome.UNKNOWN),
        (http.client.BadStatusLine("x"), Outcome.UNKNOWN),
        (urllib.error.URLError(ConnectionRefusedError()), Outcome.PASSING),
        (urllib.error.URLError(socket.gaierror()), Outcome.PASSING),
        (urllib.error.URLError(ssl.SSLCertVerificationError()), Outcome.PASSING),
    ],
)
def test_what_is_known(error: Exception, outcome: Outcome) -> None:
    assert isinstance(error, outcomes.FAULTS)
    assert outcomes.of(error).outcome is outcome


@pytest.mark.parametrize(
    ("given", "waits"),
    [("7", 7), ("0", 0), ("999999999999", 3600), ("", 30), ("soon", 30), ("-1", 30), ("٣", 30)],
)
def test_heeds_how_long_slack_asks_us_to_wait(given: str, waits: int) -> None:
    assert outcomes.of(refusal("ratelimited", 429, **{"Retry-After": given})).retry_after == timedelta(seconds=waits)


@pytest.mark.parametrize("said", ["<html>Ada wrote: help</html>", "xoxb-1-secret", "A sentence.", 7, ["a"]])
def test_keeps_nothing_of_an_answer_but_a_code(said: Any) -> None:
    found = outcomes.of(refusal(said))
    assert found.why == "garbage"
