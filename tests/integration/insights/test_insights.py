"""Circles that were made up, told of themselves: each figure beside a plain count of what was made up."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from service import jobs
from service.asks import settling
from service.asks.rules import AskForm, AskState, SettledBy
from service.asks.settling import Where
from service.db import new_id
from service.efforts.closing import Trust
from service.efforts.models import EffortRow
from service.efforts.rules import EffortKind, Source
from service.insights import actions as insights
from service.insights import queries
from service.insights.models import Insight
from service.insights.queries import Known
from service.insights.rules import Answered, Burden, Measure, Mended, Silence, Thanked
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.people import actions as people
from service.people.rules import Feature, WorkspaceKind
from service.repairs.models import Repair
from service.repairs.rules import Direction, RepairState
from service.runtime import Runtime
from service.ruptures import Rupture
from tests import builders
from tests.builders import Home
from tests.fakes import Clock

BEGAN = datetime(2025, 12, 31, 10, tzinfo=UTC)
FIRST, NEXT = date(2026, 1, 1), date(2026, 2, 1)
DUE = (datetime(2026, 1, 25, 6, tzinfo=UTC), datetime(2026, 2, 10, 6, tzinfo=UTC))
NAMES = ("Ada", "Ben", "Cleo", "Dora", "Eve", "Finn", "Gus", "Hana", "Ines", "Jon", "Kai")


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, *NAMES, now=BEGAN)


def reckon(runtime: Runtime, home: Home, *moments: datetime) -> None:
    for now in moments:
        with runtime.transaction(home.id) as db:
            insights.write_due(db, now)


def known(runtime: Runtime, home: Home, circle: str | None = None) -> Known:
    with runtime.transaction(home.id, writes=False) as db:
        return queries.known(db, circle or home.circle, DUE[1].date())


def at(random: Random, days: int = 31) -> datetime:
    return datetime.combine(FIRST, time(), UTC) + timedelta(minutes=random.randrange(days * 1440))


def worked(runtime: Runtime, home: Home, random: Random) -> dict[str, list[bool]]:
    """A month of work; returns of each person which of it was acknowledged in time."""
    found: dict[str, list[bool]] = {}
    with runtime.transaction(home.id) as db:
        for _ in range(60):
            name, done_at = random.choice(NAMES[:9]), at(random)
            by = random.choice([*Trust, None])
            closed_at = done_at + timedelta(hours=random.randrange(1, 300)) if by else None
            db.add(
                EffortRow(
                    member_id=home[name],
                    source=Source.NOTE,
                    reference=new_id(),
                    kind=EffortKind.NOTE,
                    done_at=done_at,
                    noticed_at=done_at,
                    closed_at=closed_at,
                    closed_by=by,
                )
            )
            in_time = closed_at is not None and closed_at - done_at <= timedelta(days=7)
            found.setdefault(name, []).append(in_time and by is not Trust.MATCH)
    return found


def is_open(minute: datetime) -> bool:
    return minute.weekday() < 5 and time(9) <= minute.time() < time(17, 30)


def open_minutes(since: datetime, until: datetime) -> int:
    """How many minutes of working hours lie between, counted one by one."""
    return sum(is_open(since + timedelta(minutes=one)) for one in range(int((until - since).total_seconds()) // 60))


def asked(runtime: Runtime, home: Home, random: Random) -> list[tuple[datetime, datetime | None]]:
    """A month of questions, each answered within twelve days or let go; returns when each was asked and answered."""
    found: list[tuple[datetime, datetime | None]] = []
    place = builders.channel(runtime, home, now=BEGAN)
    with runtime.transaction(home.id) as db:
        for number in range(50):
            asked_at = at(random).replace(second=0)
            who = home[random.choice(NAMES[1:])]
            where = Where("C0HARBOUR", f"{asked_at.timestamp():.0f}.{number:06}", place)
            row = settling.open_ask(
                db, where, AskForm.NAMED, asker=home["Ada"], asked=who, home=WorkspaceKind.TEAM, asked_at=asked_at
            )
            answer = asked_at + timedelta(minutes=random.randrange(12 * 1440))
            if answer < row.drops_at and random.random() < 0.7:
                row.state, row.settled_by, row.closed_at = AskState.SETTLED, SettledBy.REPLY, answer
                found.append((asked_at, answer))
            else:
                row.state, row.closed_at = AskState.DROPPED, row.drops_at
                found.append((asked_at, None))
    return found


def five_days_later(asked_at: datetime) -> datetime:
    at, left = asked_at, 5
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < 5
    return at


def by_hand(questions: list[tuple[datetime, datetime | None]]) -> tuple[int | None, float]:
    """The median after Kaplan and Meier, and the share that was open after five working days."""
    seen = [
        (-(-open_minutes(asked_at, answer) // 60) or 1, True)
        if answer is not None
        else (open_minutes(asked_at, five_days_later(asked_at)) // 60, False)
        for asked_at, answer in questions
    ]
    still = 1.0
    median = None
    for hour in range(max(hour for hour, _ in seen) + 1):
        at_risk = sum(one >= hour for one, _ in seen)
        still *= 1 - sum(one == (hour, True) for one in seen) / at_risk if at_risk else 1
        if still <= 0.5 + 1e-12:
            median = hour
            break
    late = sum(answer is None for _, answer in questions)
    return median, 100 * late / len(questions)


@pytest.mark.parametrize("seed", range(2))
def test_figures_are_those_of_a_plain_count(runtime: Runtime, home: Home, seed: int) -> None:
    random = Random(seed)
    work, questions = worked(runtime, home, random), asked(runtime, home, random)
    reckon(runtime, home, *DUE)
    (month,) = [one for one in known(runtime, home).months if one.on == FIRST]
    shares = sorted(100 * sum(seen) / len(seen) for seen in work.values())
    middle = (shares[(len(shares) - 1) // 2] + shares[len(shares) // 2]) / 2
    lowest = shares[: -(-len(shares) // 4)]
    assert isinstance(month.thanked, Thanked)
    assert month.thanked.people == len(work)
    assert abs(month.thanked.middle - middle) <= 2.5 + 1e-9
    assert abs(month.thanked.lowest - sum(lowest) / len(lowest)) <= 2.5 + 1e-9
    median, late = by_hand(questions)
    assert isinstance(month.answered, Answered)
    assert (month.answered.questions, month.answered.median) == (len(questions), median)
    assert month.answered.late is not None
    assert abs(month.answered.late - late) <= 2.5 + 1e-9


def told(runtime: Runtime, home: Home, name: str, kind: NudgeKind, sent_at: datetime) -> None:
    with runtime.transaction(home.id) as db:
        db.add(
            Nudge(
                reader=home[name],
                member_id=home[name],
                kind=kind,
                subject=new_id(),
                told={},
                state=NudgeState.SENT,
                offered_at=sent_at,
                due_at=sent_at,
                sent_at=sent_at,
            )
        )


def test_what_we_send_is_counted_and_cards_are_not(runtime: Runtime, home: Home) -> None:
    for day in range(5, 10):
        told(runtime, home, "Ben", NudgeKind.ASK_WAITING, datetime(2026, 1, day, 10, tzinfo=UTC))
    told(runtime, home, "Eve", NudgeKind.EFFORT_SEEN, datetime(2026, 1, 6, 3, tzinfo=UTC))
    for kind in (NudgeKind.CARD_DRAWN, NudgeKind.HOUSE_CARD, NudgeKind.NOTE_RECEIVED, NudgeKind.MOMENT_PATTERN):
        told(runtime, home, "Ben", kind, datetime(2026, 1, 6, 10, tzinfo=UTC))
    reckon(runtime, home, DUE[0])
    (month,) = known(runtime, home).months
    assert month.burden == Burden(11 * 15, 6, 1, 11, 0)


def mend(runtime: Runtime, home: Home, count: int, settled: int) -> None:
    with runtime.transaction(home.id) as db:
        for number in range(count):
            sent_at = datetime(2026, 2, 3 + number, 10, tzinfo=UTC)
            state = RepairState.SETTLED if number < settled else RepairState.SENT
            db.add(
                Repair(
                    sender_id=home["Ben"],
                    receiver_id=home["Eve"],
                    direction=Direction.MINE,
                    kind=next(iter(Rupture)),
                    state=state,
                    token=new_id(),
                    written_at=sent_at,
                    goes_at=sent_at,
                    sent_at=sent_at,
                )
            )


def test_repairs_are_told_by_quarter_of_ten_and_more(runtime: Runtime, home: Home) -> None:
    mend(runtime, home, 7, 4)
    reckon(runtime, home, datetime(2026, 4, 9, tzinfo=UTC))
    assert not known(runtime, home).quarters
    reckon(runtime, home, datetime(2026, 4, 10, tzinfo=UTC))
    (quarter,) = known(runtime, home).quarters
    assert (quarter.on, quarter.mended) == (FIRST, Mended(11, 7, 4))


def silences(runtime: Runtime, home: Home, circle: str | None = None) -> set[tuple[Measure, Silence | None]]:
    with runtime.transaction(home.id, writes=False) as db:
        rows = db.scalars(sa.select(Insight).where(Insight.circle_id == (circle or home.circle)))
        return {(row.measure, row.silence) for row in rows}


def test_a_circle_of_four_hears_nothing_and_why(runtime: Runtime) -> None:
    home = builders.team(runtime, *NAMES[:4], now=BEGAN)
    reckon(runtime, home, *DUE)
    assert silences(runtime, home) == {
        (measure, Silence.TOO_FEW) for measure in Measure if measure is not Measure.MENDED
    }
    (month,) = known(runtime, home).months
    assert (month.thanked, month.answered, month.burden) == (Silence.TOO_FEW,) * 3


def test_circles_that_differ_by_two_people_hear_nothing(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        nearly = people.make_circle(db, "Nearly", BEGAN, members=[home[name] for name in NAMES[2:]])
        apart = people.make_circle(db, "Apart", BEGAN, members=[home[name] for name in NAMES[:6]])
    worked(runtime, home, Random(1))
    reckon(runtime, home, *DUE)
    for circle in (home.circle, nearly):
        assert (Measure.THANKED, Silence.TOO_ALIKE) in silences(runtime, home, circle)
    (month,) = known(runtime, home, apart).months
    assert isinstance(month.thanked, Thanked)


def test_what_was_written_is_never_written_again(runtime: Runtime, home: Home) -> None:
    """So nobody can take one person out, have the same days reckoned again, and compare."""
    worked(runtime, home, Random(2))
    reckon(runtime, home, *DUE)
    before = known(runtime, home)
    with runtime.transaction(home.id) as db:
        people.unseat(db, home.circle, home["Ben"])
        later = people.make_circle(db, "Without Ben", DUE[1], members=[home[one] for one in NAMES if one != "Ben"])
    reckon(runtime, home, DUE[1] + timedelta(hours=6), DUE[1] + timedelta(days=1))
    assert known(runtime, home) == before
    assert not silences(runtime, home, later)


def test_days_before_a_circle_was_there_are_not_spoken_of(runtime: Runtime, home: Home) -> None:
    reckon(runtime, home, *DUE)
    assert [month.on for month in known(runtime, home).months] == [FIRST]


def test_whoever_came_later_is_counted_from_their_first_whole_month(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        late = people.make_circle(db, "Late", BEGAN, members=[home[name] for name in NAMES[:4]])
        people.seat(db, late, home["Eve"], datetime(2026, 1, 2, tzinfo=UTC))
    reckon(runtime, home, *DUE)
    assert {why for measure, why in silences(runtime, home, late) if measure is Measure.THANKED} == {Silence.TOO_FEW}


def test_quiet_time_and_switches_are_kept(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.SOURCES, on=False)
        people.quiet_time(db, home.circle, date(2026, 2, 20))
    reckon(runtime, home, DUE[1])
    assert (Measure.THANKED, Silence.OFF) in silences(runtime, home)
    assert (Measure.BURDEN, Silence.QUIET) in silences(runtime, home)


def test_the_round_writes_and_forgetting_ends_it(runtime: Runtime, home: Home, clock: Clock) -> None:
    clock.at = DUE[1]
    jobs.write_insights(runtime)
    assert silences(runtime, home)
    clock.move(days=400)
    jobs.forget(runtime)
    assert not silences(runtime, home)


def test_no_column_names_a_member() -> None:
    assert not {key.column.table.name for key in Insight.__table__.foreign_keys} - {"circle", "workspace"}
