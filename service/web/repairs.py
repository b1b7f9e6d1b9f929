"""Repairs between two: what reached me, what I sent, answers, and calling it settled."""

from dataclasses import replace

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, refused
from service.people.acts import Act
from service.people.rules import Role, register_of
from service.repairs import actions as repairs
from service.repairs import queries
from service.repairs.queries import RepairCard
from service.repairs.rules import MAY_UNDO_FOR, Answer, Direction, RepairState, settles
from service.web import forms, telling
from service.web.entry import for_members
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Nudge
from service.wording import coach as coach_words
from service.wording import coaching, notes, rooms, slots
from service.wording import repairs as words
from service.wording.buttons import Button, label

room = Blueprint("repairs", __name__)


@room.get("/repairs")
@for_members(Act.REPAIRS_OPEN)
def shown(here: Here) -> ResponseReturnValue:
    """The coach's one question; and what is between me and others."""
    with here.transaction(writes=False) as db:
        received, sent = queries.received_by(db, here.me.id), queries.sent_by(db, here.me.id)
        here.learn(db, [one for card in (*received, *sent) for one in (card.sender, card.receiver)])
    return render_template(
        "repairs/repairs.html",
        here=here,
        words=words,
        coach=coach_words,
        rooms=rooms,
        bigger=coaching.fork_bigger(here.voice),
        received=[_received(here, card) for card in received],
        sent=[_sent(here, card) for card in sent],
        may_slip=here.may(Act.SUGGESTIONS_OPEN),
        may_note=here.may(Act.MOMENTS_NOTE),
    )


def said(here: Here, card: RepairCard) -> tuple[str | None, tuple[str, ...]]:
    """The words of a repair: its sender's own, or the sentences they picked."""
    if card.direction is Direction.MINE or card.words:
        return card.words or None, ()
    sender = here.members.get(card.sender or "")
    register = register_of(here.home.kind, sender.role if sender is not None else Role.MEMBER)
    note = notes.note(replace(here.voice, register=register), card.kind, slots.parsed(card.slots, here.today))
    return None, (note.observe, note.impact, note.ask)


def _received(here: Here, card: RepairCard) -> Nudge:
    voice, is_note = here.voice, card.direction is Direction.HURT
    name = here.name(card.sender)
    own, lines = said(here, card)
    mended = card.state is RepairState.SETTLED
    answers = () if mended else telling.answers(here, card.id, card.sender, is_note=is_note)
    done = card.answer is not None and card.answer is not Answer.LATER
    may_settle = not mended and here.me.id == settles(card.direction, card.sender or "", card.receiver)
    settle = Press(label(voice, Button.REPAIRS_SETTLE), action=f"/repairs/{card.id}/settle")
    return Nudge(
        card.id,
        words.note_received(voice, name) if is_note else words.received(voice, name),
        ((settle,) if may_settle else ()) if done else answers,
        lines=(*lines, *((coach_words.is_settled(voice),) if mended else ())),
        said=own,
        when=here.day(card.sent_at or card.written_at),
        by=here.face(card.sender),
        to=here.face(here.me.id),
        mended=mended,
    )


def _sent(here: Here, card: RepairCard) -> Nudge:
    voice = here.voice
    own, lines = said(here, card)
    mended = card.state is RepairState.SETTLED
    acts = []
    if may_take_back(here, card):
        acts.append(Press(label(voice, Button.REPAIRS_WITHDRAW), action=f"/repairs/{card.id}/take-back"))
    if card.state is RepairState.SENT and card.direction is Direction.HURT:
        acts.append(Press(label(voice, Button.REPAIRS_SETTLE), action=f"/repairs/{card.id}/settle"))
    return Nudge(
        card.id,
        coach_words.to_name(voice, here.name(card.receiver)),
        tuple(acts),
        lines=(*lines, state(here, card)),
        said=own,
        when=here.day(card.written_at),
        by=here.face(here.me.id),
        to=here.face(card.receiver),
        mended=mended,
    )


def state(here: Here, card: RepairCard) -> str:
    """Where something I sent is, as far as its writer is told."""
    match card.state:
        case RepairState.HELD if card.direction is Direction.MINE:
            return words.hold(here.voice)
        case RepairState.HELD:
            return words.goes_when_good(here.voice)
        case RepairState.SETTLED:
            return coach_words.is_settled(here.voice)
        case RepairState.EXPIRED:
            return words.note_expired(here.voice)
        case _:
            return words.sent(here.voice)


def may_take_back(here: Here, card: RepairCard) -> bool:
    """Whether its writer may still take it back."""
    if card.state is RepairState.HELD:
        return True
    return card.state is RepairState.SENT and card.sent_at is not None and here.now < card.sent_at + MAY_UNDO_FOR


@room.get("/repairs/<repair>")
@for_members(Act.REPAIRS_OPEN)
def sent(here: Here, repair: str) -> ResponseReturnValue:
    """What I just sent, or what waits until the morning."""
    with here.transaction(writes=False) as db:
        card = queries.repair(db, repair, here.me.id)
        if card is None or card.sender != here.me.id or card.state is RepairState.TAKEN_BACK:
            raise refused(ProblemKind.NOT_FOUND)
        here.learn(db, [card.receiver])
    voice, held = here.voice, card.state is RepairState.HELD
    own, lines = said(here, card)
    take_back = Press(label(voice, Button.REPAIRS_WITHDRAW), action=f"/repairs/{card.id}/take-back", drawing="undo")
    return render_template(
        "repairs/sent.html",
        here=here,
        words=words,
        coach=coach_words,
        rooms=rooms,
        title=coach_words.held_title(voice) if held else coach_words.sent_title(voice, here.name(card.receiver)),
        text=state(here, card) if held or not may_take_back(here, card) else words.undo(voice),
        own=own,
        lines=lines,
        one=here.face(here.me.id),
        other=here.face(card.receiver),
        acts=[take_back] if may_take_back(here, card) else [],
    )


@room.post("/repairs/<repair>/take-back")
@for_members(Act.REPAIRS_WITHDRAW)
def take_back(here: Here, repair: str) -> ResponseReturnValue:
    """Take it back, while it is held or for ten minutes."""
    with here.transaction() as db:
        repairs.take_back(db, repair, here.me.id, here.now)
    return onward("/repairs", rooms.taken_back(here.voice))


@room.post("/repairs/<repair>/answer")
@for_members(Act.REPAIRS_THANK)
def answer(here: Here, repair: str) -> ResponseReturnValue:
    """Say what I would like to; each answer is a full one."""
    how = forms.choice(Answer, forms.sent("answer").one("answer"), "answer")
    with here.transaction() as db:
        repairs.answer(db, repair, here.me.id, how, here.now)
    here.runtime.soon()
    text = {Answer.UNFAIR: words.unfair, Answer.DEED: words.smaller_way}.get(how, coach_words.answered)
    return onward("/repairs", text(here.voice))


@room.post("/repairs/<repair>/settle")
@for_members(Act.REPAIRS_SETTLE)
def settle(here: Here, repair: str) -> ResponseReturnValue:
    """Call it settled, which is for the one who was hurt."""
    with here.transaction() as db:
        repairs.settle(db, repair, here.me.id, here.now)
    return onward("/repairs", coach_words.settled(here.voice))
