"""Two directions of repair, who settles each, and when a signed note may go out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from service.errors import Problem, ProblemKind
from service.ruptures import Rupture

LONGEST: Final = 1000
MAY_UNDO_FOR = timedelta(minutes=10)
WAITS_AT_MOST = timedelta(days=14)
"""After this long a note that found no good time expires, and its writer hears so."""
SAME_PAIR = timedelta(days=14)
PILE_SPAN = timedelta(days=7)
PILE: Final = 3
"""So many writers to one person in a week look like a pattern: all of their notes are held, and expire."""


class Direction(StrEnum):
    """Whose the hurt is."""

    MINE = "mine"
    """Mine to mend: the receiver was hurt, and settles."""
    HURT = "hurt"
    """What it did to me: the sender was hurt, and settles."""


class RepairState(StrEnum):
    """Where a repair is."""

    HELD = "held"
    SENT = "sent"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
    SETTLED = "settled"
    UNFAIR = "unfair"


class Answer(StrEnum):
    """What a receiver may say, each a full answer."""

    THANK = "thank"
    TALK = "talk"
    LATER = "later"
    UNSETTLED = "unsettled"
    MEND = "mend"
    DEED = "deed"
    UNFAIR = "unfair"


ANSWERS: dict[Direction, frozenset[Answer]] = {
    Direction.MINE: frozenset({Answer.THANK, Answer.TALK, Answer.LATER, Answer.UNSETTLED}),
    Direction.HURT: frozenset({Answer.MEND, Answer.DEED, Answer.LATER, Answer.UNFAIR}),
}
CARRIED_BACK = frozenset({Answer.THANK, Answer.TALK, Answer.LATER, Answer.UNSETTLED})
"""Answers of which the writer hears; what a receiver of a note does is theirs."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A repair before it is sent."""

    sender: str
    receiver: str
    direction: Direction
    kind: Rupture
    slots: dict[str, str] = field(default_factory=dict)
    """The blanks of the line: closed choices by name, and own words where the line has a blank for them."""
    words: str = ""
    """Own lines instead of the catalogue's; for what is mine to mend alone."""
    hold: bool = False
    """Whether it waits until tomorrow morning."""
    token: str = ""


def problems_of(draft: Draft) -> tuple[Problem, ...]:
    """What keeps a repair from being sent, all of it at once."""
    found = []
    if draft.sender == draft.receiver:
        found.append(Problem(ProblemKind.ONLY_YOURSELF, "receiver"))
    if draft.direction is Direction.HURT and draft.words.strip():
        found.append(Problem(ProblemKind.UNKNOWN_VALUE, "words"))
    if len(draft.words) > LONGEST:
        found.append(Problem(ProblemKind.TOO_LONG, "words", {"most": LONGEST}))
    found += [
        Problem(ProblemKind.TOO_LONG, name, {"most": LONGEST})
        for name, value in draft.slots.items()
        if len(value) > LONGEST
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class NoteSent:
    """A note that reached somebody, or is on its way."""

    sender: str
    written_at: datetime
    sent_at: datetime | None


def may_write(notes: Iterable[NoteSent], sender: str, now: datetime) -> bool:
    """Whether this writer may send this receiver a note: one in fourteen days."""
    return all(note.sender != sender or note.written_at <= now - SAME_PAIR for note in notes)


def may_go(notes: Collection[NoteSent], written_at: datetime, now: datetime) -> bool:
    """Whether the note written then may go now: one in seven days, two in thirty, and none that lies in a pile."""
    if in_a_pile(notes, written_at):
        return False
    sent = [note.sent_at for note in notes if note.sent_at is not None]
    in_week = sum(at > now - timedelta(days=7) for at in sent)
    in_month = sum(at > now - timedelta(days=30) for at in sent)
    return in_week < 1 and in_month < 2


def in_a_pile(notes: Iterable[NoteSent], written_at: datetime) -> bool:
    """Whether three writers or more wrote within seven days of which this is one; such a note never goes."""
    near = [note for note in notes if abs(note.written_at - written_at) < PILE_SPAN]
    firsts = [note.written_at for note in near if note.written_at <= written_at]
    return any(
        len({note.sender for note in near if first <= note.written_at < first + PILE_SPAN}) >= PILE for first in firsts
    )


def settles(direction: Direction, sender: str, receiver: str) -> str:
    """Who may call it settled: the one who was hurt."""
    return receiver if direction is Direction.MINE else sender
