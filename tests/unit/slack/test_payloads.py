"""Events in our words; whatever JSON comes, nothing fails."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.slack import payloads
from service.asks.rules import Heard, Reacted, Said, Unsaid

TS = "1700000000.000100"
LATER = "1700000060.000200"


def event(**inner: Any) -> bytes:
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": "T1",
            "event_id": "Ev1",
            "event": {"type": "message", "channel": "C1", "channel_type": "channel", "ts": TS, "user": "U1", **inner},
            "authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": "UB", "is_bot": True}],
        }
    ).encode()


def heard(body: bytes) -> Heard | None:
    return payloads.heard(payloads.envelope(body))


def test_a_message_is_said() -> None:
    text = "<@U2> could you look at `x`?"
    assert heard(event(text=text, team="T1")) == Said("C1", TS, "U1", "could you look at ?", ("U2",))


def test_a_reply_in_a_thread_names_its_thread() -> None:
    found = heard(event(text="yes", ts=LATER, thread_ts=TS))
    assert isinstance(found, Said)
    assert (found.thread, found.ts) == (TS, LATER)


@pytest.mark.parametrize("subtype", ["thread_broadcast", "me_message", "file_share"])
def test_these_are_said_too(subtype: str) -> None:
    assert isinstance(heard(event(text="yes", subtype=subtype)), Said)


@pytest.mark.parametrize("subtype", ["channel_join", "channel_topic", "pinned_item", "ekm_access_denied", "huddle"])
def test_these_are_said_by_nobody(subtype: str) -> None:
    assert heard(event(text="yes", subtype=subtype)) is None


def test_a_bot_is_known_as_one() -> None:
    found = heard(event(text="done", subtype="bot_message", bot_id="B1", user=None))
    assert isinstance(found, Said)
    assert (found.by_bot, found.author) == (True, "B1")


def test_an_edit_is_said_again_with_its_time() -> None:
    now = {"type": "message", "user": "U1", "text": "never mind", "ts": TS, "edited": {"user": "U1", "ts": LATER}}
    found = heard(event(subtype="message_changed", message=now, previous_message={"text": "help?"}, ts=LATER))
    assert found == Said("C1", TS, "U1", "never mind", edited_at=1700000060.0002)


def test_a_preview_under_a_message_is_no_edit() -> None:
    now = {"type": "message", "user": "U1", "text": "see this", "ts": TS, "attachments": [{"title": "page"}]}
    assert heard(event(subtype="message_changed", message=now, ts=LATER)) is None


def test_a_deletion_is_unsaid() -> None:
    assert heard(event(subtype="message_deleted", deleted_ts=TS, ts=LATER)) == Unsaid("C1", TS)


def test_a_deleted_head_of_a_thread_is_unsaid() -> None:
    now = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "text": "gone", "ts": TS}
    assert heard(event(subtype="message_changed", message=now, ts=LATER)) == Unsaid("C1", TS)


@pytest.mark.parametrize(("kind", "added"), [("reaction_added", True), ("reaction_removed", False)])
def test_a_reaction_comes_and_goes(kind: str, added: bool) -> None:
    item = {"type": "message", "channel": "C1", "ts": TS}
    found = heard(event(type=kind, reaction="white_check_mark", item=item, event_ts=LATER))
    assert found == Reacted("C1", TS, "U1", "white_check_mark", added, 1700000060.0002)


@pytest.mark.parametrize("where", [{"channel": "D1", "channel_type": "im"}, {"channel": "G1", "channel_type": "mpim"}])
def test_direct_messages_are_not_read(where: dict[str, str]) -> None:
    assert heard(event(text="are you free?", **where)) is None


def test_a_reaction_in_a_direct_message_is_not_read() -> None:
    item = {"type": "message", "channel": "D1", "ts": TS}
    assert heard(event(type="reaction_added", reaction="eyes", item=item, event_ts=LATER)) is None


@pytest.mark.parametrize("home", [{"user_team": "T9"}, {"source_team": "T9"}, {"team": "T9"}])
def test_strangers_of_another_organisation_are_not_read(home: dict[str, str]) -> None:
    assert heard(event(text="hello?", **home)) is None


def test_in_a_shared_channel_the_installation_that_hears_counts() -> None:
    body = json.loads(event(text="hello?", user_team="T1"))
    body["team_id"] = "T9"
    envelope = payloads.envelope(json.dumps(body).encode())
    assert payloads.team_of(envelope) == "T1"
    assert isinstance(payloads.heard(envelope), Said)


@pytest.mark.parametrize(
    "ts", ["", "1700000000", "1.1", "NaN", "1e9.000000", "-1.000000", "٣.000000", "9" * 400 + ".000000"]
)
def test_a_message_without_a_proper_name_is_not_read(ts: str) -> None:
    assert heard(event(text="hello?", ts=ts)) is None


def test_an_event_of_another_shape_keeps_its_kind() -> None:
    body = json.dumps(
        {"type": "event_callback", "team_id": "T1", "event": {"type": "user_change", "user": {"id": "U1"}}}
    )
    found = payloads.envelope(body.encode())
    assert (found.type, found.team_id) == ("event_callback", "T1")
    assert found.event is not None
    assert found.event.type == "user_change"
    assert payloads.heard(found) is None


def test_a_message_of_another_shape_is_nothing_to_us() -> None:
    body = json.dumps({"type": "event_callback", "team_id": "T1", "event": {"type": "message", "text": {"a": 1}}})
    assert payloads.envelope(body.encode()).event is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nul", b"\xff\xfe", b"payload=%7B%7D", b"{" * 100_000, b'{"a":' * 100_000]
)
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(payloads.Malformed):
        payloads.envelope(body)


@pytest.mark.parametrize("body", [b"[]", b"1", b'"text"', b"null", b"true"])
def test_what_is_no_object_is_said_so(body: bytes) -> None:
    with pytest.raises(payloads.NoObject):
        payloads.envelope(body)


NAMES = st.sampled_from(
    [*payloads.Envelope.__struct_fields__, *payloads.Event.__struct_fields__, *payloads.Message.__struct_fields__]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=20),
    st.sampled_from(
        ["message", "reaction_added", "event_callback", "message_changed", "message_deleted", TS, "C1", "U1"]
    ),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(NAMES, st.text(max_size=8)), inner, max_size=6)
    ),
    max_leaves=25,
)
EVENTS = st.fixed_dictionaries(
    {"type": st.just("event_callback"), "team_id": st.one_of(st.just("T1"), LEAVES)},
    optional={"event": st.dictionaries(NAMES, JSON, max_size=12), "authorizations": JSON},
)


@given(st.one_of(JSON, EVENTS))
def test_any_json_at_all_is_heard_or_not_and_never_fails(value: Any) -> None:
    body = json.dumps(value).encode()
    try:
        found = payloads.envelope(body)
    except payloads.NoObject:
        assert not isinstance(value, dict)
        return
    except payloads.Malformed:
        assert "\\ud" in json.dumps(value)  # half of a pair is no letter
        return
    message = payloads.heard(found)
    if message is not None:
        assert not message.place.startswith("D")
        assert float(message.ts) >= 0
    payloads.team_of(found)


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_heard_or_not_and_never_fail(body: bytes) -> None:
    try:
        found = payloads.envelope(body)
    except (payloads.Malformed, payloads.NoObject):
        return
    payloads.heard(found)
