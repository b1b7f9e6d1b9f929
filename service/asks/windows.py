"""What is kept of the newest messages of one place: who, when, whom they named, in which form. No text."""

import hashlib
import struct
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.asks.reading import Form, Reading

KEPT = 200
KEPT_SECONDS = 24 * 3600.0
REACH = 80
REACH_SECONDS = 12 * 3600.0

_HEAD = struct.Struct("<dQIBBB")
_LONGEST = 255
_MENTIONS_AT_MOST = 16


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything kept of one message. `at` (seconds) names it within its place; people are opaque keys < 2**64."""

    at: float
    author: int
    mentions: tuple[int, ...] = ()
    form: int = 0
    length: int = 0
    prints: tuple[int, ...] = ()

    def encode(self) -> bytes:
        return (
            _HEAD.pack(self.at, self.author, self.form, self.length, len(self.mentions), len(self.prints))
            + struct.pack(f"<{len(self.mentions)}Q", *self.mentions)
            + struct.pack(f"<{len(self.prints)}H", *self.prints)
        )

    @classmethod
    def decode(cls, kept: bytes) -> "Turn":
        at, author, form, length, people, prints = _HEAD.unpack_from(kept)
        mentions = struct.unpack_from(f"<{people}Q", kept, _HEAD.size)
        words = struct.unpack_from(f"<{prints}H", kept, _HEAD.size + 8 * people)
        return cls(at, author, mentions, form, length, words)


def turn(reading: Reading, at: float, author: int, mentions: Iterable[int], key: bytes, *, bot: bool = False) -> Turn:
    """What is kept of a message: its words go, sixteen keyed bits of each rare one stay."""
    people = tuple(dict.fromkeys(person for person in mentions if person != author))[:_MENTIONS_AT_MOST]
    return Turn(
        at=at,
        author=author,
        mentions=people,
        form=reading.form | Form.BOT if bot else reading.form,
        length=min(reading.length, _LONGEST),
        prints=fingerprints(reading.rare, key),
    )


def fingerprints(words: Sequence[str], key: bytes) -> tuple[int, ...]:
    """Sixteen bits a word under the place's key (at most 64 bytes): they meet again, and cannot be read back."""
    found = {
        int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=2, key=key).digest(), "little")
        for word in words
    }
    return tuple(sorted(found))


class History:
    """The kept turns of one place in order of time, and who wrote and addressed whom when."""

    __slots__ = ("_ats", "addressed", "base", "by_author", "turns")

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._ats: list[float] = []
        self.base = 0
        self.by_author: dict[int, list[int]] = {}
        self.addressed: dict[tuple[int, int], int] = {}

    def append(self, new: Turn) -> None:
        """The newest turn."""
        seat = self.base + len(self.turns)
        self.turns.append(new)
        self._ats.append(new.at)
        self.by_author.setdefault(new.author, []).append(seat)
        for person in new.mentions:
            self.addressed[new.author, person] = seat

    def place(self, at: float) -> int:
        """Where a turn of this moment stands, or would stand, among the kept ones."""
        return bisect_left(self._ats, at)

    def find(self, at: float) -> Turn | None:
        index = bisect_left(self._ats, at)
        if index < len(self.turns) and self._ats[index] == at:
            return self.turns[index]
        return None

    def cut(self, index: int) -> list[Turn]:
        """Take the turns from this place on away, to be linked again."""
        later = self.turns[index:]
        self._refill(self.turns[:index])
        return later

    def trim(self) -> list[Turn]:
        """Let go of what is too old or too much."""
        turns = self.turns
        gone = max(0, len(turns) - KEPT)
        oldest = turns[-1].at - KEPT_SECONDS if turns else 0.0
        while gone < len(turns) and turns[gone].at < oldest:
            gone += 1
        if not gone:
            return []
        left = turns[:gone]
        for old in left:
            seats = self.by_author[old.author]
            del seats[0]
            if not seats:
                del self.by_author[old.author]
            for person in old.mentions:
                if self.addressed.get((old.author, person), self.base) <= self.base:
                    self.addressed.pop((old.author, person), None)
            self.base += 1
        del turns[:gone]
        del self._ats[:gone]
        return left

    def _refill(self, turns: list[Turn]) -> None:
        self.turns = []
        self._ats = []
        self.by_author = {}
        self.addressed = {}
        for old in turns:
            self.append(old)
