"""The first page of a member: what waits, what came, what is near; and one thing to try."""

from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.asks import queries as asks
from service.asks.rules import MANY
from service.db import Session
from service.occasions import queries as occasions
from service.people import queries as people
from service.people import reaching
from service.people.acts import Act
from service.people.rules import Joined
from service.suggestions import queries as suggestions
from service.web import asking, telling
from service.web.entry import for_members
from service.web.here import Here
from service.web.nudges import lately
from service.web.occasions import said as day_said
from service.web.pieces import Act as Press
from service.web.suggestions import spoken
from service.wording import again as lent
from service.wording import asks as ask_words
from service.wording import buttons, rooms
from service.wording import people as names
from service.wording import today as words
from service.wording.cards import Spoken

room = Blueprint("today", __name__)
MOST_LATELY = 6
MOST_DAYS = 4
FIRST_WEEKS = timedelta(days=14)


@room.get("/today")
@for_members(Act.NUDGES_INBOX)
def today(here: Here) -> ResponseReturnValue:
    """Everything a morning needs, and nothing else."""
    sees_lists = here.may(Act.ASKS_LISTS)
    with here.transaction(writes=False) as db:
        mine = asks.waiting_for_me(db, here.me.id) if here.may(Act.ASKS_ANSWER) else []
        theirs = asks.waiting_for_answer(db, here.me.id, here.now) if sees_lists else []
        away = reaching.away(db, [ask.asked for ask in theirs if ask.asked is not None], here.now)
        here.learn(db, [one for ask in (*mine, *theirs) for one in (ask.asker, ask.asked)])
        places = {place.id: place.name for place in people.places(db)}
        why = asking.because(here, db, mine)
        came = lately(here, db, most=MOST_LATELY, without=telling.ASKS)
        days = occasions.soon(db, here.me.id, here.actor.circles, here.today) if here.may(Act.OCCASIONS_SEE) else []
        here.learn(db, [day.member for day in days])
        card = _card(here, db)
    to_try = _to_try(here, has_days=bool(days))
    return render_template(
        "home/today.html",
        here=here,
        words=words,
        rooms=rooms,
        asks=ask_words,
        names=names,
        lent=lent,
        many=len(mine) > MANY,
        mine=asking.waiting_for_me(here, mine, places, why),
        answers=here.may(Act.ASKS_ANSWER),
        theirs=[asking.asked_by_me(here, ask, away) for ask in theirs],
        came=came,
        days=[day_said(here, day) for day in days[:MOST_DAYS]],
        card=card,
        to_try=to_try,
        joined=here.me.joined is not Joined.NO,
        listening=_listening(here),
        first_steps=_first_steps(here, to_try[1]),
    )


def _listening(here: Here) -> str | None:
    """Until when the form and the coach alone speak, in somebody's first two weeks."""
    if here.me.joined_at is None or here.me.joined is not Joined.WHOLE:
        return None
    until = here.me.joined_at + FIRST_WEEKS
    return names.listening_until(here.voice, here.day(until)) if here.now < until else None


def _first_steps(here: Here, to_try: Press) -> tuple[Press, ...]:
    """The form and the coach, the first of them left to "one thing to try" where that is what it says."""
    thank = Press(buttons.label(here.voice, buttons.Button.APPRECIATIONS_OPEN), href="/thanks/new")
    coach = Press(buttons.label(here.voice, buttons.Button.REPAIRS_OPEN), href="/repairs")
    may = [thank] if to_try.href != thank.href else []
    return (*may, coach) if here.may(Act.REPAIRS_OPEN) else tuple(may)


def _card(here: Here, db: Session) -> Spoken | None:
    """The card of this week: my own, or that of all of us."""
    circle = here.home_circle()
    if not here.may(Act.SUGGESTIONS_HOUSE_CARD):
        return None
    drawn = [*suggestions.drawn_by(db, here.me.id), *(suggestions.drawn_for(db, circle.id) if circle else [])]
    latest = max(drawn, key=lambda one: one.week_on, default=None)
    if latest is None or (here.today - latest.week_on).days >= 7:
        return None
    return spoken(here, latest.card)


def _to_try(here: Here, *, has_days: bool) -> tuple[str, Press]:
    voice = here.voice
    if len(here.members) < 2 and here.may(Act.PEOPLE_INVITE):
        return words.try_invite(voice), Press(rooms.invite(voice), href="/invite", kind="strong")
    if not has_days and here.is_family and here.may(Act.OCCASIONS_ADD) and here.today.weekday() % 2:
        return words.try_days(voice), Press(buttons.label(voice, buttons.Button.OCCASIONS_ADD), href="/days#add")
    return words.try_thanks(voice), Press(buttons.label(voice, buttons.Button.APPRECIATIONS_OPEN), href="/thanks/new")
