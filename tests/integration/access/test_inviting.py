"""Found a home, invite, accept; tokens for other tools; the audit trail."""

import threading
from datetime import timedelta

import pytest

from service.access import actions as access
from service.access import posting, queries, rules
from service.access.postman import Ready
from service.access.rules import By, Entrance, LetterKind
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people import queries as people_now
from service.people.acts import Act
from service.people.rules import Joined, PlaceKind, Role, WorkspaceKind
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.family(runtime, Maja=Role.ADULT)


def invite(runtime: Runtime, home: Home, *, role: Role = Role.ADULT, uses: int = 1) -> str:
    """Make an invitation; returns its token."""
    with runtime.transaction(home.id) as db:
        return access.make_invite(db, runtime.keyring, home.circle, role, home["Maja"], MONDAY, uses=uses)


def accept(runtime: Runtime, clock: Clock, token: str, name: str = "Ivo") -> Entrance:
    """Accept an invitation."""
    with runtime.housekeeping() as db:
        return access.accept_invite(db, runtime.keyring, token, name, clock())


def test_a_family_is_founded_with_a_circle_and_a_room(runtime: Runtime, clock: Clock) -> None:
    with runtime.housekeeping() as db:
        entrance = access.found(
            db, WorkspaceKind.FAMILY, "Lindgren", "Maja", clock(), zone="Europe/Stockholm", language="sv"
        )
    with runtime.transaction(entrance.workspace) as db:
        card = people_now.the_member(db, entrance.member)
        (circle,) = people_now.circles(db)
        (room,) = people_now.places(db)
    assert (card.name, card.role, card.is_owner, card.joined) == ("Maja", Role.ADULT, True, Joined.WHOLE)
    assert (circle.name, circle.leads) == ("Lindgren", (entrance.member,))
    assert (room.kind, room.external, room.listens) == (PlaceKind.ROOM, circle.id, True)


def test_a_founding_that_is_refused_leaves_nothing(runtime: Runtime, clock: Clock) -> None:
    with pytest.raises(Refused), runtime.housekeeping() as db:
        access.found(db, WorkspaceKind.FAMILY, "Lindgren", " ", clock())
    with runtime.housekeeping() as db:
        assert people_now.workspaces(db) == []


def test_whoever_follows_an_invitation_sees_who_invites_and_joins(runtime: Runtime, clock: Clock, home: Home) -> None:
    token = invite(runtime, home, role=Role.RELATIVE)
    with runtime.housekeeping(writes=False) as db:
        card = queries.invite_of(db, runtime.keyring, token, clock())
    assert card is not None
    assert (card.name, card.circle_name, card.role, card.workspace_kind) == (
        "Maja",
        "Lindgren",
        Role.RELATIVE,
        WorkspaceKind.FAMILY,
    )
    entrance = accept(runtime, clock, token)
    with runtime.transaction(home.id) as db:
        member = people_now.the_member(db, entrance.member)
        assert (member.name, member.role, member.is_owner, member.joined) == ("Ivo", Role.RELATIVE, False, Joined.WHOLE)
        assert entrance.member in people_now.circles(db)[0].members
        assert people_now.circles(db)[0].leads == ()


def test_an_invitation_is_used_as_often_as_it_says_whoever_races(runtime: Runtime, clock: Clock, home: Home) -> None:
    token = invite(runtime, home, uses=3)
    gate, came, refusals = threading.Barrier(8), list[Entrance](), list[ProblemKind]()

    def race(number: int) -> None:
        gate.wait()
        try:
            came.append(accept(runtime, clock, token, f"Guest {number}"))
        except Refused as refused:
            refusals.append(refused.problems[0].kind)

    threads = [threading.Thread(target=race, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(came), refusals) == (3, [ProblemKind.EXPIRED] * 5)
    with runtime.transaction(home.id) as db:
        assert len(people_now.everybody(db)) == 4


def test_an_invitation_runs_out_or_is_taken_back(runtime: Runtime, clock: Clock, home: Home) -> None:
    token, other = invite(runtime, home), invite(runtime, home)
    with runtime.transaction(home.id) as db:
        first, second = queries.invites(db, clock())
        access.revoke_invite(db, first.id)
        access.revoke_invite(db, second.id)
        with pytest.raises(Refused):
            access.revoke_invite(db, first.id)
        assert queries.invites(db, clock()) == []
    for gone in (token, other):
        with pytest.raises(Refused):
            accept(runtime, clock, gone)
    late = invite(runtime, home)
    clock.move(days=14)
    with pytest.raises(Refused):
        accept(runtime, clock, late)


def test_an_invitation_of_somebody_who_left_is_none(runtime: Runtime, clock: Clock, home: Home) -> None:
    token = invite(runtime, home)
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Maja"])
    with pytest.raises(Refused):
        accept(runtime, clock, token)


def test_who_may_be_invited_as_what_and_where(runtime: Runtime, home: Home) -> None:
    other = builders.team(runtime, "Eve")
    with runtime.transaction(home.id) as db:
        for circle, role, uses in (
            (home.circle, Role.CHILD, 1),
            (home.circle, Role.MEMBER, 1),
            (home.circle, Role.ADULT, 0),
            (home.circle, Role.ADULT, 51),
            (other.circle, Role.ADULT, 1),
        ):
            with pytest.raises(Refused):
                access.make_invite(db, runtime.keyring, circle, role, home["Maja"], MONDAY, uses=uses)


def test_an_invitation_goes_by_letter(runtime: Runtime, clock: Clock, home: Home) -> None:
    letters: list[Ready] = []

    class Bag:
        def send(self, letter: Ready) -> None:
            letters.append(letter)

    with runtime.transaction(home.id) as db:
        access.send_invite(db, runtime.keyring, home.circle, Role.ADULT, home["Maja"], "ivo@example.org", clock())
    posting.deliver_letters(runtime.housekeeping, runtime.keyring, Bag(), clock())
    (letter,) = letters
    assert (letter.kind, letter.words.name, letter.words.circle) == (LetterKind.INVITE, "Maja", "Lindgren")
    accept(runtime, clock, letter.words.path.removeprefix(rules.INVITE_PATH))


def test_a_token_of_the_api_does_what_it_says_until_it_is_revoked(runtime: Runtime, clock: Clock, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        token, shown = access.make_api_token(db, " The  tracker ", [Act.EFFORTS_NOTE, Act.PEOPLE_SEE], clock())
    with runtime.housekeeping() as db:
        card = queries.api_token(db, shown)
        assert card is not None
        assert (card.id, card.workspace, card.name, card.seen_on) == (token, home.id, "The tracker", None)
        assert card.acts == {Act.EFFORTS_NOTE, Act.PEOPLE_SEE}
        assert queries.api_token(db, shown[:-1]) is None
        access.used_api_token(db, token, clock())
    with runtime.transaction(home.id) as db:
        assert [one.seen_on for one in queries.api_tokens(db)] == [MONDAY.date()]
        access.revoke_api_token(db, token)
        with pytest.raises(Refused):
            access.revoke_api_token(db, token)
    with runtime.housekeeping() as db:
        assert queries.api_token(db, shown) is None


@pytest.mark.parametrize(("name", "acts"), [(" ", [Act.PEOPLE_SEE]), ("a" * 81, [Act.PEOPLE_SEE]), ("Tracker", [])])
def test_a_token_has_a_name_and_a_use(runtime: Runtime, home: Home, name: str, acts: list[Act]) -> None:
    with pytest.raises(Refused), runtime.transaction(home.id) as db:
        access.make_api_token(db, name, acts, MONDAY)


def test_the_trail_keeps_the_day_and_the_kind_for_half_a_year(runtime: Runtime, clock: Clock, home: Home) -> None:
    other = builders.team(runtime, "Eve")
    for place, act in ((home, Act.PEOPLE_INVITE), (other, Act.WORKSPACE_KEYS)):
        with runtime.transaction(place.id) as db:
            access.record(db, act, By.ADULT, clock())
    clock.move(days=1)
    with runtime.transaction(home.id) as db:
        access.record(db, Act.BELONGINGS_EXPORT, By.OPERATOR, clock())
        trail = queries.trail(db)
    assert [(done.on, done.act, done.by) for done in trail] == [
        (MONDAY.date() + timedelta(days=1), "belongings.export", By.OPERATOR),
        (MONDAY.date(), "people.invite", By.ADULT),
    ]
    with runtime.housekeeping() as db:
        access.forget_due(db, MONDAY + timedelta(days=181))
    with runtime.transaction(home.id) as db:
        assert len(queries.trail(db)) == 1


def test_closed_ways_in_are_forgotten(runtime: Runtime, clock: Clock, home: Home) -> None:
    invite(runtime, home)
    with runtime.transaction(home.id) as db:
        access.make_way_in(db, runtime.keyring, home["Maja"], clock())
    with runtime.housekeeping() as db:
        access.begin_sign_in(db, runtime.keyring, "eve@example.org", "10.0.0.1", clock())
        access.forget_due(db, clock() + timedelta(days=30))
    with runtime.transaction(home.id) as db:
        assert queries.invites(db, clock()) == []
