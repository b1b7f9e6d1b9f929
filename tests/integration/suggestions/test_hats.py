"""Hats in a real database: slipped, shuffled, drawn once a week."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random, SystemRandom

import pytest
import sqlalchemy as sa

from service import jobs
from service.db import Base, engine
from service.errors import ProblemKind, Refused
from service.nudges import queries as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people.rules import Boundary, Role
from service.runtime import Runtime
from service.ruptures import Register
from service.suggestions import actions as suggestions
from service.suggestions import queries
from service.suggestions.deck import deck
from service.suggestions.models import CardReport, Deck, Drawn, Hat
from tests import builders
from tests.builders import Home
from tests.fakes import Clock

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
EIGHT = ("Ada", "Bob", "Cy", "Di", "Ed", "Fay", "Gus", "Hal")
CARD = deck(Register.TEAM)[0].id


def _team(runtime: Runtime, zone: str = "UTC") -> Home:
    home = builders.team(runtime, *EIGHT, now=MONDAY - timedelta(days=60), zone=zone)
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, MONDAY)
    return home


def _cards(runtime: Runtime, home: Home) -> dict[str, bytes]:
    with runtime.transaction(home.id) as db:
        return {row.member_id or "house": row.cards for row in db.scalars(sa.select(Hat))}


def test_everybody_and_the_house_have_one_hat(runtime: Runtime) -> None:
    home = _team(runtime)
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, MONDAY)
    assert set(_cards(runtime, home)) == {*home, "house"}


def test_slipping_changes_one_bit_in_one_hat_and_twice_is_once(runtime: Runtime) -> None:
    home = _team(runtime)
    before = _cards(runtime, home)
    with runtime.transaction(home.id) as db:
        hat = queries.hat_of_member(db, home["Bob"])
        assert hat is not None
        suggestions.slip(db, hat, CARD, runtime.random)
    once = _cards(runtime, home)
    with runtime.transaction(home.id) as db:
        suggestions.slip(db, hat, CARD, runtime.random)
    assert _cards(runtime, home) == once
    changed = {owner for owner in once if once[owner] != before[owner]}
    assert changed == {home["Bob"]}
    assert {len(cards) for cards in once.values()} == {suggestions.HAT_BYTES}


@pytest.mark.parametrize(
    ("hat", "card", "why"),
    [
        ("nohat", CARD, ProblemKind.NOT_FOUND),
        (None, "talked_over.9.moon", ProblemKind.UNKNOWN_VALUE),
    ],
)
def test_a_forged_form_is_refused_and_changes_nothing(
    runtime: Runtime, hat: str | None, card: str, why: ProblemKind
) -> None:
    home = _team(runtime)
    before = _cards(runtime, home)
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        suggestions.slip(db, hat or queries.hat_of_member(db, home["Bob"]) or "", card, runtime.random)
    assert [problem.kind for problem in refusal.value.problems] == [why]
    assert _cards(runtime, home) == before


def test_the_hat_of_another_workspace_is_not_there(runtime: Runtime) -> None:
    home, other = _team(runtime), _team(runtime)
    with runtime.transaction(other.id) as db:
        foreign = queries.hat_of_member(db, other["Bob"])
    with pytest.raises(Refused), runtime.transaction(home.id) as db:
        suggestions.slip(db, foreign or "", CARD, runtime.random)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Apia"])
def test_each_member_draws_once_a_week_in_their_own_slot(runtime: Runtime, zone: str) -> None:
    """From before the clocks change until after, hour by hour."""
    home = _team(runtime, zone)
    for hour in range(24 * 35):
        now = MONDAY + timedelta(hours=hour)
        with runtime.transaction(home.id) as db:
            suggestions.draw_due(db, now, runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        for name in EIGHT[1:]:
            drawn = queries.drawn_by(db, home[name])
            assert len(drawn) == 5
            assert len({card.card for card in drawn}) == 5, "no text comes twice in eight weeks"
        assert len(queries.drawn_for(db, home.circle)) == 5


def test_a_clock_that_was_down_for_days_draws_once_and_late(runtime: Runtime) -> None:
    home = _team(runtime)
    late = MONDAY + timedelta(days=4, hours=3)
    for _ in range(3):
        with runtime.transaction(home.id) as db:
            suggestions.draw_due(db, late, runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        assert [len(queries.drawn_by(db, home[name])) for name in EIGHT] == [1] * 8
        assert len(nudges.about(db, NudgeKind.CARD_DRAWN, "2026-11-02")) == 8


def test_a_late_draw_takes_nothing_from_the_slot_to_come(runtime: Runtime) -> None:
    """At home the week ends with the slot: a clock that was down from Saturday on draws in the next week."""
    home = builders.family(runtime, now=MONDAY - timedelta(days=60), Maja=Role.ADULT, Olof=Role.ADULT, Ben=Role.TEEN)
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, MONDAY)
    sunday = datetime(2026, 11, 8, 18, 0, tzinfo=UTC)
    for hours in (73, 74, 75, 7 * 24, 7 * 24 + 1):
        with runtime.transaction(home.id) as db:
            suggestions.draw_due(db, sunday + timedelta(hours=hours), runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        weeks = [card.week_on.isoformat() for card in queries.drawn_for(db, home.circle)]
    assert weeks == ["2026-11-09", "2026-11-02"]


def test_a_clock_that_was_down_for_weeks_draws_once(runtime: Runtime) -> None:
    home = _team(runtime)
    for hours in range(48):
        with runtime.transaction(home.id) as db:
            suggestions.draw_due(db, MONDAY + timedelta(days=18, hours=hours), runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        assert [[card.week_on.isoformat() for card in queries.drawn_by(db, home[name])] for name in EIGHT] == [
            ["2026-11-16"]
        ] * 8


def test_two_clocks_draw_once(runtime: Runtime, clock: Clock) -> None:
    """Two workers walk the round at the same moment, slot after slot."""
    home = _team(runtime)
    for week in range(3):
        clock.at = MONDAY + timedelta(days=1 + 7 * week, hours=2)
        with ThreadPoolExecutor(2) as both:
            for walked in [both.submit(jobs.draw_cards, runtime) for _ in range(2)]:
                walked.result()
    with runtime.transaction(home.id, writes=False) as db:
        assert [len(queries.drawn_by(db, home[name])) for name in EIGHT] == [3] * 8
        assert len(queries.drawn_for(db, home.circle)) == 3


def test_a_restart_in_the_middle_of_a_draw_neither_loses_nor_doubles_it(runtime: Runtime, clock: Clock) -> None:
    """A worker ends before it could keep what it drew; the ones that begin after it know nothing but the database."""
    home = _team(runtime)
    for week in range(3):
        clock.at = MONDAY + timedelta(days=1 + 7 * week, hours=2)
        with pytest.raises(KeyboardInterrupt):
            _is_stopped_while_it_draws(runtime, home, week)
        for _ in range(2):
            begun = replace(runtime, engine=engine(runtime.settings.database), random=SystemRandom())
            jobs.draw_cards(begun)
            begun.engine.dispose()
    with runtime.transaction(home.id, writes=False) as db:
        assert [len(queries.drawn_by(db, home[name])) for name in EIGHT] == [3] * 8
        assert len(queries.drawn_for(db, home.circle)) == 3


def _is_stopped_while_it_draws(runtime: Runtime, home: Home, week: int) -> None:
    with runtime.transaction(home.id) as db:
        suggestions.draw_due(db, runtime.now(), runtime.random)
        assert len(queries.drawn_by(db, home["Ada"])) == week + 1
        raise KeyboardInterrupt


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 10))])
def test_once_a_week_wherever_somebody_moves_and_however_often_a_worker_looks(runtime: Runtime, seed: int) -> None:
    """Ten weeks over the change of the clock; zones change, workers sleep for up to three days and begin anew."""
    chance, home = Random(seed), _team(runtime, "Europe/Berlin")
    now = MONDAY - timedelta(days=21)
    with runtime.transaction(home.id) as db:
        db.execute(sa.update(Hat).values(next_draw_on=now.date() + timedelta(days=1)))
    until = now + timedelta(weeks=10)
    while now < until:
        now += timedelta(hours=chance.choice((0.5, 1, 5, 20, 72)))
        with runtime.transaction(home.id) as db:
            suggestions.draw_due(db, now, runtime.random)
            if chance.random() < 0.3:
                zone = chance.choice(("Pacific/Apia", "Pacific/Honolulu", "America/New_York", "Asia/Kathmandu", "UTC"))
                people.set_boundary(db, home[chance.choice(EIGHT)], Boundary(zone=zone))
    with runtime.transaction(home.id) as db:
        suggestions.draw_due(db, now + timedelta(days=1), runtime.random)
        weeks = {name: sorted(card.week_on for card in queries.drawn_by(db, home[name])) for name in EIGHT}
    for name, drawn in weeks.items():
        assert all(later - sooner == timedelta(weeks=1) for sooner, later in pairwise(drawn)), name
        assert len(drawn) in (10, 11), name


def test_moving_to_another_time_zone_brings_no_second_card(runtime: Runtime) -> None:
    home = _team(runtime)
    tuesday = datetime(2026, 11, 3, 10, 30, tzinfo=UTC)
    with runtime.transaction(home.id) as db:
        suggestions.draw_due(db, tuesday, runtime.random)
        people.set_boundary(db, home["Bob"], Boundary(zone="Pacific/Honolulu"))
    for hour in range(96):
        with runtime.transaction(home.id) as db:
            suggestions.draw_due(db, tuesday + timedelta(hours=hour), runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        assert len(queries.drawn_by(db, home["Bob"])) == 1


def test_below_the_floor_hats_of_one_are_emptied_and_the_house_still_draws(runtime: Runtime) -> None:
    home = builders.family(
        runtime, now=MONDAY - timedelta(days=60), Maja=Role.ADULT, Olof=Role.ADULT, Ben=Role.TEEN, Ida=Role.CHILD
    )
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, MONDAY)
        hat = queries.hat_of_member(db, home["Maja"])
        suggestions.slip(db, hat or "", deck(Register.FAMILY)[0].id, runtime.random)
        house = queries.hat_of_circle(db, home.circle)
        suggestions.slip(db, house or "", deck(Register.FAMILY)[1].id, runtime.random)
    with runtime.transaction(home.id) as db:
        suggestions.draw_due(db, MONDAY + timedelta(days=7), runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        assert queries.drawn_by(db, home["Maja"]) == []
        assert len(queries.drawn_for(db, home.circle)) == 1
    assert set(_cards(runtime, home)[home["Maja"]]) == {0}
    assert home["Ida"] not in _cards(runtime, home), "a child has no hat of their own"


def test_pausing_leaving_out_and_another_kind_are_kept(runtime: Runtime) -> None:
    home = _team(runtime)
    today = MONDAY.date()
    with runtime.transaction(home.id) as db:
        suggestions.pause(db, home["Bob"], paused=True)
        suggestions.omit(db, home["Cy"], CARD, today)
        suggestions.other_kind(db, home["Cy"])
        suggestions.draw_due(db, MONDAY + timedelta(days=2), runtime.random)
    with runtime.transaction(home.id, writes=False) as db:
        assert queries.drawn_by(db, home["Bob"]) == []
        assert queries.deck_of(db, home["Cy"], today).left_out == {CARD}
        assert not queries.deck_of(db, home["Cy"], today).other_kind_next, "the wish is for one week"
        assert queries.deck_of(db, home["Cy"], today + timedelta(weeks=13)).left_out == frozenset()


def test_a_night_writes_every_hat_and_keeps_what_was_slipped(runtime: Runtime) -> None:
    home = _team(runtime)
    with runtime.transaction(home.id) as db:
        hat = queries.hat_of_member(db, home["Bob"])
        suggestions.slip(db, hat or "", CARD, runtime.random)
    for _ in range(20):
        with runtime.transaction(home.id) as db:
            suggestions.night(db, Random(4))
    assert int.from_bytes(_cards(runtime, home)[home["Bob"]], "little") & 1


ALLOWED_COLUMNS: dict[type[Base], set[str]] = {
    Hat: {"id", "workspace_id", "member_id", "circle_id", "cards", "next_draw_on"},
    Deck: {"workspace_id", "member_id", "left_out", "paused", "other_kind_next"},
    Drawn: {"workspace_id", "owner", "week_on", "card", "member_id", "circle_id"},
    CardReport: {"card", "quarter", "reports"},
}


@pytest.mark.parametrize("table", ALLOWED_COLUMNS)
def test_no_column_has_been_added_that_could_say_who(table: type[Base]) -> None:
    assert {column.name for column in table.__table__.columns} == ALLOWED_COLUMNS[table]
