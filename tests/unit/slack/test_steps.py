"""Every step of the forms for thanks, work, repair, cards and moments is one Slack takes, in every language."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.slack import gestures
from integrations.slack.blocks import (
    appreciations,
    cards,
    coach,
    efforts,
    moments,
    nudges,
    pieces,
    repairs,
    suggestions,
)
from integrations.slack.blocks.appreciations import Begun, Offered
from integrations.slack.blocks.coach import Fork, Way
from integrations.slack.blocks.repairs import Line
from integrations.slack.standin.limits.blocks import Surface
from service.appreciations.rules import Job
from service.nudges.couriers import Enclosed, Named, Parcel
from service.nudges.rules import NudgeKind, Told
from service.repairs.rules import Direction
from service.ruptures import Register, Rupture
from service.suggestions.deck import deck
from service.wording.buttons import Button
from service.wording.catalogues import PSEUDO
from service.wording.voice import Voice
from tests.unit.slack.test_blocks import (
    ADA,
    ATTACK,
    LONG,
    TODAY,
    assert_speaks_only_of,
    assert_taken,
    assert_view,
    reader,
)
from tests.untranslated import of_view, untranslated

ID = "a" * 16
VOICES = [Voice(language, formal) for language, formal in product(("en", "en-XA", "de", "fr", "es"), (True, False))]
READERS = [("private", "Only you and them"), (f"circle.{ID}", "Everybody in " + "x" * 90)]
FEW = Offered(READERS)
MANY = Offered(READERS, READERS[1:], [(job.value, "words") for job in Job], [f"{n}" + "x" * 39 for n in range(12)])


@pytest.mark.parametrize("voice", VOICES)
def test_every_step_is_one_slack_takes(voice: Voice) -> None:
    everybody = tuple(f"U{number:08}" for number in range(20))
    shown = appreciations.Preview(
        "U1", everybody, "x" * 800, "y" * 400, "where <@U1>", "quieter", "x" * 80, ("x" * 200,)
    )
    views = [
        appreciations.form(voice, Begun(), FEW, "kept"),
        appreciations.form(voice, Begun(everybody, "x" * 900, "y", READERS[1][0], "https://a.example/"), MANY, ""),
        appreciations.preview(voice, shown, "k" * 3000),
        appreciations.given(voice, everybody, "x" * 80, ID),
        appreciations.edit(voice, "x" * 1000, "", "kept"),
        efforts.note(voice, None, "", "kept"),
        efforts.note(voice, "U1", "x" * 300, "kept"),
        efforts.noted(voice, "said", {"U1"}, ID),
        moments.form(voice, "kept", kind=Rupture.LEFT_OUT),
        cards.report(voice, "kept"),
        cards.share(voice, [(ID, "Harbour")], "kept", 280),
        suggestions.begin(voice, [(ID, "Harbour")], one=True),
        suggestions.begin(voice, [(ID, "x" * 90)], one=False),
        suggestions.person(voice, [(ID, "Ada")], "kept"),
        suggestions.declined(voice, "why"),
        suggestions.done(voice),
        coach.begin(voice, "kept"),
        coach.lines(voice, "said", to_use="words"),
    ]
    for view in views:
        assert_view(view, "modal")
    if voice.language == PSEUDO:
        given = ("Only you and them", "Everybody in", "quieter", "said", "words", "where", "Ada", "Harbour", "why")
        assert untranslated(of_view(views), (*given, *Job)) == []
    assert_taken(appreciations.usage(voice, "/thanks", "x" * 3000), Surface.MESSAGE)
    assert_taken(appreciations.marked(voice, "message.C1/1.1/U1"), Surface.MESSAGE)
    assert_taken(appreciations.lately(voice, [(ID, ["Ada"], ["U1"])]), Surface.HOME)
    assert_taken(repairs.mine(voice, [Line(ID, "said", ["U1"], settles=True, may_go_back=True)]), Surface.HOME)


@pytest.mark.parametrize("rupture", Rupture)
@pytest.mark.parametrize("voice", VOICES[::3])
def test_every_kind_has_its_steps(voice: Voice, rupture: Rupture) -> None:
    held = [card for card in deck(Register.TEAM) if card.rupture is rupture]
    views = [
        coach.begin(voice, "kept", fork=Fork.HURT, kind=rupture),
        coach.line(voice, rupture, TODAY, "kept", to="U1", about="about"),
        coach.note(voice, rupture, TODAY, "kept"),
        *(coach.ways(voice, fork, rupture, TODAY, "kept") for fork in coach.WAYS),
        suggestions.choose(voice, rupture, deck(Register.TEAM), "kept"),
        *(suggestions.last(voice, card, "for", ["Ada"] * 100, "kept", one=True) for card in held),
    ]
    for view in views:
        assert_view(view, "modal")
    for direction, held_back in product(Direction, (True, False)):
        shown = coach.Preview("U1", "U2", direction, "said", "also", held=held_back)
        assert_view(coach.preview(voice, shown, "kept"), "modal")
        assert_view(coach.sent(voice, ID, direction, held=held_back), "modal")


@given(
    st.lists(st.tuples(st.uuids().map(lambda u: u.hex[:16]), LONG), min_size=1, max_size=350, unique_by=lambda p: p[0])
)
def test_any_number_of_people_may_be_chosen_from(people: list[tuple[str, str]]) -> None:
    view = suggestions.person(VOICES[0], people, "kept")
    assert_view(view, "modal")
    element = view["blocks"][0]["element"]
    groups = element.get("option_groups", [element])
    assert [each["value"] for group in groups for each in group["options"]] == [id_ for id_, _ in people]


@given(ATTACK, LONG, st.sampled_from([None, "thank", "talk"]))
def test_nothing_somebody_wrote_moves_what_is_shown(name: str, words: str, eased: str | None) -> None:
    shown = appreciations.Preview("U1", ("U2",), words, eased or "", name, whole=name, beside=(name,))
    assert_speaks_only_of(appreciations.preview(VOICES[0], shown, "")["blocks"], {"<@U1>", "<@U2>"})
    offered = Offered(READERS, [(ID, name)], valued=[name[:40] or "care"])
    form = appreciations.form(VOICES[0], Begun(did=words, remarks=(name,)), offered, "")
    assert_view(form, "modal")
    assert_speaks_only_of(form["blocks"], set())


def test_a_way_is_offered_under_each_fork_that_asks_for_one() -> None:
    assert {way for ways in coach.WAYS.values() for way in ways} == set(Way)
    assert set(coach.WAYS) == {Fork.HURT, Fork.SAW}


def row(kind: NudgeKind, told: Told) -> list[tuple[str, str]]:
    parcel = Parcel("p" * 16, reader(), (Enclosed("n", kind, ID, told),), 0, {ADA: Named("Ada", "U0ADA")})
    blocks = nudges.message(parcel, TODAY, "https://maple.slack.com/").blocks
    assert_taken(blocks, Surface.MESSAGE)
    found = [block for block in blocks if block["type"] == "actions" and block["block_id"] != nudges.CLOSING]
    return [(each["action_id"], each["value"]) for block in found for each in block["elements"]]


@pytest.mark.parametrize(
    ("kind", "told", "does"),
    [
        (NudgeKind.THANKS_RECEIVED, Told(who=ADA, words="w"), []),
        (NudgeKind.THANKS_RECEIVED, Told(who=ADA, kind="invitation"), ["people.join", "appreciations.stop"]),
        (NudgeKind.EFFORT_RECALL, Told(extra={"turn": "3"}), ["appreciations.open"]),
        (NudgeKind.EFFORT_SEEN, Told(who=ADA, on=TODAY), ["appreciations.open", "efforts.already", "efforts.skip"]),
        (NudgeKind.KEEP_OR_STOP, Told(), ["nudges.monthly"]),
        (
            NudgeKind.REPAIR_RECEIVED,
            Told(who=ADA, kind="talked_over"),
            ["repairs.thank", "repairs.talk", "repairs.later", "repairs.unsettled", "repairs.settle"],
        ),
        (
            NudgeKind.NOTE_RECEIVED,
            Told(who=ADA, kind="sharp_tone", extra={"when": "lately", "where": "chat"}),
            ["repairs.open", "repairs.deed", "repairs.later", "repairs.unfair"],
        ),
        (NudgeKind.NOTE_EXPIRED, Told(), ["repairs.open"]),
        (NudgeKind.MOMENT_PATTERN, Told(), ["repairs.open", "suggestions.open", "moments.resolve"]),
        (
            NudgeKind.HOUSE_CARD,
            Told(kind="left_out.1"),
            ["suggestions.keep", "suggestions.share", "suggestions.report", "repairs.open"],
        ),
    ],
)
def test_each_kind_has_its_buttons(kind: NudgeKind, told: Told, does: list[str]) -> None:
    assert [action for action, _ in row(kind, told)] == does


def test_a_card_of_ones_own_may_be_left_out_and_paused() -> None:
    does = dict(row(NudgeKind.CARD_DRAWN, Told(kind="left_out.1")))
    assert set(does) == {*(each.value for each in cards.MINE), Button.REPAIRS_OPEN.value}
    assert does["suggestions.omit"] == "left_out.1"
    assert row(NudgeKind.CARD_DRAWN, Told()) == []


def test_a_repair_says_the_line_its_writer_chose_or_their_own_words() -> None:
    for told, words in (
        (Told(who=ADA, kind="talked_over", extra={"register": "team"}), "I came in before you had finished"),
        (Told(who=ADA, kind="talked_over", words="mine"), "mine"),
    ):
        parcel = Parcel("p" * 16, reader(), (Enclosed("n", NudgeKind.REPAIR_RECEIVED, ID, told),), 0, {})
        said = str(nudges.message(parcel, TODAY, "").blocks)
        assert words in said
        assert said.count("I came in before") == (told.words is None)


def test_a_parcel_too_long_for_one_message_counts_the_rest() -> None:
    told = Told(who=ADA, on=TODAY, words="words")
    kinds = [Enclosed(f"n{number}", NudgeKind.EFFORT_SEEN, f"e{number:015}", told) for number in range(15)]
    message = nudges.message(Parcel("p" * 16, reader(), tuple(kinds)), TODAY + timedelta(days=1), "")
    assert_taken(message.blocks, Surface.MESSAGE)
    rows = [block for block in message.blocks if block.get("block_id", "").startswith("efforts.")]
    assert 8 < len(rows) < 15


def test_people_chosen_in_a_field_are_read() -> None:
    values = {"recipients": {"a": {"type": "multi_users_select", "selected_users": ["U1", "U2", 3]}}}
    body = {"type": "view_submission", "view": {"callback_id": "a.b", "state": {"values": values}}}
    found = gestures.of(body)
    assert found is not None
    assert found.chosen("recipients") == ("U1", "U2")


def test_a_field_to_write_in_holds_no_more_than_it_takes() -> None:
    assert pieces.text(Button.EFFORTS_NOTE, "x" * 20, 10)["initial_value"] == "x" * 10
    assert "initial_value" not in pieces.text(Button.EFFORTS_NOTE, "", 10)
