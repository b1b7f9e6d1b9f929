"""Amend or take back what was sent and has changed since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.failpoints import fp
from service.nudges import packing
from service.nudges.couriers import INBOX, CannotRecall, Courier, CourierError, Outcome, Parcel, Receipt
from service.nudges.models import Nudge
from service.nudges.recording import Delivered, OpenTx, fault, pause
from service.nudges.rules import MOST_ATTEMPTS, Change, NudgeState
from service.people import actions as people
from service.people.models import Workspace

MOST_CHANGED = 100


@dataclass(frozen=True, slots=True)
class Changed:
    """One delivered parcel, as it is to be from now on."""

    workspace: str
    receipt: Receipt
    parcel: Parcel | None
    """What it says now; None where all of it was taken back."""
    seen: Mapping[str, tuple[Change, Mapping[str, Any]]]
    """What was known of each nudge when the parcel was packed."""


def change_due(open_tx: OpenTx, couriers: Mapping[str, Courier], now: datetime) -> Delivered:
    """Bring what was delivered in line with what is said now; doing it twice does no harm."""
    with open_tx() as db:
        changes = _due(db, now)
    done = Delivered()
    for change in changes:
        fp("delivery.before_change")
        error = _changed(couriers.get(change.receipt.courier), change)
        fp("delivery.changed")
        with open_tx() as db:
            _settle(db, change, error, now)
        fp("delivery.change_recorded")
        done.count(error)
    return done


def _due(db: Session, now: datetime) -> list[Changed]:
    due = (
        sa.select(Nudge.parcel)
        .join(Workspace, Workspace.id == Nudge.workspace_id)
        .where(Nudge.change != Change.NONE, Nudge.state == NudgeState.SENT, Nudge.due_at <= now)
        .where(Workspace.suspended_at.is_(None))
        .limit(MOST_CHANGED)
    )
    parcels: dict[str, list[Nudge]] = {}
    travelled = sa.select(Nudge).where(Nudge.parcel.in_(set(db.scalars(due))), Nudge.state == NudgeState.SENT)
    for row in db.scalars(travelled.order_by(Nudge.id)):
        parcels.setdefault(str(row.parcel), []).append(row)
    staying = [row for rows in parcels.values() for row in rows if row.change is not Change.RECALL]
    packed = {parcel.id: parcel for parcel in packing.pack(db, staying)}
    return [_as_seen(rows, packed.get(parcel)) for parcel, rows in parcels.items()]


def _as_seen(rows: Collection[Nudge], parcel: Parcel | None) -> Changed:
    first = next(iter(rows))
    receipt = Receipt(first.courier or INBOX, first.receipt or {})
    return Changed(first.workspace_id, receipt, parcel, {row.id: (row.change, row.told) for row in rows})


def _changed(courier: Courier | None, change: Changed) -> CourierError | None:
    if courier is None:
        return CourierError(Outcome.PERMANENT, "no such courier")
    try:
        if change.parcel is None:
            courier.recall(change.receipt)
        else:
            courier.amend(change.receipt, change.parcel)
    except CannotRecall:
        return CourierError(Outcome.PERMANENT, "cannot be changed")
    except Exception as error:  # noqa: BLE001 - one parcel that breaks its courier must not keep the others
        return fault(error, courier.name)
    return None


def _settle(db: Session, change: Changed, error: CourierError | None, now: datetime) -> None:
    if error is not None and error.outcome is Outcome.SUSPENDED:
        people.suspend(db, change.workspace, error.why, now)
    held = sa.select(Nudge).where(Nudge.id.in_(change.seen.keys()), Nudge.change != Change.NONE)
    for row in db.scalars(held.order_by(Nudge.id).with_for_update()):
        if change.seen[row.id] == (row.change, row.told):  # what changed meanwhile is due once more
            _settle_one(row, error, now)


def _settle_one(row: Nudge, error: CourierError | None, now: datetime) -> None:
    if error is not None and error.outcome is not Outcome.PERMANENT and row.attempts < 2 * MOST_ATTEMPTS:
        row.attempts += error.retry_after is None and error.outcome is not Outcome.SUSPENDED
        row.due_at = now + pause(error, row.attempts)
        return
    if row.change is Change.RECALL:
        row.state, row.told = NudgeState.WITHDRAWN, {}
    row.change = Change.NONE
    row.why = error.why[:64] if error is not None else None
