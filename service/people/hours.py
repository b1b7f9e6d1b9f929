"""When a member may be reached: days, hours, holidays and the morning parcel, across every change of the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from service.people.rules import Boundary

LOOK_AHEAD = timedelta(days=400)
"""A boundary with no open day in this span is treated as a pause."""


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """From when until when we may write to somebody on one of their days, in UTC."""

    opens_at: datetime
    closes_at: datetime


def local(boundary: Boundary, on: date, at: time) -> datetime:
    """The moment their clock first shows `at` on that day, in UTC.

    A time the clock skips in spring is the moment of the skip; one it shows twice in autumn is the first of the two.
    """
    return _reading(boundary, on, at, fold=0)


def _reading(boundary: Boundary, on: date, at: time, *, fold: int) -> datetime:
    wall = datetime.combine(on, at.replace(fold=0))
    read = wall.replace(tzinfo=boundary.tz, fold=fold).astimezone(UTC)
    if read.astimezone(boundary.tz).replace(tzinfo=None, fold=0) == wall:
        return read
    return _skip_of(boundary, wall)


def _skip_of(boundary: Boundary, wall: datetime) -> datetime:
    """The moment at which their clock jumps over this reading."""
    skipped = (wall.replace(tzinfo=boundary.tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    before, after = sorted(skipped)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(boundary.tz).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after


def is_open_day(boundary: Boundary, on: date) -> bool:
    """Whether that day is one on which we may write to them."""
    if on.weekday() not in boundary.days or on in boundary.days_off:
        return False
    if boundary.holidays is None:
        return True
    country, region = boundary.holidays
    return on not in public_holidays(country, region, on.year)


@lru_cache(maxsize=512)
def public_holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    """The public holidays of a country, and of one of its regions, in one year; KeyError where we know none."""
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
    except NotImplementedError as error:
        raise KeyError(f"{country} {region or ''}".strip()) from error


def knows_holidays(country: str, region: str | None) -> bool:
    """Whether we know the public holidays of this country and region."""
    try:
        return len(country) == 2 and bool(public_holidays(country, region, 2026))
    except KeyError:
        return False


def open_span(boundary: Boundary, on: date) -> OpenSpan | None:
    """Their open hours on that day, as one span; None where it is not open.

    Where the clock shows an hour twice and the day begins or ends inside it, the span is the one part of it
    that lies within their hours however the clock is read.
    """
    if not is_open_day(boundary, on):
        return None
    closes = _reading(boundary, on, boundary.ends_at, fold=0)
    opens = _reading(boundary, on, boundary.starts_at, fold=1)
    if opens >= closes:
        opens = _reading(boundary, on, boundary.starts_at, fold=0)
    return OpenSpan(opens, closes) if opens < closes else None


def is_open(boundary: Boundary, at: datetime) -> bool:
    """Whether we may write to them at this moment."""
    if boundary.paused_until is not None and at < boundary.paused_until:
        return False
    span = open_span(boundary, at.astimezone(boundary.tz).date())
    return span is not None and span.opens_at <= at < span.closes_at


def _open_spans(boundary: Boundary, since: datetime) -> Iterator[tuple[date, OpenSpan]]:
    first = since.astimezone(boundary.tz).date()
    for later in range(LOOK_AHEAD.days + 1):
        on = first + timedelta(days=later)
        span = open_span(boundary, on)
        if span is not None:
            yield on, span


def _awake(boundary: Boundary, at: datetime) -> datetime:
    return max(at, boundary.paused_until) if boundary.paused_until is not None else at


def next_open(boundary: Boundary, at: datetime) -> datetime | None:
    """The first moment from `at` on when we may write to them; None where no day is open."""
    at = _awake(boundary, at)
    for _, span in _open_spans(boundary, at):
        if at < span.closes_at:
            return max(at, span.opens_at)
    return None


def away_until(boundary: Boundary, at: datetime) -> date | None:
    """The day on which a member is back, where they took a pause, a day off or a holiday; None where they are here."""
    today = at.astimezone(boundary.tz).date()
    pauses = boundary.paused_until is not None and at < boundary.paused_until
    if not pauses and (today.weekday() not in boundary.days or is_open_day(boundary, today)):
        return None
    back = next_open(boundary, at)
    return back.astimezone(boundary.tz).date() if back is not None else None


def next_digest(boundary: Boundary, at: datetime) -> datetime | None:
    """The first morning parcel from `at` on."""
    at = _awake(boundary, at)
    for on, span in _open_spans(boundary, at):
        slot = _slot(boundary, on, span, boundary.digest_at)
        if slot >= at:
            return slot
    return None


def next_weekly(boundary: Boundary, at: datetime, weekday: int, hour: time) -> datetime | None:
    """The first weekly slot from `at` on; where that day is not open, the first open day after it."""
    at = _awake(boundary, at)
    today = at.astimezone(boundary.tz).date()
    first = today + timedelta(days=(weekday - today.weekday()) % 7 - 7)
    for week in range(LOOK_AHEAD.days // 7 + 2):
        slot = _kept_in_week(boundary, first + timedelta(weeks=week), hour)
        if slot is not None and slot >= at:
            return slot
    return None


def _kept_in_week(boundary: Boundary, first: date, hour: time) -> datetime | None:
    for on in (first + timedelta(days=later) for later in range(7)):
        span = open_span(boundary, on)
        if span is not None:
            return _slot(boundary, on, span, hour)
    return None


def _slot(boundary: Boundary, on: date, span: OpenSpan, at: time) -> datetime:
    """The reading of `at` inside an open span; one outside it comes as near to it as the span allows."""
    readings = (_reading(boundary, on, at, fold=fold) for fold in (0, 1))
    inside = next((read for read in readings if span.opens_at <= read < span.closes_at), None)
    if inside is not None:
        return inside
    if at <= boundary.starts_at:
        return span.opens_at
    return max(span.opens_at, span.closes_at - timedelta(minutes=1))


def after_working_days(boundary: Boundary, at: datetime, days: int) -> datetime:
    """The moment that many of their open days later, at the same time of day on their clock."""
    if days == 0:
        return at
    there = at.astimezone(boundary.tz)
    on, left = there.date(), days
    for _ in range(LOOK_AHEAD.days):
        on += timedelta(days=1)
        if is_open_day(boundary, on):
            left -= 1
        if left == 0:
            break
    return local(boundary, on, there.time())


def after_working_hours(boundary: Boundary, at: datetime, span: timedelta) -> datetime:
    """The moment when that much of their open time has passed since `at`."""
    left = span
    for _, day in _open_spans(boundary, at):
        opens = max(at, day.opens_at)
        if opens >= day.closes_at:
            continue
        if day.closes_at - opens >= left:
            return opens + left
        left -= day.closes_at - opens
    return at + LOOK_AHEAD


def open_time(boundary: Boundary, since: datetime, until: datetime) -> timedelta:
    """How much of their open hours lies between two moments; a pause is not taken off."""
    passed = timedelta(0)
    for _, span in _open_spans(boundary, since):
        if span.opens_at >= until:
            break
        passed += max(timedelta(0), min(until, span.closes_at) - max(since, span.opens_at))
    return passed
