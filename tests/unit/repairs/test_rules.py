"""When a signed note may go: one a week, two a month, none of a pile."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.repairs import rules
from service.repairs.rules import NoteSent

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def _note(sender: str, written: float, sent: float | None = None) -> NoteSent:
    """A note written, and perhaps sent, so many days ago."""
    return NoteSent(sender, NOW - timedelta(days=written), NOW - timedelta(days=sent) if sent is not None else None)


@pytest.mark.parametrize(
    ("days", "goes"), [((), True), ((6.9,), False), ((7.1,), True), ((10, 20), False), ((10, 31), True)]
)
def test_one_in_seven_days_and_two_in_thirty(days: tuple[float, ...], goes: bool) -> None:
    notes = [_note(f"writer {day}", 60, day) for day in days]
    assert rules.may_go(notes, NOW - timedelta(days=1), NOW) is goes


def test_a_pile_is_three_writers_within_a_week_wherever_one_of_them_stands_in_it() -> None:
    pile = [_note("a", 12), _note("b", 9), _note("c", 6)]
    assert all(rules.in_a_pile(pile, note.written_at) for note in pile)
    assert not rules.in_a_pile([*pile, _note("d", 1)], NOW - timedelta(days=1))
    assert not rules.in_a_pile([_note("a", 9), _note("b", 5), _note("c", 1)], NOW - timedelta(days=5))
    assert not rules.in_a_pile([_note("a", 3), _note("a", 2), _note("b", 1)], NOW - timedelta(days=2))


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 40)), max_size=8))
def test_what_lies_in_a_pile_stays_there_whoever_writes_besides(written: list[tuple[str, int]]) -> None:
    notes = [_note(sender, days) for sender, days in written]
    piled = [note for note in notes if rules.in_a_pile(notes, note.written_at)]
    assert all(rules.in_a_pile([*notes, _note("z", 20)], note.written_at) for note in piled)
    assert len({note.sender for note in piled}) != 1
