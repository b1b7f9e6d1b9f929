"""Gestures in our words; whatever shape comes, nothing fails."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from integrations.slack import gestures
from integrations.slack.gestures import Gesture, Kind
from tests.anything import JSON, spoiled

PRESSED: dict[str, Any] = {
    "type": "block_actions",
    "team": {"id": "T1", "domain": "maple"},
    "user": {"id": "U1", "team_id": "T1", "name": "ada"},
    "container": {"type": "message", "message_ts": "1.000001", "channel_id": "D1", "is_ephemeral": False},
    "channel": {"id": "D1", "name": "directmessage"},
    "message": {"ts": "1.000001", "user": "UB", "bot_id": "B1", "text": "said", "blocks": [{"block_id": "asks.a1"}]},
    "actions": [{"action_id": "asks.decline", "block_id": "asks.a1", "value": "a1", "type": "button"}],
    "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    "response_url": "https://hooks.slack.com/actions/T1/1/x",
}
SENT: dict[str, Any] = {
    "type": "view_submission",
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T1"},
    "view": {
        "id": "V1",
        "type": "modal",
        "callback_id": "asks.promise",
        "private_metadata": '{"ask": "a1"}',
        "state": {
            "values": {
                "on": {"asks.promise": {"type": "datepicker", "selected_date": "2026-03-04"}},
                "days": {"x": {"type": "checkboxes", "selected_options": [{"value": "0"}, {"value": "1"}]}},
                "zone": {"x": {"type": "static_select", "selected_option": {"value": "UTC"}}},
                "who": {"x": {"type": "users_select", "selected_user": None}},
            }
        },
    },
}
COMMAND = {
    "command": "/goldseam",
    "text": " join ",
    "team_id": "T1",
    "user_id": "U1",
    "channel_id": "C1",
    "trigger_id": "t",
}
EVENT: dict[str, Any] = {
    "type": "event_callback",
    "team_id": "T9",
    "authorizations": [{"team_id": "T1"}],
    "event": {"type": "member_joined_channel", "user": "U1", "channel": "C1", "inviter": "U2"},
    "event_time": 1_700_000_000,
}


def test_a_button() -> None:
    found = gestures.of(PRESSED)
    assert found is not None
    assert (found.kind, found.name, found.value, found.block) == (Kind.BUTTON, "asks.decline", "a1", "asks.a1")
    assert (found.team, found.person, found.home, found.channel) == ("T1", "U1", "T1", "D1")
    assert found.on is not None
    assert (found.on.ts, found.on.text, found.on.for_one_alone) == ("1.000001", "said", False)


def test_a_form() -> None:
    found = gestures.of(SENT)
    assert found is not None
    assert (found.name, found.said("on"), found.said("zone"), found.said("who")) == (
        "asks.promise",
        "2026-03-04",
        "UTC",
        "",
    )
    assert found.chosen("days") == ("0", "1")
    assert found.said("days") == ""


def test_a_form_opened_in_a_shared_channel_belongs_to_where_the_app_is() -> None:
    body = {**SENT, "view": {**SENT["view"], "app_installed_team_id": "T7"}}
    found = gestures.of(body)
    assert found is not None
    assert found.team == "T7"


def test_a_command() -> None:
    found = gestures.of(COMMAND)
    assert found == Gesture(Kind.COMMAND, "/goldseam", "T1", "U1", value="join", trigger="t", channel="C1")


def test_an_event_belongs_to_the_installation_that_hears_it() -> None:
    found = gestures.of(EVENT)
    assert found is not None
    assert (found.team, found.person, found.channel, found.at) == ("T1", "U1", "C1", 1_700_000_000.0)


@given(
    st.one_of(st.dictionaries(st.text(max_size=10), JSON, max_size=6), *map(spoiled, (PRESSED, SENT, COMMAND, EVENT)))
)
def test_any_shape_at_all_is_a_gesture_or_none(body: dict[str, Any]) -> None:
    found = gestures.of(body)
    if found is None:
        return
    assert isinstance(found.team, str)
    assert isinstance(found.name, str)
    assert all(isinstance(found.said(name), str) for name in found.fields)
    assert all(isinstance(each, str) for name in found.fields for each in found.chosen(name))
