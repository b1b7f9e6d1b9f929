"""Ask after parcels whose fate is unknown: sent where they arrived, sent again where they surely did not."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.failpoints import fp
from service.nudges import packing
from service.nudges.couriers import Courier, CourierError, Outcome, Parcel, Receipt
from service.nudges.models import Nudge
from service.nudges.queries import UNDER_WAY
from service.nudges.recording import Delivered, OpenTx, fault, mark_sent, pause, under_way
from service.nudges.rules import LEASE, MOST_ATTEMPTS, MOST_TRACES, NudgeState
from service.people import actions as people
from service.people.models import Workspace

MOST_TRACED = 100


def trace_due(open_tx: OpenTx, couriers: Mapping[str, Courier], now: datetime) -> Delivered:
    """Ask after what was left under way, by a courier that went silent or a worker that ended."""
    with open_tx() as db:
        parcels = packing.pack(db, _taken(db, now))
    if parcels:
        fp("delivery.tracing")
    done = Delivered()
    for parcel in parcels:
        receipt, error = _traced(couriers.get(parcel.courier), parcel)
        fp("delivery.found")
        with open_tx() as db:
            if error is None:
                _settle(db, parcel, receipt, now)
            else:
                _ask_later(db, parcel, error, now)
        fp("delivery.traced")
        done.sent += receipt is not None
        done.put_off += receipt is None and error is None
        done.unknown += error is not None
    return done


def _taken(db: Session, now: datetime) -> list[Nudge]:
    due = (
        sa.select(Nudge)
        .join(Workspace, Workspace.id == Nudge.workspace_id)
        .where(Nudge.state.in_(UNDER_WAY), Nudge.lease_until <= now, Workspace.suspended_at.is_(None))
        .order_by(Nudge.lease_until)
        .limit(MOST_TRACED)
        .with_for_update(skip_locked=True, of=Nudge)
    )
    parcels = {row.parcel for row in db.scalars(due)}
    rows = list(
        db.scalars(
            sa.select(Nudge)
            .where(Nudge.parcel.in_(parcels), Nudge.state.in_(UNDER_WAY))
            .order_by(Nudge.id)
            .with_for_update(skip_locked=True)
        )
    )
    for row in rows:
        row.state, row.lease_until = NudgeState.UNKNOWN, now + LEASE
        row.traces += 1
    db.flush()
    return rows


def _traced(courier: Courier | None, parcel: Parcel) -> tuple[Receipt | None, CourierError | None]:
    if courier is None:
        return None, CourierError(Outcome.PERMANENT, "no such courier")
    try:
        return courier.trace(parcel), None
    except Exception as error:  # noqa: BLE001 - one parcel that breaks its courier must not keep the others
        return None, fault(error, courier.name)


def _settle(db: Session, parcel: Parcel, receipt: Receipt | None, now: datetime) -> None:
    for row in under_way(db, parcel):
        if receipt is not None:
            mark_sent(row, receipt, now)
            continue
        row.lease_until, row.due_at = None, now
        if row.attempts >= MOST_ATTEMPTS:
            row.state, row.why = NudgeState.PARKED, row.why or "attempts"
        else:
            row.state = NudgeState.WAITING


def _ask_later(db: Session, parcel: Parcel, error: CourierError, now: datetime) -> None:
    """It could not be asked after: once more in a while, and parked where that has no prospect."""
    if error.outcome is Outcome.SUSPENDED:
        people.suspend(db, parcel.reader.workspace, error.why, now)
    for row in under_way(db, parcel):
        if error.outcome is Outcome.PERMANENT or row.traces >= MOST_TRACES:
            row.state, row.lease_until, row.why = NudgeState.PARKED, None, f"untraced: {error.why}"[:64]
        else:
            row.lease_until = now + pause(error, row.traces)
