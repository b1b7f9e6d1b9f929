"""Days that matter: who may add them, who hears of them and when, and what stays hidden."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.errors import ProblemKind, Refused
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind
from service.occasions import actions as occasions
from service.occasions import queries
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people
from service.people.rules import Role
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock

BIRTHDAY = OccasionKind.BIRTHDAY


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.family(runtime, Maja=Role.ADULT, Olof=Role.ADULT, Ben=Role.TEEN, Ida=Role.CHILD)


def _add(runtime: Runtime, home: Home, by: str, days: int, **more: str) -> str:
    on = MONDAY.date() + timedelta(days=days)
    with runtime.transaction(home.id) as db:
        return occasions.add(db, home[by], home.circle, BIRTHDAY, Day(on.month, on.day), MONDAY, **more)


def _hear(runtime: Runtime, home: Home, clock: Clock, days: int) -> dict[str, list[NudgeKind]]:
    for _ in range(days):
        with runtime.transaction(home.id) as db:
            occasions.tell_due(db, runtime.now())
        clock.move(days=1)
    heard: dict[str, list[NudgeKind]] = {name: [] for name in home.members}
    with runtime.transaction(home.id, writes=False) as db:
        for row in db.scalars(sa.select(Nudge).order_by(Nudge.due_at)):
            heard[next(name for name, member in home.members.items() if member == row.member_id)].append(row.kind)
    return heard


def test_everybody_but_the_one_whose_day_it_is_hears_before_and_on_the_day(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    _add(runtime, home, "Maja", 6, of=home["Ben"])
    heard = _hear(runtime, home, clock, 12)
    assert heard["Ben"] == []
    assert heard["Maja"] == heard["Olof"] == [NudgeKind.OCCASION_SOON, NudgeKind.OCCASION_TODAY]


def test_a_day_of_somebody_outside_the_home_has_a_name(runtime: Runtime, home: Home) -> None:
    _add(runtime, home, "Olof", 3, name="Aunt Kerstin")
    with runtime.transaction(home.id, writes=False) as db:
        (card,) = queries.seen_by(db, home["Maja"], [home.circle])
    assert card.name == "Aunt Kerstin"


def test_the_one_whose_day_it_is_may_keep_it_to_themselves(runtime: Runtime, home: Home, clock: Clock) -> None:
    day = _add(runtime, home, "Maja", 6, of=home["Ben"])
    with runtime.transaction(home.id) as db:
        occasions.hide(db, home["Ben"], day, hidden=True)
    assert all(kinds == [] for kinds in _hear(runtime, home, clock, 10).values())
    with runtime.transaction(home.id, writes=False) as db:
        assert queries.seen_by(db, home["Maja"], [home.circle]) == []
        assert len(queries.seen_by(db, home["Ben"], [home.circle])) == 1


def test_somebody_who_would_rather_not_hears_nothing(runtime: Runtime, home: Home, clock: Clock) -> None:
    day = _add(runtime, home, "Maja", 6, of=home["Ben"])
    with runtime.transaction(home.id) as db:
        occasions.want(db, home["Olof"], day, wants=False)
    assert _hear(runtime, home, clock, 10)["Olof"] == []


def test_it_comes_again_next_year_once(runtime: Runtime, home: Home, clock: Clock) -> None:
    _add(runtime, home, "Maja", 6, of=home["Ben"])
    _hear(runtime, home, clock, 12)
    clock.move(days=350)
    assert len(_hear(runtime, home, clock, 16)["Olof"]) == 4


@pytest.mark.parametrize(("by", "of"), [("Ben", "Olof"), ("Ida", "Maja")])
def test_only_adults_add_days_for_others(runtime: Runtime, home: Home, by: str, of: str) -> None:
    with pytest.raises(Refused) as refusal:
        _add(runtime, home, by, 5, of=home[of])
    assert refusal.value.problems[0].kind is ProblemKind.NOT_ALLOWED


def test_at_work_a_day_comes_from_its_member_alone(runtime: Runtime) -> None:
    team = builders.team(runtime, "Ada", "Bob")
    _add(runtime, team, "Bob", 5, of=team["Bob"])
    with pytest.raises(Refused):
        _add(runtime, team, "Ada", 5, of=team["Bob"])


def test_another_workspace_has_no_such_day(runtime: Runtime, home: Home) -> None:
    day = _add(runtime, home, "Maja", 6, of=home["Ben"])
    other = builders.family(runtime, Zoe=Role.ADULT)
    with pytest.raises(Refused), runtime.transaction(other.id) as db:
        occasions.remove(db, home["Maja"], day)


def test_a_day_that_may_hurt_is_spoken_of_softly_and_silences_the_feast(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    on = MONDAY.date() + timedelta(days=2)
    with runtime.transaction(home.id) as db:
        for kind in (BIRTHDAY, OccasionKind.HARD_DAY):
            occasions.add(db, home["Maja"], home.circle, kind, Day(on.month, on.day), MONDAY, name="Grandpa Ole")
    _hear(runtime, home, clock, 4)
    with runtime.transaction(home.id, writes=False) as db:
        rows = list(db.scalars(sa.select(Nudge).where(Nudge.member_id == home["Olof"])))
    assert {(row.kind, row.told["kind"]) for row in rows} == {
        (NudgeKind.OCCASION_SOON, "hard_day"),
        (NudgeKind.OCCASION_TODAY, "hard_day"),
    }


def test_nobody_hears_of_the_day_of_somebody_who_has_gone(runtime: Runtime, home: Home, clock: Clock) -> None:
    _add(runtime, home, "Maja", 2, of=home["Olof"])
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Olof"])
    assert _hear(runtime, home, clock, 4)["Maja"] == []
