"""Questions about work noticed: one's own, and a circle's chores. None counts or compares people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.efforts.models import Chore, EffortRow, Witness
from service.efforts.rules import Effort, EffortKind, Source


@dataclass(frozen=True, slots=True)
class EffortCard:
    """Work noticed, for the one who did it."""

    id: str
    member: str
    kind: EffortKind
    source: Source
    title: str | None
    link: str | None
    done_at: datetime
    out_of_hours: bool | None
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class ChoreCard:
    """A job at home."""

    id: str
    circle: str
    title: str
    repeats: bool
    whose: str | None


def card(row: EffortRow) -> EffortCard:
    """An effort as a card."""
    return EffortCard(
        row.id,
        row.member_id,
        row.kind,
        row.source,
        row.title,
        row.link,
        row.done_at,
        row.out_of_hours,
        row.closed_at is not None,
    )


def of_member(db: Session, member: str, *, most: int = 50) -> list[EffortCard]:
    """A member's own efforts, newest first; theirs alone."""
    rows = db.scalars(
        sa.select(EffortRow)
        .where(EffortRow.member_id == member)
        .order_by(EffortRow.done_at.desc(), EffortRow.id)
        .limit(most)
    )
    return [card(row) for row in rows]


def efforts(db: Session, ids: Collection[str]) -> list[EffortCard]:
    """These efforts."""
    return [card(row) for row in db.scalars(sa.select(EffortRow).where(EffortRow.id.in_(set(ids))))]


def chores(db: Session, circle: str) -> list[ChoreCard]:
    """The jobs of a home that are not ended."""
    rows = db.scalars(
        sa.select(Chore).where(Chore.circle_id == circle, Chore.ended_at.is_(None)).order_by(Chore.title, Chore.id)
    )
    return [ChoreCard(row.id, row.circle_id, row.title, row.repeats, row.whose_id) for row in rows]


def open_since(db: Session, members: Collection[str], since: datetime) -> list[Effort]:
    """The unacknowledged efforts of these members, as the rules read them."""
    rows = list(
        db.scalars(
            sa.select(EffortRow).where(
                EffortRow.closed_at.is_(None), EffortRow.done_at >= since, EffortRow.member_id.in_(set(members))
            )
        )
    )
    saw: dict[str, set[str]] = {}
    for effort, member in db.execute(
        sa.select(Witness.effort_id, Witness.member_id).where(Witness.effort_id.in_([row.id for row in rows]))
    ):
        saw.setdefault(effort, set()).add(member)
    return [as_rules_read(row, frozenset(saw.get(row.id, ()))) for row in rows]


def as_rules_read(row: EffortRow, witnesses: frozenset[str] = frozenset()) -> Effort:
    """An effort as the rules read it."""
    return Effort(
        id=row.id,
        member=row.member_id,
        kind=row.kind,
        done_at=row.done_at,
        place=row.place_id,
        acknowledged=row.closed_at is not None,
        repeats=row.repeats,
        witnesses=witnesses,
    )
