"""The manifest asks for exactly what is used, and Slack takes it."""

import json

from click.testing import CliRunner

from integrations.slack import app, manifest, payloads
from integrations.slack.listeners import installations
from integrations.slack.standin.limits import manifests
from service.settings import Settings
from service.wording.buttons import Button

SETTINGS = Settings.model_validate({"public_url": "https://goldseam.example.org/", "slack_command_goldseam": "/mend"})
MESSAGES = {"message.channels", "message.groups"}


def test_slack_takes_it() -> None:
    assert manifests.problems(manifest.manifest(SETTINGS)) == []
    assert manifests.problems(manifest.manifest(SETTINGS, "https://elsewhere.example")) == []
    assert manifests.problems(manifest.manifest(SETTINGS, socket=True)) == []


def test_every_event_is_listened_to_and_every_listener_has_its_event() -> None:
    listened = {event for noun in app.NOUNS for event in getattr(noun, "EVENTS", {})}
    fast = (payloads.FAST - {"message"}) | MESSAGES
    assert set(manifest.EVENTS) == listened | fast | set(installations.EVENTS)


def test_every_shortcut_is_answered() -> None:
    described = [each["callback_id"] for each in manifest.manifest(SETTINGS)["features"]["shortcuts"]]
    answered = {str(name) for noun in app.NOUNS for name in getattr(noun, "SHORTCUTS", {})}
    assert set(described) == answered
    assert len(described) == len(answered) <= 10
    assert {Button.ASKS_WATCH.value, Button.APPRECIATIONS_OPEN.value, Button.SUGGESTIONS_OPEN.value} <= answered


def test_every_command_is_answered() -> None:
    described = [each["command"] for each in manifest.manifest(SETTINGS)["features"]["slash_commands"]]
    answered = [getattr(SETTINGS, name) for noun in app.NOUNS for name in getattr(noun, "COMMANDS", {})]
    assert sorted(described) == sorted(answered) == ["/mend", "/repair", "/thanks"]


def test_no_identifier_is_answered_twice() -> None:
    for table in ("BUTTONS", "FORMS", "SHORTCUTS", "COMMANDS", "EVENTS"):
        named = [str(name) for noun in app.NOUNS for name in getattr(noun, table, {})]
        assert len(named) == len(set(named)), table


def test_every_scope_says_what_it_is_for() -> None:
    assert set(manifest.manifest(SETTINGS)["oauth_config"]["scopes"]["bot"]) == set(manifest.WHY)
    assert all(manifest.WHY.values())


def test_everything_leads_to_where_we_are() -> None:
    described = manifest.manifest(SETTINGS)
    assert described["settings"]["event_subscriptions"]["request_url"] == "https://goldseam.example.org/slack/events"
    assert described["settings"]["interactivity"]["request_url"] == "https://goldseam.example.org/slack/events"
    assert described["oauth_config"]["redirect_urls"] == ["https://goldseam.example.org/slack/oauth_redirect"]
    assert described["features"]["slash_commands"][0]["command"] == "/mend"


def test_it_is_printed_as_json_for_any_address() -> None:
    printed = CliRunner().invoke(manifest.command(SETTINGS), ["--url", "https://there.example"])
    assert printed.exit_code == 0
    assert json.loads(printed.output) == manifest.manifest(SETTINGS, "https://there.example")
