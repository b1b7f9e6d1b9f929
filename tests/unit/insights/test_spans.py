"""Every day is reckoned once, late enough to be settled and early enough to be still kept."""

from datetime import date, timedelta
from functools import cache

import pytest

from service.asks.rules import KEPT_AFTER
from service.efforts.actions import KEPT_FOR
from service.insights import spans
from service.insights.rules import Measure
from service.insights.spans import Span
from service.nudges.actions import KEPT_AFTER as NUDGES_KEPT

DAYS = [date(2027, 6, 1) + timedelta(days=later) for later in range(800)]
"""With a leap day, and every month more than once."""
KEPT = {Measure.ANSWERED: KEPT_AFTER, Measure.BURDEN: NUDGES_KEPT, Measure.THANKED: KEPT_FOR}


@cache
def due() -> dict[Span, list[date]]:
    """Every span that comes due in these days, and on which of them it may be reckoned."""
    found: dict[Span, list[date]] = {}
    for today in DAYS:
        for span in spans.due(today):
            found.setdefault(span, []).append(today)
    return found


@pytest.mark.parametrize("measure", list(Measure))
def test_each_day_belongs_to_one_span(measure: Measure) -> None:
    inside = DAYS[200:-200]
    for day in inside:
        found = [span for span in due() if span.measure is measure and span.begins_on <= day < span.ends_on]
        assert len(found) == 1, day


def test_spans_are_settled_still_kept_and_have_days_to_spare() -> None:
    for span, days in due().items():
        assert days[0] >= span.ends_on + timedelta(days=9)
        if span.measure in KEPT:
            assert days[-1] < span.begins_on + KEPT[span.measure]
        if DAYS[0] < span.begins_on < DAYS[-200]:
            assert len(days) >= 3


def test_the_next_month_is_promised_for_the_day_it_comes() -> None:
    for day in DAYS[100:-200]:
        promised = spans.next_due(day)
        (month,) = [span for span in due() if span.measure is Measure.THANKED and span.due_on == promised]
        assert 0 <= (month.begins_on - day).days < 31
