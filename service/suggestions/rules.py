"""Hats, chance and the draw; and who may slip a card to whom. Nothing here knows who asks for what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import Final

from service.errors import ProblemKind
from service.people.rules import Role, WorkspaceKind

FLOOR: Final = 5
"""How many others must be able to slip a card into one person's hat. A workspace may ask for more, never for fewer."""
HOUSE_FLOOR: Final = 3
"""The smallest circle in which a card for all of us may be slipped."""
SEASONED = timedelta(days=14)
"""How long somebody shares a circle before they count among those who could have slipped a card."""
NIGHTS_PER_CARD: Final = 28
STAYS: Final = 11 / 12
LEFT_OUT_FOR = timedelta(weeks=12)
NOT_AGAIN_FOR = timedelta(weeks=8)
DRAWN_KEPT = timedelta(days=60)

SLOTS: Mapping[WorkspaceKind, tuple[int, time]] = {
    WorkspaceKind.TEAM: (1, time(10)),
    WorkspaceKind.FAMILY: (6, time(18)),
}
"""The weekday and hour of the weekly draw, Monday is 0."""

HAS_A_HAT = frozenset({Role.MEMBER, Role.ADULT, Role.TEEN})
MAY_SLIP_TO_ONE = frozenset({Role.MEMBER, Role.ADULT, Role.TEEN})
MAY_SLIP_TO_ALL = MAY_SLIP_TO_ONE | {Role.CHILD}


def night(cards: int, size: int, random: Random) -> int:
    """A hat after one night: each card of the deck falls in with probability 1/(28 N)."""
    for place in range(size):
        if random.random() < 1 / (NIGHTS_PER_CARD * size):
            cards |= 1 << place
    return cards


def draw(cards: int, allowed: Collection[int], random: Random) -> tuple[int | None, int]:
    """Draw one card; returns its place and what stays in the hat.

    A fair coin first: heads, or nothing to draw from, brings a card of the owner's whole deck by chance; tails one
    of the hat. The drawn card leaves, and every other card leaves with probability 1/12.
    """
    open_places = sorted(allowed)
    held = [place for place in open_places if cards >> place & 1]
    by_chance = random.random() < 0.5 or not held
    pool = open_places if by_chance else held
    drawn = random.choice(pool) if pool else None
    stays = 0
    for place in range(cards.bit_length()):
        if cards >> place & 1 and place != drawn and random.random() < STAYS:
            stays |= 1 << place
    return drawn, stays


def slipped(cards: int, place: int) -> int:
    """A hat with one more card in it; a card that is there already changes nothing."""
    return cards | 1 << place


@dataclass(frozen=True, slots=True)
class Seat:
    """A member in one circle."""

    member: str
    circle: str
    leads: bool
    since_on: date


@dataclass(frozen=True, slots=True)
class Somebody:
    """What the rules need to know of a member."""

    id: str
    role: Role
    is_owner: bool
    joined: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody in a workspace, loaded whole, so that no question to the database names who asks."""

    people: Mapping[str, Somebody]
    seats: tuple[Seat, ...]
    opened_on: Mapping[str, date]
    """The day each circle began."""
    apart: frozenset[tuple[str, str]] = frozenset()
    kind: WorkspaceKind = WorkspaceKind.TEAM
    floor: int = FLOOR
    by_circle: dict[str, tuple[Seat, ...]] = field(init=False, default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        """Sort the seats by circle."""
        for seat in self.seats:
            self.by_circle[seat.circle] = (*self.by_circle.get(seat.circle, ()), seat)

    def circles_of(self, member: str) -> list[str]:
        """The circles a member sits in."""
        return sorted({seat.circle for seat in self.seats if seat.member == member})

    def leads(self, member: str) -> frozenset[str]:
        """Everybody who leads this member."""
        return frozenset(
            seat.member
            for circle in self.circles_of(member)
            for seat in self.by_circle[circle]
            if seat.leads and seat.member != member
        )


def could_slip(roster: Roster, owner: str, today: date) -> frozenset[str]:
    """Everybody who may slip a card into this member's hat now."""
    leads = roster.leads(owner)
    found = set()
    for circle in roster.circles_of(owner):
        seats = {seat.member: seat for seat in roster.by_circle[circle]}
        for seat in seats.values():
            if _shares_long_enough(roster, seat, seats[owner], today) and _may_slip_to(
                roster, seat.member, owner, leads
            ):
                found.add(seat.member)
    return frozenset(found)


def _shares_long_enough(roster: Roster, seat: Seat, owner: Seat, today: date) -> bool:
    opened = roster.opened_on[seat.circle]
    since = max(seat.since_on, owner.since_on)
    return today - since >= SEASONED or since - opened <= SEASONED


def _may_slip_to(roster: Roster, member: str, owner: str, leads: frozenset[str]) -> bool:
    person = roster.people.get(member)
    return (
        person is not None
        and member != owner
        and person.joined
        and person.role in MAY_SLIP_TO_ONE
        and not person.is_owner
        and not person.away
        and member not in leads
        and (member, owner) not in roster.apart
    )


def holds_up(roster: Roster, owner: str, today: date) -> bool:
    """Whether a hat of one person is anonymous now: for any asker there are enough others."""
    # Of n who could have, one is the asker: the promise speaks of the others.
    return len(could_slip(roster, owner, today)) > max(FLOOR, roster.floor)


def in_the_way_of_one(roster: Roster, by: str, owner: str, today: date) -> ProblemKind | None:
    """Why this member may not slip a card into that hat, or None where they may."""
    person, target = roster.people.get(by), roster.people.get(owner)
    if (
        person is None
        or target is None
        or by == owner
        or not set(roster.circles_of(by)) & set(roster.circles_of(owner))
    ):
        return ProblemKind.NOT_FOUND
    if person.role not in MAY_SLIP_TO_ONE or target.role not in HAS_A_HAT:
        return ProblemKind.NOT_ALLOWED
    if not person.joined:
        return ProblemKind.NOT_JOINED
    if by in roster.leads(owner) or person.is_owner:
        return ProblemKind.LEAD_OF_THEM
    if by not in could_slip(roster, owner, today) or not holds_up(roster, owner, today):
        return ProblemKind.TOO_FEW_OTHERS
    return None


def in_the_way_of_all(roster: Roster, by: str, circle: str) -> ProblemKind | None:
    """Why this member may not slip a card for all of the circle, or None where they may."""
    seats = roster.by_circle.get(circle, ())
    person = roster.people.get(by)
    if person is None or all(seat.member != by for seat in seats):
        return ProblemKind.NOT_FOUND
    if person.role not in MAY_SLIP_TO_ALL:
        return ProblemKind.NOT_ALLOWED
    if not person.joined:
        return ProblemKind.NOT_JOINED
    if len(joined_in(roster, circle)) < HOUSE_FLOOR:
        return ProblemKind.TOO_FEW_OTHERS
    return None


def joined_in(roster: Roster, circle: str) -> list[str]:
    """Everybody in a circle who takes part in its card."""
    return [
        seat.member
        for seat in roster.by_circle.get(circle, ())
        if (person := roster.people.get(seat.member)) is not None and person.joined
    ]
