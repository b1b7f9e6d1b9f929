"""A question of mine: how it may wait, and asking it again in other words."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.asks import actions as asks
from service.asks.queries import AskCard
from service.asks.rules import AskForm, Mark
from service.errors import Refused
from service.people import hours
from service.people.acts import Act
from service.web import forms
from service.web.asks import the_ask, waits
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice
from service.wording import again as lent
from service.wording import asks as words
from service.wording import slack as shared
from service.wording.again import Smaller

room = Blueprint("asked", __name__)


@room.get("/asks/<ask>/mark")
@for_members(Act.ASKS_MARK)
def mark_form(here: Here, ask: str) -> ResponseReturnValue:
    """How a question of mine may wait."""
    found = the_ask(here, ask, asked=False)
    return _mark(here, found, forms.begun(mark=found.mark.value, reply_by=""))


def _mark(here: Here, ask: AskCard, typed: Typed) -> str:
    marks = [Choice(mark.value, shared.mark(here.voice, mark)) for mark in Mark]
    return render_template("asks/mark.html", here=here, words=words, shared=shared, ask=ask, typed=typed, marks=marks)


@room.post("/asks/<ask>/mark")
@for_members(Act.ASKS_MARK)
def mark(here: Here, ask: str) -> ResponseReturnValue:
    """The asker said how it may wait."""
    typed = forms.sent("mark", "reply_by")
    found = the_ask(here, ask, asked=False)
    try:
        as_what, reply_by = waits(here, typed)
        with here.transaction() as db:
            asks.mark(db, ask, here.me.id, as_what, here.now, reply_by=reply_by)
    except Refused as declined:
        return _mark(here, found, typed.declined(here.voice, declined)), 422
    return onward("/questions", words.marked(here.voice))


@room.get("/asks/<ask>/again")
@for_members(Act.ASKS_AGAIN)
def again_form(here: Here, ask: str) -> ResponseReturnValue:
    """Three ways to ask again, each with a first line; what goes out is the asker's own."""
    found = the_ask(here, ask, asked=False)
    at_home = found.form is AskForm.HOME
    on = hours.after_working_days(here.boundary, here.now, 2).astimezone(here.boundary.tz).date()
    ways = [(how, lent.opener(here.voice, how, on, here.today)) for how in Smaller]
    return render_template(
        "asks/again.html",
        here=here,
        words=words,
        lent=lent,
        ask=found,
        ways=[
            (lent.choice(here.voice, how), line, f"/questions?again={ask}&as={how.value}#words" if at_home else None)
            for how, line in ways
        ],
    )


@room.post("/asks/<ask>/again")
@for_members(Act.ASKS_AGAIN)
def again(here: Here, ask: str) -> ResponseReturnValue:
    """Asked again where it was asked before: the old question is closed."""
    with here.transaction() as db:
        asks.again(db, ask, here.me.id, here.now)
    return onward("/questions", words.settled(here.voice))
