"""Days that come back: every year once, leap days too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.occasions import rules
from service.occasions.rules import Day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_the_next_day_lies_within_a_year_and_comes_once(today: date, any_day: date) -> None:
    day = Day(any_day.month, any_day.day)
    found = rules.next_on(day, today)
    assert found is not None
    assert today <= found <= today + timedelta(days=366)
    again = rules.next_on(day, found + timedelta(days=1))
    assert again is not None
    assert again.year == found.year + 1


def test_a_leap_day_is_marked_on_the_28th_in_other_years() -> None:
    assert rules.next_on(Day(2, 29), date(2027, 1, 1)) == date(2027, 2, 28)
    assert rules.next_on(Day(2, 29), date(2028, 1, 1)) == date(2028, 2, 29)


def test_what_comes_once_is_over_after_it() -> None:
    once = Day(5, 4, yearly=False, only_on=date(2026, 5, 4))
    assert rules.next_on(once, date(2026, 5, 4)) == date(2026, 5, 4)
    assert rules.next_on(once, date(2026, 5, 5)) is None


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0), (12, 32)])
def test_days_that_are_none_are_refused(month: int, day: int) -> None:
    assert rules.problems_of(Day(month, day), "")


def test_every_day_of_a_leap_year_is_one() -> None:
    first = date(2024, 1, 1)
    days = [first + timedelta(days=n) for n in range(366)]
    assert not [on for on in days if rules.problems_of(Day(on.month, on.day), "")]
