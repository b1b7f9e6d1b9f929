"""What a home or a team is called, and on whose clock its common days go."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import Refused
from service.people import actions as acts
from service.people.acts import Act
from service.web import forms
from service.web.arriving import zones
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import arriving, boundaries, pages
from service.wording import settings as words

room = Blueprint("naming", __name__)


@room.get("/settings/home")
@for_members(Act.WORKSPACE_SETTINGS)
def form(here: Here) -> ResponseReturnValue:
    """Both as they stand."""
    return _form(here, forms.begun(name=here.home.name, zone=here.home.zone))


def _form(here: Here, typed: Typed) -> str:
    known = zones()
    if here.home.zone not in {zone.value for zone in known}:  # a chat may know it by an older name
        known = [Choice(here.home.zone, here.home.zone), *known]
    return render_template(
        "settings/naming.html", here=here, words=words, arriving=arriving, shared=boundaries, typed=typed, zones=known
    )


@room.post("/settings/home")
@for_members(Act.WORKSPACE_SETTINGS)
def change(here: Here) -> ResponseReturnValue:
    """Change them for all of us; everybody's own hours stay as they are."""
    typed = forms.sent("name", "zone")
    try:
        with here.transaction() as db:
            acts.name_home(db, here.home.id, typed.one("name"), typed.one("zone"))
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    return onward("/settings", pages.saved(here.voice))
