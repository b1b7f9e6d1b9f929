"""Arrive, join, make circles, set boundaries, leave."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people import policy, queries
from service.people.acts import Act
from service.people.rules import (
    ALL_WEEK,
    Boundary,
    Feature,
    IdentityKind,
    Joined,
    PlaceKind,
    Role,
    ThanksWish,
    WorkspaceKind,
)
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY

SLACK_ADA = (IdentityKind.SLACK, "UADA")


def _kinds(refusal: pytest.ExceptionInfo[Refused]) -> list[ProblemKind]:
    return [problem.kind for problem in refusal.value.problems]


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
    assert _kinds(refusal) == [kind]


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
    assert _kinds(refusal) == [kind]


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
    assert _kinds(refusal) == [ProblemKind.UNKNOWN_VALUE]


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


def test_a_place_belongs_to_one_circle(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    place = builders.channel(runtime, home)
    with runtime.transaction(home.id) as db:
        other = people.make_circle(db, "Other", MONDAY, members=[home["Ada"]])
        with pytest.raises(Refused) as refusal:
            people.listen(db, other, PlaceKind.CHANNEL, "C0HARBOUR", MONDAY)
        assert _kinds(refusal) == [ProblemKind.PLACE_TAKEN]
        assert people.stop_listening(db, PlaceKind.CHANNEL, "C0HARBOUR") == place
        assert queries.listening(db, PlaceKind.CHANNEL, ["C0HARBOUR"]) == {}
        assert people.listen(db, other, PlaceKind.CHANNEL, "C0HARBOUR", MONDAY) == place
        assert queries.listening(db, PlaceKind.CHANNEL, ["C0HARBOUR"])["C0HARBOUR"].circle == other


def test_a_turn_changes_the_mark_of_each_place(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    places = [builders.channel(runtime, home, name) for name in ("C1", "C2")]
    with runtime.transaction(home.id) as db:
        first = people.take_turn(db, places)
        second = people.take_turn(db, places)
        assert people.take_turn(db, []) == {}
    assert {place: before for place, (before, _) in second.items()} == {p: after for p, (_, after) in first.items()}
    assert all(before != after for before, after in second.values())


def test_circles_know_their_members_and_leads(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben", "Cleo")
    with runtime.transaction(home.id) as db:
        small = people.make_circle(db, "Small", MONDAY, leads=[home["Ben"]], members=[home["Cleo"]])
        assert queries.leads_of(db, home["Cleo"]) == {home["Ada"], home["Ben"]}
        assert queries.leads_of(db, home["Ada"]) == frozenset()
        assert [card.name for card in queries.circles_of(db, home["Ben"])] == ["Harbour", "Small"]
        people.seat(db, small, home["Ben"], MONDAY, leads=False)
        people.unseat(db, small, home["Cleo"])
        card = queries.circle(db, small)
        assert card is not None
        assert (card.members, card.leads) == ((home["Ben"],), ())
        people.deactivate(db, home["Ben"])
        assert [card.name for card in queries.circles_of(db, home["Ben"])] == []


def test_nobody_from_elsewhere_is_seated_kept_apart_or_named(runtime: Runtime) -> None:
    ours, theirs = builders.team(runtime, "Ada"), builders.team(runtime, "Eve")
    with runtime.transaction(ours.id) as db:
        for act in (
            lambda: people.seat(db, ours.circle, theirs["Eve"], MONDAY),
            lambda: people.seat(db, theirs.circle, ours["Ada"], MONDAY),
            lambda: people.make_circle(db, "Mixed", MONDAY, members=[theirs["Eve"]]),
            lambda: people.listen(db, theirs.circle, PlaceKind.CHANNEL, "C9", MONDAY),
            lambda: people.keep_apart(db, ours["Ada"], theirs["Eve"]),
            lambda: people.identify(db, theirs["Eve"], IdentityKind.MAIL, "eve@example.org", MONDAY),
            lambda: people.set_boundary(db, theirs["Eve"], Boundary()),
            lambda: people.pause(db, theirs["Eve"], None),
            lambda: people.quiet_time(db, theirs.circle, date(2026, 4, 1)),
            lambda: people.suspend(db, theirs.id, "why", MONDAY),
            lambda: people.switch(db, theirs.id, Feature.ASKS, on=False),
            lambda: queries.boundary_view(db, theirs["Eve"]),
            lambda: people.leave(db, theirs["Eve"]),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert _kinds(refusal) == [ProblemKind.NOT_FOUND]


def test_apart_holds_for_both_and_ends_for_one(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    ada, ben = home["Ada"], home["Ben"]
    with runtime.transaction(home.id) as db:
        people.keep_apart(db, ada, ben)
        people.keep_apart(db, ada, ben)
        people.keep_apart(db, ben, ada)
        people.end_apart(db, ada, ben)
        assert queries.apart(db, ada, ben)
        assert queries.apart(db, ben, ada)
        people.end_apart(db, ben, ada)
        assert not queries.apart(db, ada, ben)
        with pytest.raises(Refused):
            people.keep_apart(db, ada, ada)


def test_leaving_takes_everything_and_leaves_an_owner(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        with pytest.raises(Refused) as refusal:
            people.leave(db, home["Ada"])
        assert _kinds(refusal) == [ProblemKind.LAST_OWNER]
        people.own(db, home["Ben"])
        people.leave(db, home["Ada"])
    with runtime.transaction(home.id) as db:
        assert queries.member(db, home["Ada"]) is None
        assert queries.known_as(db, IdentityKind.SLACK, ["UADA"]) == {}
        people.leave(db, home["Ben"])
        assert queries.everybody(db) == []


def test_two_owners_who_leave_at_once_leave_one(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben", "Cleo")
    with runtime.transaction(home.id) as db:
        people.own(db, home["Ben"])
    gate = threading.Barrier(2)

    def leave(name: str) -> None:
        gate.wait()
        try:
            with runtime.transaction(home.id) as db:
                people.leave(db, home[name])
        except Refused:
            pass

    threads = [threading.Thread(target=leave, args=[name]) for name in ("Ada", "Ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with runtime.transaction(home.id) as db:
        assert sum(card.is_owner for card in queries.everybody(db)) == 1


def test_a_family_keeps_an_adult_and_children_a_guardian(runtime: Runtime) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.CHILD)
    with runtime.transaction(home.id) as db:
        with pytest.raises(Refused):
            people.give_role(db, home["Maja"], Role.RELATIVE)
        people.guard(db, home["Ben"], home["Maja"])
        with pytest.raises(Refused):
            people.guard(db, home["Maja"], home["Ben"])
        people.give_role(db, home["Ben"], Role.ADULT)
        people.give_role(db, home["Maja"], Role.RELATIVE)
        assert queries.the_member(db, home["Maja"]).role is Role.RELATIVE


def test_suspending_and_switching_show_on_the_card(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    with runtime.transaction(home.id) as db:
        people.suspend(db, home.id, "token_revoked", MONDAY)
        people.suspend(db, home.id, "later", MONDAY + timedelta(days=1))
        people.switch(db, home.id, Feature.ASKS, on=False)
        people.switch(db, home.id, Feature.FEED, on=False)
        people.switch(db, home.id, Feature.FEED, on=True)
        card = queries.workspace(db, home.id)
        assert card is not None
        assert (card.suspended_at, card.switched_off) == (MONDAY, frozenset({"asks"}))
        people.resume(db, home.id)
        card = queries.workspace(db, home.id)
        assert card is not None
        assert card.suspended_at is None
        with pytest.raises(Refused):
            people.switch(db, home.id, "telepathy", on=True)


def test_opening_a_workspace_checks_what_it_is_given(runtime: Runtime) -> None:
    with pytest.raises(Refused) as refusal, runtime.housekeeping() as db:
        people.open_workspace(db, WorkspaceKind.TEAM, "Harbour", MONDAY, zone="Mars/Olympus")
    assert _kinds(refusal) == [ProblemKind.UNKNOWN_TIME_ZONE]


def test_quiet_time_ends_on_its_day(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    with runtime.transaction(home.id) as db:
        people.quiet_time(db, home.circle, date(2026, 4, 1))
        assert [card.quiet_until for card in queries.circles(db)] == [datetime(2026, 4, 1, tzinfo=UTC)]
        people.quiet_time(db, home.circle, None)
        assert [card.quiet_until for card in queries.circles(db)] == [None]


def test_an_actor_stands_as_their_seats_and_role_say(runtime: Runtime) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.CHILD)
    with runtime.transaction(home.id) as db:
        people.guard(db, home["Ben"], home["Maja"])
        people.seat(db, home.circle, home["Maja"], MONDAY, leads=True)
        maja, ben = queries.actor(db, home["Maja"], fresh=True), queries.actor(db, home["Ben"])
        of_ben = queries.thing(db, home["Ben"])
        of_maja = queries.thing(db, home["Maja"])
        assert maja is not None
        assert ben is not None
        assert of_maja is not None
        assert of_maja.raised
        assert (maja.is_owner, maja.leads, maja.fresh) == (True, frozenset({home.circle}), True)
        assert (ben.role, ben.leads, ben.fresh) == (Role.CHILD, frozenset(), False)
        assert policy.allows(Act.BELONGINGS_EXPORT, maja, of_ben)
        assert not policy.allows(Act.BELONGINGS_EXPORT, ben, of_ben)
        people.deactivate(db, home["Ben"])
        assert queries.actor(db, home["Ben"]) is None
        assert queries.thing(db, "nobody") is None
