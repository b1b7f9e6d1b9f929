"""Whatever is said in Slack fits its limits, names only whom it may, and every button is one we answer."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from integrations import slack_text
from integrations.slack.blocks import asks, circles, home, nudges, people, pieces
from integrations.slack.blocks.asks import Line
from integrations.slack.blocks.home import Circle, Standing
from integrations.slack.standin.limits import blocks as block_limits
from integrations.slack.standin.limits import views as view_limits
from integrations.slack.standin.limits.blocks import Surface
from service.nudges.couriers import Enclosed, Named, Parcel, Reader
from service.nudges.rules import Item, NudgeKind, Told
from service.people.rules import Boundary, WorkspaceKind
from service.ruptures import Register
from service.wording.buttons import Button
from service.wording.catalogues import PSEUDO
from service.wording.voice import Voice
from tests.fakes import MONDAY
from tests.unit.slack.test_slack_text import ATTACKS, assert_tame
from tests.untranslated import DAYS, of_view, untranslated

VOICE = Voice()
TODAY = date(2026, 3, 2)
ADA = "mada000000000000"
ATTACK = st.one_of(st.sampled_from(ATTACKS), st.text(max_size=40))
LONG = st.one_of(ATTACK, st.text(min_size=1, max_size=9).map(lambda text: text * 400))
CHANNEL_TOLD = {"channel": "C1", "ts": "1700000000.000100"}


def reader(**more: Any) -> Reader:
    plain = {
        "workspace": "w",
        "workspace_kind": WorkspaceKind.TEAM,
        "member": "m",
        "address": "U1",
        "language": "en",
        "formal": False,
        "register": Register.TEAM,
        "zone": "Europe/Berlin",
    }
    return Reader(**{**plain, **more})


TOLD = st.builds(
    Told,
    who=st.sampled_from([None, ADA, "mstranger"]),
    place=st.sampled_from([None, "p1", "p2"]),
    on=st.sampled_from([None, TODAY, TODAY - timedelta(days=3)]),
    words=st.one_of(st.none(), LONG),
    kind=st.sampled_from([None, "thank", "talk"]),
    personal=st.booleans(),
    items=st.lists(
        st.builds(Item, st.uuids().map(lambda u: u.hex[:16]), st.just(ADA), ATTACK, st.just(TODAY)),
        max_size=3,
        unique_by=lambda item: item.subject,
    ).map(tuple),
    extra=st.sampled_from([None, CHANNEL_TOLD]),
)
WITH_A_KIND = (NudgeKind.NOTE_RECEIVED, NudgeKind.REPAIR_RECEIVED, NudgeKind.CARD_DRAWN, NudgeKind.HOUSE_CARD)


def enclosed(id_: str, kind: NudgeKind, subject: str, told: Told) -> Enclosed:
    return Enclosed(id_, kind, subject, replace(told, kind=None, extra=None) if kind in WITH_A_KIND else told)


ENCLOSED = st.builds(
    enclosed, st.uuids().map(str), st.sampled_from(NudgeKind), st.uuids().map(lambda u: u.hex[:16]), TOLD
)
PARCELS = st.builds(
    Parcel,
    st.just("p" * 16),
    st.sampled_from([reader(), reader(is_place=True, member=None, address="C1"), reader(language="de", formal=True)]),
    st.lists(ENCLOSED, min_size=1, max_size=20, unique_by=lambda each: each.subject).map(tuple),
    st.integers(0, 99),
    ATTACK.map(lambda name: {ADA: Named("Ada", "U0ADA"), "mplain": Named(name)}),
    ATTACK.map(lambda name: {"p1": Named("#ops", "C0OPS"), "p2": Named(name)}),
)


@given(PARCELS)
def test_any_parcel_is_a_message_slack_takes(parcel: Parcel) -> None:
    message = nudges.message(parcel, TODAY, "https://maple.slack.com/")
    assert message.text
    assert_taken(message.blocks, Surface.MESSAGE)
    assert_speaks_only_of(message.blocks, {"<@U0ADA>", "<#C0OPS>", "<#C1>"})
    assert not any(name in message.text for name in ("Ada", "ops", "<", ">"))


@pytest.mark.parametrize("kind", NudgeKind)
def test_no_kind_says_a_word_from_outside_the_catalogue(kind: NudgeKind) -> None:
    told = Told(who=ADA, place="p1", on=TODAY, words="xx", extra=CHANNEL_TOLD)
    parcel = Parcel(
        "p" * 16, reader(language=PSEUDO), (Enclosed("n", kind, "s", told),), 2, {ADA: Named("Ada", "U0ADA")}
    )
    message = nudges.message(parcel, TODAY, "https://maple.slack.com/")
    assert untranslated([message.text, *of_view(message.blocks)], ("U0ADA", "xx", "Goldseam", *DAYS)) == []


@pytest.mark.parametrize("kind", NudgeKind)
def test_every_kind_says_something_and_ends_in_why_fewer_stop(kind: NudgeKind) -> None:
    told = Told(who=ADA, place="p1", on=TODAY, words="you held the fort", extra=CHANNEL_TOLD)
    people_here = {ADA: Named("Ada", "U0ADA")}
    parcel = Parcel(
        "p" * 16, reader(), (Enclosed("n", kind, "s", told),), 0, people_here, {"p1": Named("#ops", "C0OPS")}
    )
    message = nudges.message(parcel, TODAY, "https://maple.slack.com/")
    closing = message.blocks[-1]
    assert [each["action_id"] for each in closing["elements"]] == ["nudges.why", "nudges.fewer", "nudges.stop"]
    assert {each["value"] for each in closing["elements"]} == {kind.value}
    assert_taken(message.blocks, Surface.MESSAGE)


def test_an_ask_carries_its_buttons_and_the_way_to_its_message() -> None:
    told = Told(who=ADA, place="p1", on=TODAY, extra=CHANNEL_TOLD)
    parcel = Parcel(
        "p" * 16, reader(), (Enclosed("n", NudgeKind.ASK_WAITING, "ask1", told),), 0, {ADA: Named("Ada", "U0ADA")}
    )
    blocks = nudges.message(parcel, TODAY, "https://maple.slack.com/").blocks
    row = next(block for block in blocks if block.get("block_id") == "asks.ask1")
    does = [each["action_id"] for each in row["elements"]]
    assert does == ["asks.answer", "asks.promise", "asks.decline", "asks.not_mine", "asks.snooze", "repairs.open"]
    assert row["elements"][0]["url"] == "https://maple.slack.com/archives/C1/p1700000000000100"
    assert "<@U0ADA>" in blocks[0]["text"]["text"]


def test_an_ask_we_cannot_hear_is_closed_by_a_tap() -> None:
    row = asks.buttons(VOICE, Line("ask1", "said", "https://maple.slack.com/archives/D1/p1", is_read=False))
    assert "url" not in row["elements"][0]
    assert row["elements"][0]["action_id"] == "asks.answer"


def test_a_circle_is_invited_by_its_lead_with_one_button() -> None:
    told = Told(who=ADA, place="p1", words="Harbour")
    there = reader(is_place=True, member=None, address="C0OPS")
    people_here = {ADA: Named("Ada", "U0ADA")}
    parcel = Parcel("p" * 16, there, (Enclosed("n", NudgeKind.WELCOME, "circle1.1", told),), 0, people_here)
    blocks = nudges.message(parcel, TODAY, "").blocks
    assert [(each["action_id"], each["value"]) for each in elements(blocks)] == [("people.join", "circle1")]
    assert "<@U0ADA>" in blocks[0]["text"]["text"]
    assert "Harbour" in blocks[0]["text"]["text"]


LINES = st.builds(
    Line,
    st.uuids().map(lambda u: u.hex[:16]),
    LONG,
    st.sampled_from([None, "https://a.slack.com/archives/C1/p1"]),
    st.booleans(),
)


@given(
    st.lists(LINES, max_size=40, unique_by=lambda line: line.ask),
    st.lists(LINES, max_size=40, unique_by=lambda line: line.ask),
    st.lists(st.tuples(st.uuids().map(lambda u: u.hex[:16]), ATTACK), max_size=60, unique_by=lambda pair: pair[0]),
)
def test_any_home_is_one_slack_takes(waiting: list[Line], asked: list[Line], led: list[tuple[str, str]]) -> None:
    mine = [line for line in asked if line.ask not in {each.ask for each in waiting}]
    led_ones = [Circle(id_, name or "a circle", is_led=True) for id_, name in led]
    view = home.inside(VOICE, Standing(waiting, mine, Boundary(), circles=led_ones), MONDAY)
    assert_view(view, "home")


@pytest.mark.parametrize("language", ["en", "en-XA", "de", "fr", "es"])
@pytest.mark.parametrize("formal", [True, False])
def test_every_form_is_one_slack_takes(language: str, formal: bool) -> None:
    voice = Voice(language, formal)
    paused = Boundary(zone="America/Argentina/Buenos_Aires", paused_until=MONDAY + timedelta(days=9))
    views = [
        asks.watch(voice, "kept"),
        asks.promise(voice, "kept", TODAY),
        asks.not_mine(voice, "kept"),
        asks.mark(voice, "kept"),
        circles.choose(voice, [("c1", "Harbour"), ("c2", "x" * 80)], "kept"),
        people.join(voice, "Harbour", ["U0ADA", "U0BEN"], "kept"),
        people.join(voice, None, [], "kept"),
        people.leave(voice, "kept"),
        people.boundary(voice, paused, ["en", "de", "fr", "es"], formal=formal, today=TODAY),
        people.boundary(voice, Boundary(days=frozenset()), ["en"], formal=formal, today=TODAY),
        nudges.why(voice, list(NudgeKind)),
        nudges.welcome(voice, None),
        pieces.notice(voice, "one", "two"),
    ]
    for view in views:
        assert_view(view, "modal")
    if language == PSEUDO:
        known = ("Harbour", "UTC", "English", "Deutsch", "Français", "Español", "one", "two", *DAYS)
        assert untranslated(of_view([*views, home.outside(voice), people.usage(voice, "/goldseam")]), known) == []
    assert_view(home.outside(voice), "home")
    assert_taken(people.usage(voice, "/goldseam"), Surface.MESSAGE)
    assert_taken(circles.offered(voice, "C1"), Surface.MESSAGE)


def test_ones_own_zone_is_always_offered_and_chosen() -> None:
    view = people.boundary(VOICE, Boundary(zone="Asia/Thimphu"), ["en"], formal=False, today=TODAY)
    zone = next(block["element"] for block in view["blocks"] if block["block_id"] == "zone")
    assert zone["initial_option"]["value"] == "Asia/Thimphu"
    assert len(zone["options"]) <= pieces.MOST_OPTIONS


def elements(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from (each for each in block.get("elements", ()) if "action_id" in each)
        for holder in ("accessory", "element"):
            if "action_id" in block.get(holder, {}):
                yield block[holder]


def assert_taken(blocks: list[dict[str, Any]], surface: Surface) -> None:
    assert block_limits.problems(blocks, surface) == []
    for block in Block.parse_all(blocks):
        block.validate_json()
    known = {button.value for button in Button}
    for element in elements(blocks):
        assert element["action_id"] in known
        assert re.fullmatch(r"[a-z]+\.[a-z_]+", element["action_id"])


def assert_view(view: dict[str, Any], kind: str) -> None:
    assert view_limits.problems(view, kind) == []
    assert not view_limits.too_large(view)
    View(**view).validate_json()
    assert_taken(view["blocks"], Surface.HOME if kind == "home" else Surface.MODAL)


def assert_speaks_only_of(blocks: list[dict[str, Any]], allowed: set[str]) -> None:
    for block in blocks:
        for text in (block.get("text", {}), *(each for each in block.get("elements", ()) if each["type"] == "mrkdwn")):
            said = text.get("text", "")
            if text.get("type") == "mrkdwn":
                assert text["verbatim"] is True
                assert set(re.findall(r"<[^<>]*>", said)) <= allowed
                assert re.fullmatch(r"(?:[^<>]|<[@#][A-Z0-9]+>)*", said, re.DOTALL)
            assert_tame(said)


def test_a_link_of_ours_cannot_be_broken_out_of() -> None:
    made = slack_text.link("https://a.example/x>|y", "Open | <this>")
    assert made == "<https://a.example/xy|Open / &lt;this&gt;>"
