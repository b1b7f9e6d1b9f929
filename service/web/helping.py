"""Where something is bigger than a small repair: whom to turn to, and a quick way off the page. Nothing is kept."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, Refused, refused
from service.people import actions as acts
from service.people.acts import Act
from service.suggestions import rules
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.wording import helping as words
from service.wording import pages, rooms
from service.wording import suggestions as cards

room = Blueprint("helping", __name__)
AWAY = "https://www.wikipedia.org/"
"""Where the quick way off leads: a page that anybody may have open."""
MOST_OTHERS = 50


@room.get("/repairs/help")
@for_members(Act.REPAIRS_OPEN)
def shown(here: Here) -> ResponseReturnValue:
    """Whom to turn to."""
    contacts = cards.contacts(here.voice, here.home.help_at)
    return render_template("repairs/help.html", here=here, words=words, rooms=rooms, contacts=contacts, away=AWAY)


@room.get("/settings/help")
@for_members(Act.WORKSPACE_SETTINGS)
def form(here: Here) -> ResponseReturnValue:
    """Whom the workspace names, and how many others a card needs."""
    others = max(rules.FLOOR, here.home.others_at_least)
    return _form(here, forms.begun(help_at=here.home.help_at, others=str(others)))


def _form(here: Here, typed: Typed) -> str:
    return render_template(
        "settings/help.html", here=here, words=words, typed=typed, least=rules.FLOOR, most=acts.LONGEST_HELP
    )


@room.post("/settings/help")
@for_members(Act.WORKSPACE_SETTINGS)
def keep(here: Here) -> ResponseReturnValue:
    """Keep it: the floor may be raised, and never lowered."""
    typed = forms.sent("help_at", "others")
    try:
        said = typed.one("others").strip()
        others = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
        if not rules.FLOOR <= others <= MOST_OTHERS:
            raise refused(ProblemKind.UNKNOWN_VALUE, "others")
        with here.transaction() as db:
            acts.name_help(db, here.home.id, typed.one("help_at"), others)
    except Refused as declined:
        return _form(here, typed.declined(here.voice, declined)), 422
    return onward("/settings/help", pages.saved(here.voice))
