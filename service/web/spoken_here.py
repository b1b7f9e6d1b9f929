"""The owner's choice of the language people write in here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import Problem, ProblemKind, Refused
from service.people import actions as acts
from service.people.acts import Act
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import boundaries, catalogues
from service.wording import settings as words

room = Blueprint("spoken_here", __name__)


@room.get("/settings/language")
@for_members(Act.WORKSPACE_SETTINGS)
def form(here: Here) -> ResponseReturnValue:
    """The language as it stands, among those we speak."""
    return _page(here, forms.begun(language=here.home.language))


def _page(here: Here, typed: Typed) -> str:
    spoken = [Choice(code, here.voice.language_name(code)) for code in catalogues.languages()]
    return render_template(
        "settings/spoken_here.html", here=here, words=words, boundaries=boundaries, typed=typed, spoken=spoken
    )


@room.post("/settings/language")
@for_members(Act.WORKSPACE_SETTINGS)
def choose(here: Here) -> ResponseReturnValue:
    """Choose it; what was heard before stays as it was read."""
    typed = forms.sent("language")
    if typed.one("language") not in catalogues.languages():
        unknown = Refused(Problem(ProblemKind.UNKNOWN_VALUE, "language"))
        return _page(here, typed.declined(here.voice, unknown)), 422
    with here.transaction() as db:
        acts.speak_here(db, here.home.id, typed.one("language"))
    return onward("/settings", words.switched(here.voice))
