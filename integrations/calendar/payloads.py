"""A file of a calendar in our words: whole days, once or every year."""

from collections.abc import Iterator
from datetime import date, datetime

from icalendar import Calendar, Event

from service.errors import ProblemKind, refused
from service.occasions.calendars import MOST_BYTES, MOST_DAYS, Found, FoundDay
from service.occasions.rules import LONGEST, Day, OccasionKind, next_on

LONGEST_UID = 500
KINDS = {"birthday": OccasionKind.BIRTHDAY, "anniversary": OccasionKind.ANNIVERSARY}
MOST_ENTRIES = 2000
"""How many entries of a file are looked at."""


def found(content: bytes, today: date) -> Found:
    """The days of a file that may be kept; raises Refused where it is no calendar."""
    if len(content) > MOST_BYTES or b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise refused(ProblemKind.UNREADABLE_FILE, "file")
    days: dict[str, FoundDay] = {}
    left_out = 0
    for event in _events(content):
        day = _day(event, today)
        if day is None or (len(days) >= MOST_DAYS and day.uid not in days):
            left_out += 1
        else:
            days.setdefault(day.uid, day)
    return Found(tuple(sorted(days.values(), key=lambda one: (next_on(one.day, today) or today, one.name))), left_out)


def _events(content: bytes) -> Iterator[Event]:
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception:  # noqa: BLE001 - whatever a stranger's file sets off in the parser, it is one we cannot read
        raise refused(ProblemKind.UNREADABLE_FILE, "file") from None
    yield from events[:MOST_ENTRIES]  # type: ignore[misc]  # what VEVENT names is an Event


def _day(event: Event, today: date) -> FoundDay | None:
    """One whole day with a name; None for hours of a day, what is over, and what makes no sense."""
    try:
        start = event.decoded("DTSTART")
        name = " ".join(str(event.get("SUMMARY", "")).split())
        uid = str(event.get("UID", ""))
        yearly = _yearly(event)
    except Exception:  # noqa: BLE001 - a value that does not parse is raised when it is read, as anything at all
        return None
    if not isinstance(start, date) or isinstance(start, datetime) or not name.isprintable() or not name:
        return None
    day = Day(start.month, start.day, yearly=yearly, only_on=None if yearly else start)
    if next_on(day, today) is None:
        return None
    key = uid if uid.isprintable() and 0 < len(uid) <= LONGEST_UID else f"{start.isoformat()} {name}"[:LONGEST_UID]
    return FoundDay(key, name[:LONGEST].rstrip(), day, _kind(event, name))


def _yearly(event: Event) -> bool:
    rule = event.get("RRULE")
    often = rule.get("FREQ") if rule is not None and not isinstance(rule, list) else None
    return [str(one).upper() for one in often or ()] == ["YEARLY"]


def _kind(event: Event, name: str) -> OccasionKind | None:
    """What kind of day the calendar says it is, by its category; a name says nothing for certain."""
    try:
        categories = str(event.get("CATEGORIES").to_ical().decode()) if event.get("CATEGORIES") is not None else ""
    except Exception:  # noqa: BLE001 - several lines of categories come as a list
        categories = ""
    said = f"{categories} {event.get('X-GOOGLE-CALENDAR-CONTENT-TYPE', '')}".lower()
    return next((kind for word, kind in KINDS.items() if word in said), None)
