"""Rounds: walked when they are due, by one walker where one is enough, whatever the clock does."""

import threading
from datetime import timedelta

import pytest

from service import jobs, rounds
from service.nudges import actions as nudges
from service.nudges import queries
from service.nudges.rules import NudgeKind, Told
from service.runtime import Plug, Runtime
from service.schedule import LEASED, PACES, Round
from tests import builders
from tests.fakes import MONDAY, Clock


def due(runtime: Runtime) -> set[Round]:
    with runtime.housekeeping(writes=False) as db:
        return set(rounds.due(db, runtime.now()))


def take(runtime: Runtime, name: Round, holder: str) -> bool:
    with runtime.housekeeping() as db:
        return rounds.take(db, name, holder, runtime.now())


def test_every_round_has_a_pace_and_a_walk() -> None:
    assert set(PACES) == set(Round)
    walked_by_plugs = {Round.SEND_LETTERS, Round.RENEW_TOKENS}  # by the integrations that carry letters and hold tokens
    assert set(Round) - set(jobs.WALKS) == walked_by_plugs


def test_all_are_due_at_first_and_each_again_at_its_pace(runtime: Runtime, clock: Clock) -> None:
    assert due(runtime) == set(Round)
    assert jobs.walk(runtime) == list(Round)
    for waited in (timedelta(0), timedelta(minutes=11), timedelta(hours=3), timedelta(days=2)):
        clock.at = MONDAY + waited
        assert due(runtime) == {name for name, pace in PACES.items() if pace.every <= waited}


def test_a_leased_round_has_one_walker_until_the_lease_ends(runtime: Runtime, clock: Clock) -> None:
    assert take(runtime, Round.FORGET, "one")
    assert not take(runtime, Round.FORGET, "other")
    clock.move(hours=2)
    assert take(runtime, Round.FORGET, "other")
    with runtime.housekeeping() as db:
        rounds.let_go(db, Round.FORGET, "one", clock(), "Late")
        assert rounds.failing(db) == {}


def test_a_walker_that_was_killed_keeps_a_round_no_longer_than_its_lease(runtime: Runtime, clock: Clock) -> None:
    assert take(runtime, Round.NIGHT, "killed")
    assert Round.NIGHT not in due(runtime)
    clock.move(seconds=LEASED.total_seconds())
    assert Round.NIGHT in due(runtime)
    assert take(runtime, Round.NIGHT, "next")


def test_a_clock_that_goes_back_stops_nothing(runtime: Runtime, clock: Clock) -> None:
    clock.move(days=30)
    jobs.walk(runtime)
    assert take(runtime, Round.DELIVER_NUDGES, "one")
    clock.move(days=-30)
    assert due(runtime) == set(Round)
    assert take(runtime, Round.FORGET, "one")


def test_of_many_walkers_one_takes_a_leased_round(runtime: Runtime) -> None:
    taken: list[int] = []

    def try_it(number: int) -> None:
        if take(runtime, Round.FORGET, f"walker{number}"):
            taken.append(number)

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 1


def test_one_round_that_fails_keeps_no_other_from_being_walked(runtime: Runtime, clock: Clock) -> None:
    seen = []

    def fails(_now: object) -> None:
        seen.append("fails")
        raise LookupError("somebody's words")

    plug = Plug("broken", rounds={Round.SURFACE_ASKS: fails})
    assert jobs.walk(runtime, [plug]) == list(Round)
    assert seen == ["fails"]
    with runtime.housekeeping() as db:
        assert rounds.failing(db) == {"surface_asks": "LookupError"}
    clock.move(seconds=2)
    jobs.walk(runtime)
    with runtime.housekeeping() as db:
        assert rounds.failing(db) == {}


def test_a_nudge_that_is_due_is_delivered(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ben"], "thanks:1", Told(who=home["Ada"]), runtime.now())
    jobs.walk(runtime)
    with runtime.transaction(home.id) as db:
        assert [card.subject for card in queries.inbox(db, home["Ben"])] == ["thanks:1"]


@pytest.mark.parametrize("name", [name for name, pace in PACES.items() if not pace.lease])
def test_rounds_without_a_lease_are_walked_by_many(runtime: Runtime, clock: Clock, name: Round) -> None:
    assert take(runtime, name, "one")
    clock.move(seconds=PACES[name].every.total_seconds())
    assert take(runtime, name, "other")
    assert PACES[name].lease == timedelta(0)
