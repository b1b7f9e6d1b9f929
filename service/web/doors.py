"""Ways in through another site that says who somebody is, and from one of one's own members to another."""

from flask import Blueprint, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue

from service.access import actions as access
from service.access.rules import Entrance
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.runtime import Door
from service.web import entry, forms
from service.web.access import come_in, way_in
from service.web.entry import for_members, open_to_all
from service.web.here import Here
from service.web.here import found as somebody

room = Blueprint("doors", __name__)
THROUGH = "through"
"""Under this name the browser keeps the state it brings back from another site."""


@room.get("/sign-in/with/<door>")
@open_to_all
def begin_door(door: str) -> ResponseReturnValue:
    """Go to another site that says who somebody is."""
    runtime, through = g.runtime, _door(door)
    with runtime.housekeeping() as db:
        state = access.begin_door(db, runtime.keyring, door, request.remote_addr or "", runtime.now())
    session[THROUGH] = state
    return redirect(through.begin(state), 303)


@room.get("/sign-in/with/<door>/back")
@open_to_all
def end_door(door: str) -> ResponseReturnValue:
    """Come back from there: in this browser, once, and as whom that site says."""
    runtime, through = g.runtime, _door(door)
    state = session.pop(THROUGH, None)
    try:
        if not state or state != request.args.get("state"):
            raise refused(ProblemKind.EXPIRED)
        with runtime.housekeeping() as db:
            is_first = access.came_back(db, runtime.keyring, door, state, runtime.now())
        if not is_first:
            raise refused(ProblemKind.EXPIRED)
        found = through.finish(request.args)
    except Refused as declined:
        typed = forms.begun(address="").declined(g.voice, declined)
        return way_in(typed, again=somebody() is not None), 422
    return come_in(Entrance(found.workspace, found.member))


def _door(name: str) -> Door:
    found: Door | None = current_app.extensions["doors"].get(name)
    if found is None:
        abort(404)
    return found


@room.post("/sessions/as/<member>")
@for_members(Act.SESSIONS)
def change(here: Here, member: str) -> ResponseReturnValue:
    """Go on in this browser as another member who is surely me."""
    with here.runtime.housekeeping() as db:
        cookie = access.change_to(db, here.runtime.keyring, here.session, member, here.now)
    entry.begin_session(cookie)
    return redirect("/today", 303)
