"""Of several runs, the row in the middle is the one that is told, and of two the worse."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.rows import Row, exact, faster, medians, under, within


def test_the_middle_of_three_is_told_with_its_own_figures() -> None:
    runs = [[faster("a round", ours, 10.0, 4.0), under("a page", ours, 3.0, "s")] for ours in (2.0, 1.0, 5.0)]
    assert medians(runs) == [faster("a round", 2.0, 10.0, 4.0), under("a page", 2.0, 3.0, "s")]


def test_of_two_the_worse_is_told() -> None:
    assert medians([[faster("a", 1.0, 4.0, 2.0)], [faster("a", 1.0, 1.0, 2.0)]]) == [faster("a", 1.0, 1.0, 2.0)]
    assert medians([[within("a", 1.0, 1.0, 2.0)], [within("a", 3.0, 1.0, 2.0)]]) == [within("a", 3.0, 1.0, 2.0)]
    assert medians([[exact("a", 0)], [exact("a", 1)]]) == [exact("a", 1)]


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=9))
def test_no_more_than_half_of_the_runs_were_worse(took: list[float]) -> None:
    def worse(row: Row, than: Row) -> bool:
        assert row.ratio is not None
        assert than.ratio is not None
        return row.ratio < than.ratio

    rows = [faster("a", one, 10.0, 1.0) for one in took]
    [told] = medians([row] for row in rows)
    assert sum(worse(row, told) for row in rows) <= len(rows) / 2
