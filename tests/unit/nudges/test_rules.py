"""When a nudge is welcome, whatever its kind."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.nudges import rules
from service.nudges.rules import MANNERS, WEEK, Level, Manner, NudgeKind
from service.people import hours
from service.people.rules import ALL_WEEK, WORKING_WEEK, Boundary
from tests.fakes import MONDAY

kinds = st.sampled_from(NudgeKind)
moments = st.timedeltas(timedelta(), timedelta(days=400)).map(lambda later: MONDAY + later)
boundaries = st.builds(
    Boundary,
    zone=st.sampled_from(("UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe")),
    days=st.sampled_from((WORKING_WEEK, ALL_WEEK)),
    starts_at=st.sampled_from((time(0), time(7), time(9))),
    digest_at=st.sampled_from((time(9), time(9, 15), time(11))),
    ends_at=st.sampled_from((time(12), time(17, 30), time(23, 59))),
    weekly_allowance=st.integers(1, 5),
    paused_until=st.none() | moments,
)
levels = st.sampled_from((Level.AS_USUAL, Level.FEWER))


@st.composite
def histories(draw: st.DrawFn, at: datetime) -> tuple[datetime, ...]:
    """Moments of the last seven days, oldest first."""
    back = draw(st.lists(st.timedeltas(timedelta(seconds=1), WEEK), max_size=8))
    return tuple(sorted(at - ago for ago in back))


def test_every_kind_has_a_manner() -> None:
    assert set(MANNERS) == set(NudgeKind)
    assert set(rules.SAID_IN_ORDER) == set(NudgeKind)


@given(kinds, boundaries, moments, levels, st.data())
def test_a_nudge_is_welcome_only_in_their_hours(
    kind: NudgeKind, boundary: Boundary, at: datetime, level: Level, data: st.DataObject
) -> None:
    recent, same = data.draw(histories(at)), data.draw(histories(at))
    found = rules.welcome_at(kind, boundary, at, level=level, recent=recent, same=same)
    assert found is not None
    assert found >= at
    assert hours.is_open(boundary, found)
    if MANNERS[kind] is Manner.PARCEL:
        assert found == hours.next_digest(boundary, found)


@given(kinds, boundaries, moments, st.data())
def test_fewer_is_one_of_its_kind_in_seven_days(
    kind: NudgeKind, boundary: Boundary, at: datetime, data: st.DataObject
) -> None:
    same = data.draw(histories(at))
    found = rules.welcome_at(kind, boundary, at, level=Level.FEWER, same=same)
    assert found is not None
    for earlier in same[-1:]:
        days = found.astimezone(boundary.tz).date() - earlier.astimezone(boundary.tz).date()
        assert days >= WEEK
        assert found - earlier >= WEEK or MANNERS[kind] is Manner.PARCEL


@given(boundaries, moments, st.data())
def test_the_allowance_of_seven_days_is_kept(boundary: Boundary, at: datetime, data: st.DataObject) -> None:
    recent = data.draw(histories(at))
    for _ in range(5):
        found = rules.welcome_at(NudgeKind.EFFORT_RECALL, boundary, at, recent=recent)
        assert found is not None
        assert sum(sent > found - WEEK for sent in recent) < boundary.weekly_allowance
        recent = tuple(sorted((*recent, found)))
        at = max(at, found)


@given(kinds, boundaries, moments)
def test_stopped_is_never(kind: NudgeKind, boundary: Boundary, at: datetime) -> None:
    assert rules.welcome_at(kind, boundary, at, level=Level.STOPPED) is None


@pytest.mark.parametrize("kind", NudgeKind)
def test_without_an_allowance_only_what_counts_against_it_stays_away(kind: NudgeKind) -> None:
    found = rules.welcome_at(kind, Boundary(weekly_allowance=0), MONDAY)
    assert (found is None) == (MANNERS[kind] is Manner.SPARINGLY)


def test_attempts_wait_longer_and_no_longer_than_an_hour() -> None:
    waits = [rules.retry_after(attempt) for attempt in range(1, 12)]
    assert waits[0] == timedelta(seconds=30)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)
