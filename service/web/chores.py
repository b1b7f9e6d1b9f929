"""Jobs at home: what is to do, who did it, a job taken over, a word of thanks while it is fresh."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from service.db import Session
from service.efforts import actions as efforts
from service.efforts import queries
from service.efforts.queries import ChoreCard, EffortCard
from service.efforts.rules import Job
from service.errors import ProblemKind, Refused, refused
from service.people.acts import Act
from service.people.cards import CircleCard
from service.web import forms
from service.web.entry import for_members
from service.web.forms import Typed
from service.web.here import Here
from service.web.notices import onward
from service.web.pieces import Act as Press
from service.web.pieces import Choice, Face
from service.wording import appreciations as thanks
from service.wording import chores as words
from service.wording import look as around
from service.wording import rooms
from service.wording.buttons import Button, label

room = Blueprint("chores", __name__)
FIELDS = ("title", "job", "often", "whose")
BACK, ONCE = "back", "once"
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Said:
    """A job as a page shows it."""

    id: str
    title: str
    picture: str | None
    about: tuple[str, ...]
    acts: tuple[Press, ...]


@dataclass(frozen=True, slots=True)
class Did:
    """A job that somebody did in the last days."""

    id: str
    title: str
    by: Face
    when: str
    thanked: str | None
    acts: tuple[Press, ...]


@room.get("/chores")
@for_members(Act.EFFORTS_CHORES)
def chores(here: Here) -> ResponseReturnValue:
    """What is to do at home, what was done this week, and a form for one more job."""
    return _page(here, forms.begun(title="", job="", often=BACK, whose=""))


def _page(here: Here, typed: Typed) -> str:
    voice, circle = here.voice, here.home_circle()
    with here.transaction(writes=False) as db:
        to_do = queries.chores(db, circle.id) if circle is not None else []
        others = [card.id for card in here.peers()]
        did = queries.done_lately(db, others, here.now - LATELY)
        here.learn(db, [job.whose for job in to_do])
    return render_template(
        "efforts/chores.html",
        here=here,
        words=words,
        rooms=rooms,
        typed=typed,
        chores=[_said(here, job) for job in to_do],
        lately=[_did(here, one) for one in did],
        jobs=[(job.value, thanks.job(voice, job)) for job in Job],
        often=[Choice(BACK, words.comes_back(voice)), Choice(ONCE, words.once(voice))],
        people=[
            Choice("", words.anybodys(voice)),
            *(Choice(one, here.name(one)) for one in (here.me.id, *others)),
        ],
        optional=around.optional(voice),
        may_add=circle is not None,
    )


def _said(here: Here, job: ChoreCard) -> Said:
    voice, at = here.voice, f"/chores/{job.id}"
    mine = job.whose == here.me.id
    whose = words.mine(voice) if mine else words.anybodys(voice)
    if job.whose is not None and not mine:
        whose = words.whose(voice, here.name(job.whose))
    acts = [Press(words.done(voice), action=f"{at}/done", drawing="check")]
    if here.peers():
        acts.append(Press(words.somebody_else(voice), href=f"{at}/done", kind="quiet"))
    if not mine:
        acts.append(Press(words.take(voice), action=f"{at}/take", kind="quiet"))
    acts.append(Press(words.end(voice), action=f"{at}/end", kind="quiet"))
    often = words.comes_back(voice) if job.repeats else words.once(voice)
    return Said(job.id, job.title, job.job.value if job.job is not None else None, (whose, often), tuple(acts))


def _did(here: Here, effort: EffortCard) -> Did:
    voice = here.voice
    thank = Press(label(voice, Button.APPRECIATIONS_OPEN), href=f"/thanks/new?to={effort.member}&effort={effort.id}")
    return Did(
        effort.id,
        words.done_by(voice, here.name(effort.member), effort.title or ""),
        here.face(effort.member),
        here.day(effort.done_at),
        words.thanked(voice) if effort.acknowledged else None,
        () if effort.acknowledged else (thank,),
    )


@room.post("/chores")
@for_members(Act.EFFORTS_CHORES)
def add(here: Here) -> ResponseReturnValue:
    """Add a job; a picture alone is enough."""
    typed = forms.sent(*FIELDS)
    try:
        job = forms.choice(Job, typed.one("job"), "job") if typed.one("job") else None
        title = typed.one("title").strip() or (thanks.job(here.voice, job) if job is not None else "")
        with here.transaction() as db:
            repeats = typed.one("often", BACK) == BACK
            whose = typed.one("whose") or None
            efforts.make_chore(db, here.me.id, _home(here).id, title, repeats=repeats, whose=whose, job=job)
    except Refused as declined:
        return _page(here, typed.declined(here.voice, declined)), 422
    return onward("/chores", words.added(here.voice, title))


def _home(here: Here) -> CircleCard:
    circle = here.home_circle()
    if circle is None:
        raise refused(ProblemKind.NOT_FOUND)
    return circle


def _job(here: Here, db: Session, chore: str) -> ChoreCard:
    """A job of my home; any other is not here."""
    found = queries.chore(db, chore)
    if found is None or found.circle not in here.actor.circles:
        raise refused(ProblemKind.NOT_FOUND)
    return found


@room.get("/chores/<chore>/done")
@for_members(Act.EFFORTS_CHORES)
def done_form(here: Here, chore: str) -> ResponseReturnValue:
    """Say who did it."""
    with here.transaction(writes=False) as db:
        job = _job(here, db, chore)
    return _who(here, job, forms.begun(doer=""))


def _who(here: Here, job: ChoreCard, typed: Typed) -> str:
    people = [here.face(card.id) for card in here.peers()]
    return render_template(
        "efforts/done.html", here=here, words=words, rooms=rooms, job=job, typed=typed, people=people
    )


@room.post("/chores/<chore>/done")
@for_members(Act.EFFORTS_CHORES)
def done(here: Here, chore: str) -> ResponseReturnValue:
    """It is done, by me or by whom I name."""
    typed = forms.sent("doer", "named")
    with here.transaction() as db:
        job = _job(here, db, chore)
        doer = typed.one("doer") or here.me.id
        if typed.one("named") and not typed.one("doer"):
            problem = typed.declined(here.voice, refused(ProblemKind.NOBODY_CHOSEN, "doer"))
            return _who(here, job, problem), 422
        effort = efforts.done(db, here.me.id, chore, here.now, doer=doer)
    here.runtime.soon()
    mine = doer == here.me.id
    said = words.is_done(here.voice, job.title)
    if not mine:
        said = words.is_done_by(here.voice, here.name(doer), job.title)
    undo = Press(rooms.undo(here.voice), action=f"/chores/{chore}/undo", hidden={"effort": effort or ""})
    return onward("/chores", said, undo=undo)


@room.post("/chores/<chore>/undo")
@for_members(Act.EFFORTS_CHORES)
def undo(here: Here, chore: str) -> ResponseReturnValue:
    """It was not done after all."""
    with here.transaction() as db:
        efforts.undone(db, here.me.id, chore, forms.sent("effort").one("effort") or None)
    return onward("/chores", words.is_back(here.voice))


@room.post("/chores/<chore>/take")
@for_members(Act.EFFORTS_CHORES)
def take(here: Here, chore: str) -> ResponseReturnValue:
    """Take over a job."""
    with here.transaction() as db:
        job = _job(here, db, chore)
        efforts.swap(db, here.me.id, chore)
    return onward("/chores", words.is_taken(here.voice, job.title))


@room.post("/chores/<chore>/end")
@for_members(Act.EFFORTS_CHORES)
def end(here: Here, chore: str) -> ResponseReturnValue:
    """It is no longer a job."""
    with here.transaction() as db:
        efforts.end_chore(db, here.me.id, chore, here.now)
    undo = Press(rooms.undo(here.voice), action=f"/chores/{chore}/again")
    return onward("/chores", words.is_ended(here.voice), undo=undo)


@room.post("/chores/<chore>/again")
@for_members(Act.EFFORTS_CHORES)
def again(here: Here, chore: str) -> ResponseReturnValue:
    """It is a job again."""
    with here.transaction() as db:
        efforts.again(db, here.me.id, chore)
    return onward("/chores", words.is_back(here.voice))
