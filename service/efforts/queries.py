"""Questions about work noticed: one's own, and a circle's chores. None counts or compares people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Session

from service.efforts.cadence import Reader
from service.efforts.closing import Trust
from service.efforts.models import Chore, DigestReader, EffortRow, Shown, Witness
from service.efforts.rules import Effort, EffortKind, Job, Source


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
    """By thanks, or by somebody who said that they gave them; words in a chat that look like thanks do not count."""


@dataclass(frozen=True, slots=True)
class ChoreCard:
    """A job at home."""

    id: str
    circle: str
    title: str
    repeats: bool
    whose: str | None
    job: Job | None = None


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
        row.closed_by in (Trust.THANKS, Trust.ALREADY),
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
    return [_chore(row) for row in rows]


def chore(db: Session, chore: str) -> ChoreCard | None:
    """One job of a home."""
    row = db.scalar(sa.select(Chore).where(Chore.id == chore))
    return _chore(row) if row is not None else None


def _chore(row: Chore) -> ChoreCard:
    return ChoreCard(row.id, row.circle_id, row.title, row.repeats, row.whose_id, row.job)


def done_lately(db: Session, members: Collection[str], since: datetime, *, most: int = 6) -> list[EffortCard]:
    """Jobs at home that these members did, newest first, so that they can be thanked."""
    rows = db.scalars(
        sa.select(EffortRow)
        .where(EffortRow.source == Source.CHORE, EffortRow.member_id.in_(set(members)), EffortRow.done_at >= since)
        .order_by(EffortRow.done_at.desc(), EffortRow.id)
        .limit(most)
    )
    return [card(row) for row in rows]


def unacknowledged(db: Session, members: Collection[str], since: datetime, until: datetime) -> list[Effort]:
    """What these members did between two moments without thanks so far, as the rules read it."""
    those = (
        EffortRow.closed_at.is_(None),
        EffortRow.done_at.between(since, until),
        EffortRow.member_id.in_(set(members)),
    )
    rows = list(db.scalars(sa.select(EffortRow).where(*those)))
    saw: dict[str, set[str]] = {}
    noted = sa.select(Witness.effort_id, Witness.member_id).join(EffortRow, EffortRow.id == Witness.effort_id)
    for statement in (noted.where(*those), *_took_part(those)):
        for effort, member in db.execute(statement):
            saw.setdefault(effort, set()).add(member)
    return [as_rules_read(row, frozenset(saw.get(row.id, ())) - {row.member_id}) for row in rows]


def _took_part(those: Iterable[sa.ColumnElement[bool]]) -> tuple[sa.Select[str, str], sa.Select[str, str]]:
    """Whoever reviewed a change saw it, and whoever made it saw the review, whichever was delivered first."""
    other = orm.aliased(EffortRow)
    beside = sa.and_(other.workspace_id == EffortRow.workspace_id, other.source == EffortRow.source)
    reviewed = sa.and_(other.about == EffortRow.reference, other.kind == EffortKind.REVIEW)
    made = sa.and_(other.reference == EffortRow.about, other.kind == EffortKind.CHANGE)
    pairs = sa.select(EffortRow.id, other.member_id)
    return (
        pairs.join(other, sa.and_(beside, reviewed)).where(*those, EffortRow.kind == EffortKind.CHANGE),
        pairs.join(other, sa.and_(beside, made)).where(*those, EffortRow.kind == EffortKind.REVIEW),
    )


def shown_together(db: Session, reader: str, efforts: Collection[str]) -> frozenset[str]:
    """These efforts, and those for which one of them stood when this reader was told of it."""
    told, beside = orm.aliased(Shown), orm.aliased(Shown)
    rows = db.scalars(
        sa.select(beside.effort_id)
        .join(
            told,
            sa.and_(
                told.reader_id == beside.reader_id,
                told.member_id == beside.member_id,
                told.shown_at == beside.shown_at,
            ),
        )
        .where(told.reader_id == reader, told.effort_id.in_(set(efforts)))
    )
    return frozenset(efforts) | frozenset(rows)


def as_rules_read(row: EffortRow, witnesses: frozenset[str] = frozenset()) -> Effort:
    """An effort as the rules read it."""
    return Effort(
        id=row.id,
        member=row.member_id,
        kind=row.kind,
        done_at=row.done_at,
        place=row.place_id,
        acknowledged=row.closed_by in (Trust.THANKS, Trust.ALREADY),
        repeats=row.repeats,
        witnesses=witnesses,
    )


def reader(db: Session, member: str, circle: str) -> Reader | None:
    """How it stands with a lead and the weekly list of a circle; None until its first slot was looked at."""
    row = db.get(DigestReader, (circle, member))
    return None if row is None else row.reader("UTC")
