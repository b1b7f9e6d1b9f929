"""Hats, chance, the draw, and who may slip a card to whom."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ProblemKind
from service.people.rules import Role
from service.suggestions import rules
from service.suggestions.rules import Roster, Seat, Somebody

TODAY = date(2026, 11, 24)
LONG_AGO = TODAY - timedelta(days=200)


def roster(
    *names: str,
    lead: str | None = None,
    owner: str | None = None,
    since: dict[str, date] | None = None,
    opened: date = LONG_AGO,
    roles: dict[str, Role] | None = None,
    away: Iterable[str] = (),
    apart: Iterable[tuple[str, str]] = (),
    unjoined: Iterable[str] = (),
) -> Roster:
    people = {
        name: Somebody(name, (roles or {}).get(name, Role.MEMBER), name == owner, name not in unjoined, name in away)
        for name in names
    }
    seats = tuple(Seat(name, "circle", name == lead, (since or {}).get(name, opened)) for name in names)
    pairs = frozenset(pair for one, other in apart for pair in ((one, other), (other, one)))
    return Roster(people, seats, {"circle": opened}, pairs)


SEVEN = ("ada", "bob", "cy", "di", "ed", "fay", "gus")


def test_five_others_besides_the_asker_are_enough_and_four_are_not() -> None:
    assert rules.in_the_way_of_one(roster(*SEVEN), "ada", "bob", TODAY) is None
    assert rules.in_the_way_of_one(roster(*SEVEN[:6]), "ada", "bob", TODAY) is ProblemKind.TOO_FEW_OTHERS


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"lead": "ada"}, ProblemKind.LEAD_OF_THEM),
        ({"owner": "ada"}, ProblemKind.LEAD_OF_THEM),
        ({"roles": {"ada": Role.CHILD}}, ProblemKind.NOT_ALLOWED),
        ({"roles": {"ada": Role.GUEST}}, ProblemKind.NOT_ALLOWED),
        ({"roles": {"bob": Role.CHILD}}, ProblemKind.NOT_ALLOWED),
        ({"unjoined": ["ada"]}, ProblemKind.NOT_JOINED),
        ({"apart": [("bob", "ada")]}, ProblemKind.TOO_FEW_OTHERS),
        ({"lead": "cy"}, ProblemKind.TOO_FEW_OTHERS),
        ({"away": ["cy"]}, ProblemKind.TOO_FEW_OTHERS),
        ({"roles": {"cy": Role.GUEST}}, ProblemKind.TOO_FEW_OTHERS),
        ({"since": {"cy": TODAY - timedelta(days=3)}}, ProblemKind.TOO_FEW_OTHERS),
        ({"apart": [("bob", "cy")]}, ProblemKind.TOO_FEW_OTHERS),
    ],
)
def test_each_condition_counts_by_itself(changed: dict[str, object], why: ProblemKind) -> None:
    assert rules.in_the_way_of_one(roster(*SEVEN, **changed), "ada", "bob", TODAY) is why  # type: ignore[arg-type]


def test_a_circle_of_the_last_two_weeks_counts_from_its_beginning() -> None:
    young = TODAY - timedelta(days=5)
    assert rules.in_the_way_of_one(roster(*SEVEN, opened=young), "ada", "bob", TODAY) is None


def test_somebody_in_no_common_circle_is_as_absent_as_a_stranger() -> None:
    here = roster(*SEVEN)
    other = Somebody("zoe", Role.MEMBER, is_owner=False, joined=True, away=False)
    people = {**here.people, "zoe": other}
    seats = (*here.seats, Seat("zoe", "elsewhere", leads=False, since_on=LONG_AGO))
    both = Roster(people, seats, {"circle": LONG_AGO, "elsewhere": LONG_AGO})
    assert rules.in_the_way_of_one(both, "zoe", "bob", TODAY) is ProblemKind.NOT_FOUND
    assert rules.in_the_way_of_one(both, "nobody", "bob", TODAY) is ProblemKind.NOT_FOUND


def test_a_floor_raised_by_the_workspace_holds_and_a_lowered_one_does_not() -> None:
    higher = Roster(roster(*SEVEN).people, roster(*SEVEN).seats, {"circle": LONG_AGO}, floor=6)
    lower = Roster(roster(*SEVEN[:6]).people, roster(*SEVEN[:6]).seats, {"circle": LONG_AGO}, floor=2)
    assert rules.in_the_way_of_one(higher, "ada", "bob", TODAY) is ProblemKind.TOO_FEW_OTHERS
    assert rules.in_the_way_of_one(lower, "ada", "bob", TODAY) is ProblemKind.TOO_FEW_OTHERS


def test_for_all_of_us_needs_three_and_is_open_to_leads_and_children() -> None:
    assert rules.in_the_way_of_all(roster("ada", "bob", "cy", lead="ada"), "ada", "circle") is None
    home = roster("ada", "bob", "cy", roles={"cy": Role.CHILD, "ada": Role.ADULT})
    assert rules.in_the_way_of_all(home, "cy", "circle") is None
    assert rules.in_the_way_of_all(roster("ada", "bob"), "ada", "circle") is ProblemKind.TOO_FEW_OTHERS
    assert rules.in_the_way_of_all(roster(*SEVEN), "zoe", "circle") is ProblemKind.NOT_FOUND


@given(cards=st.integers(0, 2**54 - 1), allowed=st.sets(st.integers(0, 53)), seed=st.integers())
def test_a_draw_takes_what_it_may_and_only_empties_the_hat(cards: int, allowed: set[int], seed: int) -> None:
    drawn, stays = rules.draw(cards, allowed, Random(seed))
    assert (drawn is None) == (not allowed)
    assert drawn is None or drawn in allowed
    assert stays & ~cards == 0
    if drawn is not None:
        assert not stays >> drawn & 1


@given(cards=st.integers(0, 2**54 - 1), place=st.integers(0, 53))
def test_slipping_sets_one_bit_and_twice_is_once(cards: int, place: int) -> None:
    once = rules.slipped(cards, place)
    assert rules.slipped(once, place) == once
    assert once & ~(1 << place) == cards & ~(1 << place)


def test_a_night_brings_each_card_about_once_in_28_hats() -> None:
    chance, size, nights = Random(3), 54, 40_000
    fallen = sum(rules.night(0, size, chance).bit_count() for _ in range(nights))
    assert abs(fallen / nights - 1 / rules.NIGHTS_PER_CARD) < 0.004
