"""Socket Mode with the real client: events, commands and forms go over a web socket and are acknowledged there."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from integrations.slack.standin.driver import Slack


@pytest.fixture
def heard() -> list[SocketModeRequest]:
    return []


@pytest.fixture
def answers() -> list[dict[str, Any] | None]:
    return []


@pytest.fixture
def socket(
    slack: Slack, heard: list[SocketModeRequest], answers: list[dict[str, Any] | None]
) -> Iterator[SocketModeClient]:
    client = SocketModeClient(
        app_token=slack.app_token(),
        web_client=WebClient(base_url=slack.api_url),
        auto_reconnect_enabled=False,
        ping_interval=0.2,
    )

    def hear(client: SocketModeClient, request: SocketModeRequest) -> None:
        heard.append(request)
        answer = answers.pop(0) if answers else {}
        if answer is not None:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client.socket_mode_request_listeners.append(hear)  # type: ignore[arg-type]
    client.connect()
    slack.reaches(slack.sockets.door)
    deadline = time.monotonic() + 5
    while not slack.sockets.connections and time.monotonic() < deadline:
        time.sleep(0.01)
    yield client
    slack.sockets.close()
    ends(client)


def ends(client: SocketModeClient) -> None:
    """Close a client once its own thread has seen that the line is gone: both at once stumble over each other."""
    deadline = time.monotonic() + 5
    while client.is_connected() and time.monotonic() < deadline:
        time.sleep(0.01)
    client.close()


def test_everything_goes_over_the_socket(
    socket: SocketModeClient, slack: Slack, heard: list[SocketModeRequest], answers: list[dict[str, Any] | None]
) -> None:
    slack.seats()
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    long = "x" * 70_000
    ada.says("#ops", long)
    answers.append({"text": "Who would you like to thank? " * 10})
    ada.runs("/thanks", "@ada")
    ada.uses_shortcut("appreciations.open")
    assert [one.type for one in heard] == ["events_api", "events_api", "slash_commands", "interactive"]
    assert heard[1].payload["event"]["text"] == long
    assert ada.sees(ada.dm)[-1].text.startswith("Who would you like")
    time.sleep(0.5)  # several pings, or the client gives up
    assert socket.is_connected()


def test_silence_is_tried_again_and_says_so(
    socket: SocketModeClient, slack: Slack, heard: list[SocketModeRequest], answers: list[dict[str, Any] | None]
) -> None:
    slack.seats()
    slack.sockets.seconds = 0.2
    answers.append(None)
    answer = slack.person("ada").opens_home()
    assert answer is not None
    assert (answer.status, answer.tries) == (200, 2)
    assert (heard[1].retry_attempt, heard[1].retry_reason) == (1, "http_timeout")


def test_nobody_connected_is_no_answer(slack: Slack) -> None:
    slack.seats()
    slack.courier.retries = ()
    slack.reaches(slack.sockets.door)
    answer = slack.person("ada").opens_home()
    assert answer is not None
    assert (answer.status, answer.reason) == (0, "connection_failed")


def test_a_bot_token_opens_no_socket(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.apps_connections_open(app_token=str(client.token))


def test_sockets_take_turns(socket: SocketModeClient, slack: Slack, heard: list[SocketModeRequest]) -> None:
    slack.seats()
    second: list[str] = []
    other = SocketModeClient(
        app_token=slack.app_token(),
        web_client=WebClient(base_url=slack.api_url),
        auto_reconnect_enabled=False,
    )
    lock = threading.Lock()

    def hear(client: SocketModeClient, request: SocketModeRequest) -> None:
        with lock:
            second.append(request.type)
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    other.socket_mode_request_listeners.append(hear)  # type: ignore[arg-type]
    other.connect()
    deadline = time.monotonic() + 5
    while len(slack.sockets.connections) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    for _ in range(4):
        slack.person("ada").opens_home()
    slack.sockets.close()
    ends(other)
    assert (len(heard), len(second)) == (2, 2)
