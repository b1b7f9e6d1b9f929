"""Lists of thanks: a circle's feed, what I received, what I gave."""

import json

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from service.appreciations import actions as appreciations
from service.appreciations import queries
from service.appreciations.queries import AppreciationCard, Page
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges import queries as nudge_queries
from service.nudges.rules import Level, NudgeKind
from service.people import actions as people
from service.people.acts import Act
from service.people.cards import CircleCard
from service.people.policy import Thing
from service.people.rules import Joined
from service.web import forms, thanked
from service.web.entry import for_members
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Thanks
from service.wording import appreciations as thank_words
from service.wording import keepsakes as words
from service.wording import rooms
from service.wording import weeks as week_words
from service.wording.buttons import Button, label

room = Blueprint("keepsakes", __name__)


@room.get("/thanks")
@for_members(Act.APPRECIATIONS_OPEN)
def feed(here: Here) -> ResponseReturnValue:
    """What my circle shares, and the ways to one's own."""
    circle = _circle(here)
    page = Page((), None)
    with here.transaction(writes=False) as db:
        if circle is not None and here.may(Act.APPRECIATIONS_FEED):
            page = queries.feed(db, circle.id, reader=here.me.id, after=_after())
        here.learn(db, [one for card in page.cards for one in (card.giver, *card.recipients)])
    return render_template(
        "appreciations/feed.html",
        here=here,
        words=words,
        rooms=rooms,
        circle=circle,
        thanks=[_shown(here, card) for card in page.cards],
        next=page.next,
        say=label(here.voice, Button.APPRECIATIONS_OPEN),
        weeks=week_words,
        week=_week(here, circle) if circle is not None and here.may(Act.APPRECIATIONS_FEED) else [],
    )


def _week(here: Here, circle: CircleCard) -> list[tuple[str, Press]]:
    """Whether one word a week brings what the circle shares: to all, as its lead says, and to me."""
    voice, at = here.voice, f"/thanks/week/{circle.id}"
    found = []
    if here.may(Act.APPRECIATIONS_WEEK, _thing(here, circle)):
        does = week_words.bring_to_all_no_more if circle.tells_week else week_words.bring_to_all
        hidden = {"on": "no" if circle.tells_week else "yes"}
        found.append((week_words.lead(voice), Press(does(voice), action=at, hidden=hidden, kind="quiet")))
    if circle.tells_week and here.me.joined is Joined.WHOLE:
        with here.transaction(writes=False) as db:
            said = nudge_queries.levels(db, [here.me.id]).get((here.me.id, NudgeKind.THANKS_WEEK), Level.STOPPED)
        chose = said is not Level.STOPPED
        does = week_words.bring_to_me_no_more if chose else week_words.bring_to_me
        hidden = {"on": "no" if chose else "yes"}
        found.append((week_words.mine(voice), Press(does(voice), action="/thanks/week", hidden=hidden, kind="quiet")))
    return found


def _thing(here: Here, circle: CircleCard) -> Thing:
    return Thing(here.home.id, circles=frozenset({circle.id}))


@room.post("/thanks/week/<circle>")
@for_members(Act.APPRECIATIONS_FEED)
def week(here: Here, circle: str) -> ResponseReturnValue:
    """A lead lets one word a week bring what the circle shares, or no longer."""
    found = next((one for one in here.circles if one.id == circle), None)
    if found is None:
        raise refused(ProblemKind.NOT_FOUND)
    here.check(Act.APPRECIATIONS_WEEK, _thing(here, found))
    on = forms.sent("on").one("on") == "yes"
    with here.transaction() as db:
        people.tell_week(db, circle, on=on)
    return onward(f"/thanks?circle={circle}", _said(here, on=on))


@room.post("/thanks/week")
@for_members(Act.APPRECIATIONS_FEED)
def week_to_me(here: Here) -> ResponseReturnValue:
    """I have it with my morning message, or no longer."""
    on = forms.sent("on").one("on") == "yes"
    with here.transaction() as db:
        (nudges.as_usual if on else nudges.stop)(db, here.me.id, NudgeKind.THANKS_WEEK)
    return onward("/thanks", _said(here, on=on))


def _said(here: Here, *, on: bool) -> str:
    return week_words.chosen(here.voice) if on else week_words.ended(here.voice)


def _circle(here: Here) -> CircleCard | None:
    wanted = request.args.get("circle")
    return next((circle for circle in here.circles if circle.id == wanted), here.home_circle())


def _after() -> str | None:
    after = request.args.get("after")
    if after is not None and not queries.is_mark(after):
        raise refused(ProblemKind.NOT_FOUND)
    return after


def _shown(here: Here, card: AppreciationCard) -> Thanks:
    names = thanked.names(here, card.everybody, card.recipients)
    mine = card.giver == here.me.id
    title = words.you_thanked(here.voice, names) if mine else words.thanked(here.voice, here.name(card.giver), names)
    return Thanks(
        here.face(card.giver),
        thanked.face(here, card),
        title,
        said(here, card),
        here.day(card.given_at),
        (Press(rooms.look(here.voice), href=f"/thanks/{card.id}", kind="quiet"),) if mine else (),
    )


def said(here: Here, card: AppreciationCard) -> str:
    """The words of thanks: a picture speaks where nothing was written, and what is valued in it comes last."""
    picture = thank_words.job(here.voice, card.job) if card.job is not None else ""
    valued = thank_words.valued(here.voice, card.values) if card.values else ""
    return "\n".join(part for part in (picture, card.did, card.eased, valued) if part)


@room.get("/keepsakes")
@for_members(Act.APPRECIATIONS_READ)
def keepsakes(here: Here) -> ResponseReturnValue:
    """What I received; mine alone, made to be printed."""
    with here.transaction(writes=False) as db:
        page = queries.keepsakes(db, here.me.id, after=_after())
        here.learn(db, [card.giver for card in page.cards])
    return render_template(
        "appreciations/keepsakes.html",
        here=here,
        words=words,
        thank_words=thank_words,
        rooms=rooms,
        cards=[(card, here.face(card.giver), said(here, card)) for card in page.cards],
        next=page.next,
    )


@room.post("/keepsakes/<appreciation>/let-go")
@for_members(Act.APPRECIATIONS_READ)
def let_go(here: Here, appreciation: str) -> ResponseReturnValue:
    """Delete a keepsake; nobody is told."""
    with here.transaction() as db:
        appreciations.delete_received(db, appreciation, here.me.id, here.now)
    return onward("/keepsakes", words.gone(here.voice))


@room.get("/keepsakes/file")
@for_members(Act.APPRECIATIONS_READ)
def as_file(here: Here) -> ResponseReturnValue:
    """My keepsakes as a file."""
    found, after = [], None
    with here.transaction(writes=False) as db:
        while True:
            page = queries.keepsakes(db, here.me.id, after=after, most=200)
            here.learn(db, [card.giver for card in page.cards])
            found += [
                {"from": here.name(card.giver), "on": here.day_of(card.given_at).isoformat(), "words": said(here, card)}
                for card in page.cards
            ]
            after = page.next
            if after is None:
                break
    answer = Response(json.dumps(found, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="keepsakes.json"'
    return answer


@room.get("/given")
@for_members(Act.APPRECIATIONS_READ)
def given(here: Here) -> ResponseReturnValue:
    """What I gave; mine alone."""
    with here.transaction(writes=False) as db:
        page = queries.given(db, here.me.id, after=_after())
        here.learn(db, [one for card in page.cards for one in card.recipients])
    return render_template(
        "appreciations/given.html",
        here=here,
        words=words,
        thank_words=thank_words,
        rooms=rooms,
        thanks=[_shown(here, card) for card in page.cards],
        next=page.next,
        say=label(here.voice, Button.APPRECIATIONS_OPEN),
    )
