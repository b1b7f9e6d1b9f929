"""A member's days as a calendar file."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event, vDuration, vRecur

from service.occasions.queries import OccasionCard
from service.occasions.rules import in_year
from service.wording.look import PRODUCT
from service.wording.voice import plain

REFRESH = timedelta(hours=12)


def written(
    days: Iterable[OccasionCard], says: Callable[[OccasionCard], str], name: str, host: str, today: date
) -> bytes:
    """These days as iCalendar (RFC 5545, 7986); the same days make the same file."""
    made = Calendar()
    name = plain(name)
    made.add("PRODID", f"-//{PRODUCT}//{PRODUCT}//EN")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    made.add("NAME", name)
    made.add("X-WR-CALNAME", name)
    made.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    for day in days:
        made.add_component(_event(day, says(day), host, today))
    content: bytes = made.to_ical()
    return content


def _event(day: OccasionCard, summary: str, host: str, today: date) -> Event:
    when = day.when
    event = Event()
    event.add("UID", f"{day.id}@{host}")
    event.add("DTSTAMP", day.added_at)
    event.add("SUMMARY", plain(summary))
    event.add("TRANSP", "TRANSPARENT")
    event.add("CLASS", "PRIVATE")
    starts_on = when.only_on or in_year(when, today.year)
    event.add("DTSTART", starts_on)
    event.add("DTEND", starts_on + timedelta(days=1))
    if when.only_on is None:
        leaps = (when.month, when.day) == (2, 29)
        # The last day of February is the 29th where there is one: the same day that we mark.
        last = {"BYMONTH": 2, "BYMONTHDAY": -1} if leaps else {}
        event.add("RRULE", vRecur({"FREQ": "YEARLY", **last}))
    return event
