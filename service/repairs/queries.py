"""Questions about repairs, for the two between whom they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.repairs.models import Repair
from service.repairs.rules import Answer, Direction, NoteSent, RepairState
from service.ruptures import Rupture

REACHED = (RepairState.SENT, RepairState.SETTLED)


@dataclass(frozen=True, slots=True)
class RepairCard:
    """A repair, for its sender or its receiver."""

    id: str
    sender: str | None
    receiver: str
    direction: Direction
    kind: Rupture
    slots: Mapping[str, str]
    words: str
    state: RepairState
    answer: Answer | None
    written_at: datetime
    goes_at: datetime
    sent_at: datetime | None


def card(row: Repair) -> RepairCard:
    """A repair as a card."""
    return RepairCard(
        row.id,
        row.sender_id,
        row.receiver_id,
        row.direction,
        row.kind,
        row.slots,
        row.words,
        row.state,
        row.answer,
        row.written_at,
        row.goes_at,
        row.sent_at,
    )


def repair(db: Session, repair_id: str, reader: str) -> RepairCard | None:
    """A repair this member sent, or one that reached them."""
    row = db.scalar(sa.select(Repair).where(Repair.id == repair_id))
    if row is None or (row.sender_id != reader and (row.receiver_id != reader or row.state not in REACHED)):
        return None
    return card(row)


def sent_by(db: Session, member: str) -> list[RepairCard]:
    """What a member sent or holds, newest first."""
    rows = db.scalars(
        sa.select(Repair)
        .where(Repair.sender_id == member, Repair.state != RepairState.TAKEN_BACK)
        .order_by(Repair.written_at.desc(), Repair.id)
        .limit(100)
    )
    return [card(row) for row in rows]


def received_by(db: Session, member: str) -> list[RepairCard]:
    """What reached a member, newest first."""
    rows = db.scalars(
        sa.select(Repair)
        .where(Repair.receiver_id == member, Repair.state.in_(REACHED))
        .order_by(Repair.written_at.desc(), Repair.id)
        .limit(100)
    )
    return [card(row) for row in rows]


def notes_to(db: Session, receiver: str, since: datetime) -> list[NoteSent]:
    """The notes written to somebody since then that were not taken back; nobody is ever shown them."""
    rows = db.execute(
        sa.select(Repair.sender_id, Repair.written_at, Repair.sent_at).where(
            Repair.receiver_id == receiver,
            Repair.direction == Direction.HURT,
            Repair.state != RepairState.TAKEN_BACK,
            Repair.written_at > since,
        )
    )
    return [NoteSent(sender or "", written_at, sent_at) for sender, written_at, sent_at in rows]
