"""From when until when something is reckoned, and when: once, as soon as nothing about it changes any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, assert_never

from service.insights.rules import Measure

SETTLES_FOR: Final = timedelta(days=9)
"""A week to be thanked in, and five working days to be answered in, weekends and two holidays included."""
STANDS_FOR: Final = {
    Measure.THANKED: timedelta(days=88),
    Measure.ANSWERED: timedelta(days=29),
    Measure.BURDEN: timedelta(days=29),
    Measure.MENDED: timedelta(days=180),
}
"""How long after its first day all that a span rests on is still kept; later it is not reckoned at all."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days of one measure; `ends_on` is the first that does not belong to it."""

    measure: Measure
    begins_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.begins_on).days

    @property
    def due_on(self) -> date:
        """The first day on which it may be reckoned."""
        return self.ends_on + SETTLES_FOR


def due(today: date) -> list[Span]:
    """What may be reckoned on this day, and has to be before long."""
    return [
        span
        for measure in Measure
        for span in _around(measure, today)
        if span.due_on <= today < span.begins_on + STANDS_FOR[measure]
    ]


def next_due(today: date) -> date:
    """The day on which the next month is shown that begins after today or with it."""
    begins_on = today if today.day == 1 else first_of_month(today, later=1)
    return first_of_month(begins_on, later=1) + SETTLES_FOR


def first_of_month(on: date, *, later: int = 0) -> date:
    """The first day of that day's month, or of one so many months later."""
    months = on.year * 12 + on.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def first_of_quarter(on: date) -> date:
    """The first day of that day's quarter."""
    return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)


def _around(measure: Measure, today: date) -> Iterator[Span]:
    match measure:
        case Measure.THANKED:
            for back in range(4):
                first = first_of_month(today, later=-back)
                yield Span(measure, first, first_of_month(first, later=1))
        case Measure.ANSWERED | Measure.BURDEN:
            for back in range(3):
                first = first_of_month(today, later=-back)
                yield Span(measure, first, first.replace(day=16))
                yield Span(measure, first.replace(day=16), first_of_month(first, later=1))
        case Measure.MENDED:
            for back in range(4):
                first = first_of_quarter(first_of_month(today, later=-3 * back))
                yield Span(measure, first, first_of_month(first, later=3))
        case _:
            assert_never(measure)
