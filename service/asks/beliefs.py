"""How sure are we that an ask has not been answered? Evidence of the turns after it, and nothing of what they said."""

import dataclasses
import struct
from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from typing import NamedTuple

from service.asks.windows import Turn

MATERIAL = 20
WHOLE = 1000
_SUREST = 995
_MANY = 65535


class Reason(StrEnum):
    """Which evidence counted for or against an answer."""

    NOTHING_SINCE = "nothing since"
    LINKED = "linked"
    ASKER_NAMED = "asker named"
    NAMED_PERSON_WROTE = "named person wrote"
    ASKER_THANKED = "asker thanked"
    ASKER_CLOSED = "asker closed"
    ASKED_AGAIN = "asked again"
    FIRST_IN_SLOW_PLACE = "first in slow place"


class Sign(IntFlag):
    """What a turn has to do with an ask before it, whatever the linker makes of it."""

    BY_ASKER = 1
    BY_NAMED = 2
    NAMES_ASKER = 4
    NAMES_ANOTHER = 8
    THANKS = 16
    CLOSES = 32
    ASKS_AGAIN = 64
    SLOW_FIRST = 128
    SOON = 256
    CERTAIN = 512


# Plain numbers: arithmetic on flags costs more than the linking itself.
_BY_ASKER = int(Sign.BY_ASKER)
_BY_NAMED = int(Sign.BY_NAMED)
_NAMES_ASKER = int(Sign.NAMES_ASKER)
_NAMES_ANOTHER = int(Sign.NAMES_ANOTHER)
_CERTAIN = int(Sign.CERTAIN)


class Evidence(NamedTuple):
    """What one later turn says about an ask; `share`: the probability in thousandths that it belongs to it."""

    at: float
    author: int
    share: int
    signs: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The turn that most likely answers an ask."""

    ask_at: float
    at: float
    author: int
    share: int


@dataclass(slots=True)
class Tally:
    """The evidence about one ask, added up: `survives` is the probability that no turn of another belongs to it."""

    survives: float = 1.0
    best: int = 0
    best_at: float = 0.0
    best_author: int = 0
    asker_wrote: int = 0
    asker_named_another: int = 0
    asker_named: int = 0
    named_wrote: int = 0
    signs: int = 0
    last_at: float = 0.0
    settled_at: float = 0.0

    def add(self, seen: Evidence) -> None:
        self.signs |= seen.signs
        self.last_at = seen.at
        if seen.signs & _BY_ASKER:
            self.asker_wrote += 1
            self.asker_named_another += bool(seen.signs & _NAMES_ANOTHER)
            if seen.signs & _CERTAIN and not self.settled_at:
                self.settled_at = seen.at
            return
        self.survives *= 1 - min(seen.share, _SUREST) / WHOLE
        self.asker_named += bool(seen.signs & _NAMES_ASKER)
        self.named_wrote += bool(seen.signs & _BY_NAMED)
        if seen.share > self.best:
            self.best, self.best_at, self.best_author = seen.share, seen.at, seen.author


_EVIDENCE = struct.Struct("<dQHH")
_TALLY = struct.Struct("<dHdQHHHHHdd")
_ASK = struct.Struct("<HHdHH")


@dataclass(slots=True, eq=False)
class OpenAsk:
    """An ask of a place, which may outlive its turn in the window; `starts`: thousandths that it starts a talk.

    `names`: thousandths of the messages before it that name somebody.
    """

    turn: Turn
    starts: int = WHOLE
    names: int = 0
    closed_at: float | None = None
    evidence: list[Evidence] = field(default_factory=list)
    folded: Tally = field(default_factory=Tally)
    total: Tally = field(init=False, compare=False)
    answered: bool = field(default=False, compare=False)

    @property
    def at(self) -> float:
        return self.turn.at

    def __post_init__(self) -> None:
        self._recount()

    def add(self, seen: Evidence) -> None:
        """The newest evidence."""
        self.evidence.append(seen)
        self.total.add(seen)

    def forget_from(self, at: float) -> None:
        """Evidence from this moment on is to be weighed again."""
        self.evidence = [seen for seen in self.evidence if seen.at < at]
        self._recount()

    def fold(self) -> None:
        """The oldest evidence left the window: only its sum stays."""
        self.folded.add(self.evidence.pop(0))

    def _recount(self) -> None:
        self.total = dataclasses.replace(self.folded)
        for seen in self.evidence:
            self.total.add(seen)

    def encode(self) -> bytes:
        kept = self.turn.encode()
        closed = -1.0 if self.closed_at is None else self.closed_at
        old = self.folded
        counts = (
            min(count, _MANY) for count in (old.asker_wrote, old.asker_named_another, old.asker_named, old.named_wrote)
        )
        return b"".join(
            [
                _ASK.pack(self.starts, self.names, closed, len(kept), len(self.evidence)),
                kept,
                _TALLY.pack(
                    old.survives,
                    old.best,
                    old.best_at,
                    old.best_author,
                    *counts,
                    old.signs,
                    old.last_at,
                    old.settled_at,
                ),
                *(_EVIDENCE.pack(seen.at, seen.author, seen.share, seen.signs) for seen in self.evidence),
            ]
        )

    @classmethod
    def decode(cls, kept: bytes) -> "OpenAsk":
        starts, names, closed, length, count = _ASK.unpack_from(kept)
        begin = _ASK.size + length
        rows = begin + _TALLY.size
        return cls(
            turn=Turn.decode(kept[_ASK.size : begin]),
            starts=starts,
            names=names,
            closed_at=None if closed < 0 else closed,
            evidence=[Evidence(*_EVIDENCE.unpack_from(kept, rows + n * _EVIDENCE.size)) for n in range(count)],
            folded=Tally(*_TALLY.unpack_from(kept, begin)),
        )
