"""Arrive, join, make circles, set boundaries, leave."""

import threading
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people import queries
from service.people.rules import (
    ALL_WEEK,
    Boundary,
    IdentityKind,
    Joined,
    Role,
    ThanksWish,
)
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY
from tests.integration.people.refusing import SLACK_ADA, kinds


def test_meeting_notices_nothing(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", joined=False)
    with runtime.transaction(home.id) as db:
        card = queries.the_member(db, home["Ada"])
    assert (card.name, card.joined, card.active, card.is_owner) == ("Ada", Joined.NO, True, True)


def test_meeting_again_changes_name_and_zone_until_they_join(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", joined=False)
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Ada"])
        again = people.meet(db, "  Ada \n Byron ", MONDAY, known=SLACK_ADA, zone="Asia/Tokyo", courier="mail")
        assert again == home["Ada"]
        card = queries.the_member(db, again)
        assert (card.name, card.active, card.courier) == ("Ada Byron", True, "inbox")
        assert queries.boundaries(db, [again])[again].zone == "Asia/Tokyo"
        people.join(db, again, MONDAY)
        people.meet(db, "Ada", MONDAY, known=SLACK_ADA, zone="Europe/Berlin")
        assert queries.boundaries(db, [again])[again].zone == "Asia/Tokyo"


def test_a_zone_nobody_knows_is_left_out_when_meeting(runtime: Runtime) -> None:
    home = builders.team(runtime)
    with runtime.transaction(home.id) as db:
        met = people.meet(db, "Ada", MONDAY, known=SLACK_ADA, zone="Mars/Olympus")
        assert queries.boundaries(db, [met])[met].zone == "UTC"


def test_the_same_person_met_by_many_at_once_is_one_member(runtime: Runtime) -> None:
    home = builders.team(runtime)
    gate, met = threading.Barrier(8), set()

    def meet() -> None:
        gate.wait()
        with runtime.transaction(home.id) as db:
            met.add(people.meet(db, "Ada", MONDAY, known=SLACK_ADA))

    threads = [threading.Thread(target=meet) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(met) == 1
    with runtime.transaction(home.id) as db:
        assert len(queries.everybody(db)) == 1


@pytest.mark.parametrize(("name", "kind"), [(" \n ", ProblemKind.MISSING), ("a" * 81, ProblemKind.TOO_LONG)])
def test_a_name_is_neither_empty_nor_endless(runtime: Runtime, name: str, kind: ProblemKind) -> None:
    home = builders.team(runtime)
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        people.meet(db, name, MONDAY)
    assert kinds(refusal) == [kind]


def test_joining_for_thanks_may_become_the_whole_and_not_less(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", joined=False)
    with runtime.transaction(home.id) as db:
        people.join(db, home["Ada"], MONDAY, whole=False)
        assert queries.the_member(db, home["Ada"]).joined is Joined.THANKS
        people.join(db, home["Ada"], MONDAY)
        people.join(db, home["Ada"], MONDAY, whole=False)
        assert queries.the_member(db, home["Ada"]).joined is Joined.WHOLE


def test_the_one_invitation_comes_once(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", joined=False)
    with runtime.transaction(home.id) as db:
        assert people.invited(db, home["Ada"], MONDAY)
        assert not people.invited(db, home["Ada"], MONDAY)


def test_a_boundary_is_kept_as_it_was_set(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    boundary = Boundary(
        "Europe/Berlin",
        ALL_WEEK,
        time(8),
        time(16),
        time(8, 30),
        weekly_allowance=1,
        paused_until=MONDAY + timedelta(days=3),
        holidays=("DE", "BY"),
        days_off=frozenset({date(2026, 4, 1), date(2026, 3, 9)}),
    )
    with runtime.transaction(home.id) as db:
        people.set_boundary(db, home["Ada"], boundary)
    with runtime.transaction(home.id) as db:
        assert queries.boundaries(db, [home["Ada"]])[home["Ada"]] == boundary
        people.pause(db, home["Ada"], None)
        assert queries.boundary_view(db, home["Ada"]).boundary == replace(boundary, paused_until=None)


@pytest.mark.parametrize(
    ("boundary", "kind"),
    [
        (Boundary(zone="Mars/Olympus"), ProblemKind.UNKNOWN_TIME_ZONE),
        (Boundary(days=frozenset()), ProblemKind.NO_WORKING_DAY),
        (Boundary(days=frozenset({7})), ProblemKind.UNKNOWN_VALUE),
        (Boundary(starts_at=time(9), ends_at=time(9)), ProblemKind.HOURS_TURNED),
        (Boundary(digest_at=time(20)), ProblemKind.HOURS_TURNED),
        (Boundary(weekly_allowance=21), ProblemKind.UNKNOWN_VALUE),
        (Boundary(holidays=("XX", None)), ProblemKind.UNKNOWN_VALUE),
        (Boundary(holidays=("DEU", None)), ProblemKind.UNKNOWN_VALUE),
        (
            Boundary(days_off=frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(401))),
            ProblemKind.TOO_MANY,
        ),
    ],
)
def test_a_boundary_nobody_can_keep_is_refused(runtime: Runtime, boundary: Boundary, kind: ProblemKind) -> None:
    home = builders.team(runtime, "Ada")
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        people.set_boundary(db, home["Ada"], boundary)
    assert kinds(refusal) == [kind]


def test_until_somebody_chooses_the_workspace_says_when(runtime: Runtime) -> None:
    team = builders.team(runtime, "Ada", zone="Asia/Tokyo", joined=False)
    home = builders.family(runtime, Maja=Role.ADULT)
    with runtime.housekeeping() as db:
        found = queries.boundaries(db, [team["Ada"], home["Maja"]])
    assert found[team["Ada"]].zone == "Asia/Tokyo"
    assert found[team["Ada"]].days == Boundary().days
    assert found[home["Maja"]].days == ALL_WEEK


def test_wishes_left_out_stay_as_they_were(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ada"], raise_with_me="In the morning.", sources_off=["github", "chores"])
        people.set_wishes(db, home["Ada"], thanks_wish=ThanksWish.CIRCLE, shares_away=True)
        view = queries.boundary_view(db, home["Ada"])
    assert (view.raise_with_me, view.thanks_wish, view.shares_away) == ("In the morning.", ThanksWish.CIRCLE, True)
    assert view.sources_off == {"github", "chores"}


@pytest.mark.parametrize("courier", ["a" * 17, "sl ack", "söck", "", "a,b"])
def test_a_courier_that_is_no_code_is_refused(runtime: Runtime, courier: str) -> None:
    home = builders.team(runtime, "Ada")
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        people.carry_by(db, home["Ada"], courier)
    assert kinds(refusal) == [ProblemKind.UNKNOWN_VALUE]


def test_a_name_elsewhere_belongs_to_one_member(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Ada"], IdentityKind.MAIL, "ada@example.org", None)
        assert queries.known_as(db, IdentityKind.MAIL, ["ada@example.org"]) == {}
        people.identify(db, home["Ada"], IdentityKind.MAIL, "ada@example.org", MONDAY)
        assert queries.known_as(db, IdentityKind.MAIL, ["ada@example.org"])["ada@example.org"].id == home["Ada"]
        assert queries.addresses(db, IdentityKind.MAIL, [home["Ada"], home["Ben"]]) == {home["Ada"]: "ada@example.org"}
        with pytest.raises(Refused):
            people.identify(db, home["Ben"], IdentityKind.MAIL, "ada@example.org", MONDAY)
