"""Days that matter: those to come, one more, and keeping one's own to oneself."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.errors import ProblemKind, Refused, refused
from service.occasions import actions as occasions
from service.occasions import queries
from service.occasions.queries import OccasionCard
from service.occasions.rules import Day, OccasionKind
from service.people.acts import Act
from service.people.rules import Role
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Choice
from service.wording import calendars, rooms
from service.wording import look as around
from service.wording import occasions as words
from service.wording.buttons import Button, label

room = Blueprint("occasions", __name__)
FIELDS = ("kind", "of", "name", "title", "day", "yearly")
YEARLY, ONCE = "yearly", "once"


@dataclass(frozen=True, slots=True)
class Said:
    """A day in words."""

    id: str
    on: str
    whose: str
    kind: str
    title: str
    notes: tuple[str, ...]
    acts: tuple[Press, ...]


def said(here: Here, day: OccasionCard) -> Said:
    """A day as a page shows it."""
    voice = here.voice
    mine = day.member == here.me.id
    on = here.voice.day_of_year(day.next_on) if day.next_on is not None else ""
    notes = [words.mine(voice)] if mine else []
    if day.hidden:
        notes.append(words.is_hidden(voice))
    return Said(
        day.id,
        on,
        here.name(day.member) if day.member is not None else day.name,
        words.kind(voice, day.kind),
        day.title,
        tuple(notes),
        _acts(here, day, mine=mine),
    )


def _acts(here: Here, day: OccasionCard, *, mine: bool) -> tuple[Press, ...]:
    voice, at = here.voice, f"/days/{day.id}"
    if mine and here.may(Act.OCCASIONS_HIDE):
        hide = Press(label(voice, Button.OCCASIONS_HIDE), action=f"{at}/hide", kind="quiet")
        show = Press(words.show(voice), action=f"{at}/show", kind="quiet")
        return (show if day.hidden else hide, Press(words.take_away(voice), action=f"{at}/remove", kind="quiet"))
    want = Press(words.no_word(voice), action=f"{at}/no-word", kind="quiet")
    if not day.wanted:
        want = Press(words.word_again(voice), action=f"{at}/word", kind="quiet")
    if here.me.role is Role.ADULT:
        return want, Press(words.take_away(voice), action=f"{at}/remove", kind="quiet")
    return (want,)


@room.get("/days")
@for_members(Act.OCCASIONS_SEE)
def days(here: Here) -> ResponseReturnValue:
    """The days I may see, and a form for one more."""
    return _page(here, forms.begun(kind=OccasionKind.BIRTHDAY.value, yearly=YEARLY, of=here.me.id))


def _page(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        cards = queries.seen_by(db, here.me.id, here.actor.circles)
        here.learn(db, [card.member for card in cards])
    voice = here.voice
    for_others = here.is_family and here.me.role is Role.ADULT
    return render_template(
        "occasions/days.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        days=[said(here, card) for card in cards],
        kinds=[Choice(kind.value, words.kind(voice, kind)) for kind in OccasionKind],
        often=[Choice(YEARLY, words.every_year(voice)), Choice(ONCE, words.once(voice))],
        people=[here.face(here.me.id), *(here.face(card.id) for card in here.peers())] if for_others else [],
        add=label(voice, Button.OCCASIONS_ADD),
        optional=around.optional(voice),
        calendars=calendars,
        may_carry=here.runtime.calendar is not None and here.may(Act.OCCASIONS_FEED),
        may_add=here.may(Act.OCCASIONS_ADD) and here.home_circle() is not None,
    )


@room.post("/days")
@for_members(Act.OCCASIONS_ADD)
def add(here: Here) -> ResponseReturnValue:
    """Add a day; its year is kept only where it comes once."""
    typed = forms.sent(*FIELDS)
    circle = here.home_circle()
    try:
        if circle is None:
            raise refused(ProblemKind.NOT_FOUND)
        on = forms.day(typed.one("day"), "day")
        yearly = typed.one("yearly", YEARLY) == YEARLY
        day = Day(on.month, on.day, yearly=yearly, only_on=None if yearly else on)
        name = typed.one("name").strip()
        of = None if name else typed.one("of") or here.me.id
        kind = forms.choice(OccasionKind, typed.one("kind"), "kind")
        with here.transaction() as db:
            title = typed.one("title")
            occasions.add(db, here.me.id, circle.id, kind, day, here.now, of=of, name=name, title=title)
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/days", words.added(here.voice, on))


@room.post("/days/<occasion>/hide")
@for_members(Act.OCCASIONS_HIDE)
def hide(here: Here, occasion: str) -> ResponseReturnValue:
    """Keep my own day to myself."""
    with here.transaction() as db:
        occasions.hide(db, here.me.id, occasion, hidden=True)
    undo = Press(words.show(here.voice), action=f"/days/{occasion}/show")
    return onward("/days", words.hidden(here.voice), undo=undo)


@room.post("/days/<occasion>/show")
@for_members(Act.OCCASIONS_HIDE)
def show(here: Here, occasion: str) -> ResponseReturnValue:
    """Share my own day again."""
    with here.transaction() as db:
        occasions.hide(db, here.me.id, occasion, hidden=False)
    return onward("/days", words.shared(here.voice))


@room.post("/days/<occasion>/<which>")
@for_members(Act.OCCASIONS_SEE)
def want(here: Here, occasion: str, which: str) -> ResponseReturnValue:
    """Hear of a day beforehand, or not."""
    if which not in ("word", "no-word"):
        raise refused(ProblemKind.NOT_FOUND)
    with here.transaction() as db:
        if all(card.id != occasion for card in queries.seen_by(db, here.me.id, here.actor.circles)):
            raise refused(ProblemKind.NOT_FOUND)
        occasions.want(db, here.me.id, occasion, wants=which == "word")
    return onward("/days")


@room.post("/days/<occasion>/remove")
@for_members(Act.OCCASIONS_HIDE)
def remove(here: Here, occasion: str) -> ResponseReturnValue:
    """Take a day away that I added, or that is mine."""
    with here.transaction() as db:
        occasions.remove(db, here.me.id, occasion)
    return onward("/days", words.taken_away(here.voice))
