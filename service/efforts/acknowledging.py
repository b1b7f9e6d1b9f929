"""Work was seen by somebody: what thanks close, and what opens again when they are taken back."""

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.efforts import closing, digests, queries
from service.efforts.closing import Acknowledgement, Trust
from service.efforts.models import EffortRow, LastThanked
from service.people import queries as people


def thanked(
    db: Session,
    members: Collection[str],
    efforts: Collection[str],
    now: datetime,
    *,
    by: str | None = None,
    thanks: str | None = None,
) -> None:
    """Thanks were given here: they close what they are about, or all that is older.

    What a digest named together is closed together. `thanks` is their id, for when they are taken back.
    """
    about = queries.shown_together(db, by, efforts) if by is not None else frozenset(efforts)
    for member in sorted(set(members) - {by}):
        _close(db, Acknowledgement(Trust.THANKS, member, by, now, _of(db, member, about)), now, thanks)
        _thanked_on(db, member, now.date())
    if by is not None:
        digests.acted(db, by)


def already(db: Session, by: str, member: str, now: datetime, efforts: Collection[str] = ()) -> None:
    """ "Already did": somebody thanked them elsewhere."""
    people.the_member(db, member)
    if member != by:
        about = _of(db, member, queries.shown_together(db, by, efforts))
        _close(db, Acknowledgement(Trust.ALREADY, member, by, now, about), now)
        _thanked_on(db, member, now.date())
    digests.acted(db, by)


def matched(db: Session, member: str, by: str | None, place: str, at: datetime, now: datetime) -> None:
    """Words that look like thanks: they keep a nudge back, and count for nothing else."""
    _close(db, Acknowledgement(Trust.MATCH, member, by, at, place=place), now)


def skip(db: Session, reader: str, member: str) -> None:
    """ "Not this one": a reader is shown nothing twice anyway, so all that counts is that they did something."""
    people.the_member(db, member)
    digests.acted(db, reader)


def reopened(db: Session, thanks: str) -> None:
    """Thanks were taken back: what they closed waits for a word again."""
    taken_back = sa.update(EffortRow).where(EffortRow.closed_in == thanks)
    db.execute(
        taken_back.values(closed_at=None, closed_by=None, closed_in=None),
        execution_options={"synchronize_session": False},
    )


def _of(db: Session, member: str, efforts: Collection[str]) -> frozenset[str]:
    """Those of these efforts that are this member's; thanks that name only another's are about all of theirs."""
    if not efforts:
        return frozenset()
    theirs = sa.select(EffortRow.id).where(EffortRow.member_id == member, EffortRow.id.in_(set(efforts)))
    return frozenset(db.scalars(theirs))


def _close(db: Session, acknowledgement: Acknowledgement, now: datetime, thanks: str | None = None) -> None:
    still: sa.ColumnElement[bool] = EffortRow.closed_at.is_(None)
    if acknowledgement.trust is not Trust.MATCH:
        still = sa.or_(still, EffortRow.closed_by == Trust.MATCH)
    held = sa.select(EffortRow).where(EffortRow.member_id == acknowledgement.member, still)
    rows = {row.id: row for row in db.scalars(held.order_by(EffortRow.id).with_for_update())}
    closed = closing.closes(acknowledgement, [queries.as_rules_read(row) for row in rows.values()])
    for effort in closed:
        row = rows[effort]
        row.closed_at, row.closed_by, row.closed_in = now, acknowledgement.trust, thanks
    db.flush()
    digests.strike(db, closed)


def _thanked_on(db: Session, member: str, on: date) -> None:
    row = {"workspace_id": people.the_member(db, member).workspace, "member_id": member, "thanked_on": on}
    store.upsert(db, LastThanked, [row], keys=("member_id",))
