"""Questions: put one, answer one, give a day, pass it on, let it go."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from service.asks import actions as asks
from service.asks import home, queries
from service.asks.queries import AskCard
from service.asks.rules import MANY, AskForm, Mark
from service.db import Session
from service.errors import ProblemKind, Refused, refused
from service.people import hours, reaching
from service.people import queries as people
from service.people.acts import Act
from service.people.rules import Role
from service.web import asking, forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Choice, Face
from service.wording import again as lent
from service.wording import asks as words
from service.wording import rooms, today
from service.wording import slack as shared
from service.wording.again import Smaller
from service.wording.buttons import Button, label
from service.wording.voice import Voice

room = Blueprint("asks", __name__)
FIELDS = ("circle", "asked", "words", "mark", "reply_by", "again")


@room.get("/questions")
@for_members(Act.ASKS_LISTS)
def questions(here: Here) -> ResponseReturnValue:
    """What waits for me, what I wait for, and a form to ask."""
    again = request.args.get("again", "")
    with here.transaction(writes=False) as db:
        old = queries.ask(db, again) if again else None
    if old is None or old.asker != here.me.id or not asking.is_open(old):
        return _page(here, forms.begun(asked=forms.asked("to").all("to"), words="", mark=Mark.NONE.value, again=""))
    return _page(here, _asked_again(here, old))


def _asked_again(here: Here, old: AskCard) -> Typed:
    """The old words after a lent first line, if one was chosen, and what goes with it."""
    said, by = old.words or "", ""
    how = next((one for one in Smaller if one.value == request.args.get("as", "")), None)
    if how is not None:
        on = hours.after_working_days(here.boundary, here.now, 2).astimezone(here.boundary.tz).date()
        said = f"{lent.opener(here.voice, how, on, here.today)} {said}"
        by = on.isoformat() if how is Smaller.DAY else ""
    asked = [old.asked] if old.asked is not None and how is not Smaller.NAME else []
    mark = Mark.REPLY_BY if by else Mark.NONE
    return forms.begun(asked=asked, words=said, mark=mark.value, reply_by=by, again=old.id)


def _page(here: Here, typed: Typed) -> str:
    with here.transaction(writes=False) as db:
        mine = queries.waiting_for_me(db, here.me.id)
        theirs = queries.waiting_for_answer(db, here.me.id, here.now)
        places = {place.id: place.name for place in people.places(db)}
        why = asking.because(here, db, mine)
        away = reaching.away(db, [ask.asked for ask in theirs if ask.asked is not None], here.now)
        here.learn(db, [one for ask in (*mine, *theirs) for one in (ask.asker, ask.asked)])
    return render_template(
        "asks/questions.html",
        here=here,
        words=words,
        shared=shared,
        rooms=rooms,
        today=today,
        typed=typed,
        lent=lent,
        many=len(mine) > MANY,
        mine=asking.waiting_for_me(here, mine, places, why),
        theirs=[asking.asked_by_me(here, ask, away) for ask in theirs],
        people=_askable(here),
        circles=[Choice(circle.id, circle.name) for circle in here.circles],
        marks=_marks(here.voice),
        may_put=here.may(Act.ASKS_PUT) and bool(_askable(here)),
    )


def _askable(here: Here) -> list[Face]:
    return [here.face(card.id) for card in here.peers() if card.role is not Role.CHILD]


def _marks(voice: Voice) -> list[Choice]:
    return [Choice(mark.value, shared.mark(voice, mark)) for mark in Mark if mark is not Mark.NO_REPLY_NEEDED]


@room.post("/questions")
@for_members(Act.ASKS_PUT)
def put(here: Here) -> ResponseReturnValue:
    """Put a question to one, several or all; one that is asked again lets go of the old one."""
    typed = forms.sent(*FIELDS)
    try:
        mark, reply_by = waits(here, typed)
        circle = typed.one("circle") or next((circle.id for circle in here.circles), "")
        with here.transaction() as db:
            if typed.one("again"):
                asks.again(db, typed.one("again"), here.me.id, here.now)
            home.put(
                db,
                here.me.id,
                circle,
                typed.all("asked"),
                typed.one("words"),
                here.now,
                mark=mark,
                reply_by=reply_by,
            )
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    here.runtime.soon()
    return onward("/questions", words.put(here.voice))


def waits(here: Here, typed: Typed) -> tuple[Mark, datetime | None]:
    """How a form says that a question may wait."""
    mark = forms.choice(Mark, typed.one("mark") or Mark.NONE.value, "mark")
    if mark is not Mark.REPLY_BY:
        return mark, None
    return mark, hours.local(here.boundary, forms.day(typed.one("reply_by"), "reply_by"), here.boundary.ends_at)


def the_ask(here: Here, ask: str, *, asked: bool) -> AskCard:
    """A question to me, or of mine, that still waits; any other is not here."""
    with here.transaction(writes=False) as db:
        found = queries.ask(db, ask)
        if found is None or here.me.id != (found.asked if asked else found.asker):
            raise refused(ProblemKind.NOT_FOUND)
        here.learn(db, [found.asker, found.asked])
    return found


@room.get("/asks/<ask>/answer")
@for_members(Act.ASKS_ANSWER)
def answer_form(here: Here, ask: str) -> ResponseReturnValue:
    """A line to answer with, or one press."""
    return _answer(here, the_ask(here, ask, asked=True), forms.begun(words=""))


def _answer(here: Here, ask: AskCard, typed: Typed) -> str:
    late = ask.surfaced_at is not None and ask.surfaced_at < here.now - timedelta(days=1)
    opener = words.answer_late(here.voice) if late else None
    return render_template(
        "asks/answer.html",
        here=here,
        words=words,
        title=label(here.voice, Button.ASKS_ANSWER),
        ask=ask,
        typed=typed,
        opener=opener,
        quick=_quick(here, ask),
    )


def _quick(here: Here, ask: AskCard) -> tuple[str, ...]:
    return () if ask.mark is Mark.PERSONAL else words.quick_answers(here.voice)


@room.post("/asks/<ask>/answer")
@for_members(Act.ASKS_ANSWER)
def answer(here: Here, ask: str) -> ResponseReturnValue:
    """Answer a question of the room; it goes to whoever asked."""
    typed = forms.sent("words", "quick")
    found = the_ask(here, ask, asked=True)
    try:
        with here.transaction() as db:
            home.answer(db, ask, here.me.id, typed.one("quick") or typed.one("words"), here.now)
    except Refused as declined:
        if found.form is not AskForm.HOME:
            raise
        return _answer(here, found, typed.declined(here.voice, declined)), 422
    here.runtime.soon()
    return onward(_home(here), words.answer_sent(here.voice, here.name(found.asker)))


def _home(here: Here) -> str:
    return "/questions" if here.may(Act.ASKS_LISTS) else "/today"


def _tap(path: str, act: Act, does: Callable[[Session, str, str, datetime], None], say: Callable[[Voice], str]) -> None:
    """A button that needs no form: one action, and what was done said on the next page."""

    @for_members(act)
    def tapped(here: Here, ask: str) -> ResponseReturnValue:
        with here.transaction() as db:
            does(db, ask, here.me.id, here.now)
        return onward(_home(here), say(here.voice))

    room.add_url_rule(f"/asks/<ask>/{path}", path.replace("-", "_"), tapped, methods=["POST"])


_tap("answered", Act.ASKS_ANSWER, asks.answered, words.settled)
_tap("take", Act.ASKS_TAKE, asks.take, lent.taken)
_tap("decline", Act.ASKS_DECLINE, asks.decline, words.declined)
_tap("release", Act.ASKS_RELEASE, asks.release, words.released)
_tap("not-an-ask", Act.ASKS_NOT_AN_ASK, asks.not_an_ask, lambda voice: words.not_an_ask(voice, None))


@room.post("/asks/<ask>/snooze")
@for_members(Act.ASKS_SNOOZE)
def snooze(here: Here, ask: str) -> ResponseReturnValue:
    """Later: until the next morning list."""
    tomorrow = hours.local(here.boundary, here.today + timedelta(days=1), time(0))
    until = hours.next_digest(here.boundary, tomorrow)
    if until is None:
        raise refused(ProblemKind.NO_WORKING_DAY)
    with here.transaction() as db:
        asks.snooze(db, ask, here.me.id, until, here.now)
    return onward(_home(here), words.snoozed(here.voice, here.day_of(until), here.today))


@room.get("/asks/<ask>/promise")
@for_members(Act.ASKS_PROMISE)
def promise_form(here: Here, ask: str) -> ResponseReturnValue:
    """A day to give, with tomorrow in it."""
    found = the_ask(here, ask, asked=True)
    return _promise(here, found, forms.begun(on=(here.today + timedelta(days=1)).isoformat()))


def _promise(here: Here, ask: AskCard, typed: Typed) -> str:
    title = label(here.voice, Button.ASKS_PROMISE)
    return render_template(
        "asks/promise.html", here=here, words=words, shared=shared, title=title, ask=ask, typed=typed
    )


@room.post("/asks/<ask>/promise")
@for_members(Act.ASKS_PROMISE)
def promise(here: Here, ask: str) -> ResponseReturnValue:
    """The day was given; the asker sees it."""
    typed = forms.sent("on")
    found = the_ask(here, ask, asked=True)
    try:
        on = forms.day(typed.one("on"), "on")
        with here.transaction() as db:
            asks.promise(db, ask, here.me.id, on, here.now)
    except Refused as declined:
        return _promise(here, found, typed.declined(here.voice, declined)), 422
    return onward(_home(here), words.promise_kept(here.voice, on, here.today))


@room.get("/asks/<ask>/not-mine")
@for_members(Act.ASKS_NOT_MINE)
def not_mine_form(here: Here, ask: str) -> ResponseReturnValue:
    """Not for me; perhaps for somebody else."""
    return _not_mine(here, the_ask(here, ask, asked=True), forms.begun(instead=""))


def _not_mine(here: Here, ask: AskCard, typed: Typed) -> str:
    faces = [face for face in _askable(here) if face.key != ask.asker]
    return render_template(
        "asks/not_mine.html",
        here=here,
        words=words,
        shared=shared,
        title=label(here.voice, Button.ASKS_NOT_MINE),
        ask=ask,
        typed=typed,
        people=faces,
    )


@room.post("/asks/<ask>/not-mine")
@for_members(Act.ASKS_NOT_MINE)
def not_mine(here: Here, ask: str) -> ResponseReturnValue:
    """It is off my list, and on somebody else's where I chose one."""
    typed = forms.sent("instead")
    found = the_ask(here, ask, asked=True)
    try:
        with here.transaction() as db:
            asks.not_mine(db, ask, here.me.id, here.now, instead=typed.one("instead") or None)
    except Refused as declined:
        return _not_mine(here, found, typed.declined(here.voice, declined)), 422
    return onward(_home(here), words.not_mine(here.voice))
