"""The inbox, and what can be said about a message: fewer, stop, already did, not this one."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from service.asks import queries as asks
from service.db import Session
from service.efforts import actions as efforts
from service.efforts.cadence import Wish
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges import queries
from service.nudges.queries import NudgeCard
from service.nudges.rules import NudgeKind
from service.people import queries as people
from service.people.acts import Act
from service.web import asking, look, telling
from service.web.entry import for_members
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Nudge
from service.wording import efforts as effort_words
from service.wording import pages, reasons, rooms, today

room = Blueprint("nudges", __name__)


def lately(here: Here, db: Session, *, most: int, without: frozenset[NudgeKind] = frozenset()) -> list[Nudge]:
    """What reached a member, newest first, as cards."""
    cards = [card for card in queries.inbox(db, here.me.id, most=most * 2) if card.kind not in without][:most]
    here.learn(db, telling.speaks_of(cards))
    places = {place.id: place.name for place in people.places(db) if place.name is not None}
    waiting = asking.because(here, db, asks.waiting_for_me(db, here.me.id))
    return telling.nudges(here, cards, places, waiting)


@room.get("/inbox")
@for_members(Act.NUDGES_INBOX)
def inbox(here: Here) -> ResponseReturnValue:
    """Everything that reached me."""
    with here.transaction(writes=False) as db:
        cards = lately(here, db, most=50)
    return render_template("nudges/inbox.html", here=here, rooms=rooms, today=today, nudges=cards)


def _kind(kind: str) -> NudgeKind:
    if kind not in tuple(NudgeKind):
        raise refused(ProblemKind.NOT_FOUND)
    return NudgeKind(kind)


def _back() -> str:
    """Fewer and stop stand on several pages: they lead back to the one they were pressed on."""
    back = look.own_path(request.form.get("back", ""))
    return back if back != "/" else "/inbox"


@room.post("/nudges/<kind>/fewer")
@for_members(Act.NUDGES_FEWER)
def fewer(here: Here, kind: str) -> ResponseReturnValue:
    """Fewer of these."""
    with here.transaction() as db:
        nudges.fewer(db, here.me.id, _kind(kind))
    return onward(_back(), reasons.fewer(here.voice), undo=_as_usual(here, kind))


@room.post("/nudges/<kind>/stop")
@for_members(Act.NUDGES_STOP)
def stop(here: Here, kind: str) -> ResponseReturnValue:
    """No more of these; nobody is told."""
    with here.transaction() as db:
        nudges.stop(db, here.me.id, _kind(kind))
    return onward(_back(), reasons.stopped(here.voice), undo=_as_usual(here, kind))


def _as_usual(here: Here, kind: str) -> Press:
    return Press(rooms.undo(here.voice), action=f"/nudges/{kind}/as-usual", hidden={"back": _back()})


@room.post("/nudges/<kind>/as-usual")
@for_members(Act.NUDGES_FEWER)
def as_usual(here: Here, kind: str) -> ResponseReturnValue:
    """These again, as before."""
    with here.transaction() as db:
        nudges.as_usual(db, here.me.id, _kind(kind))
    return onward(_back(), pages.undone(here.voice))


def _mine(here: Here, db: Session, nudge: str) -> NudgeCard:
    card = queries.of_reader(db, here.me.id, nudge)
    if card is None:
        raise refused(ProblemKind.NOT_FOUND)
    return card


def _named(card: NudgeCard) -> tuple[str, str]:
    """Whom and what of a weekly list a button was about."""
    wanted = request.form.get("effort", "")
    item = next((one for one in card.told.items if one.subject == wanted), None)
    if item is None or item.who is None:
        raise refused(ProblemKind.NOT_FOUND)
    return item.who, item.subject


@room.post("/nudges/<nudge>/already")
@for_members(Act.EFFORTS_ALREADY)
def already(here: Here, nudge: str) -> ResponseReturnValue:
    """I thanked them elsewhere."""
    with here.transaction() as db:
        card = _mine(here, db, nudge)
        member, effort = _named(card)
        efforts.already(db, here.me.id, member, here.now, [effort])
        _one_less(here, db, card, effort)
    return onward(_back(), effort_words.already_done(here.voice))


@room.post("/nudges/<nudge>/skip")
@for_members(Act.EFFORTS_SKIP)
def skip(here: Here, nudge: str) -> ResponseReturnValue:
    """Not this one."""
    with here.transaction() as db:
        card = _mine(here, db, nudge)
        member, effort = _named(card)
        efforts.skip(db, here.me.id, member)
        _one_less(here, db, card, effort)
    return onward(_back(), effort_words.skipped(here.voice))


def _one_less(here: Here, db: Session, card: NudgeCard, effort: str) -> None:
    """Take one line off a weekly list; after the last one it needs no further word."""
    left = tuple(item for item in card.told.items if item.subject != effort)
    if left:
        nudges.change(db, card.subject, replace(card.told, items=left), card.kind, member=here.me.id)
    else:
        nudges.acted(db, card.subject, here.me.id, here.now, card.kind)


@room.post("/nudges/<nudge>/keep-monthly")
@for_members(Act.NUDGES_MONTHLY)
def keep_monthly(here: Here, nudge: str) -> ResponseReturnValue:
    """The weekly list, once a month."""
    return _wish(here, nudge, Wish.MONTHLY)


@room.post("/nudges/<nudge>/keep-none")
@for_members(Act.NUDGES_STOP)
def keep_none(here: Here, nudge: str) -> ResponseReturnValue:
    """No weekly list any more."""
    return _wish(here, nudge, Wish.STOPPED)


def _wish(here: Here, nudge: str, wish: Wish) -> ResponseReturnValue:
    with here.transaction() as db:
        card = _mine(here, db, nudge)
        circle = card.subject.partition(".")[0]
        if circle not in here.actor.circles:
            raise refused(ProblemKind.NOT_FOUND)
        efforts.answer_wish(db, here.me.id, circle, wish)
        nudges.acted(db, card.subject, here.me.id, here.now, card.kind)
    said = reasons.stopped(here.voice) if wish is Wish.STOPPED else pages.saved(here.voice)
    return onward(_back(), said)
