"""A file of a calendar becomes days, or is refused; nothing in it ever fails."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.calendar import payloads
from service.errors import ProblemKind, Refused
from service.occasions.calendars import MOST_BYTES, MOST_DAYS
from service.occasions.rules import Day, OccasionKind
from tests.anything import TEXT

TODAY = date(2026, 3, 2)


def file(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_whole_days_are_found_once_and_in_the_order_in_which_they_come() -> None:
    found = payloads.found(
        file(
            "UID:b|SUMMARY:Oma Inge|DTSTART;VALUE=DATE:19480229|RRULE:FREQ=YEARLY|CATEGORIES:BIRTHDAY",
            "UID:a|SUMMARY:Moving day|DTSTART;VALUE=DATE:20260310",
            "UID:a|SUMMARY:Moving day|DTSTART;VALUE=DATE:20260310",
            "UID:c|SUMMARY:Wedding|DTSTART;VALUE=DATE:20160301|RRULE:FREQ=YEARLY|CATEGORIES:Anniversary",
        ),
        TODAY,
    )
    assert [(one.uid, one.name, one.day, one.kind) for one in found.days] == [
        ("a", "Moving day", Day(3, 10, yearly=False, only_on=date(2026, 3, 10)), None),
        ("b", "Oma Inge", Day(2, 29), OccasionKind.BIRTHDAY),
        ("c", "Wedding", Day(3, 1), OccasionKind.ANNIVERSARY),
    ]
    assert found.left_out == 0


@pytest.mark.parametrize(
    "event",
    [
        "UID:a|SUMMARY:Dentist|DTSTART:20260310T090000Z",
        "UID:a|SUMMARY:Long ago|DTSTART;VALUE=DATE:20200310",
        "UID:a|SUMMARY:|DTSTART;VALUE=DATE:20260310",
        "UID:a|SUMMARY:No start",
        "UID:a|SUMMARY:Broken|DTSTART;VALUE=DATE:20261345",
    ],
)
def test_what_is_no_day_to_keep_is_left_out(event: str) -> None:
    found = payloads.found(file(event), TODAY)
    assert (found.days, found.left_out) == ((), 1)


def test_a_long_file_is_read_as_far_as_its_limit() -> None:
    many = [f"UID:{n}|SUMMARY:Day {n}|DTSTART;VALUE=DATE:20260310" for n in range(MOST_DAYS + 5)]
    found = payloads.found(file(*many), TODAY)
    assert (len(found.days), found.left_out) == (MOST_DAYS, 5)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\x00\xff" * 50, b"BEGIN:VCALENDAR\r\n" + b"x" * MOST_BYTES],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match=ProblemKind.UNREADABLE_FILE):
        payloads.found(content, TODAY)


@given(st.lists(TEXT, max_size=6), st.binary(max_size=40))
def test_anything_at_all_is_read_or_refused(values: list[str], tail: bytes) -> None:
    names = ("UID", "SUMMARY", "DTSTART;VALUE=DATE", "RRULE", "CATEGORIES", "DTSTART;TZID=x")
    event = "|".join(f"{name}:{value}" for name, value in zip(names, values, strict=False))
    content = file("SUMMARY:x|" + event.encode("utf-8", "replace").decode()) + tail
    try:
        for one in payloads.found(content, TODAY).days:
            assert one.name.isprintable()
            assert 0 < len(one.uid) <= payloads.LONGEST_UID
    except Refused:
        pass
