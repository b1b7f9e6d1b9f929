"""Every view and message there is, at its longest, in every language: a builder that is not listed here fails."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from integrations.slack import blocks
from integrations.slack.blocks import (
    appreciations,
    asks,
    cards,
    circles,
    coach,
    efforts,
    home,
    moments,
    nudges,
    people,
    repairs,
    suggestions,
)
from integrations.slack.blocks.appreciations import Offered
from integrations.slack.blocks.asks import Line
from integrations.slack.blocks.coach import Fork
from integrations.slack.blocks.home import Circle, Standing, Thanked
from integrations.slack.blocks.nudges import Message
from integrations.slack.standin.limits.blocks import Surface
from service.nudges.couriers import Enclosed, Named, Parcel
from service.nudges.rules import Item, NudgeKind, Told
from service.people.rules import Boundary
from service.repairs.rules import Direction
from service.ruptures import Register, Rupture
from service.suggestions.deck import deck
from service.wording import buttons
from service.wording.buttons import Button
from service.wording.voice import Voice
from tests.fakes import MONDAY
from tests.unit.slack.test_blocks import ADA, TODAY, assert_taken, assert_view, reader

ID: Final = "a" * 16
NAME: Final = "Ümit-Wolfeschlegelstein " * 4
KEPT: Final = "k" * 3000
WORDS: Final = "a word of theirs " * 300
PEOPLE: Final = tuple(f"U{number:08}" for number in range(100))
CHOICES: Final = tuple((f"{number:016}", NAME) for number in range(100))
LINES: Final = tuple(
    Line(f"{number:016}", WORDS, "https://maple.slack.com/archives/C1/p1", number % 2 == 0, speaks_of=PEOPLE[:1])
    for number in range(100)
)
MINE: Final = tuple(Line(f"m{number:015}", WORDS, None, is_mine=True) for number in range(100))
KIND: Final = Rupture.EFFORT_UNSEEN
CARD: Final = next(card for card in deck(Register.TEAM) if card.rupture is KIND)
ITEMS: Final = tuple(Item(f"i{number:015}", ADA, WORDS, TODAY) for number in range(3))
OFF: Final = ("thanks", "asks", "suggestions", "sources", "feed")
PAUSED: Final = Boundary(zone="America/Argentina/Buenos_Aires", paused_until=MONDAY + timedelta(days=9))
SHOWN: Final = appreciations.Preview("U1", PEOPLE[:20], "x" * 800, "y" * 400, NAME, NAME, NAME, (NAME,) * 3)
MUCH: Final = Offered(CHOICES, CHOICES, CHOICES[:10], [f"{number:02}" + "x" * 38 for number in range(10)])
FULL: Final = Standing(
    LINES,
    MINE,
    PAUSED,
    circles=[Circle(id_, name, PEOPLE[:3], is_led=True) for id_, name in CHOICES],
    thanked=[Thanked(WORDS, WORDS, PEOPLE[:2])] * 6,
    is_owner=True,
)


def parcel(voice: Voice) -> Parcel:
    """Everything at once, for one reader."""
    told = Told(who=ADA, on=TODAY, words=WORDS, items=ITEMS)
    bare = (NudgeKind.NOTE_RECEIVED, NudgeKind.REPAIR_RECEIVED, NudgeKind.CARD_DRAWN, NudgeKind.HOUSE_CARD)
    enclosed = tuple(
        Enclosed(f"n{number}", kind, f"{number:016}", Told(who=ADA, words=WORDS) if kind in bare else told)
        for number, kind in enumerate(NudgeKind)
    )
    known = {ADA: Named(NAME, "U0ADA")}
    return Parcel("p" * 16, reader(language=voice.language, formal=voice.formal), enclosed, 99, known, {})


def usage(voice: Voice) -> list[Any]:
    return [people.usage(voice, "/" + "g" * 31)]


BUILDERS: Final[dict[str, Callable[[Voice], list[Any]]]] = {
    "appreciations.change": lambda v: [appreciations.change(v, ID)],
    "appreciations.edit": lambda v: [appreciations.edit(v, WORDS, WORDS, KEPT)],
    "appreciations.form": lambda v: [
        appreciations.form(v, appreciations.Begun(PEOPLE[:20], WORDS, WORDS, CHOICES[0][0]), MUCH, KEPT),
        appreciations.form(v, appreciations.Begun(), Offered(CHOICES[:1]), ""),
    ],
    "appreciations.given": lambda v: [appreciations.given(v, PEOPLE, NAME, ID)],
    "appreciations.invitation": lambda v: [appreciations.invitation(v, ID, Told(kind="invitation"))],
    "appreciations.lately": lambda v: [appreciations.lately(v, [(id_, [NAME] * 20, PEOPLE) for id_, _ in CHOICES[:3]])],
    "appreciations.linked": lambda v: [appreciations.linked(v, "https://a.example/" + "x" * 200)],
    "appreciations.marked": lambda v: [appreciations.marked(v, "message.C1/1.1/U1")],
    "appreciations.preview": lambda v: [appreciations.preview(v, SHOWN, KEPT)],
    "appreciations.usage": lambda v: [appreciations.usage(v, "/" + "t" * 31, WORDS)],
    "asks.buttons": lambda v: [asks.buttons(v, line) for line in (LINES[0], LINES[1], MINE[0])],
    "asks.lists": lambda v: [asks.lists(v, list(LINES[:10]), list(MINE[:10])), asks.lists(v, [], [])],
    "asks.mark": lambda v: [asks.mark(v, KEPT)],
    "asks.not_mine": lambda v: [asks.not_mine(v, KEPT)],
    "asks.promise": lambda v: [asks.promise(v, KEPT, TODAY)],
    "asks.shown": lambda v: [asks.shown(v, LINES[0]), asks.shown(v, MINE[0])],
    "asks.again": lambda v: [asks.again(v, KEPT, LINES[0].link, TODAY, TODAY), asks.again(v, "", None, TODAY, TODAY)],
    "asks.triage": lambda v: [asks.triage(v, LINES, KEPT), asks.triage(v, (), "")],
    "asks.watch": lambda v: [asks.watch(v, KEPT)],
    "cards.drawn": lambda v: [cards.drawn(v, ID, f"{KIND.value}.1", ours=ours) for ours in (True, False)],
    "cards.paused": lambda v: [cards.paused(v, "cards")],
    "cards.report": lambda v: [cards.report(v, KEPT)],
    "cards.share": lambda v: [cards.share(v, CHOICES, KEPT, 280)],
    "circles.choose": lambda v: [circles.choose(v, CHOICES, KEPT)],
    "circles.invitation": lambda v: [circles.invitation(v, NAME, NAME, ID, PEOPLE[:1])],
    "circles.next_steps": lambda v: [circles.next_steps(v, ID)],
    "circles.offer": lambda v: [circles.offer(v, "C1")],
    "circles.offered": lambda v: [circles.offered(v, "C1")],
    "coach.begin": lambda v: [coach.begin(v, KEPT, fork=Fork.HURT, kind=KIND), coach.begin(v, "")],
    "coach.line": lambda v: [coach.line(v, kind, TODAY, KEPT, to="U1", about=NAME) for kind in Rupture],
    "coach.lines": lambda v: [coach.lines(v, WORDS, WORDS, to_use=WORDS)],
    "coach.note": lambda v: [coach.note(v, kind, TODAY, KEPT, to="U1") for kind in Rupture],
    "coach.preview": lambda v: [
        coach.preview(v, coach.Preview("U1", "U2", each, WORDS, WORDS, held=True), KEPT) for each in Direction
    ],
    "coach.sent": lambda v: [coach.sent(v, ID, each, held=held) for each, held in product(Direction, (True, False))],
    "coach.ways": lambda v: [coach.ways(v, fork, kind, TODAY, KEPT) for fork, kind in product(coach.WAYS, Rupture)],
    "efforts.digest": lambda v: [efforts.digest(v, ID, [(each, WORDS) for each in ITEMS], WORDS, WORDS, PEOPLE[:3])],
    "efforts.keep_monthly": lambda v: [efforts.keep_monthly(v, ID)],
    "efforts.note": lambda v: [efforts.note(v, "U1", WORDS, KEPT), efforts.note(v, None, "", "")],
    "efforts.noted": lambda v: [efforts.noted(v, WORDS, PEOPLE[:1], ID)],
    "efforts.recall": lambda v: [efforts.recall(v, ID)],
    "efforts.row": lambda v: [efforts.row(v, ID)],
    "home.inside": lambda v: [
        home.inside(v, FULL, MONDAY),
        home.inside(v, Standing((), (), Boundary()), MONDAY),
    ],
    "home.outside": lambda v: [home.outside(v)],
    "home.workspace": lambda v: [
        home.workspace(
            v, ["thanks", "asks", "suggestions", "sources", "feed"], [WORDS] * 3, "https://a.example/", KEPT
        ),
        home.workspace(v, [], [], "", ""),
    ],
    "moments.form": lambda v: [moments.form(v, KEPT, kind=KIND)],
    "moments.invitation": lambda v: [moments.invitation(v, ID)],
    "moments.who_starts": lambda v: [
        moments.who_starts(v, [(id_, name, True) for id_, name in CHOICES], CHOICES, [WORDS]),
        moments.who_starts(v, [], []),
    ],
    "moments.mine_here": lambda v: [moments.mine_here(v)],
    "moments.pattern": lambda v: [moments.pattern(v, ID)],
    "nudges.message": lambda v: [nudges.message(parcel(v), TODAY, "https://maple.slack.com/")],
    "nudges.welcome": lambda v: [nudges.welcome(v, NAME), nudges.welcome(v, None)],
    "nudges.why": lambda v: [nudges.why(v, list(NudgeKind))],
    "people.boundary": lambda v: [
        people.boundary(v, PAUSED, ["en", "de", "fr", "es"], formal=True, today=TODAY),
        people.boundary(v, Boundary(days=frozenset()), ["en"], formal=False, today=TODAY),
    ],
    "people.hours": lambda v: [people.hours(v, PAUSED)],
    "people.join": lambda v: [people.join(v, NAME, PEOPLE, KEPT), people.join(v, None, [], "")],
    "people.leave": lambda v: [people.leave(v, KEPT)],
    "people.usage": usage,
    "repairs.begin": lambda v: [repairs.begin(v, ID)],
    "repairs.mine": lambda v: [
        repairs.mine(v, [repairs.Line(id_, WORDS, PEOPLE, settles=True, may_go_back=True) for id_, _ in CHOICES[:5]])
    ],
    "repairs.note": lambda v: [repairs.note(v, ID)],
    "repairs.received": lambda v: [repairs.received(v, ID)],
    "repairs.settle": lambda v: [repairs.settle(v, ID)],
    "suggestions.begin": lambda v: [suggestions.begin(v, CHOICES[:99], one=True)],
    "suggestions.choose": lambda v: [suggestions.choose(v, kind, deck(Register.TEAM), KEPT) for kind in Rupture],
    "suggestions.declined": lambda v: [suggestions.declined(v, WORDS)],
    "suggestions.done": lambda v: [suggestions.done(v)],
    "suggestions.last": lambda v: [suggestions.last(v, CARD, NAME, [NAME] * 100, KEPT, one=True)],
    "suggestions.person": lambda v: [suggestions.person(v, CHOICES, KEPT), suggestions.person(v, CHOICES * 3, "")],
    "suggestions.signed": lambda v: [suggestions.signed(v)],
}
NO_BUILDERS: Final = {"block_of", "voice_of", "example", "thanked", "named_in"}
"""Public functions that make no block."""
VOICES: Final = [
    Voice(language, formal) for language, formal in product(("en", "en-XA", "de", "fr", "es"), (True, False))
]


def builders() -> Iterator[str]:
    """Every public function of the rooms of blocks; `pieces` are what they are made of."""
    for module in pkgutil.iter_modules(blocks.__path__):
        room = importlib.import_module(f"{blocks.__name__}.{module.name}")
        if module.name != "pieces":
            for name, made in inspect.getmembers(room, inspect.isfunction):
                if made.__module__ == room.__name__ and not name.startswith("_") and name not in NO_BUILDERS:
                    yield f"{module.name}.{name}"


def test_every_builder_is_tried() -> None:
    assert set(builders()) == set(BUILDERS)


@pytest.mark.parametrize("name", BUILDERS)
def test_it_is_one_slack_takes_in_every_language(name: str) -> None:
    for voice in VOICES:
        for made in BUILDERS[name](voice):
            _assert_taken(made)


def _assert_taken(made: Any) -> None:
    match made:
        case {"type": "modal" | "home" as kind}:
            assert_view(made, kind)
        case Message():
            assert made.text.strip()
            assert_taken(made.blocks, Surface.MESSAGE)
        case list():
            assert_taken(made, Surface.MODAL)
        case _:
            assert_taken([made], Surface.MESSAGE)


SMALL: Final = frozenset({"a", "an", "and", "as", "at", "for", "in", "my", "of", "on", "or", "the", "to", "with", "by"})


@pytest.mark.parametrize("button", Button)
def test_buttons_are_in_title_case_and_hold_no_marks(button: Button) -> None:
    said = buttons.label(Voice(), button)
    assert re.fullmatch(r"[A-Za-z',? ]+", said)
    assert not said.endswith(".")
    words = said.split()
    assert words[0][0].isupper()
    assert [word for word in words if word not in SMALL and not word[0].isupper()] == []


@pytest.mark.parametrize("view", [home.inside(Voice(), FULL, MONDAY), nudges.why(Voice(), list(NudgeKind))])
def test_buttons_that_look_alike_say_to_a_screen_reader_what_each_is_about(view: dict[str, Any]) -> None:
    heard: dict[str, list[str]] = {}
    for block in view["blocks"]:
        for each in block.get("elements", ()) if block["type"] == "actions" else ():
            heard.setdefault(each["text"]["text"], []).append(each.get("accessibility_label", ""))
    for said, labels in heard.items():
        assert len(labels) == 1 or all(label.startswith(said) and label != said for label in labels), said


def test_one_button_stands_out_in_a_view_at_most() -> None:
    for made in (home.inside(Voice(), Standing((), (), Boundary()), MONDAY), home.outside(Voice())):
        styled = [each for block in made["blocks"] for each in block.get("elements", ()) if each.get("style")]
        assert len(styled) <= 1


def test_whatever_answers_a_command_says_it_in_plain_text_too() -> None:
    found = 0
    for path in (Path(inspect.getfile(blocks)).parent.parent).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            keys = (
                [key.value for key in node.keys if isinstance(key, ast.Constant)] if isinstance(node, ast.Dict) else []
            )
            if {"response_type", "replace_original"} & {*keys} and "client_id" not in keys:
                assert "text" in keys, f"{path}:{getattr(node, 'lineno', 0)}"
                found += 1
    assert found > 5
