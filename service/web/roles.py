"""What others are here: their role, who leads, who owns; and removing somebody. Each asks for a fresh sign-in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access.rules import By
from service.belongings import actions as belongings
from service.errors import ProblemKind, Refused, refused
from service.people import actions as acts
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import CircleCard, MemberCard
from service.people.policy import Standing, Thing
from service.people.rules import Role, WorkspaceKind
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import people as names
from service.wording import roles as words

room = Blueprint("roles", __name__)
AT_HOME = (Role.ADULT, Role.TEEN, Role.RELATIVE)
AT_WORK = (Role.MEMBER, Role.GUEST)


@room.get("/people/<member>/role")
@for_members(Act.PEOPLE_ROLE)
def form(here: Here, member: str) -> ResponseReturnValue:
    """What somebody is here, to be changed."""
    card = _theirs(here, Act.PEOPLE_ROLE, member)
    return _form(here, card, forms.begun(role=card.role.value))


def _theirs(here: Here, act: Act, member: str, *, raised: bool = False) -> MemberCard:
    """Somebody whom the policy lets me do this to; `raised` where it makes a lead or an owner of them."""
    with here.transaction(writes=False) as db:
        thing = people.thing(db, member)
        if thing is None:
            raise refused(ProblemKind.NOT_FOUND)
        here.check(act, Thing(thing.workspace, thing.members, thing.circles, thing.guardian, thing.raised or raised))
        card = people.the_member(db, member)
        here.learn(db, [member])
    return card


def _form(here: Here, card: MemberCard, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        circles = people.circles_of(db, card.id)
    may_raise = _may_raise(here)
    return render_template(
        "people/role.html",
        here=here,
        words=words,
        names=names,
        card=card,
        typed=typed,
        roles=[
            Choice(role.value, names.role(here.voice, role), names.role_hint(here.voice, role))
            for role in _open(here, card)
        ],
        circles=[(circle, card.id in circle.leads) for circle in circles] if may_raise and not here.is_family else [],
        may_own=may_raise and card.role in (Role.MEMBER, Role.ADULT),
        may_remove=card.id != here.me.id,
        only_from=_led(here, circles),
    )


def _open(here: Here, card: MemberCard) -> list[Role]:
    """What they may become: of a child nobody asks back, and a lead names no guests of others."""
    roles = list(AT_HOME if here.home.kind is WorkspaceKind.FAMILY else AT_WORK)
    return [card.role, *roles] if card.role not in roles else roles


def _may_raise(here: Here) -> bool:
    """Whether they may name leads and owners."""
    return here.actor.is_owner or here.me.role is Role.ADULT


def _led(here: Here, circles: list[CircleCard]) -> CircleCard | None:
    """The circle a lead may let somebody out of, where they may not remove them from everywhere."""
    if _may_raise(here):
        return None
    return next((circle for circle in circles if circle.id in here.actor.leads), None)


@room.post("/people/<member>/role")
@for_members(Act.PEOPLE_ROLE)
def change(here: Here, member: str) -> ResponseReturnValue:
    """Somebody is something else from now on."""
    card, typed = _theirs(here, Act.PEOPLE_ROLE, member), forms.sent("role")
    try:
        role = forms.choice(Role, typed.one("role"), "role")
        if role not in _open(here, card):
            raise refused(ProblemKind.UNKNOWN_VALUE, "role")
        with here.transaction() as db:
            acts.give_role(db, member, role)
            access.record(db, Act.PEOPLE_ROLE, _by(here), here.now)
    except Refused as declined:
        return _form(here, card, typed.declined(here.voice, declined)), 422
    return onward(f"/people/{member}", words.changed(here.voice, card.name, names.role(here.voice, role)))


@room.post("/people/<member>/lead/<circle>")
@for_members(Act.PEOPLE_ROLE)
def lead(here: Here, member: str, circle: str) -> ResponseReturnValue:
    """Name somebody a lead of a circle they are in, or no longer."""
    _theirs(here, Act.PEOPLE_ROLE, member, raised=True)
    with here.transaction() as db:
        if circle not in {one.id for one in people.circles_of(db, member)}:
            raise refused(ProblemKind.NOT_FOUND)
        acts.seat(db, circle, member, here.now, leads=forms.sent("yes").one("yes") == "yes")
        access.record(db, Act.PEOPLE_ROLE, _by(here), here.now)
    return onward(f"/people/{member}")


@room.post("/people/<member>/owner")
@for_members(Act.PEOPLE_ROLE)
def owner(here: Here, member: str) -> ResponseReturnValue:
    """Name somebody an owner of the workspace, or no longer."""
    card = _theirs(here, Act.PEOPLE_ROLE, member, raised=True)
    try:
        if card.role not in (Role.MEMBER, Role.ADULT):
            raise refused(ProblemKind.NOT_ALLOWED)
        with here.transaction() as db:
            if forms.sent("yes").one("yes") == "yes":
                acts.own(db, member)
            else:
                acts.disown(db, member)
            access.record(db, Act.PEOPLE_ROLE, _by(here), here.now)
    except Refused as declined:
        return _form(here, card, forms.begun(role=card.role.value).declined(here.voice, declined)), 422
    return onward(f"/people/{member}")


@room.post("/people/<member>/remove")
@for_members(Act.PEOPLE_REMOVE)
def remove(here: Here, member: str) -> ResponseReturnValue:
    """Remove somebody: what is kept about them goes. A lead lets them out of the circle alone."""
    card = _theirs(here, Act.PEOPLE_REMOVE, member)
    if member == here.me.id:
        raise refused(ProblemKind.NOT_ALLOWED)
    try:
        with here.transaction() as db:
            circle = _led(here, people.circles_of(db, member))
            if circle is not None:
                acts.unseat(db, circle.id, member)
            else:
                belongings.erase(db, member, here.now)
            access.record(db, Act.PEOPLE_REMOVE, _by(here), here.now)
    except Refused as declined:
        return _form(here, card, forms.begun(role=card.role.value).declined(here.voice, declined)), 422
    return onward("/people", words.removed(here.voice, card.name))


def _by(here: Here) -> By:
    """As what they act."""
    standings = here.actor.standings
    return next(
        (By(one.value) for one in (Standing.OWNER, Standing.ADULT, Standing.LEAD) if one in standings), By.MEMBER
    )
