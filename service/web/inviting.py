"""Inviting others: a link, a code to scan, a letter; and taking an invitation back."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import queries
from service.access.rules import INVITE_PATH, invite_ends_on, may_be_invited_as
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.people.cards import CircleCard
from service.people.policy import Thing
from service.people.rules import Role
from service.web import forms, look
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import access as words
from service.wording import people as names
from service.wording import rooms

room = Blueprint("inviting", __name__)
FIELDS = ("circle", "role", "uses", "address")
USES = (1, 2, 5, 20)


@room.get("/invite")
@for_members(Act.PEOPLE_INVITE)
def invite(here: Here) -> ResponseReturnValue:
    """The form, and the invitations that are open."""
    roles = _roles(here)
    return _form(here, forms.begun(role=roles[0].value, uses="1", address=""))


def _roles(here: Here) -> list[Choice]:
    return [
        Choice(role.value, names.role(here.voice, role), names.role_hint(here.voice, role))
        for role in (Role.MEMBER, Role.ADULT, Role.TEEN, Role.RELATIVE)
        if may_be_invited_as(here.home.kind, role)
    ]


def _circles(here: Here) -> list[CircleCard]:
    return [circle for circle in here.circles if here.may(Act.PEOPLE_INVITE, _into(here, circle.id))]


def _into(here: Here, circle: str) -> Thing:
    return Thing(here.home.id, circles=frozenset({circle}))


def _form(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        cards = queries.invites(db, here.now)
    mine = [card for card in cards if here.may(Act.PEOPLE_INVITE, _into(here, card.circle))]
    return render_template(
        "people/invite.html",
        here=here,
        words=words,
        names=names,
        typed=typed,
        roles=_roles(here),
        uses=[Choice(str(uses), here.voice.number(uses)) for uses in USES],
        circles=[Choice(circle.id, circle.name) for circle in _circles(here)],
        invites=mine,
        is_loopback=here.runtime.settings.is_loopback,
    )


@room.post("/invite")
@for_members(Act.PEOPLE_INVITE)
def make(here: Here) -> ResponseReturnValue:
    """Make a link, shown once with its code; or send it to an address."""
    typed = forms.sent(*FIELDS)
    try:
        circle = next((one for one in _circles(here) if one.id == typed.one("circle")), None)
        circle = circle or next(iter(_circles(here)), None)
        if circle is None:
            raise refused(ProblemKind.NOT_FOUND)
        role = forms.choice(Role, typed.one("role"), "role")
        if typed.one("address").strip():
            with here.transaction() as db:
                access.send_invite(
                    db, here.runtime.keyring, circle.id, role, here.me.id, typed.one("address"), here.now
                )
            here.runtime.soon()
            return onward("/invite", words.invite_sent(here.voice))
        uses = forms.number(typed.one("uses") or "1", "uses")
        with here.transaction() as db:
            token = access.make_invite(db, here.runtime.keyring, circle.id, role, here.me.id, here.now, uses=uses)
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    address = f"{here.runtime.settings.public_url.rstrip('/')}{INVITE_PATH}{token}"
    return render_template(
        "people/invitation.html",
        here=here,
        words=words,
        rooms=rooms,
        circle=circle,
        address=address,
        until=here.day(invite_ends_on(here.now)),
        code=look.code(address, words.invite_code(here.voice)),
        is_loopback=here.runtime.settings.is_loopback,
    )


@room.post("/invite/<invite_id>/revoke")
@for_members(Act.PEOPLE_INVITE)
def revoke(here: Here, invite_id: str) -> ResponseReturnValue:
    """Take an invitation back."""
    with here.transaction() as db:
        card = next((one for one in queries.invites(db, here.now) if one.id == invite_id), None)
        if card is None:
            raise refused(ProblemKind.NOT_FOUND)
        here.check(Act.PEOPLE_INVITE, _into(here, card.circle))
        access.revoke_invite(db, invite_id)
    return onward("/invite", words.invite_revoked(here.voice))
