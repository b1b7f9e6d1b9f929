"""Offer a nudge, withdraw it, change it; fewer, or stop."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.nudges import queries
from service.nudges.models import Nudge, Wish
from service.nudges.rules import Change, Level, NudgeKind, NudgeState, Told, welcome_at
from service.people import queries as people
from service.people.rules import Boundary


def offer(
    db: Session,
    kind: NudgeKind,
    member: str,
    subject: str,
    told: Told,
    now: datetime,
    *,
    not_before: datetime | None = None,
    boundary: Boundary | None = None,
    expires_at: datetime | None = None,
) -> str | None:
    """Offer a member one nudge about one thing, once; returns its id, or None where it is not welcome.

    A second offer of the same kind about the same thing changes nothing.
    """
    found = db.scalar(sa.select(Nudge.id).where(Nudge.reader == member, Nudge.kind == kind, Nudge.subject == subject))
    if found is not None:
        return None
    boundary = boundary or people.boundaries(db, [member])[member]
    level = queries.levels(db, [member]).get((member, kind), Level.AS_USUAL)
    due_at = welcome_at(kind, boundary, max(now, not_before or now), level=level)
    if due_at is None:
        return None
    home = people.the_member(db, member).workspace
    return _add(db, home, kind, member, subject, told, now, due_at, expires_at, member=member)


def post(
    db: Session,
    kind: NudgeKind,
    place: str,
    subject: str,
    told: Told,
    now: datetime,
    *,
    at: datetime | None = None,
) -> str | None:
    """Offer one post to a place whose circle agreed to it, once."""
    found = db.scalar(sa.select(Nudge.id).where(Nudge.reader == place, Nudge.kind == kind, Nudge.subject == subject))
    if found is not None:
        return None
    home = people.workspace_of_place(db, place)
    return _add(db, home, kind, place, subject, told, now, at or now, None, place=place)


def _add(
    db: Session,
    home: str,
    kind: NudgeKind,
    reader: str,
    subject: str,
    told: Told,
    now: datetime,
    due_at: datetime,
    expires_at: datetime | None,
    *,
    member: str | None = None,
    place: str | None = None,
) -> str:
    row = Nudge(
        workspace_id=home,
        reader=reader,
        member_id=member,
        place_id=place,
        kind=kind,
        subject=subject,
        told=queries.stored(told),
        offered_at=now,
        due_at=due_at,
        expires_at=expires_at,
        state=NudgeState.WAITING,
        change=Change.NONE,
        attempts=0,
        traces=0,
    )
    db.add(row)
    db.flush()
    return row.id


def withdraw(db: Session, subject: str, *kinds: NudgeKind, member: str | None = None) -> int:
    """Let go of what has not been sent about this; returns how many."""
    statement = sa.update(Nudge).where(Nudge.subject == subject, Nudge.state == NudgeState.WAITING)
    if kinds:
        statement = statement.where(Nudge.kind.in_(kinds))
    if member is not None:
        statement = statement.where(Nudge.member_id == member)
    result = db.execute(statement.values(state=NudgeState.WITHDRAWN), execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


def change(db: Session, subject: str, told: Told, *kinds: NudgeKind) -> None:
    """Say it differently: what waits is changed at once, what was sent is amended where the courier can."""
    for row in db.scalars(sa.select(Nudge).where(Nudge.subject == subject, Nudge.kind.in_(kinds))):
        row.told = queries.stored(told)
        if row.state in (NudgeState.SENT, NudgeState.SENDING, NudgeState.UNKNOWN):
            row.change = Change.AMEND


def recall(db: Session, subject: str, *kinds: NudgeKind) -> None:
    """Take it back: what waits is withdrawn, what was sent is recalled where the courier can."""
    for row in db.scalars(sa.select(Nudge).where(Nudge.subject == subject, Nudge.kind.in_(kinds))):
        if row.state is NudgeState.WAITING:
            row.state = NudgeState.WITHDRAWN
        elif row.state in (NudgeState.SENT, NudgeState.SENDING, NudgeState.UNKNOWN):
            row.change = Change.RECALL


def acted(db: Session, subject: str, member: str, now: datetime, *kinds: NudgeKind) -> None:
    """The reader did something with it, so it needs no further word."""
    db.execute(
        sa.update(Nudge)
        .where(
            Nudge.subject == subject,
            Nudge.member_id == member,
            Nudge.kind.in_(kinds),
            Nudge.acted_at.is_(None),
        )
        .values(acted_at=now),
        execution_options={"synchronize_session": False},
    )


def fewer(db: Session, member: str, kind: NudgeKind) -> None:
    """Fewer of these."""
    _wish(db, member, kind, Level.FEWER)


def stop(db: Session, member: str, kind: NudgeKind) -> None:
    """No more of these; what waits is let go, and nobody is told."""
    _wish(db, member, kind, Level.STOPPED)
    db.execute(
        sa.update(Nudge)
        .where(Nudge.member_id == member, Nudge.kind == kind, Nudge.state == NudgeState.WAITING)
        .values(state=NudgeState.WITHDRAWN),
        execution_options={"synchronize_session": False},
    )


def as_usual(db: Session, member: str, kind: NudgeKind) -> None:
    """These again, as before."""
    _wish(db, member, kind, Level.AS_USUAL)


def _wish(db: Session, member: str, kind: NudgeKind, level: Level) -> None:
    if people.member(db, member) is None:
        raise refused(ProblemKind.NOT_FOUND)
    row = db.get(Wish, (member, kind))
    if row is None:
        db.add(Wish(member_id=member, kind=kind, level=level))
    else:
        row.level = level
    db.flush()
