"""Each measure beside a plain count of the same thing, and the guards beside whoever tries to subtract."""

from collections import Counter
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from service.insights import rules
from service.insights.rules import Burden, Silence, Thanked, Wait, Waits

PEOPLE = "abcdefghijkl"
SEEN = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=40)


def by_hand(seen: list[tuple[int, bool]]) -> int | None:
    """The first hour at which no more than half are still open, walking through each hour in turn."""
    still = Fraction(1)
    for hour in range(61):
        at_risk = [one for one in seen if one[0] >= hour]
        came = [one for one in at_risk if one == (hour, True)]
        if at_risk:
            still *= Fraction(len(at_risk) - len(came), len(at_risk))
        if still <= Fraction(1, 2):
            return hour
    return None


def hours(seen: list[tuple[int, bool]], *, answered: bool) -> Counter[int]:
    return Counter(hour for hour, came in seen if came is answered)


@given(SEEN)
def test_the_median_is_that_of_kaplan_and_meier(seen: list[tuple[int, bool]]) -> None:
    waited = Waits(hours(seen, answered=True), hours(seen, answered=False))
    assert rules.median(waited) == by_hand(seen)


def test_what_went_unanswered_is_not_dropped() -> None:
    assert rules.median(Waits({1: 2}, {9: 3})) is None
    assert rules.median(Waits({1: 2}, {})) == 1
    assert rules.median(Waits({2: 1, 6: 1}, {3: 2})) == 6


@given(SEEN, SEEN)
def test_two_halves_of_a_month_are_as_one(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> None:
    halves = [Waits(hours(half, answered=True), hours(half, answered=False)) for half in (one, other)]
    assert rules.median(rules.together(halves)) == by_hand(one + other)


@given(st.dictionaries(st.sampled_from(PEOPLE), st.tuples(st.integers(1, 9), st.integers(0, 9))))
def test_shares_are_of_people_and_not_of_work(counts: dict[str, tuple[int, int]]) -> None:
    each = {member: (done, min(done, seen)) for member, (done, seen) in counts.items()}
    found = rules.thanked(each)
    if len(each) < 5:
        assert found is Silence.TOO_LITTLE
        return
    assert isinstance(found, Thanked)
    shares = sorted(100 * seen / done for done, seen in each.values())
    middle = (shares[(len(shares) - 1) // 2] + shares[len(shares) // 2]) / 2
    lowest = [share for place, share in enumerate(shares) if place < len(shares) / 4]
    assert len(lowest) >= 2  # never one person's
    assert found.people == len(each)
    assert abs(found.middle - middle) <= 2.5 + 1e-9
    assert abs(found.lowest - sum(lowest) / len(lowest)) <= 2.5 + 1e-9
    assert found.middle % 5 == found.lowest % 5 == 0


CIRCLES = st.dictionaries(
    st.sampled_from(["one", "two", "three", "four"]), st.frozensets(st.sampled_from(PEOPLE)), min_size=1
)


@given(CIRCLES)
def test_no_two_circles_that_are_told_of_can_be_subtracted(circles: dict[str, frozenset[str]]) -> None:
    told = [members for name, members in circles.items() if rules.silence(name, circles, 5) is None]
    assert all(len(members) >= 5 for members in told)
    for one, other in combinations(told, 2):
        assert len(one - other) + len(other - one) >= 3
    for whole in told:
        for one, other in combinations([part for part in told if part < whole], 2):
            assert one & other or len(whole - one - other) not in (1, 2)


@given(CIRCLES)
def test_repairs_are_told_of_ten_and_more(circles: dict[str, frozenset[str]]) -> None:
    assert all(len(circles[name]) >= 10 for name in circles if rules.silence(name, circles, 10) is None)


def asked(*members: str) -> list[Wait]:
    return [Wait(frozenset({member}), 1, answered=True, late=False) for member in members]


def test_questions_to_few_or_to_one_above_all_are_not_told_of() -> None:
    assert rules.waits(asked(*"abcd")) is Silence.TOO_LITTLE
    assert rules.waits(asked(*"abcde", *"aaaa")) is Silence.TOO_LITTLE
    assert rules.waits(asked(*"abcde", *"aaa")) == Waits({1: 8}, {}, 0, 8)


@given(st.integers(0, 30), st.integers(0, 30))
def test_one_or_two_people_are_never_told_of(count: int, rest: int) -> None:
    kept = rules.coarse(count, count + rest)
    assert kept == 0 or kept >= 3
    if count + rest - kept:
        assert kept == 0 or count + rest - kept >= 3


def test_few_repairs_are_kept_as_none() -> None:
    assert rules.mended(12, 2, 2) == rules.mended(12, 0, 0)
    assert (rules.mended(12, 3, 1).offered, rules.mended(12, 3, 1).settled) == (3, 0)


def test_messages_are_said_for_one_person_and_one_week() -> None:
    halves = [Burden(75, 30, 0, 5, 0), Burden(75, 15, 1, 5, 3)]
    whole = rules.borne(halves)
    assert whole is not None
    assert (whole.a_week, whole.out_of_hours, whole.stopped) == (2.1, 1, 3)
    assert rules.borne([]) is None
