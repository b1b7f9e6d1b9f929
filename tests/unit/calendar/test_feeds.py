"""Days as a calendar file, read back by a calendar."""

from datetime import UTC, date, datetime

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from icalendar import Calendar

from integrations.calendar import feeds
from service.occasions.queries import OccasionCard
from service.occasions.rules import Day, OccasionKind, in_year

TODAY = date(2026, 3, 2)
ADDED = datetime(2026, 1, 1, tzinfo=UTC)


def card(day: Day, title: str = "") -> OccasionCard:
    return OccasionCard(
        "abc", "circle", None, "Ole", title, OccasionKind.BIRTHDAY, TODAY, day.only_on is None, False, True, day, ADDED
    )


@pytest.mark.parametrize("day", [Day(2, 29), Day(2, 28), Day(12, 31), Day(3, 2)])
def test_a_day_comes_every_year_when_we_mark_it(day: Day) -> None:
    content = feeds.written([card(day)], lambda one: one.name, "Days", "seam.example", TODAY)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    starts = event.decoded("DTSTART")
    often = str(event["RRULE"].to_ical(), "ascii")  # type: ignore[arg-type]  # a rule is bytes by then
    rule = rrulestr(often, dtstart=datetime(starts.year, starts.month, starts.day))  # noqa: DTZ001 - days have no zone
    assert [one.date() for one in rule[:6]] == [in_year(day, TODAY.year + n) for n in range(6)]


def test_nobody_breaks_out_of_their_line() -> None:
    said = "Ole\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Evil"
    content = feeds.written([card(Day(3, 9))], lambda _: said, said, "seam.example", TODAY)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1


def test_the_same_days_make_the_same_file() -> None:
    days = [card(Day(3, 9)), card(Day(5, 1, yearly=False, only_on=date(2026, 5, 1)))]
    first, second = (feeds.written(days, lambda one: one.name, "Days", "seam.example", TODAY) for _ in range(2))
    assert first == second
    assert b"RRULE" not in first.split(b"BEGIN:VEVENT")[2]
