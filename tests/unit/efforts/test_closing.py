"""What thanks, "Already did" and words in a chat close."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.efforts import closing
from service.efforts.closing import Acknowledgement, Trust
from service.efforts.rules import Effort, EffortKind

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLACES = st.sampled_from([None, "ops", "home"])
MEMBERS = st.sampled_from(["ada", "ben"])
EFFORTS = st.lists(
    st.builds(
        Effort,
        id=st.text("abcdef", min_size=1, max_size=3),
        member=MEMBERS,
        kind=st.sampled_from(EffortKind),
        done_at=st.integers(-72, 24).map(lambda hours: NOW + hours * HOUR),
        place=PLACES,
        acknowledged=st.booleans(),
    ),
    unique_by=lambda effort: effort.id,
    max_size=12,
)


def effort(name: str, hours_ago: float, place: str | None = None, member: str = "ada") -> Effort:
    return Effort(name, member, EffortKind.CHANGE, NOW - hours_ago * HOUR, place=place)


DONE = [effort("old", 100), effort("ops", 20, "ops"), effort("far", 30, "ops"), effort("later", -1, "ops")]


@pytest.mark.parametrize("trust", [Trust.THANKS, Trust.ALREADY])
def test_thanks_close_what_they_name_or_all_that_is_older(trust: Trust) -> None:
    thanks = Acknowledgement(trust, "ada", "lea", NOW)
    assert closing.closes(thanks, DONE) == ("old", "ops", "far")
    assert closing.closes(replace(thanks, efforts=frozenset({"far"})), DONE) == ("far",)
    assert closing.closes(replace(thanks, member="ben"), DONE) == ()


def test_words_in_a_chat_close_only_the_last_day_of_the_same_place() -> None:
    words = Acknowledgement(Trust.MATCH, "ada", "lea", NOW, place="ops")
    assert closing.closes(words, DONE) == ("ops",)
    assert closing.closes(replace(words, place="home"), DONE) == ()
    assert closing.closes(replace(words, place=None), DONE) == ()


def test_nobody_thanks_themselves() -> None:
    for trust in Trust:
        assert closing.closes(Acknowledgement(trust, "ada", "ada", NOW, place="ops"), DONE) == ()


@given(
    efforts=EFFORTS,
    trust=st.sampled_from(Trust),
    member=MEMBERS,
    place=PLACES,
    named=st.sets(st.text("abc", max_size=2)),
)
def test_nothing_else_is_ever_closed(
    efforts: list[Effort], trust: Trust, member: str, place: str | None, named: set[str]
) -> None:
    acknowledgement = Acknowledgement(trust, member, "lea", NOW, frozenset(named), place)
    by_id = {effort.id: effort for effort in efforts}
    closed = closing.closes(acknowledgement, efforts)
    assert len(set(closed)) == len(closed)
    for effort_id in closed:
        shut = by_id[effort_id]
        assert shut.member == member
        assert not shut.acknowledged
        assert shut.done_at <= NOW
        if trust is Trust.MATCH:
            assert shut.place == place
            assert NOW - shut.done_at <= closing.MATCH_REACHES
        elif named:
            assert effort_id in named
