"""The way out: over HTTP, into a real Bolt app, with the signature, the time and the silence as Slack has them."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from flask import Flask, Response, request
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from integrations.slack.standin.deliver import Courier, over_http, over_wsgi
from integrations.slack.standin.driver import Slack
from tests.integration.standin.conftest import Listener


class Moody(BaseHTTPRequestHandler):
    """An app that does what the path says."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        match self.path:
            case "/slow":
                time.sleep(1)
            case "/cut":
                self.connection.close()
                return
            case "/elsewhere":
                self.send_response(302)
                self.send_header("Location", "/slow")
                self.end_headers()
                return
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def moody() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Moody) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "status", "reason"),
    [("/fine", 200, ""), ("/slow", 0, "http_timeout"), ("/cut", 0, "connection_failed"), ("/elsewhere", 302, "")],
)
def test_an_app_may_be_slow_gone_or_elsewhere(moody: str, path: str, status: int, reason: str) -> None:
    answer = over_http(moody, seconds=0.3)("POST", path, {}, b"{}")
    assert (answer.status, answer.reason) == (status, reason)


def test_nobody_listens() -> None:
    assert over_http("http://127.0.0.1:1")("POST", "/", {}, b"").reason == "connection_failed"


def test_retries_go_on_behind_the_callers_back(app: Listener, slack: Slack) -> None:
    slack.seats()
    slack.courier.waits = False
    app.will_say({}, 500)
    answer = slack.person("ada").opens_home()
    assert answer is not None
    assert answer.status == 500
    deadline = time.monotonic() + 5
    while not slack.courier.sent and time.monotonic() < deadline:
        time.sleep(0.01)
    assert slack.courier.sent[0][1].tries == 2


def test_only_subscribed_events_are_told(app: Listener, slack: Slack) -> None:
    slack.seats()
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    slack.world.app.events = frozenset({"message.channels"})
    ada.says("#ops", "told")
    ada.opens_home()
    ada.reacts(slack.world.standing(slack.channel("#ops").id)[0], "eyes")
    assert [event["event"]["type"] for event in app.events] == ["member_joined_channel", "message"]


def test_strangers_and_shared_channels_are_marked(app: Listener, slack: Slack) -> None:
    slack.seats()
    eve = slack.person("eve", is_stranger=True, home_team="T0OTHER")
    slack.channel("#shared").shared = True
    slack.invite_app("#shared", by=slack.person("ada"))
    eve.says("#shared", "hello")
    heard = app.events[-1]
    assert heard["is_ext_shared_channel"] is True
    assert heard["event"]["user_team"] == "T0OTHER"


def test_other_envelopes_have_slacks_shape(app: Listener, slack: Slack) -> None:
    slack.seats()
    slack.verifies_url()
    slack.limits_app()
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    slack.remove_app("#ops", by=ada)
    ada.changes(tz="Asia/Tokyo", tz_offset=32_400)
    slack.revoke()
    kinds = [event.get("event", event)["type"] for event in app.events]
    assert kinds == [
        "url_verification",
        "app_rate_limited",
        "member_joined_channel",
        "channel_left",
        "user_change",
        "tokens_revoked",
    ]
    assert app.events[4]["event"]["user"]["tz"] == "Asia/Tokyo"
    assert app.events[5]["event"]["tokens"]["bot"]


VIEW = {
    "type": "modal",
    "callback_id": "appreciations.give",
    "title": {"type": "plain_text", "text": "Say Thanks"},
    "blocks": [
        {
            "type": "actions",
            "elements": [
                {"type": "button", "action_id": "appreciations.other", "text": {"type": "plain_text", "text": "Other"}}
            ],
        }
    ],
}


def test_a_real_bolt_app_takes_what_is_sent(slack: Slack) -> None:
    installation = slack.seats()
    heard: list[str] = []

    def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.team,
            bot_token=installation.token,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot,
        )

    bolt = App(
        signing_secret=slack.world.app.signing_secret,
        client=WebClient(base_url=slack.api_url),
        authorize=authorize,
        process_before_response=True,
    )
    bolt.event("message")(lambda event: heard.append(event["text"]))
    bolt.event("member_joined_channel")(lambda: None)
    bolt.command("/thanks")(lambda ack: ack("Who would you like to thank?"))

    @bolt.shortcut("appreciations.open")
    def open_form(ack: Ack, client: WebClient, shortcut: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=VIEW)

    @bolt.action("appreciations.other")
    def another(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        heard.append(body["view"]["id"])

    bolt.view("appreciations.give")(lambda ack: ack(response_action="clear"))
    web = Flask("app")
    handler = SlackRequestHandler(bolt)

    @web.post("/slack/events")
    def events() -> Response:
        return handler.handle(request)

    slack.reaches(over_wsgi(web))
    ada = slack.person("ada")
    slack.invite_app("#ops", by=ada)
    ada.says("#ops", "hello")
    assert heard == ["hello"]
    assert ada.runs("/thanks").status == 200
    assert ada.sees(ada.dm)[-1].text == "Who would you like to thank?"
    assert ada.uses_shortcut("appreciations.open").status == 200
    view = ada.modal
    ada.presses(view, "appreciations.other")
    assert heard[-1] == view.id
    ada.submits()
    assert ada.view is None
    courier = Courier(slack.world, slack.courier.door)
    body = json.dumps({"type": "event_callback"}).encode()
    assert courier.knock(body, "application/json", signed_at=slack.world.now() - 301).status == 401
