"""The jobs of a home: add one, do it, take over somebody's, end it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.efforts import keeping, rules
from service.efforts.models import Chore, EffortRow
from service.efforts.rules import EffortKind, Job, Noticed, Source
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.queries import CircleCard

LONGEST_TITLE = 80


def make_chore(
    db: Session,
    by: str,
    circle: str,
    title: str,
    *,
    repeats: bool = True,
    whose: str | None = None,
    job: Job | None = None,
) -> str:
    """Add a job of a home; returns its id."""
    seats = people.circle(db, circle)
    if seats is None or by not in seats.members or (whose is not None and whose not in seats.members):
        raise refused(ProblemKind.NOT_FOUND)
    shown = rules.title(title)
    if shown is None:
        raise refused(ProblemKind.MISSING, "title")
    if len(shown) > LONGEST_TITLE:
        raise refused(ProblemKind.TOO_LONG, "title", most=LONGEST_TITLE)
    row = Chore(circle_id=circle, title=shown, repeats=repeats, whose_id=whose, job=job)
    db.add(row)
    db.flush()
    return row.id


def done(db: Session, by: str, chore: str, now: datetime, *, doer: str | None = None) -> str | None:
    """A job is done, by whoever says so or by `doer`; a repeated one stays for the next time.

    Returns the effort's id, where one is kept. A second tap within the same minute is the first one. Of two who keep
    apart nothing is noted, and neither is told.
    """
    row, seats = _held(db, by, chore)
    did = doer or by
    if did not in seats.members:
        raise refused(ProblemKind.NOT_FOUND, "doer")
    if row.ended_at is not None:
        raise refused(ProblemKind.ALREADY_DONE)
    if not row.repeats:
        row.ended_at = now
    member = people.the_member(db, did)
    if not keeping.may_notice(db, member, Source.CHORE) or (did != by and people.apart(db, by, did)):
        return None
    kind = EffortKind.REPEATED_CHORE if row.repeats else EffortKind.CHORE
    reference = f"{row.id}.{did}.{now.isoformat(timespec='minutes')}"
    noticed = Noticed(Source.CHORE, reference, kind, None, now, title=row.title, out_of_hours=False)
    at_home = people.members(db, seats.members)
    saw = [one for one in seats.members if keeping.has_joined(at_home.get(one))]
    return keeping.keep(db, member, noticed, saw, now, repeats=row.id if row.repeats else None)


def undone(db: Session, by: str, chore: str, effort: str | None) -> None:
    """A job was called done by mistake: it waits again, and nothing stays noted of it."""
    row, _ = _held(db, by, chore)
    if not row.repeats:
        row.ended_at = None
    if effort is not None:
        of_it = sa.and_(EffortRow.source == Source.CHORE, EffortRow.reference.startswith(f"{row.id}."))
        mistaken = sa.delete(EffortRow).where(EffortRow.id == effort, of_it, EffortRow.closed_at.is_(None))
        db.execute(mistaken, execution_options={"synchronize_session": False})


def swap(db: Session, by: str, chore: str) -> None:
    """Take over a job from whoever has it, as a deed instead of words."""
    row, _ = _held(db, by, chore)
    if row.ended_at is not None:
        raise refused(ProblemKind.ALREADY_DONE)
    row.whose_id = by


def end_chore(db: Session, by: str, chore: str, now: datetime) -> None:
    """A job of the home is no longer one."""
    row, _ = _held(db, by, chore)
    row.ended_at = row.ended_at or now


def again(db: Session, by: str, chore: str) -> None:
    """A job that was ended is one again."""
    row, _ = _held(db, by, chore)
    row.ended_at = None


def _held(db: Session, by: str, chore: str) -> tuple[Chore, CircleCard]:
    """A job of a home this member lives in, held while it changes."""
    row = db.scalar(sa.select(Chore).where(Chore.id == chore).with_for_update())
    seats = people.circle(db, row.circle_id) if row is not None else None
    if row is None or seats is None or by not in seats.members:
        raise refused(ProblemKind.NOT_FOUND)
    return row, seats
