"""Offer a nudge, withdraw it, change it; fewer, or stop."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import insert_into, upsert
from service.nudges import queries
from service.nudges.models import Nudge, Wish
from service.nudges.rules import Change, Level, NudgeKind, NudgeState, Told, welcome_at
from service.people import queries as people
from service.people.models import Place
from service.people.rules import Boundary

KEPT_AFTER = timedelta(days=30)
SENT_OR_UNDER_WAY = (NudgeState.SENT, *queries.UNDER_WAY)
OVER = tuple(state for state in NudgeState if state not in (NudgeState.WAITING, *queries.UNDER_WAY))


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

    A second offer of the same kind about the same thing changes nothing, unless the first was withdrawn before it
    was sent, or its reader has acted on it since, as when they put it off.
    """
    reader = people.member(db, member)
    if reader is None:
        return None
    boundary = boundary or people.boundaries(db, [member])[member]
    level = queries.levels(db, [member]).get((member, kind), Level.AS_USUAL)
    due_at = welcome_at(kind, boundary, max(now, not_before or now), level=level)
    if due_at is None:
        return None
    about = {"reader": member, "member_id": member, "kind": kind, "subject": subject}
    return _keep(db, reader.workspace, about, told, now, due_at, expires_at)


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
    home = db.scalar(sa.select(Place.workspace_id).where(Place.id == place))
    if home is None:
        return None
    about = {"reader": place, "place_id": place, "kind": kind, "subject": subject}
    return _keep(db, home, about, told, now, at or now, None)


def _keep(
    db: Session,
    workspace: str,
    about: dict[str, Any],
    told: Told,
    now: datetime,
    due_at: datetime,
    expires_at: datetime | None,
) -> str | None:
    """Write it down, whoever else writes the same in the same moment; None where it stands there already."""
    fresh = {
        "told": queries.stored(told),
        "offered_at": now,
        "due_at": due_at,
        "expires_at": expires_at,
        "state": NudgeState.WAITING,
        "change": Change.NONE,
        "attempts": 0,
        "traces": 0,
        **dict.fromkeys(("lease_until", "parcel", "courier", "receipt", "why", "sent_at", "acted_at")),
    }
    insert = insert_into(db, Nudge)
    unsent = sa.and_(Nudge.state == NudgeState.WITHDRAWN, Nudge.sent_at.is_(None))
    kept = insert.on_conflict_do_update(
        index_elements=["workspace_id", "reader", "kind", "subject"],
        set_={name: insert.excluded[name] for name in fresh},
        where=sa.or_(unsent, Nudge.acted_at.is_not(None)),
    )
    row = {"workspace_id": workspace, **about, **fresh}
    return db.scalars(kept.returning(Nudge.id), [row]).first()


def withdraw(db: Session, subject: str, *kinds: NudgeKind, member: str | None = None) -> int:
    """Let go of what has not been sent about this; returns how many.

    What is under way is let go as well, should it turn out that it never arrived.
    """
    waiting = Nudge.state == NudgeState.WAITING
    statement = sa.update(Nudge).where(Nudge.subject == subject, sa.or_(waiting, Nudge.state.in_(queries.UNDER_WAY)))
    if kinds:
        statement = statement.where(Nudge.kind.in_(kinds))
    if member is not None:
        statement = statement.where(Nudge.member_id == member)
    result = db.execute(
        statement.values(
            state=sa.case((waiting, NudgeState.WITHDRAWN), else_=Nudge.state),
            expires_at=sa.case((waiting, Nudge.expires_at), else_=Nudge.offered_at),
        ),
        execution_options={"synchronize_session": False},
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def change(db: Session, subject: str, told: Told, *kinds: NudgeKind, member: str | None = None) -> None:
    """Say it differently: what waits is changed at once, what was sent is amended where the courier can."""
    for row in _held(db, subject, kinds, member):
        row.told = queries.stored(told)
        if row.state in SENT_OR_UNDER_WAY:
            row.change = Change.AMEND


def recall(db: Session, subject: str, *kinds: NudgeKind, member: str | None = None) -> None:
    """Take it back: what did not arrive is withdrawn, what was sent is recalled where the courier can."""
    for row in _held(db, subject, kinds, member):
        if row.state in SENT_OR_UNDER_WAY:
            row.change = Change.RECALL
        elif row.state in (NudgeState.WAITING, NudgeState.FAILED, NudgeState.PARKED):
            row.state, row.told = NudgeState.WITHDRAWN, {}


def _held(db: Session, subject: str, kinds: tuple[NudgeKind, ...], member: str | None) -> list[Nudge]:
    """Nudges about something, held, so that no worker sends the old words in the meantime."""
    rows = sa.select(Nudge).where(Nudge.subject == subject, Nudge.kind.in_(kinds)).order_by(Nudge.id)
    if member is not None:
        rows = rows.where(Nudge.member_id == member)
    return list(db.scalars(rows.with_for_update()))


def hold(db: Session, subject: str, *kinds: NudgeKind) -> None:
    """Hold everything about something before it changes one by one: whoever takes it in another order would wait."""
    _held(db, subject, kinds, None)


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


def show_acted(db: Session, member: str, now: datetime) -> None:
    """What its reader did just now, they see wherever it was sent, too."""
    sent = sa.and_(Nudge.state == NudgeState.SENT, Nudge.change == Change.NONE)
    db.execute(
        sa.update(Nudge).where(Nudge.member_id == member, Nudge.acted_at == now, sent).values(change=Change.AMEND),
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
    home = people.the_member(db, member).workspace
    wish = {"workspace_id": home, "member_id": member, "kind": kind, "level": level}
    upsert(db, Wish, [wish], keys=["member_id", "kind"])


def forget_due(db: Session, now: datetime, most: int = 1000) -> int:
    """Delete what was sent or let go long ago; returns how many."""
    old = now - KEPT_AFTER
    over = sa.and_(Nudge.state.in_(OVER), sa.func.coalesce(Nudge.sent_at, Nudge.due_at) < old)
    ids = list(db.scalars(sa.select(Nudge.id).where(over).limit(most)))
    db.execute(sa.delete(Nudge).where(Nudge.id.in_(ids)), execution_options={"synchronize_session": False})
    return len(ids)
