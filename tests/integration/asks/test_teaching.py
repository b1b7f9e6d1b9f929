"""Taps teach a place how it is read; what is kept of them goes with whoever tapped."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.asks import actions as asks
from service.asks import priors, queries, teaching
from service.asks.models import Ask, Lesson
from service.asks.priors import Taught
from service.asks.rules import AskForm, Said
from service.belongings import actions as belongings
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import Clock

PLACE = "C0HARBOUR"
WEAK = "the blue one?"
PLAIN = "could you look at the figures for me?"


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = builders.team(runtime, "Ada", "Bob", "Cy", "Dee", "Eve")
    builders.channel(runtime, home, PLACE)
    return home


def say(runtime: Runtime, home: Home, text: str, *named: str, who: str = "ADA") -> list[str]:
    """Somebody says something half an hour after what was said before; returns the asks it makes."""
    at = runtime.now() + timedelta(minutes=30)
    ts = f"{at.timestamp():.6f}"
    runtime.now.at = at  # type: ignore[attr-defined]
    said = Said(PLACE, ts, f"U{who}", text, tuple(f"U{one.upper()}" for one in named))
    with runtime.transaction(home.id) as db:
        asks.hear(db, runtime.ears, [said], runtime.now())
        return [card.id for card in queries.of_message(db, PLACE, ts)]


def tap(runtime: Runtime, home: Home, name: str, times: int = 3) -> None:
    for _ in range(times):
        (ask,) = say(runtime, home, PLAIN, name)
        with runtime.transaction(home.id) as db:
            asks.not_an_ask(db, ask, home[name], runtime.now())


def test_one_member_alone_stops_only_what_asks_faintly(runtime: Runtime, home: Home) -> None:
    assert len(say(runtime, home, WEAK)) == 1
    tap(runtime, home, "Bob", 9)
    assert say(runtime, home, WEAK) == []
    assert len(say(runtime, home, WEAK, "Bob")) == 1
    assert len(say(runtime, home, PLAIN, "Bob")) == 1


def test_several_of_one_mind_are_heard_and_a_plain_request_still_is_an_ask(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    for name in ("Bob", "Cy", "Dee", "Eve"):
        tap(runtime, home, name)
    assert say(runtime, home, WEAK, "Bob") == []
    assert len(say(runtime, home, PLAIN, "Bob")) == 1
    clock.move(days=200)
    assert len(say(runtime, home, WEAK, "Bob")) == 1, "what was taught fades"


def test_an_answer_seen_late_makes_us_believe_sooner_that_there_is_one(runtime: Runtime, home: Home) -> None:
    for name in ("Bob", "Cy", "Dee", "Eve"):
        for _ in range(3):
            (ask,) = say(runtime, home, PLAIN, name)
            with runtime.transaction(home.id) as db:
                asks.answered(db, ask, home[name], runtime.now())
    with runtime.transaction(home.id, writes=False) as db:
        (place,) = db.scalars(sa.select(Ask.place_id).distinct())
        assert place is not None
        found = teaching.expected(db, [place], runtime.now())[place]
    assert found.asks == 0
    assert found.answered > priors.ONE_ALONE


def test_what_was_put_by_hand_teaches_nothing(runtime: Runtime, home: Home) -> None:
    (ask,) = say(runtime, home, PLAIN, "Bob")
    with runtime.transaction(home.id) as db:
        db.execute(sa.update(Ask).values(form=AskForm.WATCHED), execution_options={"synchronize_session": False})
    with runtime.transaction(home.id) as db:
        asks.not_an_ask(db, ask, home["Bob"], runtime.now())
        assert db.scalars(sa.select(Lesson)).all() == []


def test_a_tap_is_told_in_the_reasons_and_goes_with_its_member(runtime: Runtime, home: Home, clock: Clock) -> None:
    tap(runtime, home, "Bob")
    (ask,) = say(runtime, home, PLAIN, "Cy")
    with runtime.transaction(home.id, writes=False) as db:
        assert queries.understood(db, [ask], runtime.now())[ask].expected.asks > 0
        ((taught, by),) = db.execute(sa.select(Lesson.taught, Lesson.member_id)).all()
        assert (taught, by) == (Taught.NOT_AN_ASK, home["Bob"])
    with runtime.housekeeping() as db:
        clock.move(days=400)
        asks.forget_due(db, runtime.now())
        assert db.scalars(sa.select(Lesson)).all() == []
    tap(runtime, home, "Bob", 1)
    with runtime.transaction(home.id) as db:
        belongings.erase(db, home["Bob"], runtime.now())
        assert db.scalars(sa.select(Lesson)).all() == []
