"""In which weeks a lead hears: recall first, then names, ever less where nobody reads, and in their own hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from service.efforts import actions as efforts
from service.efforts.cadence import Wish
from service.errors import ProblemKind, Refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.efforts.work import (
    begun,
    deliver,
    inbox,
    known,
    look,
    shown,
    thursday,
    worked,
)

NAMES, RECALL, ASKED = NudgeKind.EFFORT_UNTHANKED, NudgeKind.EFFORT_RECALL, NudgeKind.KEEP_OR_STOP
PEOPLE = ("Ada", "Ben", "Cleo", "Dora", "Eve", "Finn")


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, *PEOPLE)
    known(runtime, made, MONDAY)
    return made


def test_two_weeks_of_recall_then_one_in_a_fortnight_where_nobody_stands_out(runtime: Runtime, home: Home) -> None:
    look(runtime, home, MONDAY)
    came = []
    for week in range(8):
        worked(runtime, home, "Ben", 1)
        look(runtime, home, thursday(week))
        deliver(runtime, thursday(week))
        with runtime.transaction(home.id) as db:
            efforts.acted(db, home["Ada"])
        came.append(len(inbox(runtime, home, "Ada", RECALL)))
    assert came == [1, 2, 2, 3, 3, 4, 4, 5]
    assert len(inbox(runtime, home, "Ada", NAMES)) == 1
    turns = [(one.told.extra or {})["turn"] for one in inbox(runtime, home, "Ada", RECALL)]
    assert turns == ["4", "3", "2", "1", "0"]


def test_ignored_digests_come_rarer_then_ask_once_then_stop(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    weeks: dict[NudgeKind, list[int]] = {NAMES: [], RECALL: [], ASKED: []}
    for week in range(2, 40):
        worked(runtime, home, PEOPLE[1 + week % 5], week)
        look(runtime, home, thursday(week))
        deliver(runtime, thursday(week))
        for kind, came in weeks.items():
            if any(one.sent_at == thursday(week) for one in inbox(runtime, home, "Ada", kind)):
                came.append(week)
    assert weeks == {NAMES: [2, 4, 8], RECALL: [], ASKED: [16]}


@pytest.mark.parametrize(
    ("wish", "weeks"), [(Wish.STOPPED, []), (Wish.MONTHLY, [20, 24, 28]), (Wish.WEEKLY, [*range(17, 30)])]
)
def test_the_answer_to_keep_or_stop_is_kept(runtime: Runtime, home: Home, wish: Wish, weeks: list[int]) -> None:
    begun(runtime, home)
    for week in range(2, 17):
        worked(runtime, home, PEOPLE[1 + week % 5], week)
        look(runtime, home, thursday(week))
    with runtime.transaction(home.id) as db:
        efforts.answer_wish(db, home["Ada"], home.circle, wish)
    came = []
    for week in range(17, 30):
        worked(runtime, home, PEOPLE[1 + week % 5], week)
        if look(runtime, home, thursday(week)):
            came.append(week)
            with runtime.transaction(home.id) as db:
                efforts.acted(db, home["Ada"])
    assert came == weeks


def test_any_action_brings_the_next_digest_in_its_usual_week(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    came = []
    for week in range(2, 10):
        worked(runtime, home, PEOPLE[1 + week % 5], week)
        if look(runtime, home, thursday(week)):
            came.append(week)
            with runtime.transaction(home.id) as db:
                efforts.already(db, home["Ada"], home[PEOPLE[1 + week % 5]], thursday(week))
    assert came == [*range(2, 10)]


def test_a_reader_picks_their_own_slot(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db, pytest.raises(Refused):
        efforts.choose_slot(db, home["Ada"], home.circle, 1, time(14, 30))
    begun(runtime, home)
    with runtime.transaction(home.id) as db:
        efforts.choose_slot(db, home["Ada"], home.circle, 1, time(14, 30))
        with pytest.raises(Refused) as found:
            efforts.choose_slot(db, home["Ada"], home.circle, 7, time(10))
    assert found.value.problems[0].kind is ProblemKind.UNKNOWN_VALUE
    worked(runtime, home, "Ben", 2)
    assert look(runtime, home, thursday(2)) == 0
    assert look(runtime, home, datetime(2026, 3, 24, 14, 29, tzinfo=UTC)) == 0
    assert look(runtime, home, datetime(2026, 3, 24, 14, 30, tzinfo=UTC)) == 1


def test_a_quiet_circle_hears_nothing(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    with runtime.transaction(home.id) as db:
        people.quiet_time(db, home.circle, date(2026, 3, 22))
    assert look(runtime, home, thursday(2)) == 0
    assert shown(runtime) == []
    assert look(runtime, home, thursday(3)) == 1


def test_nobody_counts_as_shown_to_a_lead_who_is_away_or_wants_none(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    with runtime.transaction(home.id) as db:
        people.pause(db, home["Ada"], thursday(2) + timedelta(days=6))
    assert look(runtime, home, thursday(2)) == 0
    assert shown(runtime) == []
    with runtime.transaction(home.id) as db:
        nudges.stop(db, home["Ada"], NAMES)
    assert look(runtime, home, thursday(3)) == 0
    with runtime.transaction(home.id) as db:
        nudges.as_usual(db, home["Ada"], NAMES)
    worked(runtime, home, "Ben", 4, number=2)
    assert look(runtime, home, thursday(4)) == 1
