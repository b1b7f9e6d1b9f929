"""The deck: a fixed catalogue of cards, which `service.wording.cards` puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from service.ruptures import Register, Rupture

VERSION = 1
"""Raised with every change of the order below: the place of a card in its deck is its bit in a hat."""


class Setting(StrEnum):
    """Where a thing is noticed; never when."""

    MEETINGS = "meetings"
    CHAT = "chat"
    CALLS = "calls"
    MEALS = "meals"
    HOME = "home"


ACTS: Mapping[Register, int] = {Register.TEAM: 3, Register.FAMILY: 3, Register.CHILD: 1}
"""How many small acts each kind proposes: to one person, as a bystander, for oneself."""

SETTINGS: Mapping[Register, Mapping[Rupture, tuple[Setting, ...]]] = {
    Register.TEAM: {
        Rupture.DIVIDED_ATTENTION: (Setting.MEETINGS, Setting.CALLS),
        Rupture.TALKED_OVER: (Setting.MEETINGS, Setting.CALLS),
        Rupture.SHARP_TONE: (Setting.CHAT, Setting.MEETINGS),
        Rupture.LOOK_OR_SIGH: (Setting.MEETINGS, Setting.CALLS),
    },
    Register.FAMILY: {Rupture.DIVIDED_ATTENTION: (Setting.MEALS, Setting.HOME)},
    Register.CHILD: {},
}
"""The kinds that name a setting, and which; the others have cards without one."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a kind, one of its acts, and for some kinds a setting."""

    rupture: Rupture
    act: int
    """Counted from 1."""
    setting: Setting | None = None

    @property
    def id(self) -> str:
        """What is stored of a card: "talked_over.2.meetings", "left_out.1"."""
        return ".".join([self.rupture, str(self.act), *([self.setting] if self.setting else [])])


@cache
def deck(register: Register) -> tuple[Card, ...]:
    """All cards of a register, in the order of their bits."""
    settings = SETTINGS[register]
    return tuple(
        Card(rupture, act, setting)
        for rupture in Rupture
        for act in range(1, ACTS[register] + 1)
        for setting in settings.get(rupture, (None,))
    )


@cache
def _by_id(register: Register) -> Mapping[str, int]:
    return {card.id: place for place, card in enumerate(deck(register))}


def place_of(register: Register, card_id: str) -> int | None:
    """The bit of a card in a hat of this register; None for a card that is not in the deck."""
    return _by_id(register).get(card_id)


def card(register: Register, card_id: str) -> Card | None:
    """The card of that id, if the deck of this register holds it."""
    place = place_of(register, card_id)
    return None if place is None else deck(register)[place]
