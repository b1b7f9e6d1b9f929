"""A device at home: children's profiles, what an adult settles for them, and going back to one's own page."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import queries
from service.access.queries import SessionCard
from service.appreciations import actions as thanks
from service.appreciations import queries as thanked
from service.errors import ProblemKind, Refused, refused
from service.people import actions as acts
from service.people.acts import Act
from service.people.cards import MemberCard
from service.people.rules import Role
from service.web import entry, forms
from service.web import people as people_pages
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Face
from service.wording import access as ways_in
from service.wording import household as words

room = Blueprint("households", __name__)


@room.post("/people/children")
@for_members(Act.PROFILES)
def add_child(here: Here) -> ResponseReturnValue:
    """Make a child's profile, opened with a PIN on a household device."""
    typed, circle = forms.sent("name", "pin"), here.home_circle()
    try:
        if circle is None or not here.is_family:
            raise refused(ProblemKind.NOT_FOUND)
        with here.transaction() as db:
            child = acts.meet(db, typed.one("name"), here.now, role=Role.CHILD)
            acts.guard(db, child, here.me.id)
            acts.join(db, child, here.now)
            acts.seat(db, circle.id, child, here.now)
            access.set_pin(db, child, typed.one("pin"))
    except Refused as declined:
        return people_pages.page(here, typed.declined(here.voice, declined)), 422
    return onward("/people", words.child_added(here.voice, typed.one("name")))


@room.get("/people/<member>/profile")
@for_members(Act.PROFILES)
def child(here: Here, member: str) -> ResponseReturnValue:
    """What an adult settles for a child."""
    return _child(here, member, forms.begun(pin=""))


def _child(here: Here, member: str, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        card = _of_a_child(here, member)
        may_thank = thanked.kin_allowed(db, member)
    return render_template(
        "people/profile.html", here=here, words=words, card=card, typed=typed, kin_may_thank=may_thank
    )


def _of_a_child(here: Here, member: str) -> MemberCard:
    card = here.members.get(member)
    if card is None or card.role is not Role.CHILD:
        raise refused(ProblemKind.NOT_FOUND)
    return card


@room.post("/people/<member>/pin")
@for_members(Act.PROFILES)
def set_pin(here: Here, member: str) -> ResponseReturnValue:
    """Set a child's number anew."""
    typed, card = forms.sent("pin"), _of_a_child(here, member)
    try:
        with here.transaction() as db:
            access.set_pin(db, member, typed.one("pin"))
    except Refused as declined:
        return _child(here, member, typed.declined(here.voice, declined)), 422
    return onward(f"/people/{member}", words.pin_set(here.voice, card.name))


@room.post("/people/<member>/kin")
@for_members(Act.PROFILES)
def allow_kin(here: Here, member: str) -> ResponseReturnValue:
    """Let a child and its relatives thank one another, or no longer."""
    _of_a_child(here, member)
    with here.transaction() as db:
        thanks.allow_kin(db, here.me.id, member, allowed=forms.sent("yes").one("yes") == "yes")
    return onward(f"/people/{member}/profile")


@room.post("/people/household")
@for_members(Act.PROFILES)
def household(here: Here) -> ResponseReturnValue:
    """Leave this device to the household, or take it back."""
    with here.transaction() as db:
        access.leave_to_household(db, here.session, yes=forms.sent("yes").one("yes") == "yes")
    return onward("/people")


@room.post("/people/household/pin")
@for_members(Act.PROFILES)
def set_my_pin(here: Here) -> ResponseReturnValue:
    """Set the number with which I come back to my own page on a household device."""
    typed = forms.sent("my_pin")
    try:
        with here.transaction() as db:
            access.set_pin(db, here.me.id, typed.one("my_pin"), at="my_pin")
    except Refused as declined:
        return people_pages.page(here, typed.declined(here.voice, declined)), 422
    return onward("/people", words.my_pin_set(here.voice))


@room.get("/profiles")
@for_members(Act.SESSIONS)
def profiles(here: Here) -> ResponseReturnValue:
    """Whose page is to be open on this device."""
    return _profiles(here, forms.begun(child="", pin=""))


def _profiles(here: Here, typed: Typed) -> str:
    device = _device(here)
    with here.transaction(writes=False) as db:
        goes_back = device.id != here.session.id and queries.has_pin(db, device.member)
    return render_template(
        "people/profiles.html",
        here=here,
        words=words,
        ways_in=ways_in,
        typed=typed,
        people=_whose(here, device, goes_back=goes_back),
        adult=here.name(device.member) if device.id != here.session.id and not goes_back else None,
    )


def _device(here: Here) -> SessionCard:
    with here.transaction(writes=False) as db:
        found = queries.household_behind(db, here.session)
    if found is None:
        raise refused(ProblemKind.NOT_FOUND)
    return found


def _whose(here: Here, device: SessionCard, *, goes_back: bool) -> list[Face]:
    children = [card.id for card in here.members.values() if card.role is Role.CHILD and card.id != here.me.id]
    return [here.face(one) for one in ([device.member] if goes_back else []) + children]


@room.post("/profiles")
@for_members(Act.SESSIONS)
def open_profile(here: Here) -> ResponseReturnValue:
    """Open a child's page with their PIN, or an adult's again with theirs."""
    typed, device = forms.sent("child", "pin"), _device(here)
    chosen = typed.one("child")
    try:
        if chosen not in {one.key for one in _whose(here, device, goes_back=device.id != here.session.id)}:
            raise refused(ProblemKind.NOBODY_CHOSEN, "child")
        cookie = _changed(here, chosen, device, typed.one("pin"))
    except Refused as declined:
        return _profiles(here, typed.declined(here.voice, declined)), 422
    if cookie is None:
        return _profiles(here, typed.faulty("pin", words.pin_wrong(here.voice))), 422
    entry.begin_session(cookie)
    return redirect("/today", 303)


def _changed(here: Here, chosen: str, device: SessionCard, pin: str) -> str | None:
    """The cookie of the page that is open from now on; None where the PIN is not right."""
    with here.transaction() as db:
        if chosen == device.member:
            return access.close_profile(db, here.runtime.keyring, here.session, pin, here.now)
        cookie = access.open_profile(db, here.runtime.keyring, device, chosen, pin, here.now)
        if cookie is not None and device.id != here.session.id:
            access.revoke(db, here.me.id, here.session.id)
        return cookie
