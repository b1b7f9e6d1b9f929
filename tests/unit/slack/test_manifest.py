"""The manifest asks for exactly what is used, and Slack takes it."""

import json

import pytest
from click.testing import CliRunner

from integrations.slack import app, manifest, payloads, scopes
from integrations.slack.listeners import installations
from integrations.slack.standin.limits import manifests
from service.settings import Settings
from service.wording.buttons import Button
from service.wording.voice import Voice

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
    asked = manifest.manifest(SETTINGS)["oauth_config"]["scopes"]
    assert set(asked["bot"]) == set(scopes.WHY)
    assert all(scopes.WHY.values())
    assert set(asked["bot"]) - set(asked["bot_optional"]) == scopes.REQUIRED
    assert {"commands", "chat:write", "im:write", "im:history", "users:read"} <= scopes.REQUIRED


def test_what_was_not_granted_is_known_by_what_it_unlocks() -> None:
    assert scopes.missing(scopes.SCOPES) == []
    assert scopes.missing([]) == []
    assert scopes.missing(scopes.REQUIRED | {"channels:history"}) == list(scopes.OPTIONAL)
    assert all(each.unlocks(Voice()) for each in scopes.OPTIONAL)


def test_in_socket_mode_no_address_is_named_and_nothing_else_differs() -> None:
    by_socket, by_http = manifest.manifest(SETTINGS, socket=True), manifest.manifest(SETTINGS)
    assert "https://" not in json.dumps(by_socket)
    assert by_socket["settings"]["socket_mode_enabled"] is True
    assert by_socket["settings"]["event_subscriptions"]["bot_events"] == list(manifest.EVENTS)
    assert by_socket["features"]["shortcuts"] == by_http["features"]["shortcuts"]
    assert by_socket["oauth_config"]["scopes"] == by_http["oauth_config"]["scopes"]


@pytest.mark.parametrize("spoil", ["features.extra", "settings.is_hosted", "display_information.colour"])
def test_slack_takes_no_key_it_does_not_know(spoil: str) -> None:
    described = manifest.manifest(SETTINGS)
    part, key = spoil.split(".")
    described[part][key] = True
    assert [each["pointer"] for each in manifests.problems(described)] == [f"/{part}/{key}"]


def test_everything_leads_to_where_we_are() -> None:
    described = manifest.manifest(SETTINGS)
    assert described["settings"]["event_subscriptions"]["request_url"] == "https://goldseam.example.org/slack/events"
    assert described["settings"]["interactivity"]["request_url"] == "https://goldseam.example.org/slack/events"
    assert described["oauth_config"]["redirect_urls"] == [
        "https://goldseam.example.org/slack/oauth_redirect",
        "https://goldseam.example.org/sign-in/with/slack/back",
    ]
    assert described["features"]["slash_commands"][0]["command"] == "/mend"


def test_it_is_printed_as_json_for_any_address() -> None:
    printed = CliRunner().invoke(manifest.command(SETTINGS), ["--url", "https://there.example"])
    assert printed.exit_code == 0
    assert json.loads(printed.output) == manifest.manifest(SETTINGS, "https://there.example")
