"""Which rounds there are, and how often each is walked."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Round(StrEnum):
    """A periodic job: it asks the database what is due and works it off."""

    DELIVER_NUDGES = "deliver_nudges"
    TRACE_NUDGES = "trace_nudges"
    SURFACE_ASKS = "surface_asks"
    DROP_ASKS = "drop_asks"
    TRIM_WINDOWS = "trim_windows"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a round is walked, and how long one walker may hold it."""

    every: timedelta
    lease: timedelta = timedelta(minutes=5)


PACES: dict[Round, Pace] = {
    Round.DELIVER_NUDGES: Pace(timedelta(0)),
    Round.TRACE_NUDGES: Pace(timedelta(seconds=5)),
    Round.SURFACE_ASKS: Pace(timedelta(seconds=5)),
    Round.DROP_ASKS: Pace(timedelta(minutes=10)),
    Round.TRIM_WINDOWS: Pace(timedelta(minutes=10)),
    Round.FORGET: Pace(timedelta(hours=1)),
}
