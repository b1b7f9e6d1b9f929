"""What is kept of work, once, and about whom nothing is."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.efforts import actions as efforts
from service.efforts import queries
from service.efforts.answers import Answered
from service.efforts.rules import EffortKind, Source
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people.rules import Feature, IdentityKind
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.efforts.work import change, known, login, notice, rows, the_row, witnesses

TUESDAY_NIGHT = datetime(2026, 2, 24, 22, 30, tzinfo=UTC)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo")
    known(runtime, made, MONDAY)
    return made


def test_the_same_work_delivered_twice_is_kept_once(runtime: Runtime, home: Home) -> None:
    first = notice(runtime, home, change("Ada", MONDAY, 1, "Ben"), MONDAY)
    again = notice(runtime, home, replace(change("Ada", MONDAY, 1, "Cleo"), title="Renamed"), MONDAY)
    other = notice(runtime, home, replace(change("Ada", MONDAY), source=Source.GITLAB), MONDAY)
    assert first == again != other
    assert [row.title for row in rows(runtime)] == ["Mend the gate (#1)"] * 2
    assert witnesses(runtime, first) == {home["Ben"], home["Cleo"]}


def test_deliveries_at_once_keep_it_once(runtime: Runtime, home: Home) -> None:
    kept: list[str | None] = []

    def deliver() -> None:
        kept.append(notice(runtime, home, change("Ada", MONDAY, 1, "Ben"), MONDAY))

    threads = [threading.Thread(target=deliver) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 8
    assert {*kept} == {rows(runtime)[0].id}
    assert len(rows(runtime)) == 1


def test_nothing_is_kept_about_somebody_who_has_not_joined(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        dora = people.meet(db, "Dora", MONDAY)
        people.identify(db, dora, IdentityKind.GITHUB, "dora", MONDAY)
        eve = people.meet(db, "Eve", MONDAY)
        people.identify(db, eve, IdentityKind.GITHUB, "eve", MONDAY)
        people.join(db, eve, MONDAY, whole=False)
    assert notice(runtime, home, change("Dora", MONDAY), MONDAY) is None
    assert notice(runtime, home, change("Eve", MONDAY), MONDAY) is None
    assert notice(runtime, home, change("Nobody", MONDAY), MONDAY) is None
    seen = notice(runtime, home, change("Ada", MONDAY, 1, "Dora", "Eve", "Nobody", "Ben"), MONDAY)
    assert witnesses(runtime, seen) == {home["Ben"]}
    assert len(rows(runtime)) == 1


def test_a_login_nobody_confirmed_notices_nothing(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Ada"], IdentityKind.GITHUB, "ada-l", None)
    claimed = replace(change("Ada", MONDAY), doer=login("ada-l"))
    assert notice(runtime, home, claimed, MONDAY) is None
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Ada"], IdentityKind.GITHUB, "ada-l", MONDAY)
    assert notice(runtime, home, claimed, MONDAY) is not None


def test_a_source_turned_off_notices_nothing(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ada"], sources_off=[Source.GITHUB])
    assert notice(runtime, home, change("Ada", MONDAY), MONDAY) is None
    assert notice(runtime, home, replace(change("Ada", MONDAY), source=Source.GITLAB), MONDAY) is not None
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.SOURCES, on=False)
    assert notice(runtime, home, change("Ben", MONDAY, 2), MONDAY) is None


def test_somebody_removed_is_not_noticed(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Ada"])
    assert notice(runtime, home, change("Ada", MONDAY), MONDAY) is None


@pytest.mark.parametrize("review_first", [True, False])
def test_who_reviewed_saw_the_change_whichever_came_first(runtime: Runtime, home: Home, review_first: bool) -> None:
    review = change("Ben", MONDAY, 1, kind=EffortKind.REVIEW)
    other = change("Cleo", MONDAY, 2, kind=EffortKind.REVIEW)
    parts = [review, change("Ada", MONDAY, 1), other]
    for part in parts if review_first else parts[::-1]:
        notice(runtime, home, part, MONDAY)
    with runtime.transaction(home.id, writes=False) as db:
        found = queries.unacknowledged(db, [*home], MONDAY - timedelta(days=1), MONDAY)
    assert {(one.member, one.kind): one.witnesses for one in found} == {
        (home["Ada"], EffortKind.CHANGE): {home["Ben"]},
        (home["Ben"], EffortKind.REVIEW): {home["Ada"]},
        (home["Cleo"], EffortKind.REVIEW): frozenset(),
    }


def test_work_outside_the_doer_s_own_hours_carries_a_caution(runtime: Runtime, home: Home) -> None:
    by_day = notice(runtime, home, change("Ada", MONDAY, 1), MONDAY)
    late = notice(runtime, home, change("Ada", TUESDAY_NIGHT, 2), MONDAY)
    with runtime.transaction(home.id) as db:
        people.pause(db, home["Ada"], MONDAY + timedelta(days=9))
    while_away = notice(runtime, home, change("Ada", MONDAY, 3), MONDAY)
    told = notice(runtime, home, replace(change("Ada", TUESDAY_NIGHT, 4), out_of_hours=False), MONDAY)
    found = [the_row(runtime, effort).out_of_hours for effort in (by_day, late, while_away, told)]
    assert found == [False, True, False, False]


def test_what_no_text_can_hold_is_kept_by_its_digest_or_not_at_all(runtime: Runtime, home: Home) -> None:
    odd = replace(
        change("Ada", MONDAY), reference="7!1/review/" + "a" * 255, title="half \ud800\0 a word", link="https://a/\0"
    )
    kept = notice(runtime, home, odd, MONDAY)
    assert kept == notice(runtime, home, odd, MONDAY)
    row = the_row(runtime, kept)
    assert (len(row.reference), row.title, row.link) == (64, "half a word", None)
    broken = notice(runtime, home, replace(odd, reference="\0\ud800"), MONDAY)
    assert broken not in (None, kept)


def test_a_peer_s_note_is_kept_and_its_writer_saw_it(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        noted = efforts.note(db, home["Ben"], home["Ada"], "  covered\n two shifts ", TUESDAY_NIGHT, token="f1")
        again = efforts.note(db, home["Ben"], home["Ada"], "covered two shifts", TUESDAY_NIGHT, token="f1")
        own = efforts.note(db, home["Ada"], home["Ada"], "cleared the rota", TUESDAY_NIGHT, kind=EffortKind.GLUE)
    assert noted == again != own
    row = the_row(runtime, noted)
    assert (row.member_id, row.title, row.kind, row.out_of_hours) == (
        home["Ada"],
        "covered two shifts",
        EffortKind.NOTE,
        False,
    )
    assert (witnesses(runtime, noted), witnesses(runtime, own)) == ({home["Ben"]}, set())


def test_a_note_is_refused_with_what_is_in_its_way(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        dora = people.meet(db, "Dora", MONDAY)
    other = builders.team(runtime, "Zoe")

    def refusal(by: str, doer: str, words: str) -> ProblemKind:
        with pytest.raises(Refused) as found, runtime.transaction(home.id) as db:
            efforts.note(db, by, doer, words, MONDAY)
        return found.value.problems[0].kind

    assert refusal(home["Ben"], home["Ada"], " \n\0 ") is ProblemKind.MISSING
    assert refusal(home["Ben"], home["Ada"], "x" * 201) is ProblemKind.TOO_LONG
    assert refusal(home["Ben"], dora, "made tea") is ProblemKind.OUT_OF_REACH
    assert refusal(dora, home["Ada"], "made tea") is ProblemKind.NOT_JOINED
    assert refusal(home["Ben"], other["Zoe"], "made tea") is ProblemKind.NOT_FOUND
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ada"], sources_off=[Source.NOTE])
    assert refusal(home["Ben"], home["Ada"], "made tea") is ProblemKind.OUT_OF_REACH
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.SOURCES, on=False)
    assert refusal(home["Ben"], home["Ada"], "made tea") is ProblemKind.SWITCHED_OFF
    assert rows(runtime) == []


def test_of_two_who_keep_apart_nothing_is_noted_and_nobody_is_told(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.keep_apart(db, home["Ada"], home["Ben"])
        assert efforts.note(db, home["Ben"], home["Ada"], "covered two shifts", MONDAY)
    assert rows(runtime) == []


def test_a_question_answered_is_work_and_its_asker_saw_it(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    with runtime.transaction(home.id) as db:
        dora = people.meet(db, "Dora", MONDAY)
        ada, ben = home["Ada"], home["Ben"]
        told = [
            Answered(ada, ben, place, "C1/1.2/a", MONDAY),
            Answered(ada, dora, place, "C1/1.3/a", MONDAY),
            Answered(dora, ben, place, "C1/1.4/d", MONDAY),
        ]
        efforts.notice_answers(db, told, MONDAY)
        efforts.notice_answers(db, told[:1], MONDAY)
        people.set_wishes(db, ada, sources_off=[Source.SLACK_ANSWER])
        efforts.notice_answers(db, [Answered(ada, ben, place, "C1/1.5/a", MONDAY)], MONDAY)
    kept = rows(runtime)
    assert [(row.kind, row.place_id, row.title) for row in kept] == [(EffortKind.ANSWER, place, None)] * 2
    assert [witnesses(runtime, row.id) for row in kept] == [{home["Ben"]}, set()]


def test_what_was_done_long_ago_is_forgotten(runtime: Runtime, home: Home) -> None:
    notice(runtime, home, change("Ada", MONDAY, 1), MONDAY)
    notice(runtime, home, change("Ada", MONDAY + timedelta(days=30), 2), MONDAY + timedelta(days=30))
    with runtime.housekeeping() as db:
        efforts.forget_due(db, MONDAY + timedelta(days=91))
    assert [row.reference for row in rows(runtime)] == ["7#2"]


def test_one_s_own_efforts_are_read_newest_first(runtime: Runtime, home: Home) -> None:
    for number in range(3):
        notice(runtime, home, change("Ada", MONDAY - timedelta(days=number), number), MONDAY)
    with runtime.transaction(home.id, writes=False) as db:
        mine = queries.of_member(db, home["Ada"], most=2)
    assert [one.title for one in mine] == ["Mend the gate (#0)", "Mend the gate (#1)"]
