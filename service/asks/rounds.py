"""What the clock does with asks: say them once, tip, tell, let go, forget."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks import keeping, priors, settling, windows
from service.asks.models import Ask, Early, HeardTurn, Lesson, Watched
from service.asks.rules import EARLY_KEPT, KEPT_AFTER, WAITING, AskForm, AskState
from service.asks.settling import SURFACINGS
from service.nudges import actions as nudges
from service.nudges.rules import Item, NudgeKind, Told
from service.people import queries as people
from service.people.models import Place
from service.people.rules import Joined

AT_ONCE = 500
"""How many rows a round takes in one transaction."""


def surface_due(db: Session, now: datetime) -> int:
    """Offer what is due to the ones asked, once each; returns how many."""
    rows = list(
        db.scalars(
            sa.select(Ask)
            .where(
                Ask.state.in_(WAITING),
                Ask.surfaced_at.is_(None),
                Ask.surfaces_at <= now,
                Ask.asked_id.is_not(None),
                Ask.drops_at > now,
            )
            .order_by(Ask.surfaces_at)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
    )
    boundaries = people.boundaries(db, {row.asked_id for row in rows if row.asked_id})
    for row in rows:
        assert row.asked_id is not None  # noqa: S101 - asked for above
        row.surfaced_at = now
        row.state = AskState.OPEN
        nudges.offer(
            db,
            NudgeKind.ASK_WAITING,
            row.asked_id,
            row.id,
            settling.told(row, boundaries[row.asked_id]),
            now,
            boundary=boundaries[row.asked_id],
        )
    return len(rows)


def tip_due(db: Session, now: datetime) -> int:
    """Tell the askers of open questions, once, that naming one person often helps; returns how many."""
    rows = list(
        db.scalars(
            sa.select(Ask)
            .where(Ask.state == AskState.OPEN, Ask.tip_at <= now, Ask.asker_id.is_not(None), Ask.drops_at > now)
            .order_by(Ask.tip_at)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
    )
    for row in rows:
        assert row.asker_id is not None  # noqa: S101 - asked for above
        row.tip_at = None
        boundary = people.boundaries(db, [row.asker_id])[row.asker_id]
        told = settling.told(row, boundary)
        nudges.offer(db, NudgeKind.ASK_OPEN_TIP, row.asker_id, row.id, told, now, boundary=boundary)
    return len(rows)


def tell_circles_due(db: Session, now: datetime) -> int:
    """Add a line about open questions to the parcels of their circle's members, once each; returns how many questions.

    The line travels with a parcel that goes anyway, and makes none.
    """
    rows = db.execute(
        sa.select(Ask, Place.circle_id)
        .join(Place, Place.id == Ask.place_id)
        .where(
            Ask.state == AskState.OPEN,
            Ask.form == AskForm.OPEN,
            Ask.surfaced_at.is_(None),
            Ask.surfaces_at <= now,
            Ask.drops_at > now,
        )
        .order_by(Ask.surfaces_at)
        .limit(AT_ONCE)
    ).all()
    questions: dict[str, list[Ask]] = {}
    for row, circle in rows:
        row.surfaced_at = now
        questions.setdefault(circle, []).append(row)
    for circle, asks in questions.items():
        seats = people.circle(db, circle)
        cards = people.members(db, seats.members if seats is not None else ())
        for member, card in cards.items():
            items = tuple(Item(subject=row.id) for row in asks if row.asker_id != member)
            if items and card.joined is Joined.WHOLE:
                told, subject = Told(items=items), f"{circle}.{items[0].subject}"
                over = now + timedelta(days=3)
                nudges.offer(db, NudgeKind.CIRCLE_DIGEST, member, subject, told, now, expires_at=over)
    return len(rows)


def drop_due(db: Session, now: datetime) -> int:
    """Let go, in silence, of what has waited long enough; returns how many."""
    due = sa.select(Ask.id).where(Ask.state.in_(WAITING), Ask.drops_at <= now).limit(AT_ONCE)
    ids = list(db.scalars(due.with_for_update(skip_locked=True)))
    for ask in ids:
        nudges.withdraw(db, ask, *SURFACINGS)
    db.execute(
        sa.update(Ask).where(Ask.id.in_(ids)).values(state=AskState.DROPPED, closed_at=now),
        execution_options={"synchronize_session": False},
    )
    return len(ids)


def forget_due(db: Session, now: datetime) -> int:
    """Delete asks that were closed long ago, and taps that teach nothing any more; returns how many asks."""
    unsynced = {"synchronize_session": False}
    faded = sa.delete(Lesson).where(Lesson.at <= now - priors.FORGOTTEN_AFTER)
    db.execute(faded, execution_options=unsynced)
    due = sa.select(Ask.id).where(Ask.closed_at <= now - KEPT_AFTER).limit(AT_ONCE)
    ids = list(db.scalars(due))
    db.execute(sa.delete(Ask).where(Ask.id.in_(ids)), execution_options=unsynced)
    return len(ids)


def trim_due(db: Session, now: datetime) -> None:
    """Forget what windows no longer need: turns past their number and day, early signs, closed asks' evidence."""
    unsynced = {"synchronize_session": False}
    db.execute(sa.delete(Early).where(Early.heard_at <= now - EARLY_KEPT), execution_options=unsynced)
    old = now.timestamp() - EARLY_KEPT.total_seconds()
    db.execute(sa.delete(HeardTurn).where(HeardTurn.at < old), execution_options=unsynced)
    crowded = sa.select(HeardTurn.place_id).group_by(HeardTurn.place_id).having(sa.func.count() > windows.KEPT)
    for place in list(db.scalars(crowded)):
        keeping.trim(db, place)
    still_open = (
        sa.select(Ask.id)
        .where(Ask.place_id == Watched.place_id, Ask.ts == Watched.ts)
        .where(sa.or_(Ask.state.in_(WAITING), Ask.closed_at > now - EARLY_KEPT))
        .exists()
    )
    db.execute(sa.delete(Watched).where(~still_open), execution_options=unsynced)
