"""The coach: one question, then who and what, then the words, then a look at what exactly will be sent."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.db import new_id
from service.errors import Problem, ProblemKind, Refused, refused
from service.people.acts import Act
from service.people.rules import Joined, Role
from service.repairs import actions as repairs
from service.repairs.rules import Direction, Draft
from service.ruptures import Rupture
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice, Face
from service.wording import coach as coach_words
from service.wording import kinds, moves, notes, ready, repair_lines, rooms, slots
from service.wording import look as around
from service.wording import repairs as words
from service.wording.buttons import Button, label

room = Blueprint("coach", __name__)
SLOTS = tuple(sorted({*slots.CLOSED, *slots.FREE, slots.DAY}))
FIELDS = ("receiver", "kind", "words", "hold", "token", *SLOTS)
NOW, TOMORROW = "now", "tomorrow"
SAW = "saw"


@room.get("/repairs/new/<way>")
@for_members(Act.REPAIRS_OPEN)
def begin(here: Here, way: str) -> ResponseReturnValue:
    """With whom, and what it was; somebody who saw it is shown what they may do."""
    asked = forms.asked("to", "kind")
    if way == SAW:
        return render_template(
            "repairs/saw.html", here=here, words=words, coach=coach_words, rooms=rooms, may_slip=_may_slip(here)
        )
    chosen = asked.one("to") if asked.one("to") in {face.key for face in _receivers(here)} else ""
    return _who(here, _direction(way), forms.begun(receiver=chosen, kind=asked.one("kind"), token=new_id()))


def _direction(way: str) -> Direction:
    if way not in tuple(Direction):
        raise refused(ProblemKind.NOT_FOUND)
    return Direction(way)


def _may_slip(here: Here) -> bool:
    return here.may(Act.SUGGESTIONS_OPEN)


def _receivers(here: Here) -> list[Face]:
    return [
        here.face(card.id)
        for card in here.peers()
        if card.joined is Joined.WHOLE and card.role not in (Role.GUEST, Role.RELATIVE)
    ]


def _who(here: Here, direction: Direction, typed: Typed) -> str:
    voice = here.voice
    return render_template(
        "repairs/who.html",
        here=here,
        words=words,
        coach=coach_words,
        rooms=rooms,
        way=direction.value,
        title=words.fork_mend(voice) if direction is Direction.MINE else words.fork_hurt(voice),
        typed=typed,
        people=_receivers(here),
        kinds=[Choice(kind.value, kinds.title(voice, kind), kinds.example(voice, kind)) for kind in Rupture],
    )


@room.post("/repairs/new/<way>")
@for_members(Act.REPAIRS_OPEN)
def lines(here: Here, way: str) -> ResponseReturnValue:
    """The words: a line we lend, its blanks one's own; or a deed, or nothing."""
    typed, direction = forms.sent(*FIELDS), _direction(way)
    missing = _missing(typed)
    if missing is not None:
        return _who(here, direction, typed.declined(here.voice, missing)), 422
    return _lines(here, direction, typed)


def _missing(typed: Typed) -> Refused | None:
    """What the first step left open."""
    found = [Problem(ProblemKind.NOBODY_CHOSEN, "receiver")] if not typed.one("receiver") else []
    if typed.one("kind") not in tuple(Rupture):
        found.append(Problem(ProblemKind.MISSING, "kind"))
    return Refused(*found) if found else None


def _blanks(here: Here, direction: Direction, kind: Rupture) -> list[str]:
    of = repair_lines.blanks if direction is Direction.MINE else notes.blanks
    return sorted(of(kind, here.voice.register))


def _lines(here: Here, direction: Direction, typed: Typed) -> str:
    voice, kind = here.voice, Rupture(typed.one("kind"))
    blanks = _blanks(here, direction, kind)
    options = {
        slot: [Choice(value.value, slots.phrase(voice, value)) for value in slots.choices(slot, voice.register)]
        for slot in blanks
        if slot in slots.CLOSED
    }
    return render_template(
        "repairs/lines.html",
        here=here,
        words=words,
        coach=coach_words,
        rooms=rooms,
        typed=typed,
        way=direction.value,
        is_mine=direction is Direction.MINE,
        kind=kinds.title(voice, kind),
        example=_example(here, direction, kind, blanks),
        blanks=blanks,
        options=options,
        day=slots.DAY,
        tomorrow=(here.today + timedelta(days=1)).isoformat(),
        moves=[moves.label(voice, move) for move in moves.moves(kind)],
        ready=ready.line(voice, kind),
        chair=ready.to_chair(voice, kind),
        when=[Choice(NOW, coach_words.send_now(voice)), Choice(TOMORROW, coach_words.send_tomorrow(voice))],
        may_slip=_may_slip(here),
        may_note=here.may(Act.MOMENTS_NOTE),
        optional=around.optional(voice),
    )


def _example(here: Here, direction: Direction, kind: Rupture, blanks: list[str]) -> str:
    """The line with its blanks left open."""
    if direction is Direction.MINE:
        return repair_lines.line(here.voice, kind, _open(here, blanks))
    return str(notes.note(here.voice, kind, _open(here, blanks)))


def _open(here: Here, blanks: list[str]) -> slots.Fillings:
    filled = {
        slot: next(iter(slots.choices(slot, here.voice.register))).value for slot in blanks if slot in slots.CLOSED
    }
    filled |= dict.fromkeys((slot for slot in blanks if slot in slots.FREE), "…")
    if slots.DAY in blanks:
        filled[slots.DAY] = (here.today + timedelta(days=1)).isoformat()
    return slots.parsed(filled, here.today)


@room.post("/repairs/preview/<way>")
@for_members(Act.REPAIRS_OPEN)
def preview(here: Here, way: str) -> ResponseReturnValue:
    """What exactly will be read, and when it goes."""
    typed, direction = forms.sent(*FIELDS), _direction(way)
    missing = _missing(typed)
    if missing is not None:
        return _who(here, direction, typed.declined(here.voice, missing)), 422
    try:
        text = _text(here, direction, typed)
    except Refused as declined:
        return _lines(here, direction, typed.declined(here.voice, declined)), 422
    hurt = direction is Direction.HURT
    return render_template(
        "repairs/preview.html",
        here=here,
        words=words,
        coach=coach_words,
        rooms=rooms,
        typed=typed,
        way=direction.value,
        fields=FIELDS,
        is_mine=not hurt,
        name=here.name(typed.one("receiver")),
        text=text,
        later=words.goes_when_good(here.voice) if hurt else None,
        held=words.hold(here.voice) if hurt or typed.one("hold") == TOMORROW else None,
        send=label(here.voice, Button.REPAIRS_SEND),
        change=rooms.change(here.voice),
    )


def _text(here: Here, direction: Direction, typed: Typed) -> str:
    """What the receiver will read; refused where a blank is empty."""
    kind = Rupture(typed.one("kind"))
    if direction is Direction.MINE and typed.one("words").strip():
        return typed.one("words").strip()
    fillings = slots.parsed(_filled(here, direction, typed, kind), here.today)
    if direction is Direction.MINE:
        return repair_lines.line(here.voice, kind, fillings)
    return str(notes.note(here.voice, kind, fillings))


def _filled(here: Here, direction: Direction, typed: Typed, kind: Rupture) -> dict[str, str]:
    blanks = _blanks(here, direction, kind)
    empty = [slot for slot in blanks if not typed.one(slot).strip()]
    if empty:
        raise Refused(*(Problem(ProblemKind.MISSING, slot) for slot in empty))
    return {slot: typed.one(slot).strip() for slot in blanks}


@room.post("/repairs")
@for_members(Act.REPAIRS_SEND)
def send(here: Here) -> ResponseReturnValue:
    """Send it, or hold it until tomorrow morning; a form sent twice sends once."""
    typed = forms.sent("way", *FIELDS)
    direction, missing = _direction(typed.one("way")), _missing(typed)
    if missing is not None:
        return _who(here, direction, typed.declined(here.voice, missing)), 422
    try:
        kind = Rupture(typed.one("kind"))
        mine = direction is Direction.MINE
        text = _text(here, direction, typed)
        kept = {} if mine else _filled(here, direction, typed, kind)
        draft = Draft(
            sender=here.me.id,
            receiver=typed.one("receiver"),
            direction=direction,
            kind=kind,
            slots=kept,
            words=text if mine else "",
            hold=typed.one("hold") == TOMORROW,
            token=typed.one("token"),
        )
        with here.transaction() as db:
            repair = repairs.send(db, draft, here.now)
    except Refused as declined:
        return _lines(here, direction, typed.declined(here.voice, declined)), 422
    here.runtime.soon()
    return onward(f"/repairs/{repair}")
