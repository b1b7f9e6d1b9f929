"""The system copy: every kind has words, and they give nothing away."""

import re
from datetime import date
from itertools import product

import pytest

from service.efforts.rules import EffortKind
from service.errors import Problem, ProblemKind
from service.nudges.rules import Item, NudgeKind, Told
from service.ruptures import Register, Rupture
from service.suggestions import deck
from service.wording import (
    asks,
    buttons,
    catalogues,
    efforts,
    extraction,
    kinds,
    moves,
    nudges,
    people,
    reasons,
    refusals,
)
from service.wording.nudges import Names
from service.wording.voice import Voice

TODAY = date(2026, 11, 24)
NAMES = Names(members={"m1": "Ada", "m2": "Ben"}, places={"p1": "#ops"})
VOICES = [
    Voice(language, formal=formal, register=register)
    for language, formal, register in product([*catalogues.languages(), catalogues.PSEUDO], (False, True), Register)
    if not formal or register is Register.TEAM
]
SECRETS = ("Ada", "Ben", "#ops", "my own words")


def told(kind: NudgeKind, register: Register) -> Told:
    card = kind in {NudgeKind.CARD_DRAWN, NudgeKind.HOUSE_CARD}
    return Told(
        who="m1",
        place="p1",
        on=date(2026, 11, 26),
        words="my own words",
        kind=deck.deck(register)[5].id if card else None,
        items=(Item("e1", who="m2", words="my own words", on=date(2026, 11, 16), kind="note"),),
    )


@pytest.mark.parametrize("voice", VOICES, ids=str)
@pytest.mark.parametrize("kind", NudgeKind)
def test_every_nudge_has_words_in_every_voice(kind: NudgeKind, voice: Voice) -> None:
    about = told(kind, voice.register)
    said = nudges.body(voice, kind, about, NAMES, TODAY)
    assert said
    assert "{" not in said
    assert reasons.why(voice, kind)
    for line in (*nudges.lines(voice, kind, about, NAMES, TODAY), nudges.footer(voice, kind) or "-"):
        assert line
        assert "{" not in line


@pytest.mark.parametrize("kind", NudgeKind)
def test_a_title_names_nobody(kind: NudgeKind) -> None:
    assert not any(secret in nudges.title(Voice(), kind) for secret in SECRETS)


OCCASIONS = (NudgeKind.OCCASION_SOON, NudgeKind.OCCASION_TODAY)
"""Whose day it is may be somebody who is no member, so their name comes from a member."""


@pytest.mark.parametrize("kind", [kind for kind in NudgeKind if kind not in OCCASIONS])
def test_a_members_words_are_never_inside_our_sentence(kind: NudgeKind) -> None:
    assert "my own words" not in nudges.body(Voice(), kind, told(kind, Register.TEAM), NAMES, TODAY)


@pytest.mark.parametrize("kind", NudgeKind)
def test_a_nudge_that_knows_nothing_still_speaks(kind: NudgeKind) -> None:
    assert "{" not in nudges.body(Voice(), kind, Told(), Names(), TODAY)


def test_an_asker_who_has_not_joined_is_not_named() -> None:
    on = date(2026, 11, 23)
    assert asks.waiting(Voice(), None, "#ops", on, TODAY) == (
        "A question to you in #ops on Monday is still open. A line is enough: yes, no, or when."
    )
    assert asks.waiting(Voice(), "Ada", None, on, TODAY) == (
        "Ada asked you something on Monday. A line is enough: yes, no, or when."
    )
    unjoined = nudges.body(Voice(), NudgeKind.ASK_WAITING, Told(who="gone", on=on, personal=True), NAMES, TODAY)
    assert unjoined.startswith("A question to you from Monday is still open.")
    assert "This was marked as personal." in unjoined


def test_a_digest_line_says_the_effort_last_and_warns_of_late_work() -> None:
    item = Item("e1", who="m2", words="Covered two shifts", on=date(2026, 11, 16), kind="note", caution=True)
    (line,) = nudges.lines(Voice(), NudgeKind.EFFORT_UNTHANKED, Told(items=(item,)), NAMES, TODAY)
    assert line.startswith("Ben, on Monday 16 November: Covered two shifts")
    assert line.endswith("ask if it can be avoided next time.")


@pytest.mark.parametrize("kind", ProblemKind)
@pytest.mark.parametrize("values", [{"most": 280, "name": "Ada"}, {"most": 1, "name": "Ada"}])
def test_every_refusal_is_a_sentence_that_mends(kind: ProblemKind, values: dict[str, str | int]) -> None:
    for voice in VOICES:
        said = refusals.sentence(voice, Problem(kind, "words", values))
        assert said
        assert "{" not in said
    assert re.search(r"\. \S", refusals.sentence(Voice(), Problem(kind, "words", values))) or kind in {
        ProblemKind.NOBODY_CHOSEN,
        ProblemKind.OWN_WORDS_NEEDED,
        ProblemKind.NO_WORKING_DAY,
    }


def test_several_refusals_are_said_once_each() -> None:
    problem = Problem(ProblemKind.NOBODY_CHOSEN)
    assert refusals.sentences(Voice(), [problem, problem]) == "Choose at least one person."


@pytest.mark.parametrize("button", buttons.Button)
def test_every_button_has_a_label_that_fits_and_no_marks(button: buttons.Button) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", button)
    for voice in VOICES:
        label = buttons.label(voice, button)
        assert 0 < len(label) <= 75
        assert not label.endswith((".", "!"))


@pytest.mark.parametrize("rupture", Rupture)
def test_every_kind_has_a_title_what_is_seen_and_an_example(rupture: Rupture) -> None:
    for voice in VOICES:
        assert len({kinds.title(voice, rupture), kinds.seen(voice, rupture), kinds.example(voice, rupture)}) == 3
    found = moves.moves(rupture)
    assert moves.Move.DEED_NO_WORDS in found
    assert moves.Move.NOT_NOW in found


def test_every_move_belongs_to_some_kind_and_has_a_label() -> None:
    assert {move for rupture in Rupture for move in moves.moves(rupture)} == set(moves.Move)
    assert len({moves.label(Voice(), move) for move in moves.Move}) == len(moves.Move)


def test_recall_prompts_come_in_turn() -> None:
    said = [efforts.recall(Voice(), turn) for turn in range(24)]
    assert len(set(said[:12])) == 12
    assert said[:12] == said[12:]
    assert all(one.endswith("?") for one in said)


@pytest.mark.parametrize("kind", EffortKind)
def test_every_effort_can_be_said(kind: EffortKind) -> None:
    assert efforts.done(Voice(), kind, None)
    assert efforts.done(Voice(), kind, "Merge the door").endswith("Merge the door")


def test_who_leads_is_said_for_none_one_and_several() -> None:
    assert people.leads(Voice(), []) == "Nobody leads this circle."
    assert people.leads(Voice(), ["Ada"]) == "Ada leads this circle."
    assert people.leads(Voice(), ["Ada", "Ben"]) == "Ada and Ben lead this circle."


def test_every_sentence_of_the_source_is_found_whole() -> None:
    found = list(extraction.sentences())
    assert list(extraction.glued()) == []
    assert ("asks.waiting", ("A question to you from {day} is still open. A line is enough: yes, no, or when.",)) in [
        (one.key, one.forms) for one in found
    ]
    assert any(len(one.forms) == 2 for one in found)
