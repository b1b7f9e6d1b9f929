"""The days of the demo: a script's moments lie in the past, in their order, whatever day it is today."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.demo.calendar import THURSDAY, Days

NOWS = st.integers(1_735_689_600, 1_830_297_600).map(lambda at: datetime.fromtimestamp(at, UTC))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Chatham", "Pacific/Pago_Pago"])


@given(NOWS, ZONES, st.integers(1, 30))
def test_working_days_are_counted_back_over_weekends(now: datetime, zone: str, count: int) -> None:
    days = Days(now, zone)
    found = days.when(f"work {count} 12:00").astimezone(days.tz).date()
    between = [found + timedelta(days=later) for later in range((days.today - found).days)]
    assert found.weekday() < 5
    assert sum(on.weekday() < 5 for on in between) == count


@given(NOWS, ZONES)
def test_the_last_digest_was_on_a_thursday_before_yesterday(now: datetime, zone: str) -> None:
    days = Days(now, zone)
    on = days.when("digest 0 10:01").astimezone(days.tz).date()
    assert on.weekday() == THURSDAY
    assert 2 <= (days.today - on).days <= 8


@given(NOWS, ZONES, st.integers(1, 34), st.times())
def test_what_was_days_ago_is_past(now: datetime, zone: str, count: int, clock: object) -> None:
    assert Days(now, zone).when(f"ago {count} {clock:%H:%M}") < now


def test_a_line_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="soon"):
        Days(datetime(2026, 3, 2, tzinfo=UTC), "UTC").when("soon 1 12:00")
