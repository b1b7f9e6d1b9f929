"""Who hears of whose effort, in which weeks, and when it ends."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from service.efforts import actions as efforts
from service.efforts.cadence import Wish
from service.efforts.rules import EffortKind
from service.errors import ProblemKind, Refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people.rules import Feature, Role
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.efforts.work import (
    begun,
    change,
    deliver,
    inbox,
    known,
    look,
    named,
    notice,
    rows,
    shown,
    thursday,
)

NAMES, RECALL, ASKED = NudgeKind.EFFORT_UNTHANKED, NudgeKind.EFFORT_RECALL, NudgeKind.KEEP_OR_STOP
SEEN = NudgeKind.EFFORT_SEEN
PEOPLE = ("Ada", "Ben", "Cleo", "Dora", "Eve", "Finn")


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, *PEOPLE)
    known(runtime, made, MONDAY)
    return made


def worked(runtime: Runtime, home: Home, doer: str, week: int, *saw: str, number: int = 1, days: int = 8) -> list[str]:
    """Three changes, as old on the Thursday of that week as `days` says."""
    at = thursday(week) - timedelta(days=days)
    changes = [change(doer, at + timedelta(minutes=n), 100 * week + 10 * number + n, *saw) for n in range(3)]
    kept = [notice(runtime, home, one, at) for one in changes]
    return [effort for effort in kept if effort is not None]


def heard(runtime: Runtime, home: Home, name: str, now: datetime, *kinds: NudgeKind) -> int:
    """How many of these reached somebody by then."""
    deliver(runtime, now)
    return len(inbox(runtime, home, name, *kinds))


def test_a_lead_hears_on_thursday_at_ten_and_not_before(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    assert look(runtime, home, thursday(2) - timedelta(minutes=1)) == 0
    assert look(runtime, home, thursday(2) + timedelta(minutes=4)) == 1
    assert look(runtime, home, thursday(2) + timedelta(minutes=9)) == 0
    deliver(runtime, thursday(2) + timedelta(minutes=10))
    (digest,) = inbox(runtime, home, "Ada", NAMES)
    (item,) = digest.told.items
    assert (item.who, item.words, item.kind, item.on, item.caution) == (
        home["Ben"],
        "Mend the gate (#212)",
        "change",
        date(2026, 3, 11),
        False,
    )
    assert inbox(runtime, home, "Cleo", NAMES, RECALL) == []


def test_effort_is_told_when_it_is_one_to_three_weeks_old_and_weighs_enough(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2, days=6, number=1)
    worked(runtime, home, "Cleo", 2, days=22, number=2)
    worked(runtime, home, "Dora", 2, days=21, number=3)
    at = thursday(2) - timedelta(days=9)
    notice(runtime, home, change("Eve", at, 900), at)
    notice(runtime, home, change("Finn", at, 901, kind=EffortKind.COVER), at)
    look(runtime, home, thursday(2))
    deliver(runtime, thursday(2))
    (digest,) = inbox(runtime, home, "Ada", NAMES)
    assert {*named(digest)} == {home["Dora"], home["Finn"]}


def test_at_most_three_people_by_how_long_they_have_waited_for_thanks(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [], thursday(0), by=home["Ada"])
        efforts.thanked(db, [home["Cleo"]], [], thursday(1), by=home["Ada"])
    for number, doer in enumerate(PEOPLE[1:]):
        worked(runtime, home, doer, 2, number=number)
    look(runtime, home, thursday(2))
    deliver(runtime, thursday(2))
    (digest,) = inbox(runtime, home, "Ada", NAMES)
    assert len(named(digest)) == 3
    assert {home["Dora"], home["Eve"], home["Finn"]} == {*named(digest)}
    with runtime.transaction(home.id) as db:
        efforts.acted(db, home["Ada"])
    look(runtime, home, thursday(3))
    deliver(runtime, thursday(3))
    second, _ = inbox(runtime, home, "Ada", NAMES)
    assert named(second) == [home["Ben"], home["Cleo"]]


def test_nothing_is_told_twice_and_nobody_within_a_fortnight(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    look(runtime, home, thursday(2))
    deliver(runtime, thursday(2))
    with runtime.transaction(home.id) as db:
        efforts.skip(db, home["Ada"], home["Ben"])
    worked(runtime, home, "Ben", 3, number=2)
    look(runtime, home, thursday(3))
    deliver(runtime, thursday(3))
    assert len(inbox(runtime, home, "Ada", NAMES)) == 1, "Ben was named a week ago"
    with runtime.transaction(home.id) as db:
        efforts.skip(db, home["Ada"], home["Ben"])
    look(runtime, home, thursday(4))
    deliver(runtime, thursday(4))
    told = shown(runtime)
    assert len(told) == len({*told}) == 6
    assert [named(one) for one in inbox(runtime, home, "Ada", NAMES)] == [[home["Ben"]], [home["Ben"]]]


def test_what_was_thanked_is_not_told(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2, number=1)
    worked(runtime, home, "Cleo", 2, number=2)
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [], thursday(2), by=home["Cleo"])
        efforts.already(db, home["Ada"], home["Cleo"], thursday(2))
    look(runtime, home, thursday(2))
    assert heard(runtime, home, "Ada", thursday(2), NAMES) == 0


def test_what_is_thanked_before_a_digest_arrives_leaves_it(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2, "Finn", number=1)
    worked(runtime, home, "Cleo", 2, number=2)
    look(runtime, home, thursday(2))
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [], thursday(2), by=home["Eve"])
    deliver(runtime, thursday(2))
    (digest,) = inbox(runtime, home, "Ada", NAMES)
    assert named(digest) == [home["Cleo"]]
    assert heard(runtime, home, "Finn", thursday(2) + timedelta(days=1), SEEN) == 0


def test_a_digest_of_which_nothing_is_left_does_not_come(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    look(runtime, home, thursday(2))
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [], thursday(2), by=home["Eve"])
    assert heard(runtime, home, "Ada", thursday(2), NAMES) == 0


def test_one_peer_who_saw_it_hears_in_the_morning_and_once(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.seat(db, home.circle, home["Eve"], MONDAY, leads=True)
        people.keep_apart(db, home["Dora"], home["Ben"])
    begun(runtime, home)
    worked(runtime, home, "Ben", 2, "Cleo", "Dora", "Eve")
    assert look(runtime, home, thursday(2)) == 3, "two leads and one peer"
    assert heard(runtime, home, "Cleo", thursday(2), SEEN) == 0
    assert heard(runtime, home, "Cleo", thursday(2) + timedelta(days=1), SEEN) == 1
    (told,) = inbox(runtime, home, "Cleo", SEEN)
    assert (told.told.who, told.told.words) == (home["Ben"], "Mend the gate (#212)")
    for other in ("Dora", "Eve", "Finn"):
        assert inbox(runtime, home, other, SEEN) == []
    assert [len(inbox(runtime, home, lead, NAMES)) for lead in ("Ada", "Eve")] == [1, 1]


def test_work_nobody_saw_is_told_to_the_lead_alone(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    assert look(runtime, home, thursday(2)) == 1


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


def test_a_lead_does_not_hear_of_themselves_nor_of_whom_they_keep_apart(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ada", 2, number=1)
    worked(runtime, home, "Ben", 2, number=2)
    with runtime.transaction(home.id) as db:
        people.keep_apart(db, home["Ben"], home["Ada"])
    look(runtime, home, thursday(2))
    assert heard(runtime, home, "Ada", thursday(2), NAMES) == 0


def test_a_workspace_without_sources_hears_nothing(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    worked(runtime, home, "Ben", 2)
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.SOURCES, on=False)
    assert look(runtime, home, thursday(2)) == 0


def test_a_lead_who_has_not_joined_hears_nothing(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben", joined=False)
    for week in range(3):
        assert look(runtime, home, thursday(week)) == 0


def test_somebody_who_is_told_a_quick_thx_every_day_still_comes_up(runtime: Runtime, home: Home) -> None:
    """A match closes only what was done in the same place, never what a tool saw done."""
    place = builders.channel(runtime, home)
    begun(runtime, home)
    for day in range(21):
        at = thursday(2) - timedelta(days=21 - day)
        notice(runtime, home, change("Ben", at, day), at)
        with runtime.transaction(home.id) as db:
            efforts.matched(db, home["Ben"], home["Cleo"], place, at, at)
    look(runtime, home, thursday(2))
    deliver(runtime, thursday(2))
    (digest,) = inbox(runtime, home, "Ada", NAMES)
    assert named(digest) == [home["Ben"]]


def test_late_work_is_told_with_a_caution(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    at = (thursday(2) - timedelta(days=9)).replace(hour=23)
    notice(runtime, home, change("Ben", at, kind=EffortKind.HELP), at)
    look(runtime, home, thursday(2))
    deliver(runtime, thursday(2))
    (digest,) = inbox(runtime, home, "Ada", NAMES)
    assert [item.caution for item in digest.told.items] == [True]


def test_at_home_the_adults_hear_of_chores_and_a_child_never_does(runtime: Runtime) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Jon=Role.ADULT, Tess=Role.TEEN, Ben=Role.CHILD, Ruth=Role.RELATIVE)
    begun(runtime, home)
    with runtime.transaction(home.id) as db:
        chore = efforts.make_chore(db, home["Maja"], home.circle, "Walk the dog", whose=home["Jon"])
        for days in (20, 15, 8):
            efforts.done(db, home["Jon"], chore, thursday(2) - timedelta(days=days))
    assert look(runtime, home, thursday(2)) == 2, "the other adult, and the teen who lives with it"
    deliver(runtime, thursday(2))
    deliver(runtime, thursday(2) + timedelta(days=1))
    assert [len(inbox(runtime, home, name, NAMES)) for name in ("Maja", "Jon")] == [1, 0]
    assert [len(inbox(runtime, home, name, SEEN)) for name in ("Tess", "Ben", "Ruth")] == [1, 0, 0]
    assert inbox(runtime, home, "Ben", *NudgeKind) == []
    assert len(rows(runtime)) == 3
