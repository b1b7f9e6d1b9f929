"""The jobs of a home: added, done once however often one taps, taken over, ended."""

import threading
from datetime import timedelta

import pytest

from service.efforts import actions as efforts
from service.efforts import queries
from service.efforts.rules import EffortKind, Source
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people.rules import Role
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.efforts.work import rows, witnesses


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.family(runtime, Maja=Role.ADULT, Jon=Role.ADULT, Ben=Role.CHILD)


def made(runtime: Runtime, home: Home, title: str = "Do the dishes", *, repeats: bool = True) -> str:
    with runtime.transaction(home.id) as db:
        return efforts.make_chore(db, home["Maja"], home.circle, title, repeats=repeats)


def test_a_repeated_job_is_done_again_and_again(runtime: Runtime, home: Home) -> None:
    chore = made(runtime, home)
    with runtime.transaction(home.id) as db:
        first = efforts.done(db, home["Ben"], chore, MONDAY)
        tapped_again = efforts.done(db, home["Ben"], chore, MONDAY + timedelta(seconds=20))
        by_jon = efforts.done(db, home["Jon"], chore, MONDAY)
        next_day = efforts.done(db, home["Ben"], chore, MONDAY + timedelta(days=1))
        assert [card.title for card in queries.chores(db, home.circle)] == ["Do the dishes"]
    assert first == tapped_again
    assert len({first, by_jon, next_day}) == 3
    assert {(row.kind, row.repeats, row.out_of_hours) for row in rows(runtime)} == {
        (EffortKind.REPEATED_CHORE, chore, False)
    }
    assert witnesses(runtime, first) == {home["Maja"], home["Jon"]}


def test_a_single_job_is_done_once_whoever_taps_at_the_same_time(runtime: Runtime, home: Home) -> None:
    chore = made(runtime, home, repeats=False)
    answers: list[str | None] = []

    def tap(name: str) -> None:
        try:
            with runtime.transaction(home.id) as db:
                answers.append(efforts.done(db, home[name], chore, MONDAY))
        except Refused as refusal:
            answers.append(refusal.problems[0].kind.value)

    threads = [threading.Thread(target=tap, args=(name,)) for name in ("Maja", "Jon", "Ben") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(runtime)) == 1
    assert sorted(map(str, answers)) == sorted([rows(runtime)[0].id, *[ProblemKind.ALREADY_DONE.value] * 5])


def test_a_job_is_taken_over_and_ended(runtime: Runtime, home: Home) -> None:
    chore = made(runtime, home)
    with runtime.transaction(home.id) as db:
        efforts.swap(db, home["Jon"], chore)
        assert [card.whose for card in queries.chores(db, home.circle)] == [home["Jon"]]
        efforts.end_chore(db, home["Maja"], chore, MONDAY)
        efforts.end_chore(db, home["Maja"], chore, MONDAY)
        assert queries.chores(db, home.circle) == []
        with pytest.raises(Refused, match=ProblemKind.ALREADY_DONE):
            efforts.swap(db, home["Jon"], chore)
        with pytest.raises(Refused, match=ProblemKind.ALREADY_DONE):
            efforts.done(db, home["Jon"], chore, MONDAY)


def test_a_job_needs_a_name_and_a_home(runtime: Runtime, home: Home) -> None:
    other = builders.family(runtime, Zoe=Role.ADULT)

    def refusal(by: str, circle: str, title: str, whose: str | None = None) -> ProblemKind:
        with pytest.raises(Refused) as found, runtime.transaction(home.id) as db:
            efforts.make_chore(db, by, circle, title, whose=whose)
        return found.value.problems[0].kind

    assert refusal(home["Maja"], home.circle, "  \0 ") is ProblemKind.MISSING
    assert refusal(home["Maja"], home.circle, "x" * 81) is ProblemKind.TOO_LONG
    assert refusal(home["Maja"], other.circle, "Dishes") is ProblemKind.NOT_FOUND
    assert refusal(other["Zoe"], home.circle, "Dishes") is ProblemKind.NOT_FOUND
    assert refusal(home["Maja"], home.circle, "Dishes", other["Zoe"]) is ProblemKind.NOT_FOUND
    with pytest.raises(Refused), runtime.transaction(other.id) as db:
        efforts.done(db, other["Zoe"], made(runtime, home), MONDAY)


def test_a_job_is_done_without_being_noticed_where_its_doer_wants_that(runtime: Runtime, home: Home) -> None:
    chore = made(runtime, home, repeats=False)
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Jon"], sources_off=[Source.CHORE])
        assert efforts.done(db, home["Jon"], chore, MONDAY) is None
        assert queries.chores(db, home.circle) == []
    assert rows(runtime) == []
