"""Passkeys: kept from one's settings, used at the way in. A script of ours asks the device; no page needs it."""

from flask import Blueprint, Response, g, render_template, request, session
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import queries
from service.access.passkeys import Answer, Question
from service.access.queries import PasskeyCard
from service.access.rules import Site, site_of
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.web import entry, forms
from service.web.access import come_in, way_in
from service.web.entry import for_members, open_to_all
from service.web.forms import Typed
from service.web.here import Here
from service.web.here import found as somebody
from service.web.notices import onward
from service.wording import passkeys as words

room = Blueprint("passkeys", __name__)
ASKED = "passkey"
"""Under this name the browser keeps the challenge it brings back."""


@room.get("/passkeys")
@for_members(Act.SESSIONS)
def shown(here: Here) -> ResponseReturnValue:
    """The passkeys I have, and what one is."""
    with here.transaction(writes=False) as db:
        cards = queries.passkeys_of(db, here.me.id)
    return render_template(
        "access/passkeys.html",
        here=here,
        words=words,
        passkeys=cards,
        may_add=here.may(Act.PASSKEYS),
        has_site=_site() is not None,
    )


@room.get("/passkeys/new")
@for_members(Act.PASSKEYS)
def new(here: Here) -> ResponseReturnValue:
    """The button that has the device make one."""
    return _new(here, forms.begun())


def _new(here: Here, typed: Typed) -> str:
    if _site() is None:
        raise refused(ProblemKind.NOT_FOUND)
    return render_template("access/passkey_new.html", here=here, words=words, typed=typed)


@room.post("/passkeys/options")
@for_members(Act.PASSKEYS)
def ask_to_keep(here: Here) -> ResponseReturnValue:
    """What the script asks the device to make."""
    with here.transaction() as db:
        question = access.ask_to_keep(db, here.runtime.keyring, here.me.id, _the_site(), here.now)
    return _asked(question)


@room.post("/passkeys")
@for_members(Act.PASSKEYS)
def keep(here: Here) -> ResponseReturnValue:
    """Keep what the device made."""
    with here.transaction() as db:
        kept = access.keep_passkey(
            db, here.runtime.keyring, here.me.id, _the_site(), _answer(), entry.device(), here.now
        )
    if isinstance(kept, Refused):
        return _new(here, forms.begun().declined(here.voice, kept)), 422
    return onward("/passkeys", words.added(here.voice))


@room.get("/passkeys/<passkey>")
@for_members(Act.SESSIONS)
def one(here: Here, passkey: str) -> ResponseReturnValue:
    """What I call a passkey, and letting go of it."""
    card = _mine(here, passkey)
    return _one(here, card, forms.begun(name=card.name))


def _one(here: Here, card: PasskeyCard, typed: Typed) -> str:
    return render_template("access/passkey.html", here=here, words=words, passkey=card, typed=typed)


@room.post("/passkeys/<passkey>/name")
@for_members(Act.SESSIONS)
def rename(here: Here, passkey: str) -> ResponseReturnValue:
    """Call a passkey something else."""
    card, typed = _mine(here, passkey), forms.sent("name")
    try:
        with here.transaction() as db:
            access.name_passkey(db, here.me.id, passkey, typed.one("name"))
    except Refused as declined:
        return _one(here, card, typed.declined(here.voice, declined)), 422
    return onward("/passkeys")


@room.post("/passkeys/<passkey>/remove")
@for_members(Act.PASSKEYS)
def remove(here: Here, passkey: str) -> ResponseReturnValue:
    """Let go of a passkey."""
    with here.transaction() as db:
        access.forget_passkey(db, here.me.id, passkey)
    return onward("/passkeys", words.removed(here.voice))


@room.post("/sign-in/passkey/options")
@open_to_all
def ask() -> ResponseReturnValue:
    """What the script asks the device to sign."""
    runtime = g.runtime
    with runtime.housekeeping() as db:
        question = access.ask_passkey(db, runtime.keyring, _the_site(), request.remote_addr or "", runtime.now())
    return _asked(question)


@room.post("/sign-in/passkey")
@open_to_all
def enter() -> ResponseReturnValue:
    """Come in by what the device signed."""
    runtime = g.runtime
    with runtime.housekeeping() as db:
        entrance = access.enter_by_passkey(db, runtime.keyring, _the_site(), _answer(), runtime.now())
    if isinstance(entrance, Refused):
        return way_in(forms.begun(address="").declined(g.voice, entrance), again=somebody() is not None), 422
    return come_in(entrance)


def _site() -> Site | None:
    return site_of(g.runtime.settings.public_url)


def _the_site() -> Site:
    site = _site()
    if site is None:
        raise refused(ProblemKind.NOT_FOUND)
    return site


def _asked(question: Question) -> Response:
    session[ASKED] = question.challenge
    return Response(question.options, content_type="application/json")


def _answer() -> Answer:
    return Answer(session.pop(ASKED, ""), forms.sent("answer").one("answer"))


def _mine(here: Here, passkey: str) -> PasskeyCard:
    with here.transaction(writes=False) as db:
        card = next((card for card in queries.passkeys_of(db, here.me.id) if card.id == passkey), None)
    if card is None:
        raise refused(ProblemKind.NOT_FOUND)
    return card
