"""Ways in and out of this browser: links, codes, the demo's one click; and where else one is signed in."""

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access import queries
from service.access.rules import LINK_PATH, Entrance, site_of
from service.db import Session
from service.errors import ProblemKind, Refused, refused
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import MemberCard
from service.people.policy import Thing
from service.people.rules import IdentityKind
from service.web import entry, forms, look, unsent
from service.web.entry import for_members, open_to_all
from service.web.forms import Typed
from service.web.here import Here
from service.web.here import found as somebody
from service.web.notices import onward, tell
from service.wording import access as words
from service.wording import arriving, passkeys

room = Blueprint("access", __name__)
WAITING = "waiting"
"""Under this name the browser keeps what lets it take the code of a letter."""
ONWARD = "onward"
"""And under this one the page to which a fresh sign-in leads back."""


@room.get("/sign-in")
@open_to_all
def sign_in() -> ResponseReturnValue:
    """An address for a link; in the demo, everybody to be with one click."""
    if somebody() is not None and not g.runtime.settings.goldseam_demo:
        return redirect("/today", 303)
    _remember_the_page()
    return way_in(forms.begun(address=""))


def _remember_the_page() -> None:
    wanted = look.own_path(request.args.get("next", ""))
    if wanted not in ("", "/"):
        session[ONWARD] = wanted


def way_in(typed: Typed, *, again: bool = False) -> str:
    """The page with every way in."""
    people_here = _made_up() if g.runtime.settings.goldseam_demo else []
    return render_template(
        "access/sign_in.html",
        voice=g.voice,
        words=words,
        arriving=arriving,
        typed=typed,
        homes=people_here,
        again=again,
        doors=sorted(current_app.extensions["doors"].values(), key=lambda door: door.title),
        passkeys=passkeys,
        has_site=site_of(g.runtime.settings.public_url) is not None,
    )


def _made_up() -> list[tuple[str, list[MemberCard]]]:
    with g.runtime.housekeeping(writes=False) as db:
        homes = []
        for home in people.workspaces(db):
            db.enter(home.id)
            homes.append((home.name, people.everybody(db)))
        return homes


@room.post("/sign-in")
@open_to_all
def send_link() -> ResponseReturnValue:
    """A letter goes to the address, if anybody here has it; the answer is the same if nobody does."""
    typed = forms.sent("address")
    runtime = g.runtime
    try:
        with runtime.housekeeping() as db:
            session[WAITING] = access.begin_sign_in(
                db, runtime.keyring, typed.one("address"), request.remote_addr or "", runtime.now()
            )
    except Refused as declined:
        return way_in(typed.declined(g.voice, declined), again=somebody() is not None), 422
    runtime.soon()
    return redirect(url_for("access.code_form"), 303)


@room.get("/sign-in/code")
@open_to_all
def code_form() -> ResponseReturnValue:
    """The letter is on its way; where it lies on another device, its code may be typed here."""
    return _code(forms.begun(code=""))


def _code(typed: Typed) -> str:
    return render_template("access/code.html", voice=g.voice, words=words, typed=typed)


@room.post("/sign-in/code")
@open_to_all
def take_code() -> ResponseReturnValue:
    """Come in by the code of a letter."""
    typed, runtime = forms.sent("code"), g.runtime
    entrance: Entrance | None = None
    try:
        with runtime.housekeeping() as db:
            entrance = access.consume_code(
                db, runtime.keyring, session.get(WAITING, ""), typed.one("code"), runtime.now()
            )
    except Refused as declined:
        return _code(typed.declined(g.voice, declined)), 422
    if entrance is None:
        return _code(typed.faulty("code", words.code_wrong(g.voice))), 422
    return come_in(entrance)


@room.get(f"{LINK_PATH}<token>")
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """A link of a letter leads to a button, since some programs open links by themselves."""
    return render_template("access/link.html", voice=g.voice, words=words, action=request.path, again=None)


@room.post(f"{LINK_PATH}<token>")
@open_to_all
def take_link(token: str) -> ResponseReturnValue:
    """Come in by a link, once."""
    runtime = g.runtime
    try:
        with runtime.housekeeping() as db:
            entrance = access.consume_link(db, runtime.keyring, token, runtime.now())
    except Refused:
        again = words.link_used_up(g.voice)
        return render_template("access/link.html", voice=g.voice, words=words, action=request.path, again=again), 422
    return come_in(entrance)


@room.post("/sign-in/as/<member>")
@open_to_all
def one_click(member: str) -> ResponseReturnValue:
    """Be somebody made up, in the demo alone."""
    runtime = g.runtime
    if not runtime.settings.goldseam_demo:
        abort(404)
    old = somebody()
    with runtime.housekeeping() as db:
        if old is not None:
            access.revoke(db, old.me.id, old.session.id)
        cookie = access.one_click(db, runtime.keyring, member, entry.device(), runtime.now(), is_demo=True)
    entry.begin_session(cookie)
    return redirect("/today", 303)


def come_in(entrance: Entrance) -> ResponseReturnValue:
    """Open a session in this browser, in place of the one it had, and lead to the page that was wanted."""
    runtime, old = g.runtime, somebody()
    wanted = look.own_path(session.get(ONWARD, "/today"))
    with runtime.housekeeping() as db:
        cookie = access.open_session(
            db,
            runtime.keyring,
            entrance,
            entry.device(),
            runtime.now(),
            instead_of=old.session.id if old is not None else None,
        )
    entry.begin_session(cookie, keeping=[unsent.KEY])
    return redirect(wanted, 303)


@room.get("/sign-in/again")
@for_members(Act.SESSIONS)
def sign_in_again(here: Here) -> ResponseReturnValue:
    """What comes next asks for a fresh sign-in."""
    _remember_the_page()
    with here.transaction(writes=False) as db:
        address = _address(db, here)
    return way_in(forms.begun(address=address or ""), again=True)


@room.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    here = somebody()
    if here is not None:
        with here.transaction() as db:
            access.revoke(db, here.me.id, here.session.id)
    entry.end_session()
    tell(words.signed_out(g.voice))
    return redirect("/", 303)


@room.get("/sessions")
@for_members(Act.SESSIONS)
def sessions(here: Here) -> ResponseReturnValue:
    """Where I am signed in, and an address to sign in with."""
    return _sessions(here, forms.begun(address=""))


def _sessions(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        cards = queries.sessions_of(db, here.me.id)
        address = _address(db, here)
    return render_template(
        "access/sessions.html",
        here=here,
        words=words,
        typed=typed,
        sessions=cards,
        address=address,
        also_me=_also_me(here),
    )


def _also_me(here: Here) -> list[tuple[str, str, str]]:
    """Who I am elsewhere: the member, their name, and that of their home."""
    with here.runtime.housekeeping(writes=False) as db:
        cards = queries.also_me(db, here.me.id)
        homes = {card.workspace: people.workspace(db, card.workspace) for card in cards}
    return [(card.id, card.name, home.name) for card in cards if (home := homes[card.workspace]) is not None]


def _address(db: Session, here: Here) -> str | None:
    return people.addresses(db, IdentityKind.MAIL, [here.me.id]).get(here.me.id)


@room.post("/sessions/<session_id>/end")
@for_members(Act.SESSIONS)
def end(here: Here, session_id: str) -> ResponseReturnValue:
    """End one of my sessions."""
    with here.transaction() as db:
        access.revoke(db, here.me.id, session_id)
    if session_id == here.session.id:
        entry.end_session()
        return redirect("/", 303)
    return onward("/sessions", words.ended(here.voice))


@room.post("/sessions/end-others")
@for_members(Act.SESSIONS)
def end_others(here: Here) -> ResponseReturnValue:
    """End all of my sessions but this one."""
    with here.transaction() as db:
        access.revoke_all(db, here.me.id, but=here.session.id)
    return onward("/sessions", words.ended(here.voice))


@room.post("/sessions/address")
@for_members(Act.SESSIONS)
def give_address(here: Here) -> ResponseReturnValue:
    """Give an address to sign in with; a letter confirms it."""
    typed = forms.sent("address")
    try:
        with here.transaction() as db:
            access.confirm_address(db, here.runtime.keyring, here.me.id, typed.one("address"), here.now)
    except Refused as declined:
        return _sessions(here, typed.declined(here.voice, declined)), 422
    here.runtime.soon()
    return onward("/sessions", words.address_asked(here.voice))


@room.post("/people/<member>/way-in")
@for_members(Act.SHOW_WAY_IN)
def show_way_in(here: Here, member: str) -> ResponseReturnValue:
    """Show a way in to somebody of the household who is locked out, or has no address."""
    with here.transaction() as db:
        here.check(Act.SHOW_WAY_IN, _thing(people.thing(db, member)))
        token = access.make_way_in(db, here.runtime.keyring, member, here.now)
        here.learn(db, [member])
    address = f"{here.runtime.settings.public_url.rstrip('/')}{LINK_PATH}{token}"
    code = look.code(address, words.way_in_code(here.voice, here.name(member)))
    return render_template(
        "access/way_in.html", here=here, words=words, name=here.name(member), address=address, code=code
    )


def _thing(thing: Thing | None) -> Thing:
    if thing is None:
        raise refused(ProblemKind.NOT_FOUND)
    return thing
