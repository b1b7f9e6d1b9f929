"""What is kept of one message: who, when, whom it named, in which form. No text."""

import functools
import hashlib
import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.asks.reading import Form, Reading

KEPT = 200
KEPT_SECONDS = 24 * 3600.0

_HEAD = struct.Struct("<dQIBBB")
_BOT = int(Form.BOT)
_LONGEST = 255
_MENTIONS_AT_MOST = 16


# Never changed, though not frozen: one is made of every message, and a frozen field costs three times as much to set.
@dataclass(slots=True)
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


def turn(reading: Reading, at: float, author: int, mentions: Collection[int], key: bytes, *, bot: bool = False) -> Turn:
    """What is kept of a message: its words go, sixteen keyed bits of each rare one stay."""
    people = tuple(dict.fromkeys([person for person in mentions if person != author])) if mentions else ()
    return Turn(
        at=at,
        author=author,
        mentions=people[:_MENTIONS_AT_MOST],
        form=reading.form | _BOT if bot else reading.form,
        length=min(reading.length, _LONGEST),
        prints=fingerprints(reading.rare, key),
    )


def fingerprints(words: Sequence[str], key: bytes) -> tuple[int, ...]:
    """Sixteen bits a word under the place's key (at most 64 bytes): they meet again, and cannot be read back."""
    keyed = _keyed(key)
    found = set()
    for word in words:
        digest = keyed.copy()
        digest.update(word.encode("utf-8", "replace"))
        found.add(int.from_bytes(digest.digest(), "little"))
    return tuple(sorted(found))


@functools.lru_cache(maxsize=512)
def _keyed(key: bytes) -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=2, key=key)
