"""Closing a home or a team for good: what goes, and the name of it typed once."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from service.belongings import actions as belongings
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.web import entry, forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import tell
from service.wording import closing as words

room = Blueprint("closing", __name__)


@room.get("/settings/close")
@for_members(Act.WORKSPACE_DELETE)
def form(here: Here) -> ResponseReturnValue:
    """What goes."""
    return _form(here, forms.begun(name=""))


def _form(here: Here, typed: Typed) -> str:
    return render_template("settings/close.html", here=here, words=words, typed=typed)


@room.post("/settings/close")
@for_members(Act.WORKSPACE_DELETE)
def close(here: Here) -> ResponseReturnValue:
    """Close it, once its name was typed."""
    typed = forms.sent("name")
    try:
        if " ".join(typed.one("name").split()).casefold() != here.home.name.casefold():
            raise refused(ProblemKind.UNKNOWN_VALUE if typed.one("name").strip() else ProblemKind.MISSING, "name")
        with here.runtime.housekeeping() as db:
            belongings.purge(db, [here.home.id], here.now)
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    entry.end_session()
    tell(words.closed(here.voice))
    return redirect("/", 303)
