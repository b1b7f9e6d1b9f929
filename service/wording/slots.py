"""The closed lists that fill the blanks of notes, cards and repair lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service.errors import ProblemKind, refused
from service.ruptures import Register
from service.suggestions.deck import Setting
from service.wording.voice import SlotError, Voice, text


class When(StrEnum):
    """About when; never a date or an hour."""

    THIS_WEEK = "this_week"
    LATELY = "lately"
    PAST_WEEKS = "past_weeks"


class Effort(StrEnum):
    """What somebody did."""

    COVERING = "covering"
    FIXING = "fixing"
    TIDYING = "tidying"
    COOKING = "cooking"
    LIFT = "lift"
    CARING = "caring"
    PREPARING = "preparing"
    NEWCOMER = "newcomer"
    NOTES = "notes"
    SHOPPING = "shopping"
    LAUNDRY = "laundry"
    PLANNING = "planning"


class Benefit(StrEnum):
    """What it made easier."""

    WEEK = "week"
    DAY = "day"
    WORK = "work"
    HANDOVER = "handover"
    EVENING = "evening"


class Audience(StrEnum):
    """Whom to tell whose work it was."""

    TEAM = "team"
    THOSE_THERE = "those_there"
    LEAD = "lead"


class Occasion(StrEnum):
    """A day that mattered."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    MILESTONE = "milestone"
    DAY = "day"


Closed = When | Setting | Effort | Benefit | Audience | Occasion

_PHRASES: Mapping[type[Closed], Mapping[str, str]] = {
    When: {
        When.THIS_WEEK: text("this week"),
        When.LATELY: text("lately"),
        When.PAST_WEEKS: text("in the past few weeks"),
    },
    Setting: {
        Setting.MEETINGS: text("in meetings"),
        Setting.CHAT: text("in chat"),
        Setting.CALLS: text("on calls"),
        Setting.MEALS: text("at meals"),
        Setting.HOME: text("at home"),
    },
    Effort: {
        Effort.COVERING: text("covering a shift"),
        Effort.FIXING: text("fixing a fault"),
        Effort.TIDYING: text("tidying up"),
        Effort.COOKING: text("cooking"),
        Effort.LIFT: text("giving a lift"),
        Effort.CARING: text("looking after someone"),
        Effort.PREPARING: text("preparing a meeting"),
        Effort.NEWCOMER: text("helping a newcomer"),
        Effort.NOTES: text("taking notes"),
        Effort.SHOPPING: text("shopping"),
        Effort.LAUNDRY: text("doing the laundry"),
        Effort.PLANNING: text("making plans"),
    },
    Benefit: {
        Benefit.WEEK: text("my week"),
        Benefit.DAY: text("my day"),
        Benefit.WORK: text("my work"),
        Benefit.HANDOVER: text("the handover"),
        Benefit.EVENING: text("our evening"),
    },
    Audience: {
        Audience.TEAM: text("the team"),
        Audience.THOSE_THERE: text("the people who were there"),
        Audience.LEAD: text("our lead"),
    },
    Occasion: {
        Occasion.BIRTHDAY: text("your birthday"),
        Occasion.ANNIVERSARY: text("your anniversary"),
        Occasion.MILESTONE: text("your milestone"),
        Occasion.DAY: text("your day"),
    },
}

_HOME = (Register.FAMILY, Register.CHILD)
_FITTING: Mapping[type[Closed], Mapping[str, tuple[Register, ...]]] = {
    Setting: {
        Setting.MEETINGS: (Register.TEAM,),
        Setting.CHAT: (Register.TEAM, Register.FAMILY),
        Setting.CALLS: (Register.TEAM, Register.FAMILY),
        Setting.MEALS: _HOME,
        Setting.HOME: _HOME,
    },
    Effort: {
        Effort.COVERING: (Register.TEAM,),
        Effort.FIXING: (Register.TEAM,),
        Effort.COOKING: _HOME,
        Effort.LIFT: _HOME,
        Effort.PREPARING: (Register.TEAM,),
        Effort.NEWCOMER: (Register.TEAM,),
        Effort.NOTES: (Register.TEAM,),
        Effort.SHOPPING: _HOME,
        Effort.LAUNDRY: _HOME,
        Effort.PLANNING: (Register.TEAM, Register.FAMILY),
    },
    Benefit: {
        Benefit.HANDOVER: (Register.TEAM,),
        Benefit.EVENING: _HOME,
    },
    Audience: {},
    Occasion: {Occasion.MILESTONE: (Register.TEAM,)},
    When: {},
}
"""Values that belong to some registers only; the others fit everywhere."""

_CLASSES: Mapping[str, type[Closed]] = {
    "when": When,
    "where": Setting,
    "effort": Effort,
    "benefit": Benefit,
    "audience": Audience,
    "occasion": Occasion,
}
CLOSED = frozenset(_CLASSES)
FREE = frozenset({"answer", "restated", "promise", "wish"})
"""Blanks in the writer's own words, in named repair lines alone, and last in them."""
DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillings:
    """What fills the blanks of one text."""

    when: When = When.LATELY
    where: Setting | None = None
    effort: Effort | None = None
    benefit: Benefit | None = None
    audience: Audience | None = None
    occasion: Occasion | None = None
    day: date | None = None
    today: date | None = None
    answer: str | None = None
    restated: str | None = None
    promise: str | None = None
    wish: str | None = None


def parsed(values: Mapping[str, str], today: date | None = None) -> Fillings:
    """What a form or a row holds, as fillings; refuses a value that is on no list."""
    filled: dict[str, Any] = {}
    for slot, value in values.items():
        try:
            if slot in CLOSED:
                filled[slot] = _CLASSES[slot](value)
            elif slot == DAY:
                filled[slot] = date.fromisoformat(value)
            elif slot in FREE:
                filled[slot] = value
            else:
                raise refused(ProblemKind.UNKNOWN_VALUE, slot)
        except ValueError:
            raise refused(ProblemKind.UNKNOWN_VALUE, slot) from None
    return Fillings(today=today, **filled)


def kept(fillings: Fillings) -> dict[str, str]:
    """The fillings as a row keeps them; `parsed` reads them back."""
    slots = sorted({*CLOSED, *FREE, DAY})
    return {slot: str(value) for slot in slots if (value := getattr(fillings, slot)) is not None}


def choices(slot: str, register: Register) -> tuple[Closed, ...]:
    """What may fill a closed slot in this register, in the order a picker shows it."""
    kind = _CLASSES[slot]
    fitting = _FITTING[kind]
    return tuple(value for value in kind if register in fitting.get(value, tuple(Register)))


def phrase(voice: Voice, value: Closed) -> str:
    """A value of a closed list, as a picker shows it and as it stands in a sentence."""
    return voice.say(_PHRASES[type(value)][value])


def filled(voice: Voice, slot: str, fillings: Fillings) -> str:
    """What stands in a slot; raises `SlotError` where the fillings leave it empty."""
    value = getattr(fillings, slot, None)
    if not value:
        raise SlotError(f"nothing fills {{{slot}}}")
    if slot == DAY:
        return voice.day(value, fillings.today)
    if slot in FREE:
        return str(value)
    return phrase(voice, value)
