"""Sessions: found by their cookie alone, listed, ended; and those of children on a household device."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.access import actions as access
from service.access import queries
from service.access.models import OpenSession
from service.access.queries import SessionCard
from service.access.rules import MOST_PINS, Entrance
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people.rules import IdentityKind, Role
from service.runtime import Runtime
from service.sealing import Keyring, new_key
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.family(runtime, Maja=Role.ADULT, Ben=Role.CHILD, Olle=Role.TEEN)


def enter(runtime: Runtime, clock: Clock, home: Home, name: str, *, instead_of: str | None = None) -> str:
    """Open a session; returns the cookie."""
    with runtime.housekeeping() as db:
        entrance = Entrance(home.id, home[name])
        return access.open_session(db, runtime.keyring, entrance, "Firefox, Linux", clock(), instead_of=instead_of)


def card_of(runtime: Runtime, clock: Clock, cookie: str) -> SessionCard | None:
    """What a cookie opens now."""
    with runtime.housekeeping(writes=False) as db:
        return queries.session_of(db, runtime.keyring, cookie, clock())


def the_card(runtime: Runtime, clock: Clock, cookie: str) -> SessionCard:
    """What a cookie surely opens."""
    found = card_of(runtime, clock, cookie)
    assert found is not None
    return found


def visit(runtime: Runtime, clock: Clock, cookie: str) -> None:
    """Come by."""
    card = the_card(runtime, clock, cookie)
    with runtime.transaction(card.workspace) as db:
        access.visited(db, card.id, clock())


def test_a_session_is_fresh_for_a_while(runtime: Runtime, clock: Clock, home: Home) -> None:
    cookie = enter(runtime, clock, home, "Maja")
    card = the_card(runtime, clock, cookie)
    assert (card.workspace, card.member, card.device, card.is_fresh) == (home.id, home["Maja"], "Firefox, Linux", True)
    assert (card.created_on, card.seen_on) == (MONDAY.date(), MONDAY.date())
    clock.move(minutes=15)
    assert not the_card(runtime, clock, cookie).is_fresh


@pytest.mark.parametrize(("days", "name"), [(180, "family"), (14, "team")])
def test_a_session_ends_when_nobody_comes_by(runtime: Runtime, clock: Clock, days: int, name: str) -> None:
    home = builders.family(runtime, Ada=Role.ADULT) if name == "family" else builders.team(runtime, "Ada")
    cookie = enter(runtime, clock, home, "Ada")
    clock.move(days=days)
    visit(runtime, clock, cookie)
    clock.move(days=days)
    assert card_of(runtime, clock, cookie) is not None
    clock.move(days=1)
    assert card_of(runtime, clock, cookie) is None


def test_a_visit_is_noted_by_its_day_and_only_where_it_is_asked_for(runtime: Runtime, clock: Clock, home: Home) -> None:
    cookie = enter(runtime, clock, home, "Maja")
    clock.move(days=3, hours=5)
    assert the_card(runtime, clock, cookie).seen_on == MONDAY.date()
    visit(runtime, clock, cookie)
    assert the_card(runtime, clock, cookie).seen_on == MONDAY.date() + timedelta(days=3)


def test_signing_in_brings_a_new_session_in_place_of_the_old(runtime: Runtime, clock: Clock, home: Home) -> None:
    first = enter(runtime, clock, home, "Maja")
    second = enter(runtime, clock, home, "Maja", instead_of=the_card(runtime, clock, first).id)
    assert first != second
    assert card_of(runtime, clock, first) is None
    assert card_of(runtime, clock, second) is not None


def test_sessions_are_listed_and_ended(runtime: Runtime, clock: Clock, home: Home) -> None:
    cookies = [enter(runtime, clock, home, "Maja") for _ in range(3)]
    others = enter(runtime, clock, home, "Olle")
    with runtime.transaction(home.id) as db:
        listed = queries.sessions_of(db, home["Maja"])
        assert len(listed) == 3
        assert not any(card.is_fresh for card in listed)
        theirs = queries.sessions_of(db, home["Olle"])[0].id
        with pytest.raises(Refused) as refusal:
            access.revoke(db, home["Maja"], theirs)
        assert refusal.value.problems[0].kind is ProblemKind.NOT_FOUND
        mine = the_card(runtime, clock, cookies[0]).id
        access.revoke(db, home["Maja"], the_card(runtime, clock, cookies[1]).id)
        assert access.revoke_all(db, home["Maja"], but=mine) == 1
    assert [card_of(runtime, clock, cookie) is not None for cookie in (*cookies, others)] == [True, False, False, True]
    with runtime.transaction(home.id) as db:
        people.give_role(db, home["Olle"], Role.ADULT)
        people.leave(db, home["Maja"])
    assert card_of(runtime, clock, cookies[0]) is None


def test_another_installation_opens_nothing(runtime: Runtime, clock: Clock, home: Home) -> None:
    cookie = enter(runtime, clock, home, "Maja")
    with runtime.housekeeping() as db:
        assert queries.session_of(db, Keyring((new_key(),)), cookie, clock()) is None


def test_keys_may_be_rotated_without_signing_anybody_out(runtime: Runtime, clock: Clock, home: Home) -> None:
    cookie = enter(runtime, clock, home, "Maja")
    rotated = Keyring((new_key(), *runtime.keyring.keys))
    with runtime.housekeeping() as db:
        assert queries.session_of(db, rotated, cookie, clock()) is not None


def test_one_click_is_for_the_demo_alone(runtime: Runtime, clock: Clock, home: Home) -> None:
    with runtime.housekeeping() as db:
        cookie = access.one_click(db, runtime.keyring, home["Maja"], "demo", clock(), is_demo=True)
        with pytest.raises(Refused):
            access.one_click(db, runtime.keyring, home["Maja"], "demo", clock(), is_demo=False)
    assert the_card(runtime, clock, cookie).member == home["Maja"]


def test_one_person_in_two_workspaces_changes_between_them(runtime: Runtime, clock: Clock, home: Home) -> None:
    team = builders.team(runtime, "Maja", "Eve")
    for place, member in ((home, home["Maja"]), (team, team["Maja"])):
        with runtime.transaction(place.id) as db:
            people.identify(db, member, IdentityKind.MAIL, "maja@example.org", MONDAY)
    with runtime.transaction(team.id) as db:
        people.identify(db, team["Eve"], IdentityKind.MAIL, "eve@example.org", MONDAY)
    session = the_card(runtime, clock, enter(runtime, clock, home, "Maja"))
    with runtime.housekeeping() as db:
        assert [card.id for card in queries.also_me(db, home["Maja"])] == [team["Maja"]]
        with pytest.raises(Refused):
            access.change_to(db, runtime.keyring, session, team["Eve"], clock())
        cookie = access.change_to(db, runtime.keyring, session, team["Maja"], clock())
    card = the_card(runtime, clock, cookie)
    assert (card.workspace, card.member, card.is_fresh) == (team.id, team["Maja"], False)
    with runtime.transaction(home.id) as db:
        assert queries.sessions_of(db, home["Maja"]) == []


def test_an_address_only_said_makes_nobody_the_same(runtime: Runtime, home: Home) -> None:
    team = builders.team(runtime, "Eve")
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Maja"], IdentityKind.MAIL, "maja@example.org", MONDAY)
    with runtime.transaction(team.id) as db:
        people.identify(db, team["Eve"], IdentityKind.MAIL, "maja@example.org", None)
    with runtime.housekeeping() as db:
        assert queries.also_me(db, home["Maja"]) == []
        assert queries.also_me(db, team["Eve"]) == []


def household(runtime: Runtime, clock: Clock, home: Home) -> SessionCard:
    """A device an adult leaves to the household."""
    cookie = enter(runtime, clock, home, "Maja")
    with runtime.transaction(home.id) as db:
        access.leave_to_household(db, the_card(runtime, clock, cookie))
        access.set_pin(db, home["Ben"], "4711")
    return the_card(runtime, clock, cookie)


def test_a_child_opens_their_profile_with_a_pin(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = household(runtime, clock, home)
    with runtime.transaction(home.id) as db:
        assert access.open_profile(db, runtime.keyring, device, home["Ben"], "0000", clock()) is None
        cookie = access.open_profile(db, runtime.keyring, device, home["Ben"], "4711", clock())
    assert cookie is not None
    card = the_card(runtime, clock, cookie)
    assert (card.member, card.is_fresh, card.is_household) == (home["Ben"], False, False)
    with runtime.transaction(home.id) as db:
        access.revoke(db, home["Maja"], device.id)
    assert card_of(runtime, clock, cookie) is None


def test_a_device_taken_back_closes_its_profiles(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = household(runtime, clock, home)
    with runtime.transaction(home.id) as db:
        access.open_profile(db, runtime.keyring, device, home["Ben"], "4711", clock())
        access.leave_to_household(db, device, yes=False)
        assert queries.sessions_of(db, home["Ben"]) == []
        assert [card.is_household for card in queries.sessions_of(db, home["Maja"])] == [False]


def test_a_pin_may_be_tried_ten_times(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = household(runtime, clock, home)
    for _ in range(MOST_PINS):
        with runtime.transaction(home.id) as db:
            assert access.open_profile(db, runtime.keyring, device, home["Ben"], "0000", clock()) is None
    with pytest.raises(Refused) as shut, runtime.transaction(home.id) as db:
        access.open_profile(db, runtime.keyring, device, home["Ben"], "4711", clock())
    assert shut.value.problems[0].kind is ProblemKind.PIN_SHUT
    with runtime.transaction(home.id) as db:
        access.set_pin(db, home["Ben"], "0815")
        assert access.open_profile(db, runtime.keyring, device, home["Ben"], "0815", clock()) is not None


def test_profiles_are_for_children_on_household_devices(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = household(runtime, clock, home)
    plain = the_card(runtime, clock, enter(runtime, clock, home, "Maja"))
    teens = the_card(runtime, clock, enter(runtime, clock, home, "Olle"))
    with runtime.transaction(home.id) as db:
        acts: tuple[Callable[[], object], ...] = (
            lambda: access.set_pin(db, home["Olle"], "4711"),
            lambda: access.set_pin(db, home["Ben"], "47"),
            lambda: access.set_pin(db, home["Ben"], "٤٧١١"),
            lambda: access.leave_to_household(db, teens),
            lambda: access.open_profile(db, runtime.keyring, plain, home["Ben"], "4711", clock()),
            lambda: access.open_profile(db, runtime.keyring, device, home["Olle"], "4711", clock()),
        )
        for act in acts:
            with pytest.raises(Refused):
                act()


def test_an_adult_comes_back_by_their_own_pin_or_by_signing_in(runtime: Runtime, clock: Clock, home: Home) -> None:
    device = household(runtime, clock, home)
    with runtime.transaction(home.id) as db:
        cookie = access.open_profile(db, runtime.keyring, device, home["Ben"], "4711", clock())
    profile = the_card(runtime, clock, cookie or "")
    with pytest.raises(Refused) as no_pin, runtime.transaction(home.id) as db:
        access.close_profile(db, runtime.keyring, profile, "4711", clock())
    assert no_pin.value.problems[0].kind is ProblemKind.PIN_SHUT
    with runtime.transaction(home.id) as db:
        access.set_pin(db, home["Maja"], "2580")
        assert access.close_profile(db, runtime.keyring, profile, "4711", clock()) is None
        cookie = access.close_profile(db, runtime.keyring, profile, "2580", clock())
    back = the_card(runtime, clock, cookie or "")
    assert (back.member, back.is_household, back.is_fresh) == (home["Maja"], True, False)
    with runtime.transaction(home.id) as db:
        assert queries.sessions_of(db, home["Ben"]) == []
        cookie = access.open_profile(db, runtime.keyring, back, home["Ben"], "4711", clock())
    profile = the_card(runtime, clock, cookie or "")
    again = the_card(runtime, clock, enter(runtime, clock, home, "Maja", instead_of=profile.id))
    assert (again.is_household, again.is_fresh) == (True, True)
    with runtime.transaction(home.id) as db:
        assert [card.id for card in queries.sessions_of(db, home["Maja"])] == [again.id]


def test_sessions_of_no_use_are_forgotten(runtime: Runtime, clock: Clock, home: Home) -> None:
    enter(runtime, clock, home, "Maja")
    clock.move(days=180)
    kept = enter(runtime, clock, home, "Maja")
    with runtime.housekeeping() as db:
        access.forget_due(db, clock())
        assert db.scalar(sa.select(sa.func.count(OpenSession.id))) == 2
        access.forget_due(db, clock.move(days=1))
        assert db.scalar(sa.select(sa.func.count(OpenSession.id))) == 1
    assert card_of(runtime, clock, kept) is not None
