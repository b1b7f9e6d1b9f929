"""Who is here: the people of my circles, what each shares, and the profiles of children."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.errors import ProblemKind, Refused, refused
from service.people import actions as acts
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import MemberCard
from service.people.policy import Thing
from service.people.rules import Joined, Role
from service.web import entry, forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.wording import access as ways_in
from service.wording import boundaries, rooms
from service.wording import household as household_words
from service.wording import people as words
from service.wording.buttons import Button, label

room = Blueprint("people", __name__)


@room.get("/people")
@for_members(Act.PEOPLE_SEE)
def shown(here: Here) -> ResponseReturnValue:
    """Everybody in my circles."""
    return _page(here, forms.begun(name="", pin=""))


def _page(here: Here, typed: Typed) -> str:
    return render_template(
        "people/people.html",
        here=here,
        words=words,
        at_home=household_words,
        ways_in=ways_in,
        rooms=rooms,
        typed=typed,
        circles=[
            (circle, [(one, _note(here, one, circle.leads)) for one in _in(here, circle.members)])
            for circle in here.circles
        ],
        may_invite=here.may(Act.PEOPLE_INVITE),
        may_keep_profiles=here.may(Act.PROFILES) and here.is_family,
        is_household=here.session.is_household,
    )


def _in(here: Here, members: tuple[str, ...]) -> list[MemberCard]:
    return [here.members[one] for one in members if one in here.members]


def _note(here: Here, card: MemberCard, leads: tuple[str, ...]) -> str:
    voice = here.voice
    notes = [words.you(voice)] if card.id == here.me.id else []
    if here.is_family:
        notes.append(words.role(voice, card.role))
    if card.id in leads and not here.is_family:
        notes.append(words.is_lead(voice))
    if card.joined is Joined.NO:
        notes.append(words.has_not_joined(voice))
    return " · ".join(notes)


@room.get("/people/<member>")
@for_members(Act.PEOPLE_SEE)
def one(here: Here, member: str) -> ResponseReturnValue:
    """What somebody shares of their boundary."""
    with here.transaction(writes=False) as db:
        here.check(Act.PEOPLE_SEE, _there(people.thing(db, member)))
        card = people.the_member(db, member)
        view = people.boundary_view(db, member)
        here.learn(db, [member])
    voice, mine = here.voice, view.boundary
    shared = [(boundaries.their_time(voice), voice.clock(here.now.astimezone(mine.tz)))]
    shared.append((boundaries.thanks_wish(voice), boundaries.wish(voice, view.thanks_wish)))
    if view.raise_with_me:
        shared.append((boundaries.raise_with_me(voice), view.raise_with_me))
    paused = view.shares_away and mine.paused_until is not None and mine.paused_until > here.now
    away = boundaries.takes_a_pause(voice, here.day(mine.paused_until)) if paused and mine.paused_until else None
    return render_template(
        "people/one.html",
        here=here,
        words=words,
        boundaries=boundaries,
        ways_in=ways_in,
        rooms=rooms,
        card=card,
        note=_note(here, card, ()),
        shared=shared,
        away=away,
        may_thank=card.id != here.me.id and here.may(Act.APPRECIATIONS_GIVE),
        may_mend=card.id != here.me.id and here.may(Act.REPAIRS_OPEN) and card.joined is Joined.WHOLE,
        may_show_way_in=card.id != here.me.id and here.may(Act.SHOW_WAY_IN) and card.role is not Role.CHILD,
        thank=label(voice, Button.APPRECIATIONS_OPEN),
        mend=label(voice, Button.REPAIRS_OPEN),
    )


def _there(thing: Thing | None) -> Thing:
    if thing is None:
        raise refused(ProblemKind.NOT_FOUND)
    return thing


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
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/people", household_words.child_added(here.voice, typed.one("name")))


@room.post("/people/household")
@for_members(Act.PROFILES)
def household(here: Here) -> ResponseReturnValue:
    """Leave this device to the household, or take it back."""
    with here.transaction() as db:
        access.leave_to_household(db, here.session, yes=forms.sent("yes").one("yes") == "yes")
    return onward("/people")


@room.get("/profiles")
@for_members(Act.SESSIONS)
def profiles(here: Here) -> ResponseReturnValue:
    """The children who open their own pages on this device."""
    return _profiles(here, forms.begun(child="", pin=""))


def _profiles(here: Here, typed: Typed) -> str:
    if not here.session.is_household:
        raise refused(ProblemKind.NOT_FOUND)
    children = [here.face(card.id) for card in here.members.values() if card.role is Role.CHILD]
    return render_template(
        "people/profiles.html", here=here, words=household_words, ways_in=ways_in, typed=typed, children=children
    )


@room.post("/profiles")
@for_members(Act.SESSIONS)
def open_profile(here: Here) -> ResponseReturnValue:
    """Open a child's page with their PIN."""
    typed = forms.sent("child", "pin")
    try:
        if typed.one("child") not in {card.id for card in here.members.values() if card.role is Role.CHILD}:
            raise refused(ProblemKind.NOBODY_CHOSEN, "child")
        with here.transaction() as db:
            cookie = access.open_profile(
                db, here.runtime.keyring, here.session, typed.one("child"), typed.one("pin"), here.now
            )
    except Refused as declined:
        return _profiles(here, typed.declined(here.voice, declined)), 422
    if cookie is None:
        return _profiles(here, typed.faulty("pin", household_words.pin_wrong(here.voice))), 422
    entry.begin_session(cookie)
    return redirect("/today", 303)
