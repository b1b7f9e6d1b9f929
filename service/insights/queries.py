"""Questions about what a circle may know of itself; the answers were reckoned before."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.insights import rules, spans
from service.insights.models import Insight
from service.insights.rules import Answered, Burden, Figures, Measure, Mended, Silence, Thanked, Waits

F = TypeVar("F", Thanked, Mended)
MONTHS: Final = 12
"""How far back a page looks."""
_READ: Final[dict[Measure, type[Figures]]] = {
    Measure.THANKED: Thanked,
    Measure.ANSWERED: Waits,
    Measure.BURDEN: Burden,
    Measure.MENDED: Mended,
}


@dataclass(frozen=True, slots=True)
class Month:
    """What a circle may know of one month; None for what was not reckoned."""

    on: date
    thanked: Thanked | Silence | None = None
    answered: Answered | Silence | None = None
    burden: Burden | Silence | None = None


@dataclass(frozen=True, slots=True)
class Quarter:
    """What a circle may know of one quarter."""

    on: date
    mended: Mended | Silence


@dataclass(frozen=True, slots=True)
class Known:
    """All that a circle may know of itself, oldest first."""

    months: tuple[Month, ...] = ()
    quarters: tuple[Quarter, ...] = ()


@dataclass
class _Gathered:
    figures: list[Figures] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)


def known(db: Session, circle: str, today: date) -> Known:
    """What a circle may know of itself, for the last twelve months."""
    since = spans.first_of_month(today, later=-MONTHS)
    rows = db.scalars(
        sa.select(Insight)
        .where(Insight.circle_id == circle, Insight.begins_on >= since)
        .order_by(Insight.begins_on, Insight.measure)
    )
    of: dict[tuple[date, Measure], _Gathered] = {}
    for row in rows:
        gathered = of.setdefault((_shown_on(row), row.measure), _Gathered())
        if row.silence is None:
            gathered.figures.append(read(row.measure, row.figures))
        else:
            gathered.silences.append(row.silence)
    on = sorted({first for first, measure in of if measure is not Measure.MENDED})
    months = tuple(
        Month(
            first,
            _one(of.get((first, Measure.THANKED)), Thanked),
            _answered(of.get((first, Measure.ANSWERED))),
            _burden(of.get((first, Measure.BURDEN))),
        )
        for first in on
    )
    quarters = (
        Quarter(first, said)
        for first, measure in sorted(of)
        if measure is Measure.MENDED and (said := _one(of[first, measure], Mended)) is not None
    )
    return Known(months, tuple(quarters))


def read(measure: Measure, kept: dict[str, Any]) -> Figures:
    """Figures as they were kept."""
    found: Figures = msgspec.convert(kept, _READ[measure], strict=False)
    return found


def written(db: Session, circles: Collection[str], since: date) -> set[tuple[str, Measure, date]]:
    """What was reckoned already of these circles' days since then."""
    rows = db.execute(
        sa.select(Insight.circle_id, Insight.measure, Insight.begins_on).where(
            Insight.circle_id.in_(circles), Insight.begins_on >= since
        )
    )
    return {(circle, measure, begins_on) for circle, measure, begins_on in rows}


def _shown_on(row: Insight) -> date:
    return row.begins_on if row.measure is Measure.MENDED else row.begins_on.replace(day=1)


def _one(gathered: _Gathered | None, kind: type[F]) -> F | Silence | None:
    if gathered is None:
        return None
    return next((one for one in gathered.figures if isinstance(one, kind)), None) or gathered.silences[0]


def _answered(gathered: _Gathered | None) -> Answered | Silence | None:
    if gathered is None:
        return None
    halves = [one for one in gathered.figures if isinstance(one, Waits)]
    return rules.answered(rules.together(halves)) if halves else gathered.silences[0]


def _burden(gathered: _Gathered | None) -> Burden | Silence | None:
    if gathered is None:
        return None
    return rules.borne(one for one in gathered.figures if isinstance(one, Burden)) or gathered.silences[0]
