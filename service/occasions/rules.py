"""Days that come back every year, and when it is good to speak of them."""

import calendar
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from service.errors import Problem, ProblemKind

LONGEST: Final = 80
SOON = timedelta(days=3)
"""How long before a day those who want to mark it hear of it."""


class OccasionKind(StrEnum):
    """What kind of day it is."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    HARD_DAY = "hard_day"
    MILESTONE = "milestone"


class Source(StrEnum):
    """Where a day was added."""

    OWN = "own"
    FAMILY = "family"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year; the year it began is not kept."""

    month: int
    day: int
    yearly: bool = True
    only_on: date | None = None
    """The one day of something that does not come back."""


def hashed(secret: str) -> str:
    """What is kept of the secret in a feed's address, which nobody can guess."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def known_as(uid: str, member: str | None) -> str:
    """A calendar's own name for a day as it is kept: at work each member's calendar stands for itself."""
    return hashlib.sha256("\0".join((member or "", uid)).encode("utf-8", "surrogatepass")).hexdigest()


def problems_of(day: Day, title: str) -> tuple[Problem, ...]:
    """What keeps a day from being kept."""
    found = []
    if not 1 <= day.month <= 12 or not 1 <= day.day <= calendar.monthrange(2024, max(1, min(12, day.month)))[1]:
        found.append(Problem(ProblemKind.UNKNOWN_VALUE, "day"))
    if len(title) > LONGEST:
        found.append(Problem(ProblemKind.TOO_LONG, "title", {"most": LONGEST}))
    return tuple(found)


def in_year(day: Day, year: int) -> date:
    """When the day falls in a year; 29 February is marked on the 28th where there is none."""
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, day.month, day.day)


def next_on(day: Day, today: date) -> date | None:
    """When the day comes next, today included; None where it came once and is over."""
    if day.only_on is not None:
        return day.only_on if day.only_on >= today else None
    this_year = in_year(day, today.year)
    return this_year if this_year >= today else in_year(day, today.year + 1)
