"""Circles, places, who keeps apart, and what becomes of what somebody leaves."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people import policy, queries
from service.people.acts import Act
from service.people.rules import (
    Boundary,
    Feature,
    IdentityKind,
    PlaceKind,
    Role,
    WorkspaceKind,
)
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY
from tests.integration.people.refusing import kinds


def test_a_place_belongs_to_one_circle(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    place = builders.channel(runtime, home)
    with runtime.transaction(home.id) as db:
        other = people.make_circle(db, "Other", MONDAY, members=[home["Ada"]])
        with pytest.raises(Refused) as refusal:
            people.listen(db, other, PlaceKind.CHANNEL, "C0HARBOUR", MONDAY)
        assert kinds(refusal) == [ProblemKind.PLACE_TAKEN]
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
    assert {place: mark.before for place, mark in second.items()} == {p: mark.after for p, mark in first.items()}
    assert all(mark.before != mark.after for mark in second.values())


def test_a_revision_is_known_from_the_next_turn_on(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    places = [builders.channel(runtime, home, name) for name in ("C1", "C2")]
    with runtime.transaction(home.id) as db:
        before = people.take_turn(db, places)
        revised = people.revise(db, before, places[:1], places[1:])
        after = people.take_turn(db, places)
    one, other = places
    assert after[one].revised == revised[one].revised != before[one].revised
    assert after[one].late == revised[one].late == before[one].late
    assert after[other].late == revised[other].late != before[other].late
    assert after[other].revised == revised[other].revised == before[other].revised


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
            assert kinds(refusal) == [ProblemKind.NOT_FOUND]


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
        assert kinds(refusal) == [ProblemKind.LAST_OWNER]
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
    assert kinds(refusal) == [ProblemKind.UNKNOWN_TIME_ZONE]


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
