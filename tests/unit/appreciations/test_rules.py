"""What thanks are made of, and who sees them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.appreciations import rules
from service.appreciations.rules import Draft, Job, Sharing
from service.errors import ProblemKind
from service.people.rules import Role, ThanksWish
from tests.fakes import MONDAY

WIDTH = [Sharing.PRIVATE, Sharing.CIRCLE, Sharing.CHANNEL]
ALLOWS = {ThanksWish.PRIVATE: Sharing.PRIVATE, ThanksWish.CIRCLE: Sharing.CIRCLE, ThanksWish.ANYWHERE: Sharing.CHANNEL}


def kinds(draft: Draft) -> list[tuple[ProblemKind, str | None]]:
    return [(problem.kind, problem.at) for problem in rules.problems_of(draft)]


@given(st.sampled_from(WIDTH), st.lists(st.sampled_from(ThanksWish), max_size=5))
def test_nobody_is_thanked_more_widely_than_they_wish(wanted: Sharing, wishes: list[ThanksWish]) -> None:
    widest = min([wanted, *(ALLOWS[wish] for wish in wishes)], key=WIDTH.index)
    assert rules.shared_as(wanted, wishes) is widest


@given(st.text(), st.text(), st.lists(st.text(), max_size=5), st.text(), st.none() | st.text())
def test_what_is_kept_can_be_kept_and_is_clean_for_good(
    did: str, eased: str, values: list[str], token: str, link: str | None
) -> None:
    once = rules.cleaned(Draft("a", ("b",), did, eased, values=tuple(values), token=token, link=link))
    assert rules.cleaned(once) == once
    for kept in (once.did, once.eased, once.token, *once.values):
        assert "\0" not in kept
        kept.encode()
    assert len(once.token) <= rules.LONGEST_TOKEN
    assert once.link is None or once.link.startswith(("http://", "https://"))


def test_lines_stay_lines() -> None:
    assert rules.writable(" one\r\ntwo\rthree\x07\ud800\n") == "one\ntwo\nthree"


@pytest.mark.parametrize("words", ["", " ", "…", "42", "\N{WHITE HEAVY CHECK MARK}"])
def test_at_least_one_blank_holds_words_unless_a_picture_speaks(words: str) -> None:
    assert kinds(Draft("a", ("b",), words)) == [(ProblemKind.OWN_WORDS_NEEDED, "did")]
    assert kinds(Draft("a", ("b",), words, job=Job.COOKING)) == []
    assert kinds(Draft("a", ("b",), words, "mañana")) == []


def test_everything_in_the_way_is_said_at_once() -> None:
    draft = Draft("a", (), "x" * 1001, "y" * 1001, sharing=Sharing.CHANNEL, values=("one", "two", "three", "four"))
    assert kinds(draft) == [
        (ProblemKind.NOBODY_CHOSEN, "recipients"),
        (ProblemKind.TOO_LONG, "did"),
        (ProblemKind.TOO_LONG, "eased"),
        (ProblemKind.TOO_MANY, "values"),
        (ProblemKind.MISSING, "place"),
    ]


def test_who_is_thanked() -> None:
    assert kinds(Draft("a", ("a",), "tea")) == [(ProblemKind.ONLY_YOURSELF, "recipients")]
    assert kinds(Draft("a", ("a", "b", "b"), "tea")) == []
    assert kinds(Draft("a", tuple(f"m{n}" for n in range(21)), "tea")) == [(ProblemKind.TOO_MANY, "recipients")]
    assert kinds(Draft("a", (), "tea", sharing=Sharing.CIRCLE, everybody="c")) == [(ProblemKind.MISSING, "circle")]
    assert kinds(Draft("a", ("b",), "tea", sharing=Sharing.CIRCLE)) == [(ProblemKind.MISSING, "circle")]
    assert kinds(Draft("a", ("a",), "tea", everybody="c")) == []


def test_a_child_and_a_relative_are_of_kin() -> None:
    assert rules.is_of_kin(Role.CHILD, Role.RELATIVE)
    assert rules.is_of_kin(Role.RELATIVE, Role.CHILD)
    assert not rules.is_of_kin(Role.RELATIVE, Role.ADULT)
    assert not rules.is_of_kin(Role.CHILD, Role.CHILD)


@given(st.timedeltas(timedelta(0), timedelta(hours=1)))
def test_thanks_may_change_for_ten_minutes(later: timedelta) -> None:
    assert rules.may_still_change(MONDAY, MONDAY + later) is (later < timedelta(minutes=10))
