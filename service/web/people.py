"""Who is here: the people of my circles, and what each shares."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import MemberCard
from service.people.policy import Thing
from service.people.rules import Joined, Role
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.wording import access as ways_in
from service.wording import boundaries, roles, rooms
from service.wording import household as household_words
from service.wording import people as words
from service.wording.buttons import Button, label

room = Blueprint("people", __name__)


@room.get("/people")
@for_members(Act.PEOPLE_SEE)
def shown(here: Here) -> ResponseReturnValue:
    """Everybody in my circles."""
    return page(here, forms.begun(name="", pin="", my_pin=""))


def page(here: Here, typed: Typed) -> str:
    """The page of all of us, with the forms of a household beside it."""
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
        thing = people.thing(db, member)
        here.check(Act.PEOPLE_SEE, _there(thing))
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
        may_change=here.may(Act.PEOPLE_ROLE, _there(thing)),
        may_keep_profile=card.role is Role.CHILD and here.may(Act.PROFILES, _there(thing)),
        roles=roles,
        at_home=household_words,
        may_show_way_in=card.id != here.me.id and here.may(Act.SHOW_WAY_IN) and card.role is not Role.CHILD,
        thank=label(voice, Button.APPRECIATIONS_OPEN),
        mend=label(voice, Button.REPAIRS_OPEN),
    )


def _there(thing: Thing | None) -> Thing:
    if thing is None:
        raise refused(ProblemKind.NOT_FOUND)
    return thing
