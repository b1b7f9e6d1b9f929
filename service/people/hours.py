"""When a member may be reached: days, hours, holidays and the morning parcel, across every change of the clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from service.people.rules import Boundary

LOOK_AHEAD = timedelta(days=400)
"""A boundary with no open day in this span is treated as a pause."""


def local(boundary: Boundary, on: date, at: time) -> datetime:
    """The moment their clock shows `at` on that day, in UTC.

    A time the clock skips in spring comes as long after the gap as it stood in it; one it shows twice in autumn
    is the first of the two. So each local slot of a day is one moment.
    """
    return datetime.combine(on, at, tzinfo=boundary.tz).astimezone(UTC)


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
    """The public holidays of a country, and of one of its regions, in one year."""
    import holidays

    return frozenset(holidays.country_holidays(country, subdiv=region, years=year))


def is_open(boundary: Boundary, at: datetime) -> bool:
    """Whether we may write to them at this moment."""
    if boundary.paused_until is not None and at < boundary.paused_until:
        return False
    there = at.astimezone(boundary.tz)
    return is_open_day(boundary, there.date()) and boundary.starts_at <= there.time() < boundary.ends_at


def _open_days(boundary: Boundary, since: datetime) -> Iterator[date]:
    on = since.astimezone(boundary.tz).date()
    last = on + LOOK_AHEAD
    while on <= last:
        if is_open_day(boundary, on):
            yield on
        on += timedelta(days=1)


def _awake(boundary: Boundary, at: datetime) -> datetime:
    return max(at, boundary.paused_until) if boundary.paused_until is not None else at


def next_open(boundary: Boundary, at: datetime) -> datetime | None:
    """The first moment from `at` on when we may write to them; None where no day is open."""
    at = _awake(boundary, at)
    for on in _open_days(boundary, at):
        opens = max(at, local(boundary, on, boundary.starts_at))
        if opens < local(boundary, on, boundary.ends_at) and is_open(boundary, opens):
            return opens
    return None


def next_digest(boundary: Boundary, at: datetime) -> datetime | None:
    """The first morning parcel from `at` on."""
    at = _awake(boundary, at)
    for on in _open_days(boundary, at):
        slot = local(boundary, on, boundary.digest_at)
        if slot >= at:
            return slot
    return None


def next_weekly(boundary: Boundary, at: datetime, weekday: int, hour: time) -> datetime | None:
    """The first weekly slot from `at` on; where that day is not open, the first open day after it."""
    at = _awake(boundary, at)
    on = at.astimezone(boundary.tz).date() - timedelta(days=7)
    on += timedelta(days=(weekday - on.weekday()) % 7)
    last = at.astimezone(boundary.tz).date() + LOOK_AHEAD
    while on <= last:
        for kept in (on + timedelta(days=later) for later in range(7)):
            if is_open_day(boundary, kept):
                slot = local(boundary, kept, min(max(hour, boundary.starts_at), _last_minute(boundary)))
                if slot >= at:
                    return slot
                break
        on += timedelta(days=7)
    return None


def _last_minute(boundary: Boundary) -> time:
    ends = datetime.combine(date.min.replace(year=2000), boundary.ends_at) - timedelta(minutes=1)
    return ends.time()


def after_working_days(boundary: Boundary, at: datetime, days: int) -> datetime:
    """The moment that many of their open days later, at the same time of day on their clock."""
    there = at.astimezone(boundary.tz)
    on, left = there.date(), days
    for _ in range(LOOK_AHEAD.days):
        if left == 0:
            break
        on += timedelta(days=1)
        if is_open_day(boundary, on):
            left -= 1
    return local(boundary, on, there.time().replace(tzinfo=None))


def after_working_hours(boundary: Boundary, at: datetime, span: timedelta) -> datetime:
    """The moment when that much of their open time has passed since `at`."""
    left = span
    for on in _open_days(boundary, at):
        opens = max(at, local(boundary, on, boundary.starts_at))
        closes = local(boundary, on, boundary.ends_at)
        if opens >= closes:
            continue
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return at + LOOK_AHEAD
