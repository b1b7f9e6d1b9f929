"""When a private note fades, and when notes make a pattern."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from service.ruptures import Rupture

FADES_AFTER = timedelta(days=180)
PATTERN_SPAN = timedelta(days=28)
PATTERN_DAYS: Final = 3
QUIET_AFTER = timedelta(days=14)
"""Two weeks without a new note, and a pattern is let be."""
LONGEST: Final = 2000


class Resolved(StrEnum):
    """What became of a moment."""

    SAID = "said"
    CARD = "card"
    MINE = "mine"
    LET_BE = "let_be"


@dataclass(frozen=True, slots=True)
class Noted:
    """A moment as the rules see it: of which pattern, and on which day."""

    pattern: int
    on: date


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as its member wrote it."""

    kind: Rupture
    who: str | None
    words: str


def is_pattern(noted: Iterable[Noted], pattern: int, today: date) -> bool:
    """Whether this kind with this person was noted on three days or more in the last 28."""
    days = {one.on for one in noted if one.pattern == pattern and today - PATTERN_SPAN < one.on <= today}
    return len(days) >= PATTERN_DAYS and today - max(days) < QUIET_AFTER
