"""When each round is walked next, and who is walking it now: any number of clocks and workers may run."""

import contextlib
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.db import Base
from service.schedule import PACES, Pace, Round


class RoundRow(Base):
    """One round."""

    __tablename__ = "round"

    name: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    holder: Mapped[str | None] = mapped_column(sa.String(16))
    walked_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(sa.String(64))
    """The kind of error it last ended with; None where it ended well."""


def due(db: Session, now: datetime) -> list[Round]:
    """The rounds that somebody should walk now."""
    rows = {row.name: row for row in db.scalars(sa.select(RoundRow))}
    return [name for name, pace in PACES.items() if _is_due(rows.get(name), pace, now)]


def take(db: Session, name: Round, holder: str, now: datetime) -> bool:
    """Hold a round for as long as its lease says; False where somebody else does."""
    _known(db, name, now)
    pace = PACES[name]
    taken = db.execute(
        sa.update(RoundRow)
        .where(
            RoundRow.name == name,
            sa.or_(RoundRow.next_at <= now, RoundRow.next_at > now + pace.every),
            sa.or_(
                RoundRow.lease_until.is_(None),
                RoundRow.lease_until <= now,
                RoundRow.lease_until > now + pace.lease,
            ),
        )
        .values(**_held(pace, now), holder=holder)
        .returning(RoundRow.name),
        execution_options={"synchronize_session": False},
    )
    return taken.scalar() is not None


def let_go(db: Session, name: Round, holder: str, now: datetime, failure: str | None) -> None:
    """A round was walked to its end, or ended with an error of this kind."""
    next_at = now + PACES[name].every
    db.execute(
        sa.update(RoundRow)
        .where(RoundRow.name == name, RoundRow.holder == holder)
        .values(next_at=next_at, lease_until=None, walked_at=now, failure=failure),
        execution_options={"synchronize_session": False},
    )


def last_walked(db: Session) -> datetime | None:
    """When any round was last walked to its end."""
    return db.scalar(sa.select(sa.func.max(RoundRow.walked_at)))


def failing(db: Session) -> Mapping[str, str]:
    """Rounds that ended with an error when they were last walked, and its kind."""
    rows = db.execute(sa.select(RoundRow.name, RoundRow.failure).where(RoundRow.failure.is_not(None)))
    return {name: failure for name, failure in rows if failure is not None}


def late(db: Session, since: datetime) -> list[str]:
    """Rounds that should have been walked before this moment and were not, by name."""
    rows = db.scalars(sa.select(RoundRow).where(RoundRow.next_at < since).order_by(RoundRow.name))
    return [row.name for row in rows if row.name in PACES and (row.walked_at is None or row.walked_at < since)]


def _known(db: Session, name: Round, now: datetime) -> None:
    if db.get(RoundRow, name.value) is not None:
        return
    with contextlib.suppress(IntegrityError), db.begin_nested():
        db.add(RoundRow(name=name.value, next_at=now))


def _is_due(row: RoundRow | None, pace: Pace, now: datetime) -> bool:
    if row is None:
        return True
    # A moment further ahead than this round ever looks was set by a clock that has gone back since.
    if row.lease_until is not None and now < row.lease_until <= now + pace.lease:
        return False
    return not now < row.next_at <= now + pace.every


def _held(pace: Pace, now: datetime) -> dict[str, datetime]:
    """A leased round is due again when its lease ends unless it was walked to its end; others at their pace."""
    return {"lease_until": now + pace.lease} if pace.lease else {"next_at": now + pace.every}
