"""The sheet for the fridge: the card of the week, days that matter, open questions, and lines to fill by hand."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.asks import queries as asks
from service.asks.queries import AskCard
from service.asks.rules import Mark
from service.db import Session
from service.occasions import queries as occasions
from service.occasions.rules import OccasionKind
from service.people.acts import Act
from service.suggestions import queries as suggestions
from service.web.entry import for_members
from service.web.here import Here
from service.web.occasions import said as day_said
from service.web.suggestions import spoken
from service.wording import fridge as words
from service.wording import rooms
from service.wording.cards import Spoken

room = Blueprint("fridge", __name__)
MONTH: Final = timedelta(days=31)
MOST_DAYS: Final = 8
MOST_QUESTIONS: Final = 5
LINES: Final = 6


@room.get("/fridge")
@for_members(Act.EFFORTS_CHORES)
def sheet(here: Here) -> ResponseReturnValue:
    """One page for everybody who walks by, so nothing that is for one person alone."""
    until = here.today + MONTH
    with here.transaction(writes=False) as db:
        card = _card(here, db)
        days = occasions.seen_by(db, here.me.id, here.actor.circles, until=until)
        days = [day for day in days if not day.hidden and day.kind is not OccasionKind.HARD_DAY and day.next_on]
        mine = asks.waiting_for_me(db, here.me.id) if here.may(Act.ASKS_ANSWER) else []
        theirs = asks.waiting_for_answer(db, here.me.id, here.now) if here.may(Act.ASKS_LISTS) else []
        here.learn(db, [one for ask in (*mine, *theirs) for one in (ask.asker, ask.asked)])
        here.learn(db, [day.member for day in days])
    monday = here.today - timedelta(days=here.today.weekday())
    return render_template(
        "home/fridge.html",
        here=here,
        words=words,
        rooms=rooms,
        week=words.week_of(here.voice, here.voice.day_of_year(monday)),
        card=card,
        days=[day_said(here, day) for day in days[:MOST_DAYS]],
        questions=_questions(here, [*mine, *theirs]),
        lines=LINES,
    )


def _card(here: Here, db: Session) -> Spoken | None:
    """The card of the whole household; what somebody drew for themselves hangs nowhere."""
    circle = here.home_circle()
    drawn = suggestions.drawn_for(db, circle.id) if circle is not None else []
    latest = max(drawn, key=lambda one: one.week_on, default=None)
    if latest is None or (here.today - latest.week_on).days >= 7:
        return None
    return spoken(here, latest.card)


def _questions(here: Here, open_ones: list[AskCard]) -> list[tuple[str, str]]:
    found = [ask for ask in open_ones if ask.mark is not Mark.PERSONAL and ask.words]
    return [(_who(here, ask), ask.words or "") for ask in found[:MOST_QUESTIONS]]


def _who(here: Here, ask: AskCard) -> str:
    asker = here.name(ask.asker)
    return (
        words.asks_all(here.voice, asker) if ask.asked is None else words.asks(here.voice, asker, here.name(ask.asked))
    )
