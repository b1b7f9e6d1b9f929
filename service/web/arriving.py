"""The first page for visitors, and founding a family or a team."""

from zoneinfo import available_timezones

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access.rules import Entrance
from service.errors import ProblemKind, Refused, refused
from service.people.rules import WorkspaceKind
from service.runtime import Runtime
from service.web import entry, forms
from service.web.entry import open_to_all, open_to_visitors
from service.web.forms import Typed
from service.web.here import found as somebody
from service.web.notices import tell
from service.web.pieces import Choice
from service.wording import access as ways_in
from service.wording import arriving as words
from service.wording import slack as shared

room = Blueprint("arriving", __name__)
FIELDS = ("name", "founder", "address", "zone")
CLIENT_OF_NOBODY = "unknown"
LIKELY_ZONES = {"en": "Europe/London", "es": "Europe/Madrid", "fr": "Europe/Paris"}
"""What the form begins with, by language, until it is changed."""


@room.get("/")
@open_to_all
def first_page() -> ResponseReturnValue:
    """What Goldseam is; a member is led to their own first page."""
    if somebody() is not None:
        return redirect("/today", 303)
    return render_template("access/landing.html", voice=g.voice, words=words, ways_in=ways_in)


@room.get("/start/<kind>")
@open_to_visitors
def begin(kind: str) -> ResponseReturnValue:
    """The form that founds a family or a team."""
    zone = LIKELY_ZONES.get(g.voice.language, "Europe/Berlin")
    return _form(_kind(kind), forms.begun(name="", founder="", address="", zone=zone))


@room.post("/start/<kind>")
@open_to_visitors
def found(kind: str) -> ResponseReturnValue:
    """Found it; whoever did is signed in on this device at once, since there is nothing yet to guard."""
    typed, runtime, chosen = forms.sent(*FIELDS), g.runtime, _kind(kind)
    try:
        cookie = _found(runtime, chosen, typed)
    except Refused as declined:
        return _form(chosen, typed.declined(g.voice, declined)), 422
    entry.begin_session(cookie)
    runtime.soon()
    tell(words.started(g.voice))
    return redirect("/invite", 303)


def _found(runtime: Runtime, kind: WorkspaceKind, typed: Typed) -> str:
    now = runtime.now()
    if not typed.one("founder").strip():
        raise refused(ProblemKind.MISSING, "founder")
    with runtime.housekeeping() as db:
        entrance: Entrance = access.found(
            db,
            kind,
            typed.one("name"),
            typed.one("founder"),
            now,
            zone=typed.one("zone"),
            language=g.voice.language,
        )
        if typed.one("address").strip():
            access.confirm_address(db, runtime.keyring, entrance.member, typed.one("address"), now)
        return access.open_session(db, runtime.keyring, entrance, entry.device(), now)


def _kind(kind: str) -> WorkspaceKind:
    if kind not in tuple(WorkspaceKind):
        raise refused(ProblemKind.NOT_FOUND)
    return WorkspaceKind(kind)


def _form(kind: WorkspaceKind, typed: Typed) -> str:
    return render_template(
        "access/start.html",
        voice=g.voice,
        words=words,
        ways_in=ways_in,
        shared=shared,
        kind=kind,
        typed=typed,
        zones=zones(),
        action=request.path,
    )


def zones() -> list[Choice]:
    """Every time zone there is, by the names people know."""
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))
    return [Choice(zone, zone.replace("_", " ")) for zone in ("UTC", *named)]
