"""For whoever leads a circle: the weekly list, when it comes, quiet time, and where the circle listens."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from service.efforts import actions as efforts
from service.efforts import queries as noticed
from service.efforts.cadence import Reader, Wish
from service.errors import ProblemKind, Refused, refused
from service.nudges import queries as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as acts
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import CircleCard
from service.people.policy import Thing
from service.web import forms, telling
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Choice, Nudge
from service.wording import circles as words
from service.wording import efforts as effort_words
from service.wording import giving, reasons, rooms
from service.wording import insights as insight_words

room = Blueprint("circles", __name__)
LISTS = frozenset({NudgeKind.EFFORT_UNTHANKED, NudgeKind.EFFORT_RECALL, NudgeKind.KEEP_OR_STOP})
LOOKED_BACK = 100
"""Among how many messages the newest list is looked for."""
LONGEST_QUIET = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Slot:
    """When the weekly list of a circle comes to a reader."""

    circle: CircleCard
    typed: Typed
    stopped: bool


@room.get("/digest")
@for_members(Act.EFFORTS_DIGEST)
def digest(here: Here) -> ResponseReturnValue:
    """This week's list: at most three people, each with what can be done."""
    return _digest(here, {})


def _digest(here: Here, typed: dict[str, Typed]) -> str:
    with here.transaction(writes=False) as db:
        cards = [
            card for card in nudges.inbox(db, here.me.id, most=LOOKED_BACK) if card.kind in LISTS and not card.acted_at
        ]
        newest = {card.subject.partition(".")[0]: card for card in reversed(cards)}
        here.learn(db, telling.speaks_of(newest.values()))
        readers = {circle.id: noticed.reader(db, here.me.id, circle.id) for circle in _led(here)}
    lists: list[tuple[CircleCard, list[Nudge]]] = []
    slots = []
    for circle in _led(here):
        card, reader = newest.get(circle.id), readers[circle.id]
        lists.append((circle, telling.nudges(here, [card] if card is not None else [], {}, {})))
        if reader is not None:
            begun = forms.begun(weekday=str(reader.weekday), at=f"{reader.at:%H:%M}", wish=reader.wish.value)
            slots.append(Slot(circle, typed.get(circle.id, begun), reader.wish is Wish.STOPPED))
    return render_template(
        "circles/digest.html",
        here=here,
        words=words,
        efforts=effort_words,
        giving=giving,
        why=(reasons.why(here.voice, NudgeKind.EFFORT_UNTHANKED), *words.how_it_is_chosen(here.voice)),
        lists=lists,
        slots=slots,
        weekdays=[Choice(str(day), here.voice.weekday(day)) for day in range(7)],
        wishes=[Choice(wish.value, words.wish(here.voice, wish)) for wish in Wish],
    )


def _led(here: Here) -> list[CircleCard]:
    return [circle for circle in here.circles if here.may(Act.EFFORTS_DIGEST, _of(here, circle.id))]


def _about(here: Here, circle: str) -> Thing:
    """A circle of this workspace, for the policy; what is no circle here is not found."""
    with here.transaction(writes=False) as db:
        if people.circle(db, circle) is None:
            raise refused(ProblemKind.NOT_FOUND)
    return _of(here, circle)


def _of(here: Here, circle: str) -> Thing:
    return Thing(here.home.id, circles=frozenset({circle}))


@room.post("/digest/<circle>")
@for_members(Act.EFFORTS_DIGEST)
def slot(here: Here, circle: str) -> ResponseReturnValue:
    """Choose the day and hour of the list, or how often it comes."""
    here.check(Act.EFFORTS_DIGEST, _about(here, circle))
    typed = forms.sent("weekday", "at", "wish")
    try:
        wish = forms.choice(Wish, typed.one("wish"), "wish")
        weekday, at = forms.number(typed.one("weekday"), "weekday"), forms.clock(typed.one("at"), "at")
        with here.transaction() as db:
            efforts.choose_slot(db, here.me.id, circle, weekday, at)
            reader: Reader | None = noticed.reader(db, here.me.id, circle)
            if reader is not None and reader.wish is not wish:
                efforts.answer_wish(db, here.me.id, circle, wish)
    except Refused as declined:
        return _digest(here, {circle: typed.declined(here.voice, declined)}), 422
    return onward("/digest", words.list_changed(here.voice))


@room.get("/circles")
@for_members(Act.PEOPLE_QUIET)
def circles(here: Here) -> ResponseReturnValue:
    """The circles I may set quiet; where there is one, it."""
    with here.transaction(writes=False) as db:
        each = [one for one in people.circles(db) if here.may(Act.PEOPLE_QUIET, _about(here, one.id))]
    if len(each) == 1:
        return redirect(f"/circles/{each[0].id}", 303)
    return render_template("circles/circles.html", here=here, words=words, circles=each)


@room.get("/circles/<circle>")
@for_members(Act.PEOPLE_QUIET)
def circle(here: Here, circle: str) -> ResponseReturnValue:
    """How a circle is set."""
    until = _card(here, circle).quiet_until
    on = until.date().isoformat() if until is not None and until > here.now else ""
    return _circle(here, circle, forms.begun(until=on))


def _card(here: Here, circle: str) -> CircleCard:
    here.check(Act.PEOPLE_QUIET, _about(here, circle))
    with here.transaction(writes=False) as db:
        card = people.circle(db, circle)
    if card is None:
        raise refused(ProblemKind.NOT_FOUND)
    return card


def _circle(here: Here, circle: str, typed: Typed) -> str:
    card = _card(here, circle)
    with here.transaction(writes=False) as db:
        places = [place for place in people.places(db) if place.circle == circle and place.listens]
        here.learn(db, card.leads)
    quiet = card.quiet_until if card.quiet_until is not None and card.quiet_until > here.now else None
    about = _about(here, circle)
    ways = [
        ("/digest", effort_words.digest_title(here.voice), here.may(Act.EFFORTS_DIGEST, about)),
        (f"/insights/{circle}", insight_words.title(here.voice), here.may(Act.INSIGHTS_SEE, about)),
    ]
    return render_template(
        "circles/circle.html",
        here=here,
        words=words,
        rooms=rooms,
        circle=card,
        typed=typed,
        quiet=here.day(quiet) if quiet is not None else None,
        leads=[here.face(lead) for lead in card.leads],
        places=[place.name or words.own_room(here.voice) for place in places],
        ways=[(href, label) for href, label, may in ways if may],
    )


@room.post("/circles/<circle>/quiet")
@for_members(Act.PEOPLE_QUIET)
def quiet(here: Here, circle: str) -> ResponseReturnValue:
    """Set a circle to quiet until a day, or end it; no reason is asked."""
    before = _card(here, circle).quiet_until
    typed = forms.sent("until")
    try:
        on = forms.day(typed.one("until"), "until") if typed.one("until") else None
        if on is not None and not here.today < on <= here.today + LONGEST_QUIET:
            raise refused(ProblemKind.UNKNOWN_VALUE, "until")
        with here.transaction() as db:
            acts.quiet_time(db, circle, on)
    except Refused as declined:
        return _circle(here, circle, typed.declined(here.voice, declined)), 422
    hidden = {"until": before.date().isoformat() if before is not None and before.date() > here.today else ""}
    undo = Press(rooms.undo(here.voice), action=f"/circles/{circle}/quiet", hidden=hidden)
    said = words.quiet_until(here.voice, here.day(on)) if on is not None else words.quiet_no_more(here.voice)
    return onward(f"/circles/{circle}", said, undo=undo)
