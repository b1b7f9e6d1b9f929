"""The owner's words for what is valued here, offered with thanks."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import Refused
from service.people import actions as acts
from service.people.acts import Act
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.wording import pages
from service.wording import settings as words

room = Blueprint("valued", __name__)


@room.get("/settings/values")
@for_members(Act.WORKSPACE_SETTINGS)
def form(here: Here) -> ResponseReturnValue:
    """The list as it stands, one word on a line."""
    return _page(here, forms.begun(valued="\n".join(here.home.valued)))


def _page(here: Here, typed: Typed) -> str:
    return render_template("settings/valued.html", here=here, words=words, typed=typed)


@room.post("/settings/values")
@for_members(Act.WORKSPACE_SETTINGS)
def keep(here: Here) -> ResponseReturnValue:
    """Keep the list; without any word in it, the form for thanks asks for none."""
    typed = forms.sent("valued")
    try:
        with here.transaction() as db:
            acts.value(db, here.home.id, typed.one("valued"))
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/settings/values", pages.saved(here.voice))
