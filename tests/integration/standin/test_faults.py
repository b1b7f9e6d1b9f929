"""Each fault as the real client sees it, and what stands afterwards."""

import time
import urllib.error
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from integrations.slack.standin.driver import Slack


def _post(client: WebClient, slack: Slack, delivery: str = "d1") -> None:
    metadata = {"event_type": "goldseam_nudge", "event_payload": {"id": delivery}}
    client.chat_postMessage(channel=slack.person("ada").id, text="hello", metadata=metadata)


def test_a_rate_limit_says_when_to_come_back_and_posts_nothing(client: WebClient, slack: Slack) -> None:
    slack.fault("rate_limited", seconds=7)
    with pytest.raises(SlackApiError) as refused:
        _post(client, slack)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert slack.posts() == []
    _post(client, slack)
    assert len(slack.posts("d1")) == 1


def test_an_error_posts_nothing_and_an_accepted_error_posts_once(client: WebClient, slack: Slack) -> None:
    slack.fault("error", status=503)
    with pytest.raises(SlackApiError):
        _post(client, slack)
    assert slack.posts("d1") == []
    slack.fault("accept_then_error")
    with pytest.raises(SlackApiError):
        _post(client, slack)
    assert len(slack.posts("d1")) == 1


def test_a_dropped_answer_leaves_the_post_standing(client: WebClient, slack: Slack) -> None:
    slack.fault("accept_then_drop")
    with pytest.raises((RemoteDisconnected, urllib.error.URLError)):
        _post(client, slack)
    assert len(slack.posts("d1")) == 1


def test_a_reset_before_reading_posts_nothing(client: WebClient, slack: Slack) -> None:
    slack.fault("reset")
    with pytest.raises((ConnectionResetError, urllib.error.URLError)):
        _post(client, slack)
    assert slack.posts("d1") == []


def test_a_reset_after_acceptance_leaves_the_post_standing(client: WebClient, slack: Slack) -> None:
    slack.fault("accept_then_reset")
    with pytest.raises((ConnectionResetError, urllib.error.URLError)):
        _post(client, slack)
    assert len(slack.posts("d1")) == 1


@pytest.mark.parametrize(("kind", "stands"), [("hang", 0), ("accept_then_hang", 1)])
def test_a_hang_outlasts_the_client(client: WebClient, slack: Slack, kind: str, stands: int) -> None:
    slack.fault(kind, seconds=5)
    client.timeout = 0.3  # type: ignore[assignment]
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        _post(client, slack)
    assert len(slack.posts("d1")) == stands


@pytest.mark.parametrize(("kind", "stands"), [("garbage", 0), ("accept_then_garbage", 1)])
def test_garbage_is_no_answer(client: WebClient, slack: Slack, kind: str, stands: int) -> None:
    slack.fault(kind)
    with pytest.raises(SlackApiError, match="non-JSON"):
        _post(client, slack)
    assert len(slack.posts("d1")) == stands


def test_a_fault_strikes_where_and_as_often_as_it_says(client: WebClient, slack: Slack) -> None:
    bob = slack.person("bob")
    fault = slack.fault("error", channel=bob.id, skip=1, times=2)
    _post(client, slack)
    struck = 0
    for _ in range(5):
        try:
            client.chat_postMessage(channel=bob.id, text="hello")
        except SlackApiError:
            struck += 1
    assert struck == fault.struck == 2
    assert [call.outcome for call in slack.calls("chat.postMessage")] == ["ok", "ok", "error", "error", "ok", "ok"]


def test_one_conversation_takes_one_post_a_second(client: WebClient, slack: Slack) -> None:
    slack.script.pace = 30.0
    _post(client, slack)
    with pytest.raises(SlackApiError) as refused:
        _post(client, slack)
    assert 25 <= int(refused.value.response.headers["Retry-After"]) <= 30
    client.chat_postMessage(channel=slack.person("bob").id, text="somewhere else")
    assert len(slack.posts()) == 2


def test_a_post_may_arrive_after_its_caller_gave_up(client: WebClient, slack: Slack) -> None:
    slack.fault("accept_late", seconds=0.6)
    client.timeout = 0.2  # type: ignore[assignment]
    with pytest.raises((TimeoutError, urllib.error.URLError)):
        _post(client, slack)
    assert slack.posts("d1") == []
    deadline = time.monotonic() + 5
    while not slack.posts("d1") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(slack.posts("d1")) == 1


def test_a_revoked_token_stays_revoked(client: WebClient, slack: Slack) -> None:
    slack.fault("revoke")
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            _post(client, slack)
        assert refused.value.response["error"] == "token_revoked"
    slack.uninstall()
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response["error"] in ("token_revoked", "account_inactive")
    client.token = slack.seats().token
    assert client.auth_test()["ok"]
