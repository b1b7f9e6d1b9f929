"""The page over plain HTTP, as a browser without JavaScript uses it."""

import json
import re
from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from integrations.slack.standin import server
from integrations.slack.standin.driver import Slack
from tests.integration.standin.conftest import Listener, fetched
from tests.integration.standin.test_gestures import MODAL

MANIFEST = {
    "display_information": {"name": "Goldseam"},
    "features": {
        "slash_commands": [{"command": "/thanks", "description": "Say thanks", "should_escape": True}],
        "shortcuts": [
            {"name": "Say Thanks", "type": "global", "callback_id": "appreciations.open", "description": "Thanks"},
            {"name": "Watch for a Reply", "type": "message", "callback_id": "asks.watch", "description": "Watch"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands", "im:write", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.channels", "message.im"]}},
}
BUTTONS: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "Waiting <on> you"}},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Bold* _slant_ <https://x.example/?a=1&amp;b=2|link> &lt;b&gt;"},
        "accessory": {
            "type": "overflow",
            "action_id": "asks.more",
            "options": [
                {"text": {"type": "plain_text", "text": "Not an Ask"}, "value": "no"},
                {"text": {"type": "plain_text", "text": "Not for Me"}, "value": "mine"},
            ],
        },
    },
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {"type": "button", "action_id": "asks.answer", "text": {"type": "plain_text", "text": "Answer"}},
            {
                "type": "static_select",
                "action_id": "asks.snooze",
                "options": [{"text": {"type": "plain_text", "text": "A Day"}, "value": "day"}],
            },
        ],
    },
]


class Browser:
    """Follows links and sends forms of the page, nothing more."""

    def __init__(self, slack: Slack) -> None:
        self.start = f"{slack.address}/demo/slack/"
        self.text = ""

    def visit(self, link: str = "") -> str:
        self.text = fetched(urljoin(self.start, link)).text
        assert "script" not in self.text
        return self.text

    def send(self, path: str, **fields: str) -> str:
        token = re.search(r'name="form_token" value="([^"]+)"', self.text)
        body = urlencode({"form_token": token[1] if token else "", **fields}).encode()
        self.text = fetched(urljoin(self.start, path), body).text
        return self.text


@pytest.fixture
def slack(app: Listener) -> Iterator[Slack]:
    with server.running(app, described=MANIFEST) as running:
        running.team("Maple")
        yield running


@pytest.fixture
def browser(slack: Slack, client: WebClient) -> Browser:
    slack.person("ada", real_name="Ada Lindt")
    slack.person("bob", real_name="Bob Adeyemi")
    return Browser(slack)


def test_writing_and_commands_reach_the_app(browser: Browser, slack: Slack, app: Listener) -> None:
    ada, bob = slack.person("ada"), slack.person("bob")
    slack.invite_app("#ops", by=ada)
    there = slack.channel("#ops").id
    browser.visit(f"./?person={ada.id}&at={there}")
    page = browser.send("say", person=ada.id, at=there, text="@bob <look>\r\nhere & https://x.example/a?b=1, ok")
    assert "&lt;look&gt;" in page
    assert app.events[-1]["event"]["text"] == (f"<@{bob.id}> &lt;look&gt;\nhere &amp; <https://x.example/a?b=1>, ok")
    app.will_say({"text": "Who would you like to thank?"})
    page = browser.send("say", person=ada.id, at=there, text="/thanks @bob well done")
    assert app.forms[-1]["text"] == f"<@{bob.id}|bob> well done"
    assert "Who would you like to thank?" in page
    assert "only you can see this" in page
    assert "Who would you like" not in browser.visit(f"./?person={bob.id}&at={there}")


def test_blocks_are_shown_and_pressed(browser: Browser, slack: Slack, app: Listener, client: WebClient) -> None:
    ada = slack.person("ada")
    client.chat_postMessage(channel=ada.id, text="waiting", blocks=BUTTONS)
    page = browser.visit(f"./?person={ada.id}")
    assert "Waiting &lt;on&gt; you" in page
    assert "<strong>Bold</strong> <em>slant</em>" in page
    assert 'href="https://x.example/?a=1&amp;b=2"' in page
    assert "&lt;b&gt;" in page
    ts = ada.inbox[0].ts
    for block, action, choice in (
        ("row", "asks.answer", ""),
        ("b1", "asks.more", "mine"),
        ("row", "asks.snooze", "day"),
    ):
        browser.send("press", person=ada.id, at=ada.dm.id, ts=ts, block=block, action=action, choice=choice)
    answer, more, snooze = (payload["actions"][0] for payload in app.payloads)
    assert answer["action_id"] == "asks.answer"
    assert more["selected_option"]["value"] == snooze["selected_option"]["value"].replace("day", "mine")
    assert '<option value="day" selected>' in browser.visit(f"./?person={ada.id}")
    page = browser.send("press", person=ada.id, at=ada.dm.id, ts=ts, block="row", action="gone")
    assert "not possible here" in page


def test_a_form_keeps_what_was_typed_until_it_is_taken(
    browser: Browser, slack: Slack, app: Listener, client: WebClient
) -> None:
    ada, bob = slack.person("ada"), slack.person("bob")
    browser.visit(f"./?person={ada.id}")
    browser.send("shortcut", person=ada.id, callback_id="appreciations.open")
    client.views_open(trigger_id=app.payloads[0]["trigger_id"], view=MODAL)
    page = browser.visit(f"./?person={ada.id}")
    assert 'role="dialog"' in page
    here = {"person": ada.id, "view": ada.modal.id, "do": "submit"}
    page = browser.send("submit", **here, **{"field|what|what": "<b>so much</b>"})
    assert "Please complete this field." in page
    assert "&lt;b&gt;so much&lt;/b&gt;" in page
    assert len(app.payloads) == 1
    app.will_say({"response_action": "errors", "errors": {"what": "Say a little more."}})
    page = browser.send("submit", **here, **{"field|what|what": "short", "field|to|to": bob.id})
    assert "Say a little more." in page
    assert f'value="{bob.id}" checked' in page
    page = browser.send("submit", **here, **{"field|what|what": "covered for me", "field|to|to": bob.id})
    assert 'role="dialog"' not in page
    assert app.payloads[-1]["view"]["state"]["values"]["to"]["to"]["selected_users"] == [bob.id]
    assert "not possible here" in browser.send("submit", **here)


def test_message_menus_reactions_and_the_home(browser: Browser, slack: Slack, app: Listener, client: WebClient) -> None:
    ada = slack.person("ada")
    message = ada.says("#ops", "a question")
    here = {"person": ada.id, "at": message.channel, "ts": message.ts}
    browser.visit(f"./?person={ada.id}&at={message.channel}")
    browser.send("shortcut", **here, callback_id="asks.watch")
    assert app.payloads[-1]["message"]["text"] == "a question"
    browser.send("react", **here, name="eyes")
    assert message.reactions == {"eyes": [ada.id]}
    browser.send("react", **here, name="eyes")
    assert message.reactions == {}
    browser.send("edit", **here, text="another question")
    assert message.text == "another question"
    browser.send("delete", **here)
    assert message.deleted
    page = browser.send("home", person=ada.id)
    assert "has not shown a Home" in page
    client.views_publish(user_id=ada.id, view={"type": "home", "blocks": BUTTONS})
    assert "Waiting &lt;on&gt; you" in browser.visit(f"./?person={ada.id}&at=home")
    browser.send("press", person=ada.id, at="home", block="row", action="asks.answer")
    assert app.payloads[-1]["container"] == {"type": "view", "view_id": ada.home.id if ada.home else ""}


def test_the_page_looks_again_a_few_times_and_then_lets_write(
    browser: Browser, slack: Slack, client: WebClient
) -> None:
    ada, bob = slack.person("ada"), slack.person("bob")
    client.chat_postMessage(channel=bob.id, text="Ada asked you something")
    page = fetched(f"{browser.start}?person={ada.id}&at={ada.dm.id}&fresh=2")
    assert page.headers["Refresh"] == f"4; url=./?person={ada.id}&at={ada.dm.id}&fresh=1"
    assert "<textarea" not in page.text
    assert "Ada asked you something" in page.text
    page = fetched(f"{browser.start}?person={ada.id}&at={ada.dm.id}&fresh=0")
    assert "Refresh" not in page.headers
    assert "<textarea" in page.text


def test_forms_of_other_pages_are_refused(browser: Browser, slack: Slack) -> None:
    ada = slack.person("ada")
    body = urlencode({"person": ada.id, "text": "hello", "form_token": "guessed"}).encode()
    assert fetched(f"{browser.start}say", body).status == 403
    assert slack.world.standing(ada.dm.id) == []


def test_the_page_is_guarded_and_its_links_are_relative(browser: Browser, slack: Slack, client: WebClient) -> None:
    ada = slack.person("ada")
    client.chat_postMessage(channel=ada.id, text="waiting", blocks=BUTTONS)
    page = fetched(f"{slack.address}/demo/slack?person={ada.id}")
    assert page.address == browser.start
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    targets = re.findall(r'(?:href|action)="([^"]*)"', page.text)
    assert targets
    assert not [one for one in targets if unescape(one).startswith("/")]
    assert "style=" not in page.text
    assert "color-scheme" in fetched(f"{browser.start}page.css").text
    (icon,) = re.findall(r'<link rel="icon" href="([^"]*)"', page.text)
    assert fetched(f"{browser.start}{icon}").headers["Content-Type"].startswith("image/svg+xml")
    assert "img-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_clock_buttons_ask_the_clocks_owner(app: Listener) -> None:
    asked: list[str] = []

    class Owner(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Owner) as owner:
        Thread(target=owner.serve_forever, daemon=True).start()
        with server.running(app, clock_url=f"http://127.0.0.1:{owner.server_port}/clock") as slack:
            ada = slack.person("ada")
            browser = Browser(slack)
            assert "Next Thursday" in browser.visit()
            for to in ("morning", "thursday", "card", "year"):
                browser.send("clock", person=ada.id, to=to)
        owner.shutdown()
    assert asked == ["to=morning", "to=thursday", "to=card"]


def test_another_process_drives_it_over_control(slack: Slack, app: Listener) -> None:
    def tell(path: str, **told: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        answer = fetched(f"{slack.address}/control{path}", json.dumps(told).encode(), headers)
        return json.loads(answer.text) if answer.status == 200 else answer.status

    def ask(path: str) -> Any:
        return json.loads(fetched(f"{slack.address}/control{path}").text)

    team = tell("/teams", name="Birch", installed=True)
    person = tell("/people", team=team["id"], name="cleo", real_name="Cleo", tz="UTC")
    channel = tell("/channels", team=team["id"], name="#help", members=[person["id"]], app_is_member=True)
    said = tell("/messages", messages=[{"channel": channel["id"], "author": person["id"], "text": "hi", "at": 1000.5}])
    assert said == ["1000.500000"]
    assert app.requests == []
    heard = tell("/gestures", person=person["id"], verb="says", channel=channel["id"], text="now")
    assert app.events[-1]["event"]["ts"] == heard["ts"]
    assert app.events[-1]["team_id"] == team["id"]
    assert [one["text"] for one in ask(f"/messages?channel={channel['id']}")] == ["hi", "now"]
    assert tell("/clock", offset_seconds=86_400)["now"] > 86_400 + float(heard["ts"]) - 5
    tell("/faults", kind="error", method="chat.postMessage")
    client = WebClient(token=team["installation"]["token"], base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=person["id"], text="lost")
    metadata = {"event_type": "goldseam_nudge", "event_payload": {"id": "n1"}}
    client.chat_postMessage(channel=person["id"], text="kept", metadata=metadata)
    assert [one["text"] for one in ask("/posts?delivery_id=n1")] == ["kept"]
    assert [one["text"] for one in ask(f"/person?id={person['id']}")["inbox"]] == ["kept"]
    assert [one["outcome"] for one in ask("/calls")] == ["error", "ok"]
    assert ask("")["people"][-1]["name"] == "cleo"
    assert tell("/gestures", person=person["id"], verb="flies") == 422
    tell("/reset")
    assert slack.world.people == {}


@pytest.mark.parametrize(("header", "status"), [({"Host": "evil.example"}, 403), ({"Content-Type": "text/plain"}, 415)])
def test_no_page_can_use_the_control(slack: Slack, header: dict[str, str], status: int) -> None:
    headers = {"Content-Type": "application/json"} | header
    assert fetched(f"{slack.address}/control/reset", b"{}", headers).status == status
    assert slack.world.teams
