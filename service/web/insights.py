"""How it goes in a circle: small charts, the same numbers beside them, and how each is reckoned."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from service.db import Session
from service.errors import ProblemKind, refused
from service.insights import queries, rules, spans
from service.insights.queries import Known
from service.insights.rules import Answered, Burden, Measure, Mended, Silence, Thanked
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import CircleCard
from service.people.policy import Thing
from service.people.rules import Joined
from service.web.entry import for_members
from service.web.here import Here
from service.web.pieces import Column
from service.wording import insights as words

room = Blueprint("insights", __name__)
F = TypeVar("F", Thanked, Answered, Burden, Mended)


@dataclass(frozen=True, slots=True)
class Chart:
    """One measure: its columns, what each column's numbers are called, and how they are reckoned."""

    measure: Measure
    head: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def is_pair(self) -> bool:
        """Whether each month has two columns."""
        return any(len(column.shares) > 1 for column in self.columns)


@room.get("/insights")
@for_members(Act.INSIGHTS_SEE)
def shown(here: Here) -> ResponseReturnValue:
    """The circles I may look at; where there is one, it."""
    with here.transaction(writes=False) as db:
        circles = mine(here, db)
    if len(circles) == 1:
        return redirect(f"/insights/{circles[0].id}", 303)
    return render_template("insights/circles.html", here=here, words=words, circles=circles)


def mine(here: Here, db: Session) -> list[CircleCard]:
    """The circles of this workspace whose insights somebody may see."""
    circles = people.circles(db) if here.actor.is_owner else list(here.circles)
    return [one for one in circles if here.may(Act.INSIGHTS_SEE, _about(here, one.id))]


def _about(here: Here, circle: str) -> Thing:
    return Thing(here.home.id, circles=frozenset({circle}))


@room.get("/insights/<circle>")
@for_members(Act.INSIGHTS_SEE)
def one(here: Here, circle: str) -> ResponseReturnValue:
    """What a circle may know of itself."""
    with here.transaction(writes=False) as db:
        card = people.circle(db, circle)
        if card is None or not here.may(Act.INSIGHTS_SEE, _about(here, circle)):
            raise refused(ProblemKind.NOT_FOUND)
        known = queries.known(db, circle, here.today)
        joined = sum(one.joined is Joined.WHOLE for one in people.members(db, card.members).values())
    charts = [chart for chart in _charts(here, known) if chart.columns]
    return render_template(
        "insights/circle.html",
        here=here,
        words=words,
        circle=card,
        charts=charts,
        is_small=joined < rules.LEAST[Measure.THANKED],
        first_on=here.day(spans.next_due(here.today)),
    )


def _charts(here: Here, known: Known) -> Iterable[Chart]:
    voice, months = here.voice, known.months
    thanked = [(month.on, month.thanked) for month in months]
    answered = [(month.on, month.answered) for month in months]
    burden = [(month.on, month.burden) for month in months]
    mended = [(quarter.on, quarter.mended) for quarter in known.quarters]
    longest = max((one.median or 0 for _, one in answered if isinstance(one, Answered)), default=0)
    most = max((one.a_week for _, one in burden if isinstance(one, Burden)), default=0.0)
    repairs = max((one.offered for _, one in mended if isinstance(one, Mended)), default=0)
    yield Chart(
        Measure.THANKED,
        (words.month(voice), words.middle(voice), words.lowest(voice)),
        _columns(
            here,
            Measure.THANKED,
            thanked,
            Thanked,
            lambda one: (one.middle / 100, one.lowest / 100),
            lambda one: (words.share(voice, one.middle), words.share(voice, one.lowest)),
        ),
    )
    yield Chart(
        Measure.ANSWERED,
        (words.month(voice), words.half_by(voice), words.open_long(voice)),
        _columns(
            here,
            Measure.ANSWERED,
            answered,
            Answered,
            lambda one: (_part(one.median or longest, longest),),
            lambda one: (words.wait(voice, one), words.share(voice, one.late)),
        ),
    )
    yield Chart(
        Measure.BURDEN,
        (words.month(voice), words.a_week(voice), words.out_of_hours(voice), words.stopped(voice)),
        _columns(
            here,
            Measure.BURDEN,
            burden,
            Burden,
            lambda one: (_part(one.a_week, most),),
            lambda one: (
                words.number(voice, one.a_week),
                words.deliveries(voice, one),
                words.how_many(voice, one.stopped, one.people),
            ),
        ),
    )
    yield Chart(
        Measure.MENDED,
        (words.quarter(voice), words.offered(voice), words.settled(voice)),
        _columns(
            here,
            Measure.MENDED,
            mended,
            Mended,
            lambda one: (_part(one.offered, repairs), _part(one.settled, repairs)),
            lambda one: (words.were_offered(voice, one), words.were_settled(voice, one)),
        ),
    )


def _part(value: float, most: float) -> float:
    return value / most if most else 0.0


def _columns(
    here: Here,
    measure: Measure,
    each: Iterable[tuple[date, object]],
    kind: type[F],
    shares: Callable[[F], tuple[float, ...]],
    values: Callable[[F], tuple[str, ...]],
) -> tuple[Column, ...]:
    voice = here.voice
    found = []
    for on, said in each:
        name, short = voice.month(on), voice.month(on, short=True)
        if isinstance(said, kind):
            found.append(Column(name, short, shares(said), values(said)))
        else:
            why = said if isinstance(said, Silence) else None
            found.append(Column(name, short, silent=words.silent(voice, why, measure)))
    return tuple(found)
