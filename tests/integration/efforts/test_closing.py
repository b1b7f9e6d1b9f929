"""What thanks close, what a tap closes, what words in a chat only hold back, and what opens again."""

import threading
from datetime import datetime, timedelta

import pytest

from service.efforts import actions as efforts
from service.efforts import queries
from service.efforts.answers import Answered
from service.efforts.closing import Trust
from service.efforts.rules import EffortKind
from service.errors import ProblemKind, Refused
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.efforts.work import begun, change, known, look, notice, rows, the_row, thursday

EARLIER = MONDAY - timedelta(days=8)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo")
    known(runtime, made, MONDAY)
    return made


def done(runtime: Runtime, home: Home, doer: str, number: int, *, at: datetime | None = None) -> str:
    kept = notice(runtime, home, change(doer, at or EARLIER + timedelta(hours=number), number), MONDAY)
    assert kept is not None
    return kept


def closed(runtime: Runtime) -> dict[str, Trust | None]:
    return {row.id: row.closed_by for row in rows(runtime)}


def test_thanks_close_what_they_are_about(runtime: Runtime, home: Home) -> None:
    first, second = done(runtime, home, "Ben", 1), done(runtime, home, "Ben", 2)
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [first], MONDAY, by=home["Ada"])
    assert closed(runtime) == {first: Trust.THANKS, second: None}


def test_thanks_for_nothing_in_particular_close_all_that_is_older(runtime: Runtime, home: Home) -> None:
    first, second, hers = done(runtime, home, "Ben", 1), done(runtime, home, "Ben", 2), done(runtime, home, "Cleo", 3)
    later = done(runtime, home, "Ben", 4, at=MONDAY + timedelta(hours=1))
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [], MONDAY, by=home["Ada"])
    assert closed(runtime) == {first: Trust.THANKS, second: Trust.THANKS, hers: None, later: None}


def test_thanks_to_two_that_name_the_work_of_one(runtime: Runtime, home: Home) -> None:
    named, other, hers = done(runtime, home, "Ben", 1), done(runtime, home, "Ben", 2), done(runtime, home, "Cleo", 3)
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"], home["Cleo"]], [named], MONDAY, by=home["Ada"])
    assert closed(runtime) == {named: Trust.THANKS, other: None, hers: Trust.THANKS}


def test_thanking_oneself_closes_nothing(runtime: Runtime, home: Home) -> None:
    mine = done(runtime, home, "Ada", 1)
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ada"]], [mine], MONDAY, by=home["Ada"])
        efforts.already(db, home["Ada"], home["Ada"], MONDAY, [mine])
    assert closed(runtime) == {mine: None}


def test_already_did_closes_and_is_less_sure_than_thanks(runtime: Runtime, home: Home) -> None:
    first, second = done(runtime, home, "Ben", 1), done(runtime, home, "Ben", 2)
    with runtime.transaction(home.id) as db:
        efforts.already(db, home["Ada"], home["Ben"], MONDAY, [first])
        efforts.already(db, home["Ada"], home["Ben"], MONDAY)
    assert closed(runtime) == {first: Trust.ALREADY, second: Trust.ALREADY}


def test_nobody_of_another_workspace_can_be_spoken_of(runtime: Runtime, home: Home) -> None:
    other = builders.team(runtime, "Zoe")
    for act in (efforts.already, lambda db, by, member, _now: efforts.skip(db, by, member)):
        with pytest.raises(Refused) as found, runtime.transaction(home.id) as db:
            act(db, home["Ada"], other["Zoe"], MONDAY)
        assert found.value.problems[0].kind is ProblemKind.NOT_FOUND


def test_a_match_closes_what_was_done_there_within_a_day_and_thanks_outrank_it(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    elsewhere = builders.channel(runtime, home, "C0OTHER")
    with runtime.transaction(home.id) as db:
        for number, (where, hours) in enumerate([(place, 2), (place, 25), (elsewhere, 2)]):
            at = MONDAY - timedelta(hours=hours)
            answered = Answered(home["Ben"], home["Ada"], where, f"C/{number}", at)
            efforts.notice_answers(db, [answered], MONDAY)
    tool = done(runtime, home, "Ben", 1)
    there, day_before, other = [row.id for row in rows(runtime) if row.kind is EffortKind.ANSWER]
    with runtime.transaction(home.id) as db:
        efforts.matched(db, home["Ben"], home["Ada"], place, MONDAY, MONDAY)
    assert closed(runtime) == {there: Trust.MATCH, day_before: None, other: None, tool: None}
    with runtime.transaction(home.id, writes=False) as db:
        assert [card.acknowledged for card in queries.efforts(db, [there])] == [False]
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [there], MONDAY, by=home["Ada"])
        efforts.matched(db, home["Ben"], home["Ada"], place, MONDAY, MONDAY)
    assert closed(runtime)[there] is Trust.THANKS
    with runtime.transaction(home.id, writes=False) as db:
        assert [card.acknowledged for card in queries.efforts(db, [there])] == [True]


def test_what_thanks_closed_opens_again_when_they_are_taken_back(runtime: Runtime, home: Home) -> None:
    first, second = done(runtime, home, "Ben", 1), done(runtime, home, "Ben", 2)
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], [first], MONDAY, by=home["Ada"], thanks="t1")
        efforts.thanked(db, [home["Ben"]], [second], MONDAY, by=home["Ada"], thanks="t2")
        efforts.reopened(db, "t1")
    assert closed(runtime) == {first: None, second: Trust.THANKS}
    assert the_row(runtime, first).closed_at is None


def test_what_a_digest_named_together_is_thanked_together(runtime: Runtime, home: Home) -> None:
    begun(runtime, home)
    at = thursday(2) - timedelta(days=8)
    kept = [notice(runtime, home, change("Ben", at + timedelta(hours=n), n), at) for n in range(3)]
    together = [effort for effort in kept if effort is not None]
    newer = done(runtime, home, "Ben", 9, at=thursday(2) - timedelta(days=1))
    assert look(runtime, home, thursday(2)) == 1
    with runtime.transaction(home.id) as db:
        efforts.thanked(db, [home["Ben"]], together[2:], thursday(2), by=home["Ada"])
    assert closed(runtime) == {**dict.fromkeys(together, Trust.THANKS), newer: None}


def test_thanks_at_once_from_all_sides_close_once(runtime: Runtime, home: Home) -> None:
    work = [done(runtime, home, doer, number) for number, doer in enumerate(["Ben", "Cleo", "Ben", "Cleo"])]
    failures: list[BaseException] = []

    def thank(number: int) -> None:
        try:
            with runtime.transaction(home.id) as db:
                pair = [home["Ben"], home["Cleo"]]
                efforts.thanked(db, pair if number % 2 else pair[::-1], [], MONDAY, by=home["Ada"])
        except BaseException as failure:  # noqa: BLE001 - a thread tells of whatever went wrong
            failures.append(failure)

    threads = [threading.Thread(target=thank, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert closed(runtime) == dict.fromkeys(work, Trust.THANKS)
