"""Who starts, in a pair that agreed to look: spoken of only when chance will not explain it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import comb
from typing import Final

from service.people.rules import Boundary

WINDOW = timedelta(days=28)
LEAST_STARTS: Final = 8
BY_CHANCE: Final = 0.05
QUIET_FOR = timedelta(weeks=6)
NEW_FOR = timedelta(days=60)
ONE_START = timedelta(minutes=10)
"""What somebody begins within this time is one start."""
MOST_DISMISSED: Final = 2


@dataclass(frozen=True, slots=True)
class Start:
    """One plan, call or thread that one of a pair started."""

    by: str
    at: datetime


def chance_of(most: int, starts: int) -> float:
    """The probability that one side starts at least `most` of `starts` if both were as likely."""
    ways = sum(comb(starts, count) for count in range(most, starts + 1))
    return float(ways / 2**starts)


def one_sided(starts: Iterable[Start], one: str, other: str, until: datetime) -> str | None:
    """Who starts nearly everything in the 28 days before `until`, where that is unlikely by chance."""
    within = [start.by for start in starts if until - WINDOW <= start.at < until and start.by in (one, other)]
    counts = {side: within.count(side) for side in (one, other)}
    busier = max(counts, key=lambda side: (counts[side], side))
    if len(within) < LEAST_STARTS or chance_of(counts[busier], len(within)) > BY_CHANCE:
        return None
    return busier


def invite(starts: Iterable[Start], one: str, other: str, now: datetime) -> str | None:
    """The quieter side, whom an invitation may reach: the same direction in two windows running, or None."""
    starts = tuple(starts)
    latest = one_sided(starts, one, other, now)
    if latest is None or one_sided(starts, one, other, now - WINDOW) != latest:
        return None
    return other if latest == one else one


def is_away(boundary: Boundary, now: datetime) -> bool:
    """Whether somebody paused, or has this day off."""
    paused = boundary.paused_until is not None and now < boundary.paused_until
    return paused or now.astimezone(boundary.tz).date() in boundary.days_off
