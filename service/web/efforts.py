"""Work that somebody noticed: a form to say so, and what was noticed of one's own."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.db import new_id
from service.efforts import actions as efforts
from service.efforts import queries
from service.efforts.queries import EffortCard
from service.efforts.rules import Source
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.wording import efforts as words
from service.wording import noticed as around
from service.wording import rooms
from service.wording.buttons import Button, label

room = Blueprint("efforts", __name__)
FIELDS = ("doer", "words", "token")
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Said:
    """Work of mine as a page shows it."""

    id: str
    words: str
    where: str
    when: str
    link: str | None
    thanked: bool


@room.get("/noticed")
@for_members(Act.EFFORTS_NOTE)
def noticed(here: Here) -> ResponseReturnValue:
    """Say what somebody did, and see what was noticed of mine."""
    near = {here.me.id, *(card.id for card in here.peers())}
    chosen = [one for one in forms.asked("of").all("of") if one in near]
    return _page(here, forms.begun(doer=chosen[:1], words="", token=new_id()))


def _page(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        mine = queries.of_member(db, here.me.id, most=MOST_SHOWN)
    return render_template(
        "efforts/noticed.html",
        here=here,
        words=words,
        around_it=around,
        rooms=rooms,
        typed=typed,
        people=[*(here.face(card.id) for card in here.peers()), here.face(here.me.id, around.yourself(here.voice))],
        note=label(here.voice, Button.EFFORTS_NOTE),
        mine=[_said(here, effort) for effort in mine],
    )


def _said(here: Here, effort: EffortCard) -> Said:
    voice = here.voice
    chore = effort.title if effort.source is Source.CHORE else None  # beside it stands that it is a job at home
    return Said(
        effort.id,
        chore or words.done(voice, effort.kind, effort.title),
        around.source(voice, effort.source),
        here.day(effort.done_at),
        effort.link,
        effort.acknowledged,
    )


@room.post("/noticed")
@for_members(Act.EFFORTS_NOTE)
def note(here: Here) -> ResponseReturnValue:
    """Note it, for them or for myself."""
    typed = forms.sent(*FIELDS)
    doer = typed.one("doer")
    try:
        if not doer:
            raise refused(ProblemKind.NOBODY_CHOSEN, "doer")
        if doer != here.me.id and all(card.id != doer for card in here.peers()):
            raise refused(ProblemKind.UNKNOWN_VALUE, "doer")
        with here.transaction() as db:
            effort = efforts.note(db, here.me.id, doer, typed.one("words"), here.now, token=typed.one("token"))
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    if doer == here.me.id:
        return onward("/noticed", words.noted_own(here.voice))
    thank = Press(label(here.voice, Button.APPRECIATIONS_OPEN), href=f"/thanks/new?to={doer}&effort={effort}")
    return onward("/noticed", words.noted(here.voice, here.name(doer)), undo=thank)


@room.post("/noticed/<effort>/delete")
@for_members(Act.EFFORTS_LIST)
def delete(here: Here, effort: str) -> ResponseReturnValue:
    """Have what was noticed of mine forgotten."""
    with here.transaction() as db:
        efforts.disown(db, here.me.id, effort)
    return onward("/noticed", around.forgotten(here.voice))
