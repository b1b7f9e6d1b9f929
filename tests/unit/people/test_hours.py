"""Every local slot comes once, and nothing lies in quiet hours, whatever the clock does."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from service.people import hours
from service.people.rules import ALL_WEEK, WORKING_WEEK, Boundary

ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Nairobi",
    "America/Asuncion",
    "America/Caracas",
    "America/Chicago",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Lisbon",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Norfolk",
)
FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)


def _changes(zone: str) -> list[date]:
    """The days of five years on which a clock of this zone is set."""
    there = ZoneInfo(zone)
    noons = [datetime.combine(FIRST + timedelta(days=n), time(12), tzinfo=there) for n in range((LAST - FIRST).days)]
    pairs = itertools.pairwise(noons)
    return [after.date() for before, after in pairs if before.utcoffset() != after.utcoffset()]


CHANGES = [(zone, on) for zone in ZONES for on in _changes(zone)]

minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
night = st.integers(0, 4 * 60).map(lambda minute: time(minute // 60, minute % 60))
around_a_change = st.builds(
    lambda change, before: (change[0], change[1] - timedelta(days=before)), st.sampled_from(CHANGES), st.integers(0, 3)
)
any_day = st.tuples(st.sampled_from(ZONES), st.dates(FIRST, LAST - timedelta(days=60)))


@st.composite
def boundaries(draw: st.DrawFn, zone: str) -> Boundary:
    """A boundary anybody may set, leaning towards the hours in which clocks are set."""
    starts, digest, ends = sorted(draw(st.tuples(*[st.one_of(night, minutes)] * 3)))
    if starts == ends:
        starts, ends, digest = time(0), time(23, 59), time(0)
    days = draw(st.one_of(st.just(ALL_WEEK), st.just(WORKING_WEEK), st.frozensets(st.integers(0, 6), min_size=1)))
    off = draw(st.frozensets(st.dates(FIRST, LAST), max_size=2))
    return Boundary(zone, days, starts, ends, digest if digest < ends else starts, days_off=off)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Boundary, datetime]:
    """A boundary, and a moment near a change of its clock more often than not."""
    if draw(st.booleans()):
        zone, on = draw(st.sampled_from(CHANGES))
        later = draw(st.integers(0, 5 * 60))
    else:
        zone, on = draw(st.one_of(around_a_change, any_day))
        later = draw(st.integers(0, 72 * 60))
    at = datetime.combine(on, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return draw(boundaries(zone)), at + timedelta(minutes=later)


def _quiet(boundary: Boundary, at: datetime) -> bool:
    """Said once more, as a wall clock and a calendar say it."""
    there = at.astimezone(ZoneInfo(boundary.zone))
    by_clock = boundary.starts_at <= there.time().replace(fold=0) < boundary.ends_at
    return not by_clock or there.weekday() not in boundary.days or there.date() in boundary.days_off


def test_the_zones_set_their_clocks_in_every_way() -> None:
    assert len(ZONES) == 40
    assert len(CHANGES) > 150


@given(situations())
def test_is_open_only_in_their_hours(situation: tuple[Boundary, datetime]) -> None:
    boundary, at = situation
    if hours.is_open(boundary, at):
        assert not _quiet(boundary, at)


@given(situations())
def test_the_next_open_moment_is_open_and_the_first(situation: tuple[Boundary, datetime]) -> None:
    boundary, at = situation
    found = hours.next_open(boundary, at)
    assert found is not None
    assert found >= at
    assert hours.is_open(boundary, found)
    assert not _quiet(boundary, found)
    if hours.is_open(boundary, at):
        assert found == at
    else:
        for between in range(1, 20):
            assert not hours.is_open(boundary, at + (found - at) * between / 20)


def _answers(boundary: Boundary, at: datetime) -> tuple[datetime | None, ...]:
    return (
        hours.next_open(boundary, at),
        hours.next_digest(boundary, at),
        hours.next_weekly(boundary, at, 3, time(10)),
        hours.after_working_hours(boundary, at, timedelta(hours=4)),
    )


@given(situations(), st.integers(0, 4 * 24 * 60))
def test_a_later_question_has_no_earlier_answer(situation: tuple[Boundary, datetime], minutes_later: int) -> None:
    boundary, at = situation
    later = at + timedelta(minutes=minutes_later)
    for earlier_answer, later_answer in zip(_answers(boundary, at), _answers(boundary, later), strict=True):
        assert earlier_answer is not None
        assert later_answer is not None
        assert earlier_answer <= later_answer


@given(situations())
def test_a_morning_parcel_comes_once_on_every_open_day(situation: tuple[Boundary, datetime]) -> None:
    boundary, at = situation
    slots, moment = [], at
    for _ in range(12):
        slot = hours.next_digest(boundary, moment)
        assert slot is not None
        slots.append(slot)
        moment = slot + timedelta(seconds=1)
    days = [slot.astimezone(boundary.tz).date() for slot in slots]
    assert days == sorted(set(days))
    for slot in slots:
        assert hours.is_open(boundary, slot)
        assert not _quiet(boundary, slot)
    opened = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    assert days == [on for on in opened if hours.open_span(boundary, on) is not None]


@given(situations())
def test_a_morning_parcel_comes_at_the_hour_they_chose(situation: tuple[Boundary, datetime]) -> None:
    boundary, at = situation
    slot = hours.next_digest(boundary, at)
    assert slot is not None
    shown = slot.astimezone(boundary.tz)
    chosen = datetime.combine(shown.date(), boundary.digest_at, tzinfo=boundary.tz)
    skipped = chosen.astimezone(UTC).astimezone(boundary.tz).time() != boundary.digest_at
    assert skipped or shown.time().replace(fold=0) == boundary.digest_at


@given(situations(), st.integers(0, 6), minutes)
def test_a_weekly_slot_comes_once_a_week(situation: tuple[Boundary, datetime], weekday: int, hour: time) -> None:
    boundary, at = situation
    slots, moment = [], at
    for _ in range(6):
        slot = hours.next_weekly(boundary, moment, weekday, hour)
        assert slot is not None
        assert hours.is_open(boundary, slot)
        assert not _quiet(boundary, slot)
        slots.append(slot)
        moment = slot + timedelta(seconds=1)
    weeks = [(slot.astimezone(boundary.tz).date() - timedelta(days=weekday)).isocalendar()[:2] for slot in slots]
    assert weeks == sorted(set(weeks))


@given(situations(), st.integers(1, 9))
def test_working_days_are_counted_in_open_days(situation: tuple[Boundary, datetime], days: int) -> None:
    boundary, at = situation
    found = hours.after_working_days(boundary, at, days)
    first, last = (moment.astimezone(boundary.tz).date() for moment in (at, found))
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(hours.is_open_day(boundary, on) for on in between) == days
    assert hours.is_open_day(boundary, last)
    assert hours.after_working_days(boundary, at, 0) == at


@given(situations(), st.integers(1, 16 * 60))
def test_working_hours_add_up_to_the_span(situation: tuple[Boundary, datetime], span: int) -> None:
    boundary, at = situation
    found = hours.after_working_hours(boundary, at, timedelta(minutes=span))
    assume(found < at + hours.LOOK_AHEAD)
    days = (found.astimezone(boundary.tz).date() - at.astimezone(boundary.tz).date()).days
    spans = [hours.open_span(boundary, at.astimezone(boundary.tz).date() + timedelta(days=n)) for n in range(days + 1)]
    passed = sum(
        (max(min(day.closes_at, found) - max(day.opens_at, at), timedelta()) for day in spans if day is not None),
        timedelta(),
    )
    assert passed == timedelta(minutes=span)


@given(situations(), st.integers(1, 90))
def test_nothing_is_due_during_a_pause(situation: tuple[Boundary, datetime], days: int) -> None:
    boundary, at = situation
    until = at + timedelta(days=days)
    paused = Boundary(
        boundary.zone, boundary.days, boundary.starts_at, boundary.ends_at, boundary.digest_at, paused_until=until
    )
    assert not hours.is_open(paused, at)
    for found in (
        hours.next_open(paused, at),
        hours.next_digest(paused, at),
        hours.next_weekly(paused, at, 1, time(10)),
    ):
        assert found is not None
        assert found >= until


def test_a_digest_hour_that_the_clock_skips_comes_at_the_skip() -> None:
    boundary = Boundary("Europe/Berlin", ALL_WEEK, time(1), time(5), time(2, 30))
    assert hours.next_digest(boundary, datetime(2026, 3, 29, tzinfo=UTC)) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_digest_hour_that_the_clock_shows_twice_comes_the_first_time() -> None:
    boundary = Boundary("Europe/Berlin", ALL_WEEK, time(1), time(5), time(2, 30))
    slot = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert hours.next_digest(boundary, datetime(2026, 10, 25, tzinfo=UTC)) == slot
    assert hours.next_digest(boundary, slot + timedelta(minutes=1)) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_day_that_begins_in_an_hour_shown_twice_begins_the_second_time() -> None:
    boundary = Boundary("Europe/Berlin", ALL_WEEK, time(2, 15), time(5), time(2, 30))
    assert not hours.is_open(boundary, datetime(2026, 10, 25, 1, 5, tzinfo=UTC))
    assert hours.next_open(boundary, datetime(2026, 10, 25, tzinfo=UTC)) == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert hours.next_digest(boundary, datetime(2026, 10, 25, tzinfo=UTC)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_public_holidays_are_kept_free() -> None:
    boundary = Boundary("Europe/Berlin", holidays=("DE", "BY"))
    assert not hours.is_open_day(boundary, date(2026, 1, 6))
    assert hours.is_open_day(Boundary("Europe/Berlin", holidays=("DE", None)), date(2026, 1, 6))


@pytest.mark.parametrize("where", [("XX", None), ("DE", "ZZ")])
def test_a_country_we_do_not_know_is_said_to_be_unknown(where: tuple[str, str | None]) -> None:
    with pytest.raises(KeyError):
        hours.public_holidays(*where, 2026)


def test_where_no_day_is_open_nothing_is_due() -> None:
    closed = Boundary(days=frozenset())
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert hours.next_open(closed, at) is None
    assert hours.next_digest(closed, at) is None
    assert hours.next_weekly(closed, at, 3, time(10)) is None
