"""Questions to nobody in particular: a tip to the asker, a line for the circle, never a message of their own."""

from datetime import timedelta

import pytest

from service import jobs
from service.asks import actions as asks
from service.asks import queries
from service.asks.rules import Said
from service.nudges import queries as nudges
from service.nudges.rules import NudgeKind
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock

PLACE = "C0HARBOUR"
ABOUT_ASKS = (NudgeKind.ASK_WAITING, NudgeKind.ASK_OPEN_TIP, NudgeKind.CIRCLE_DIGEST)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = builders.team(runtime, "Ada", "Bob", "Cy")
    builders.channel(runtime, home, PLACE)
    _say(
        runtime, home, Said(PLACE, f"{MONDAY.timestamp():.6f}", "UADA", "does anyone know the code of the store room?")
    )
    return home


def _say(runtime: Runtime, home: Home, said: Said) -> None:
    with runtime.transaction(home.id) as db:
        asks.hear(db, runtime.ears, [said], runtime.now())


def _days(runtime: Runtime, clock: Clock, days: int) -> None:
    for _ in range(days * 4):
        clock.move(hours=6)
        jobs.walk(runtime)


def _inbox(runtime: Runtime, home: Home, name: str) -> list[NudgeKind]:
    with runtime.transaction(home.id, writes=False) as db:
        return [card.kind for card in nudges.inbox(db, home[name]) if card.kind in ABOUT_ASKS]


def test_the_asker_hears_once_that_naming_somebody_helps(runtime: Runtime, home: Home, clock: Clock) -> None:
    _days(runtime, clock, 7)
    assert _inbox(runtime, home, "Ada").count(NudgeKind.ASK_OPEN_TIP) == 1


def test_the_line_for_the_circle_makes_no_parcel_of_its_own(runtime: Runtime, home: Home, clock: Clock) -> None:
    _days(runtime, clock, 7)
    assert NudgeKind.CIRCLE_DIGEST not in _inbox(runtime, home, "Cy")


def test_the_line_travels_with_a_parcel_that_goes_anyway(runtime: Runtime, home: Home, clock: Clock) -> None:
    clock.move(days=1)
    at = f"{runtime.now().timestamp():.6f}"
    _say(runtime, home, Said(PLACE, at, "UADA", "could you look at the store's lock?", ("UBOB",)))
    _days(runtime, clock, 5)
    kinds = _inbox(runtime, home, "Bob")
    assert NudgeKind.ASK_WAITING in kinds
    assert kinds.count(NudgeKind.CIRCLE_DIGEST) == 1
    assert NudgeKind.CIRCLE_DIGEST not in _inbox(runtime, home, "Ada"), "nobody is told of their own question"


def test_an_answered_question_is_told_to_nobody(runtime: Runtime, home: Home, clock: Clock) -> None:
    reply = f"{MONDAY.timestamp() + 60:.6f}"
    _say(runtime, home, Said(PLACE, reply, "UCY", "4711", thread=f"{MONDAY.timestamp():.6f}"))
    clock.move(days=1)
    _days(runtime, clock, 6)
    assert _inbox(runtime, home, "Ada") == []
    assert _inbox(runtime, home, "Bob") == []


def test_a_question_nobody_took_up_is_let_go_in_silence(runtime: Runtime, home: Home, clock: Clock) -> None:
    _days(runtime, clock, 9)
    before = {name: _inbox(runtime, home, name) for name in home.members}
    clock.at += timedelta(days=1)
    jobs.walk(runtime)
    with runtime.transaction(home.id, writes=False) as db:
        assert queries.waiting_for_answer(db, home["Ada"], runtime.now()) == []
    assert {name: _inbox(runtime, home, name) for name in home.members} == before
