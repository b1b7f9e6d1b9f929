"""Who hears of whose effort, in which weeks, and when it ends."""

from datetime import date, datetime, timedelta

import pytest

from service.efforts import actions as efforts
from service.efforts.rules import EffortKind
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
    worked,
)

NAMES, RECALL, ASKED = NudgeKind.EFFORT_UNTHANKED, NudgeKind.EFFORT_RECALL, NudgeKind.KEEP_OR_STOP
SEEN = NudgeKind.EFFORT_SEEN
PEOPLE = ("Ada", "Ben", "Cleo", "Dora", "Eve", "Finn")


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, *PEOPLE)
    known(runtime, made, MONDAY)
    return made


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
