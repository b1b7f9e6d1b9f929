"""The script of a month: what each line of team.toml and family.toml has people do, by the product's own actions."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from service.appreciations import actions as appreciations
from service.appreciations.rules import Door, Draft, Job, Sharing
from service.asks import actions as asks
from service.asks import home as questions
from service.asks.rules import Mark, Said
from service.db import Session
from service.demo.stage import Play, Stage
from service.efforts import actions as efforts
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people.rules import IdentityKind
from service.repairs import actions as repairs
from service.repairs.rules import Answer, Direction
from service.repairs.rules import Draft as Repair
from service.ruptures import Rupture
from service.suggestions import actions as suggestions
from service.suggestions import queries as hats

MENTION: Final = re.compile(r"@([a-z]+)")
DAYS_ADDED: Final = "ago 30 12:10"


def plan(stage: Stage, name: str) -> None:
    """Put everything a script tells of on the stage, each at its moment."""
    lines = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    for kind, rows in lines.items():
        for row in rows:
            LINES[kind](stage, **row)


def said(stage: Stage, on: str, where: str, who: str, words: str, below: str | None = None) -> None:
    """Somebody writes into a channel, "@ada" naming Ada; it stands in Slack and is heard here."""
    thread = _ts(stage.days.when(below)) if below is not None else None

    def write(db: Session, now: datetime) -> None:
        stage.said.append({
            "channel": stage.slack[where],
            "author": stage.slack[who],
            "text": MENTION.sub(lambda found: f"<@{stage.slack[found[1]]}>", words),
            "at": now.timestamp(),
            "thread_ts": thread,
        })  # fmt: skip
        heard = Said(
            place=stage.slack[where],
            ts=_ts(now),
            author=stage.slack[who],
            text=" ".join(MENTION.sub(" ", words).split()),
            named=tuple(stage.slack[name] for name in MENTION.findall(words)),
            thread=thread,
        )
        asks.hear(db, stage.runtime.ears, [heard], now)

    stage.happens(on, write)


def works(stage: Stage, on: str, name: str, who: str, kind: str, title: str, saw: Sequence[str] = ()) -> None:
    """A tool shows work somebody did, and who saw it."""

    def notice(db: Session, now: datetime) -> None:
        noticed = Noticed(
            source=Source.GITHUB,
            reference=name,
            kind=EffortKind(kind),
            doer=on_github(who),
            done_at=now,
            title=title,
            witnesses=tuple(on_github(one) for one in saw),
            about=name.partition("/")[0],
        )
        stage.efforts[name] = efforts.notice(db, noticed, now) or ""

    stage.happens(on, notice)


def notes(stage: Stage, on: str, name: str, who: str, whom: str, words: str) -> None:
    """Somebody notes what another did."""

    def note(db: Session, now: datetime) -> None:
        stage.efforts[name] = efforts.note(db, stage[who], stage[whom], words, now)

    stage.happens(on, note)


def heeded(stage: Stage, on: str, who: str) -> None:
    """A reader did something with their weekly digest."""
    stage.happens(on, lambda db, _now: efforts.acted(db, stage[who]))


def chores(stage: Stage, title: str, done: Sequence[Mapping[str, Any]], whose: str | None = None) -> None:
    """A job of the home, and who does it every so many days."""
    owner = stage[whose] if whose is not None else None
    founder = next(iter(stage.members.values()))
    made: list[str] = []

    def make(db: Session, _now: datetime) -> None:
        made.append(efforts.make_chore(db, founder, stage.circles["home"], title, whose=owner))

    stage.happens(DAYS_ADDED, make)
    for each in done:
        for days in range(29, 0, -each["every"]):
            stage.happens(f"ago {days} {each['at']}", _done(stage[each["by"]], made))


def _done(by: str, made: Sequence[str]) -> Play:
    return lambda db, now: efforts.done(db, by, made[0], now)


def asked(
    stage: Stage,
    on: str,
    who: str,
    whom: str,
    words: str,
    mark: str = "none",
    answer: str = "",
    answered: str | None = None,
) -> None:
    """Somebody puts a question at home, which may have been answered."""
    made: list[str] = []

    def put(db: Session, now: datetime) -> None:
        made.extend(questions.put(db, stage[who], stage.circles["home"], [stage[whom]], words, now, mark=Mark(mark)))

    stage.happens(on, put)
    if answered is not None:
        stage.happens(answered, lambda db, now: questions.answer(db, made[0], stage[whom], answer, now))


def thanks(
    stage: Stage,
    on: str,
    who: str,
    whom: Sequence[str],
    did: str,
    eased: str = "",
    sharing: str = "private",
    circle: str | None = None,
    place: str | None = None,
    job: str | None = None,
    values: Sequence[str] = (),
    about: Sequence[str] = (),
    door: str = "web",
) -> None:
    """Somebody thanks others; `about` is work by the names of the script."""

    def give(db: Session, now: datetime) -> None:
        draft = Draft(
            giver=stage[who],
            recipients=tuple(stage[one] for one in whom),
            did=did,
            eased=eased,
            job=Job(job) if job is not None else None,
            sharing=Sharing(sharing),
            circle=stage.circles[circle] if circle is not None else None,
            place=stage.places[place] if place is not None else None,
            values=tuple(values),
            efforts=tuple(stage.efforts[one] for one in about),
            door=Door(door),
        )
        appreciations.give(db, draft, now)

    stage.happens(on, give)


def mended(
    stage: Stage,
    on: str,
    who: str,
    whom: str,
    kind: str,
    direction: str = "mine",
    blanks: Mapping[str, str] | None = None,
    answer: str | None = None,
    answered: str = "",
    settled: str | None = None,
) -> None:
    """Somebody mends something, or says what hurt; the other may have answered, and settled it."""
    slots = {**(blanks or {})}
    if "day" in slots:
        slots["day"] = stage.days.when(slots["day"]).astimezone(stage.days.tz).date().isoformat()
    draft = Repair(stage[who], stage[whom], Direction(direction), Rupture(kind), slots)
    made: list[str] = []
    stage.happens(on, lambda db, now: made.append(repairs.send(db, draft, now)))
    if answer is not None:
        how = Answer(answer)
        stage.happens(answered, lambda db, now: repairs.answer(db, made[0], draft.receiver, how, now))
    if settled is not None:
        stage.happens(settled, lambda db, now: repairs.settle(db, made[0], draft.receiver, now))


def noted(stage: Stage, on: str, who: str, kind: str, words: str, about: str | None = None) -> None:
    """Somebody notes a moment for themselves."""
    moment = Moment(Rupture(kind), stage[about] if about is not None else None, words)
    stage.happens(on, lambda db, now: moments.note(db, stage.runtime.keyring, stage[who], moment, now))


def slipped(stage: Stage, on: str, circle: str, card: str) -> None:
    """Somebody slips a card into the hat that everybody shares; who it was is told to nobody, us included."""

    def slip(db: Session, _now: datetime) -> None:
        hat = hats.hat_of_circle(db, stage.circles[circle])
        if hat is not None:
            suggestions.slip(db, hat, card, stage.runtime.random)

    stage.happens(on, slip)


def days(
    stage: Stage,
    circle: str,
    by: str,
    kind: str,
    ahead: int,
    of: str | None = None,
    name: str = "",
    title: str = "",
) -> None:
    """A day that matters, so many days ahead."""
    on = stage.days.today + timedelta(days=ahead)
    day, whose = Day(on.month, on.day), stage[of] if of is not None else None

    def add(db: Session, now: datetime) -> None:
        where = stage.circles[circle]
        occasions.add(db, stage[by], where, OccasionKind(kind), day, now, of=whose, name=name, title=title)

    stage.happens(DAYS_ADDED, add)


LINES: Final[Mapping[str, Callable[..., None]]] = {
    "said": said,
    "works": works,
    "notes": notes,
    "heeded": heeded,
    "chores": chores,
    "questions": asked,
    "thanks": thanks,
    "repairs": mended,
    "moments": noted,
    "slipped": slipped,
    "days": days,
}
"""What each table of a script tells of."""


def on_github(who: str) -> Named:
    """How GitHub names somebody of the team."""
    return Named(IdentityKind.GITHUB, f"{who}-at-harbourside")


def _ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
