"""The port of calendars: what an integration reads out of somebody's file, and where a feed of days is found."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from service.occasions.rules import Day, OccasionKind

MOST_BYTES: Final = 512 * 1024
"""The longest file that is read."""
MOST_DAYS: Final = 100
"""How many days of one file are offered."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day of a file, before anybody decided to keep it."""

    uid: str
    """The calendar's own name for it, so that it is kept once."""
    name: str
    day: Day
    kind: OccasionKind | None
    """Where the calendar says what kind of day it is."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds."""

    days: tuple[FoundDay, ...]
    left_out: int = 0
    """Entries that are no days to keep: hours of a day, what is over, and what is beyond the most we read."""


class Calendar(Protocol):
    """What reads files of calendars, and carries days out."""

    def read(self, content: bytes, today: date) -> Found:
        """The days of a file; raises Refused where it is none."""

    def path(self, secret: str) -> str:
        """The path of the feed that this secret opens."""
