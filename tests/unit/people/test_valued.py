"""The words for what is valued, however an owner types them."""

from hypothesis import given
from hypothesis import strategies as st

from service.errors import ProblemKind
from service.people import rules


def test_one_on_a_line_or_between_commas_each_once() -> None:
    assert rules.valued("Care,  saying it\tplainly \n\ncare\r\n,Patience") == ("Care", "saying it plainly", "Patience")
    assert rules.valued(" ,\n") == ()


@given(st.text(max_size=200))
def test_what_is_kept_is_kept_again_as_it_is(typed: str) -> None:
    once = rules.valued(typed)
    assert rules.valued(",".join(once)) == once
    assert all(word == word.strip() and word.isprintable() and "," not in word for word in once)
    assert len({word.casefold() for word in once}) == len(once)


def test_a_list_stays_short() -> None:
    assert rules.problems_of_valued(rules.valued("\n".join(f"word {n}" for n in range(12)))) == ()
    kinds = [each.kind for each in rules.problems_of_valued((*(f"{n}" for n in range(12)), "x" * 41))]
    assert kinds == [ProblemKind.TOO_MANY, ProblemKind.TOO_LONG]
