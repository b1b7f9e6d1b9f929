"""The weekly slot across changes of the clock, what it brings, and how it backs off."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.efforts import cadence
from service.efforts.cadence import Brings, Reader, Wish

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe",
    "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "Africa/Casablanca", "America/St_Johns",
    "Antarctica/Troll", "Asia/Gaza", "America/Santiago",
]  # fmt: skip
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    after=MOMENTS,
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_every_local_week_has_its_slot_exactly_once(after: datetime, zone: str, weekday: int, at: time) -> None:
    there = ZoneInfo(zone)
    wall = None
    for _ in range(60):
        slot = cadence.next_slot(after, zone, weekday, at)
        assert after < slot
        assert cadence.slot(slot, zone, weekday, at) == slot
        local = slot.astimezone(there)
        # In a gap the slot comes after it, so the clock shows up to a day (Apia) past the hour chosen.
        meant = datetime.combine(local.date() - timedelta(days=(local.weekday() - weekday) % 7), at)
        assert timedelta(0) <= local.replace(tzinfo=None) - meant <= timedelta(days=1)
        if wall is not None:
            assert meant - wall == WEEK
        wall = meant
        after = slot


def test_an_hour_the_clock_skips_comes_after_the_gap_and_one_shown_twice_comes_once() -> None:
    sunday, half_past_two = 6, time(2, 30)
    skipped = cadence.next_slot(datetime(2026, 3, 28, tzinfo=UTC), "Europe/Berlin", sunday, half_past_two)
    assert skipped == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    twice = cadence.next_slot(datetime(2026, 10, 24, tzinfo=UTC), "Europe/Berlin", sunday, half_past_two)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    folded = cadence.next_slot(
        datetime(2026, 10, 24, tzinfo=UTC), "Europe/Berlin", sunday, half_past_two.replace(fold=1)
    )
    assert folded == twice
    assert cadence.next_slot(twice, "Europe/Berlin", sunday, half_past_two) == datetime(2026, 11, 1, 1, 30, tzinfo=UTC)


def test_the_default_slot_is_thursday_at_ten_local_time() -> None:
    assert cadence.next_slot(START, "Europe/Berlin") == datetime(2026, 1, 8, 9, tzinfo=UTC)


def walked(reader: Reader, weeks: int, *, anybody: bool = True, acts: bool = False) -> list[tuple[int, Brings]]:
    """What a reader gets in each week, looked at every hour as the round does."""
    got: list[tuple[int, Brings]] = []
    now = reader.since
    while now < reader.since + weeks * WEEK:
        due_at = cadence.next_at(reader)
        if due_at is not None and due_at <= now:
            what = cadence.brings(reader, anybody=anybody, now=now)
            reader = cadence.looked(reader, what, now)
            if what is not Brings.NOTHING:
                got.append(((now - reader.since) // WEEK, what))
            if acts:
                reader = cadence.acted(reader)
        now += timedelta(hours=1)
    return got


def test_the_first_two_weeks_bring_recall_prompts_and_then_names() -> None:
    assert walked(Reader(START, "UTC"), 5, acts=True) == [
        (0, Brings.RECALL),
        (1, Brings.RECALL),
        (2, Brings.NAMES),
        (3, Brings.NAMES),
        (4, Brings.NAMES),
    ]


def test_where_nobody_stands_out_a_recall_prompt_comes_every_other_week() -> None:
    got = walked(Reader(START, "America/New_York"), 52, anybody=False, acts=True)
    later = [week for week, what in got if week >= 2]
    assert {what for _, what in got} == {Brings.RECALL}
    assert all(next_week - week == 2 for week, next_week in pairwise(later))
    assert len(later) == 25


def test_recall_prompts_come_in_turn() -> None:
    assert [cadence.recall_turn(Reader(START, "UTC", recalls=sent)) for sent in (0, 1, 11, 12, 25)] == [0, 1, 11, 0, 1]


@pytest.mark.parametrize("anybody", [True, False])
def test_ignored_digests_back_off_ask_once_and_stop(*, anybody: bool) -> None:
    got = walked(Reader(START, "Europe/Berlin"), 104, anybody=anybody)
    what = Brings.NAMES if anybody else Brings.RECALL
    first = 2 if anybody else 3
    assert got == [
        (0, Brings.RECALL),
        (1, Brings.RECALL),
        (first, what),
        (first + 2, what),
        (first + 6, what),
        (first + 14, Brings.KEEP_OR_STOP),
    ]


def test_any_action_brings_the_usual_week_back() -> None:
    reader = Reader(START, "UTC", ignored=2, sent_at=START, looked_at=START)
    assert cadence.gap(reader) == 4
    assert cadence.gap(cadence.acted(reader)) == 1


def test_who_answers_monthly_hears_monthly_and_is_not_asked_again() -> None:
    asked = Reader(START, "UTC", ignored=3, sent_at=START, looked_at=START, asked_at=START)
    assert cadence.next_at(asked) is None
    assert cadence.next_at(cadence.answered(asked, Wish.STOPPED)) is None
    monthly = cadence.answered(asked, Wish.MONTHLY)
    assert cadence.gap(monthly) == cadence.gap(cadence.looked(monthly, Brings.NAMES, START + WEEK)) == 4
    for week in (4, 8, 12):
        at = cadence.next_at(monthly)
        assert at is not None
        assert (at - START) // WEEK == week
        assert cadence.brings(monthly, anybody=True, now=at) is Brings.NAMES
        monthly = cadence.looked(monthly, Brings.NAMES, at)
    assert cadence.next_at(monthly) is None


def test_a_slot_missed_for_more_than_a_day_is_let_go() -> None:
    reader = Reader(START - 4 * WEEK, "UTC", looked_at=START - 2 * WEEK)
    thursday = datetime(2026, 1, 8, 10, tzinfo=UTC)
    assert cadence.brings(reader, anybody=True, now=thursday + timedelta(hours=20)) is Brings.NAMES
    assert cadence.brings(reader, anybody=True, now=thursday + timedelta(hours=30)) is Brings.NOTHING
    assert cadence.brings(reader, anybody=True, now=thursday + WEEK) is Brings.NAMES


@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    since=MOMENTS,
    steps=st.lists(st.tuples(st.integers(1, 400), st.booleans(), st.booleans()), max_size=60),
)
def test_nothing_ever_comes_twice_in_a_week_or_far_from_its_slot(
    zone: str, weekday: int, hour: int, since: datetime, steps: list[tuple[int, bool, bool]]
) -> None:
    reader = Reader(since, zone, weekday, time(hour))
    now, slots = since, list[datetime]()
    for hours, anybody, acts in steps:
        now += timedelta(hours=hours)
        what = cadence.brings(reader, anybody=anybody, now=now)
        if what is not Brings.NOTHING:
            reader = cadence.looked(reader, what, now)
            assert reader.sent_at is not None
            assert timedelta(0) <= now - reader.sent_at <= cadence.LATE
            assert cadence.slot(reader.sent_at, zone, weekday, time(hour)) == reader.sent_at
            slots.append(reader.sent_at)
            assert cadence.brings(reader, anybody=True, now=now) is Brings.NOTHING
        if acts:
            reader = cadence.acted(reader)
    assert all(later - earlier >= timedelta(days=6) for earlier, later in pairwise(slots))
