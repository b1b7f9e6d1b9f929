"""Who stands out without thanks, and whom one reader hears about."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.efforts import rules, unthanked
from service.efforts.rules import Effort, EffortKind
from service.efforts.unthanked import Candidate, Past

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
DAY = timedelta(days=1)
NOTHING_BEHIND = Past({}, {})
MEMBERS = [f"m{number}" for number in range(8)]
EFFORTS = st.lists(
    st.builds(
        Effort,
        id=st.uuids().map(str),
        member=st.sampled_from(MEMBERS),
        kind=st.sampled_from(EffortKind),
        done_at=st.integers(-24, 30 * 24).map(lambda hours: NOW - timedelta(hours=hours)),
        acknowledged=st.booleans(),
        repeats=st.sampled_from([None, "dishes"]),
        witnesses=st.frozensets(st.sampled_from(MEMBERS), max_size=3),
    ),
    max_size=40,
)


def chance(seed: int) -> Random:
    return Random(seed)


def effort(name: str, days_ago: float, kind: EffortKind = EffortKind.COVER, member: str = "ada") -> Effort:
    return Effort(name, member, kind, NOW - days_ago * DAY)


def stands_out(member: str) -> Candidate:
    return Candidate(member, (effort(f"{member}'s", 9, member=member),))


@pytest.mark.parametrize(("days_ago", "counts"), [(6.9, False), (7, True), (21, True), (21.1, False), (-1, False)])
def test_an_effort_counts_from_its_seventh_to_its_twenty_first_day(days_ago: float, *, counts: bool) -> None:
    assert bool(unthanked.unthanked([effort("a", days_ago)], NOW)) is counts


def test_small_efforts_stand_out_together_oldest_first() -> None:
    merged = [effort(str(days), days, EffortKind.CHANGE) for days in (8, 12, 10)]
    assert unthanked.unthanked(merged[:2], NOW) == ()
    (candidate,) = unthanked.unthanked(merged, NOW)
    assert [found.id for found in candidate.efforts] == ["12", "10", "8"]
    assert candidate.weight == 3


def test_whoever_merges_daily_and_is_told_thx_daily_still_comes_up() -> None:
    # Words in a chat close efforts of that chat alone; changes have no place there, so they stay open.
    daily = [effort(str(days), days, EffortKind.CHANGE) for days in range(30)]
    assert [candidate.member for candidate in unthanked.unthanked(daily, NOW)] == ["ada"]


def test_what_was_shown_needs_new_effort_to_come_up_again() -> None:
    assert unthanked.unthanked([effort("a", 9)], NOW, shown={"a"}) == ()
    (candidate,) = unthanked.unthanked([effort("a", 9), effort("b", 8)], NOW, shown={"a"})
    assert [found.id for found in candidate.efforts] == ["b"]


@given(efforts=EFFORTS, shown=st.integers(0, 10))
def test_a_candidate_is_what_the_rule_says(efforts: list[Effort], shown: int) -> None:
    hidden = {effort.id for effort in efforts[:shown]}
    candidates = unthanked.unthanked(efforts, NOW, hidden)
    assert len({candidate.member for candidate in candidates}) == len(candidates)
    for candidate in candidates:
        assert candidate.weight == rules.together(candidate.efforts) >= unthanked.WEIGHTY
        for found in candidate.efforts:
            assert found.member == candidate.member
            assert not found.acknowledged
            assert found.id not in hidden
            assert unthanked.YOUNGEST <= NOW - found.done_at <= unthanked.OLDEST


def test_the_longest_without_thanks_come_first_whatever_their_weight() -> None:
    candidates = [stands_out(member) for member in ("ada", "ben", "cid", "dot", "eve")]
    thanked_on = {"ada": date(2026, 3, 1), "ben": date(2025, 1, 1), "cid": date(2026, 2, 1), "dot": date(2026, 1, 1)}
    chosen = unthanked.named(candidates, Past({}, thanked_on), NOW, chance(1))
    assert [candidate.member for candidate in chosen] == ["eve", "ben", "dot"]


def test_nobody_is_named_to_the_same_reader_within_fourteen_days_nor_to_themselves() -> None:
    candidates = [stands_out(member) for member in ("ada", "ben", "lea")]
    past = Past({"ada": NOW - 13 * DAY, "ben": NOW - 14 * DAY}, {})
    chosen = unthanked.named(candidates, past, NOW, chance(1), not_of={"lea"})
    assert [candidate.member for candidate in chosen] == ["ben"]


def test_ties_fall_by_chance() -> None:
    candidates = [stands_out(member) for member in MEMBERS]
    first = {unthanked.named(candidates, NOTHING_BEHIND, NOW, chance(seed))[0].member for seed in range(200)}
    assert first == set(MEMBERS)


@given(efforts=EFFORTS, seed=st.integers(), not_of=st.sets(st.sampled_from(MEMBERS)))
def test_at_most_three_are_named_and_never_one_who_must_not(efforts: list[Effort], seed: int, not_of: set[str]) -> None:
    candidates = unthanked.unthanked(efforts, NOW)
    chosen = unthanked.named(candidates, NOTHING_BEHIND, NOW, chance(seed), not_of=not_of)
    members = [candidate.member for candidate in chosen]
    assert len(members) == len(set(members)) == min(3, len({one.member for one in candidates} - not_of))
    assert not set(members) & not_of


@given(efforts=EFFORTS, seed=st.integers(), may_hear=st.sets(st.sampled_from(MEMBERS)))
def test_a_peer_saw_the_work_themselves(efforts: list[Effort], seed: int, may_hear: set[str]) -> None:
    for candidate in unthanked.unthanked(efforts, NOW):
        peer = unthanked.peer(candidate, may_hear, chance(seed))
        if peer is None:
            assert not ({one for found in candidate.efforts for one in found.witnesses} & may_hear) - {candidate.member}
            continue
        assert peer in may_hear
        assert peer != candidate.member
        seen = unthanked.seen_by(candidate, peer)
        assert seen.efforts
        assert all(peer in found.witnesses for found in seen.efforts)
