"""Record what became of a parcel: sent, waiting again, unknown, or failed."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from service.nudges.couriers import CourierError, Outcome, Parcel, Receipt
from service.nudges.models import Nudge
from service.nudges.queries import UNDER_WAY
from service.nudges.rules import TRACE_AFTER, NudgeKind, NudgeState, retry_after
from service.people import actions as people

OpenTx = Callable[[], AbstractContextManager[Session]]
"""Opens a transaction over all workspaces."""

log = structlog.get_logger("nudges")

KEEPS_NOTHING = frozenset({NudgeKind.CARD_DRAWN, NudgeKind.HOUSE_CARD})
"""Kinds whose parameters are emptied once they went out: the card lives with its reader alone."""


@dataclass(slots=True)
class Delivered:
    """What one round of delivery did, in parcels."""

    sent: int = 0
    put_off: int = 0
    unknown: int = 0
    failed: int = 0

    @property
    def any(self) -> bool:
        """Whether there was anything to do."""
        return bool(self.sent or self.put_off or self.unknown or self.failed)

    def count(self, error: CourierError | None) -> None:
        """Count one parcel by what its courier said of it."""
        if error is None:
            self.sent += 1
        elif error.outcome is Outcome.UNKNOWN:
            self.unknown += 1
        elif error.outcome is Outcome.PERMANENT:
            self.failed += 1
        else:
            self.put_off += 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a courier said of one parcel."""

    parcel: Parcel
    receipt: Receipt | None = None
    error: CourierError | None = None


def fault(error: Exception, courier: str) -> CourierError:
    """What a courier said, or what its breaking down says: nobody knows how far it came."""
    if isinstance(error, CourierError):
        return error
    log.error("a courier broke down", courier=courier, exc_info=error)
    return CourierError(Outcome.UNKNOWN, f"fault: {type(error).__name__}")


def record(db: Session, answer: Answer, now: datetime) -> None:
    """Write down an answer; the parcel's id is the fence, since whoever claims its nudges anew gives them another."""
    if answer.error is not None and answer.error.outcome is Outcome.SUSPENDED:
        people.suspend(db, answer.parcel.reader.workspace, answer.error.why, now)
    for row in under_way(db, answer.parcel):
        if answer.error is None:
            mark_sent(row, answer.receipt, now)
        else:
            _mark_unsent(row, answer.error, now)


def hold(db: Session, parcels: Iterable[Parcel]) -> None:
    """Hold the nudges of several parcels in the one order in which everybody does, so that nobody waits in a circle."""
    ids = sa.select(Nudge.id).where(Nudge.parcel.in_([parcel.id for parcel in parcels]), Nudge.state.in_(UNDER_WAY))
    db.execute(ids.order_by(Nudge.id).with_for_update())


def under_way(db: Session, parcel: Parcel) -> list[Nudge]:
    """The nudges of a parcel of which nobody knows yet whether they arrived; they are held."""
    statement = sa.select(Nudge).where(Nudge.parcel == parcel.id, Nudge.state.in_(UNDER_WAY))
    return list(db.scalars(statement.order_by(Nudge.id).with_for_update()))


def mark_sent(row: Nudge, receipt: Receipt | None, now: datetime) -> None:
    """A nudge arrived."""
    row.state, row.sent_at, row.lease_until, row.why = NudgeState.SENT, now, None, None
    row.receipt = dict(receipt.reference) if receipt is not None else None
    _empty(row)


def _mark_unsent(row: Nudge, error: CourierError, now: datetime) -> None:
    row.why, row.lease_until = error.why[:64], None
    match error.outcome:
        case Outcome.PASSING | Outcome.SUSPENDED:
            _wait(row, error, now)
        case Outcome.UNKNOWN:
            row.state, row.lease_until = NudgeState.UNKNOWN, now + TRACE_AFTER
        case Outcome.PERMANENT:
            row.state = NudgeState.FAILED
            _empty(row)


def _wait(row: Nudge, error: CourierError, now: datetime) -> None:
    """It surely did not arrive: it waits for its next attempt, and none is counted where we were asked to wait."""
    row.state, row.due_at = NudgeState.WAITING, now + pause(error, row.attempts)
    if error.retry_after is not None or error.outcome is Outcome.SUSPENDED:
        row.attempts -= 1


def pause(error: CourierError, attempts: int) -> timedelta:
    """How long to wait: as the courier asked, or longer with each attempt."""
    return error.retry_after if error.retry_after is not None else retry_after(attempts)


def _empty(row: Nudge) -> None:
    if row.kind in KEEPS_NOTHING:
        row.told = {}
