"""Who starts: looked at where both agreed, told to the quieter side, and silent where somebody is new or away."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.asks import home as questions
from service.errors import ProblemKind, Refused
from service.moments import balance, queries, starting
from service.moments.models import StartRow
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people.models import Member
from service.people.rules import Role
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Lea", "Ada", "Bob", "Cy", now=MONDAY - timedelta(days=200))


def _agreed(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        assert not starting.agree(db, home["Ada"], home["Bob"], runtime.now())
        assert starting.agree(db, home["Bob"], home["Ada"], runtime.now())


def _started(runtime: Runtime, home: Home, *, until: int = 56) -> None:
    """Ada starts everything, every third day of the last so many."""
    with runtime.transaction(home.id) as db:
        for days in range(0, until, 3):
            starting.started(db, home["Ada"], [home["Bob"]], runtime.now() - timedelta(days=days, hours=1))


def _invited(runtime: Runtime, home: Home) -> list[str | None]:
    with runtime.transaction(home.id) as db:
        starting.invite_due(db, runtime.now())
        return list(db.scalars(sa.select(Nudge.member_id).where(Nudge.kind == NudgeKind.BALANCE_INVITE)))


def _kept(runtime: Runtime, home: Home) -> int:
    with runtime.transaction(home.id, writes=False) as db:
        return db.scalar(sa.select(sa.func.count()).select_from(StartRow)) or 0


def test_nothing_is_kept_before_both_have_said_yes_and_neither_sees_the_others_wish(
    runtime: Runtime, home: Home
) -> None:
    with runtime.transaction(home.id) as db:
        starting.started(db, home["Ada"], [home["Bob"]], runtime.now())
        starting.agree(db, home["Ada"], home["Bob"], runtime.now())
        starting.started(db, home["Ada"], [home["Bob"]], runtime.now())
        assert queries.looks_with(db, home["Ada"]) == {home["Bob"]: False}
        assert queries.looks_with(db, home["Bob"]) == {}
    assert _kept(runtime, home) == 0


def test_only_the_quieter_side_is_invited_once_in_six_weeks_and_not_after_two_refusals(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    _agreed(runtime, home)
    clock.move(days=61)
    for times in (1, 2, 2):
        _started(runtime, home)
        assert _invited(runtime, home) == [home["Bob"]] * times
        clock.move(days=41)
        _started(runtime, home)
        assert len(_invited(runtime, home)) == times, "once in six weeks"
        with runtime.transaction(home.id) as db:
            for _ in range(2):  # pressed twice, it is one answer
                starting.dismiss(db, home["Bob"], home["Ada"], runtime.now())
        clock.move(days=2)


def test_one_window_alone_is_silent(runtime: Runtime, home: Home) -> None:
    _agreed(runtime, home)
    _started(runtime, home, until=28)
    assert _invited(runtime, home) == []


@pytest.mark.parametrize("why", ["paused", "new", "apart", "gone"])
def test_silent_while_somebody_is_away_new_or_kept_apart(runtime: Runtime, home: Home, why: str) -> None:
    _agreed(runtime, home)
    _started(runtime, home)
    with runtime.transaction(home.id) as db:
        match why:
            case "paused":
                people.pause(db, home["Ada"], runtime.now() + timedelta(days=3))
            case "new":
                db.execute(
                    sa.update(Member)
                    .where(Member.id == home["Bob"])
                    .values(joined_at=runtime.now() - balance.NEW_FOR + timedelta(days=1))
                )
            case "apart":
                people.keep_apart(db, home["Bob"], home["Ada"])
            case "gone":
                people.leave(db, home["Ada"])
    assert _invited(runtime, home) == []


def test_what_begins_within_minutes_is_one_start_in_whatever_order_it_is_heard(runtime: Runtime, home: Home) -> None:
    _agreed(runtime, home)
    now = runtime.now()
    with runtime.transaction(home.id) as db:
        for minutes in (0, 9, -9, 0, 30):
            starting.started(db, home["Ada"], [home["Bob"], home["Cy"]], now + timedelta(minutes=minutes))
        starting.started(db, home["Bob"], [home["Ada"]], now)
    assert _kept(runtime, home) == 3


def test_a_question_put_to_somebody_is_a_start_and_one_to_all_is_none(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    _agreed(runtime, home)
    with runtime.transaction(home.id) as db:
        questions.put(db, home["Ada"], home.circle, [], "Who has the key?", runtime.now())
        questions.put(db, home["Ada"], home.circle, [home["Bob"]], "Lunch on Friday?", runtime.now())
        clock.move(hours=1)
        questions.put(db, home["Bob"], home.circle, [home["Cy"]], "And you?", runtime.now())
    assert _kept(runtime, home) == 1


def test_ending_it_lets_go_of_what_was_kept(runtime: Runtime, home: Home) -> None:
    _agreed(runtime, home)
    _started(runtime, home)
    with runtime.transaction(home.id) as db:
        starting.disagree(db, home["Bob"], home["Ada"])
        assert queries.looks_with(db, home["Ada"]) == {}
    assert _kept(runtime, home) == 0


@pytest.mark.parametrize(
    ("by", "other", "why"),
    [
        ("Ada", "Ada", ProblemKind.ONLY_YOURSELF),
        ("Ada", "Lea", ProblemKind.NOT_ALLOWED),
        ("Lea", "Ada", ProblemKind.NOT_ALLOWED),
        ("Ada", "Zoe", ProblemKind.NOT_ALLOWED),
    ],
)
def test_starting_by_duty_and_strangers_are_not_looked_at(
    runtime: Runtime, home: Home, by: str, other: str, why: ProblemKind
) -> None:
    home.members["Zoe"] = builders.team(runtime, "Zoe")["Zoe"]
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        starting.agree(db, home[by], home[other], runtime.now())
    assert refusal.value.problems[0].kind is why


def test_a_child_looks_at_nobody_and_is_looked_at_by_nobody(runtime: Runtime) -> None:
    family = builders.family(runtime, Maja=Role.ADULT, Olof=Role.ADULT, Ida=Role.CHILD)
    with runtime.transaction(family.id) as db:
        assert [card.name for card in starting.may_look_with(db, family["Maja"])] == ["Olof"]
        with pytest.raises(Refused):
            starting.agree(db, family["Ida"], family["Maja"], runtime.now())
