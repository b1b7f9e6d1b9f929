"""Delivery: claim, let go of the database, send, record. Each nudge arrives once, or an operator sees it parked."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.failpoints import fp
from service.nudges import claims
from service.nudges.couriers import CannotRecall, Courier, CourierError, Outcome, Parcel, Receipt
from service.nudges.models import Nudge
from service.nudges.rules import (
    LEASE,
    MOST_ATTEMPTS,
    MOST_TRACES,
    TRACE_AFTER,
    Change,
    NudgeKind,
    NudgeState,
    retry_after,
)
from service.people import actions as people

OpenTx = Callable[[], AbstractContextManager[Session]]

SEND_BUDGET_S = 25.0
"""How long one claim may go on sending, in seconds: well inside the lease, whatever a courier does."""
RECORD_EVERY = 20
MOST_CLAIMED = 100

KEEPS_NOTHING = frozenset({NudgeKind.CARD_DRAWN, NudgeKind.HOUSE_CARD})
"""Kinds whose parameters are emptied once they were sent: the card lives with its reader alone."""


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What a courier said of one parcel."""

    parcel: Parcel
    receipt: Receipt | None = None
    error: CourierError | None = None


def deliver_due(open_tx: OpenTx, couriers: Mapping[str, Courier], now: datetime, most: int = MOST_CLAIMED) -> Delivered:
    """Send what is due to up to `most` readers."""
    with open_tx() as db:
        parcels = claims.claim(db, couriers, now, most)
        carried_by = _carried_by(db, parcels)
    fp("delivery.claimed")
    done = Delivered()
    until = time.monotonic() + SEND_BUDGET_S
    answers: list[Answer] = []
    held: set[str] = set()
    for parcel in parcels:
        if time.monotonic() > until or parcel.reader.workspace in held:
            error = CourierError(Outcome.PASSING, "held back")
            answers.append(Answer(parcel, error=error))
            continue
        answer = _sent(couriers[carried_by[parcel.id]], parcel)
        if answer.error is not None and answer.error.outcome is Outcome.SUSPENDED:
            held.add(parcel.reader.workspace)
        answers.append(answer)
        if len(answers) >= RECORD_EVERY:
            _record(open_tx, answers, now, done)
            answers = []
    _record(open_tx, answers, now, done)
    return done


def _carried_by(db: Session, parcels: list[Parcel]) -> dict[str, str]:
    ids = [parcel.id for parcel in parcels]
    rows = db.execute(sa.select(Nudge.parcel, Nudge.courier).where(Nudge.parcel.in_(ids)))
    return {parcel: courier or claims.INBOX for parcel, courier in rows if parcel}


def _sent(courier: Courier, parcel: Parcel) -> Answer:
    fp("delivery.before_send")
    try:
        receipt = courier.deliver(parcel)
    except CourierError as error:
        return Answer(parcel, error=error)
    fp("delivery.after_send")
    return Answer(parcel, receipt=receipt)


def _record(open_tx: OpenTx, answers: list[Answer], now: datetime, done: Delivered) -> None:
    if not answers:
        return
    with open_tx() as db:
        for answer in answers:
            _write(db, answer, now, done)
    fp("delivery.recorded")


def _write(db: Session, answer: Answer, now: datetime, done: Delivered) -> None:
    rows = list(
        db.scalars(
            sa.select(Nudge)
            .where(Nudge.parcel == answer.parcel.id, Nudge.state.in_([NudgeState.SENDING, NudgeState.UNKNOWN]))
            .with_for_update()
        )
    )
    if answer.error is None:
        done.sent += 1
        for row in rows:
            _mark_sent(row, answer.receipt, now)
        return
    error = answer.error
    if error.outcome is Outcome.SUSPENDED:
        people.suspend(db, answer.parcel.reader.workspace, error.why, now)
    for row in rows:
        row.why, row.lease_until = error.why[:64], None
        match error.outcome:
            case Outcome.PASSING | Outcome.SUSPENDED:
                row.state = NudgeState.WAITING
                row.due_at = now + (error.retry_after or retry_after(row.attempts))
                if error.retry_after is not None or error.why == "held back":
                    row.attempts -= 1  # the courier asked us to wait: that is no failed attempt
            case Outcome.UNKNOWN:
                row.state, row.lease_until = NudgeState.UNKNOWN, now + TRACE_AFTER
            case Outcome.PERMANENT:
                row.state = NudgeState.FAILED
    match error.outcome:
        case Outcome.PASSING | Outcome.SUSPENDED:
            done.put_off += 1
        case Outcome.UNKNOWN:
            done.unknown += 1
        case Outcome.PERMANENT:
            done.failed += 1


def _mark_sent(row: Nudge, receipt: Receipt | None, now: datetime) -> None:
    row.state, row.sent_at, row.lease_until, row.why = NudgeState.SENT, now, None, None
    row.receipt = dict(receipt.reference) if receipt is not None else None
    if row.kind in KEEPS_NOTHING:
        row.told = {}


def trace_due(open_tx: OpenTx, couriers: Mapping[str, Courier], now: datetime) -> Delivered:
    """Ask after parcels whose fate is unknown: sent where they arrived, sent again where they surely did not."""
    with open_tx() as db:
        rows = list(
            db.scalars(
                sa.select(Nudge)
                .where(Nudge.state.in_([NudgeState.SENDING, NudgeState.UNKNOWN]), Nudge.lease_until <= now)
                .order_by(Nudge.lease_until)
                .limit(MOST_CLAIMED)
                .with_for_update(skip_locked=True)
            )
        )
        for row in rows:
            row.state, row.lease_until = NudgeState.UNKNOWN, now + LEASE
            row.traces += 1
        db.flush()
        parcels = claims.pack(db, rows)
        carried_by = _carried_by(db, parcels)
    fp("delivery.tracing")
    done = Delivered()
    for parcel in parcels:
        try:
            receipt = couriers[carried_by[parcel.id]].trace(parcel)
        except (CourierError, KeyError) as error:
            _untraced(open_tx, parcel, error, done)
        else:
            _traced(open_tx, parcel, receipt, now, done)
    return done


def _traced(open_tx: OpenTx, parcel: Parcel, receipt: Receipt | None, now: datetime, done: Delivered) -> None:
    with open_tx() as db:
        for row in _unknown(db, parcel):
            if receipt is not None:
                _mark_sent(row, receipt, now)
            elif row.attempts >= MOST_ATTEMPTS:
                row.state, row.why = NudgeState.PARKED, row.why or "attempts"
            else:
                row.state, row.due_at, row.lease_until = NudgeState.WAITING, now, None
    if receipt is not None:
        done.sent += 1
    else:
        done.put_off += 1


def _untraced(open_tx: OpenTx, parcel: Parcel, error: Exception, done: Delivered) -> None:
    cannot = isinstance(error, KeyError) or (isinstance(error, CourierError) and error.outcome is Outcome.PERMANENT)
    with open_tx() as db:
        for row in _unknown(db, parcel):
            if cannot or row.traces >= MOST_TRACES:
                row.state, row.lease_until, row.why = NudgeState.PARKED, None, f"untraced: {error}"[:64]
    done.unknown += 1


def _unknown(db: Session, parcel: Parcel) -> list[Nudge]:
    statement = sa.select(Nudge).where(Nudge.parcel == parcel.id, Nudge.state == NudgeState.UNKNOWN)
    return list(db.scalars(statement.with_for_update()))


def change_due(open_tx: OpenTx, couriers: Mapping[str, Courier], now: datetime) -> Delivered:
    """Amend or take back what was sent and has changed since; doing it twice does no harm."""
    with open_tx() as db:
        rows = db.scalars(
            sa.select(Nudge)
            .where(Nudge.change != Change.NONE, Nudge.state == NudgeState.SENT, Nudge.due_at <= now)
            .limit(MOST_CLAIMED)
        )
        parcel_ids = {row.parcel for row in rows if row.parcel}
        travelled = list(db.scalars(sa.select(Nudge).where(Nudge.parcel.in_(parcel_ids))))
        staying = claims.pack(db, [row for row in travelled if row.change is not Change.RECALL])
        receipts = {row.parcel: Receipt(row.courier or claims.INBOX, row.receipt or {}) for row in travelled}
    kept = {parcel.id: parcel for parcel in staying}
    done = Delivered()
    for parcel_id in sorted(filter(None, parcel_ids)):
        error = _changed(couriers, receipts[parcel_id], kept.get(parcel_id))
        with open_tx() as db:
            for row in db.scalars(sa.select(Nudge).where(Nudge.parcel == parcel_id, Nudge.change != Change.NONE)):
                _settle_change(row, error, now)
        done.sent += error is None
        done.put_off += error is not None
    return done


def _changed(couriers: Mapping[str, Courier], receipt: Receipt, parcel: Parcel | None) -> CourierError | None:
    try:
        courier = couriers[receipt.courier]
        if parcel is None:
            courier.recall(receipt)
        else:
            courier.amend(receipt, parcel)
    except KeyError:
        return CourierError(Outcome.PERMANENT, "no such courier")
    except CannotRecall:
        return CourierError(Outcome.PERMANENT, "cannot be changed")
    except CourierError as error:
        return error
    return None


def _settle_change(row: Nudge, error: CourierError | None, now: datetime) -> None:
    if error is not None and error.outcome is not Outcome.PERMANENT and row.attempts < 2 * MOST_ATTEMPTS:
        row.attempts += 1
        row.due_at = now + (error.retry_after or retry_after(row.attempts))
        return
    if row.change is Change.RECALL:
        row.state = NudgeState.WITHDRAWN
    row.change = Change.NONE
    row.why = error.why[:64] if error is not None else None
