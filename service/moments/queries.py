"""Questions about moments, for the one member who wrote them."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.moments.models import Balance, MomentRow
from service.moments.rules import Resolved
from service.ruptures import Rupture
from service.sealing import Keyring


@dataclass(frozen=True, slots=True)
class MomentCard:
    """A moment, opened for its member."""

    id: str
    on: date
    kind: Rupture
    who: str | None
    words: str
    resolved: Resolved | None


def purpose(member: str) -> str:
    """What a member's moments are sealed for: they open for nobody else."""
    return f"moment of {member}"


def mine(db: Session, keyring: Keyring, member: str) -> list[MomentCard]:
    """A member's moments, newest first."""
    rows = db.scalars(
        sa.select(MomentRow).where(MomentRow.member_id == member).order_by(MomentRow.on.desc(), MomentRow.id)
    )
    cards = (_opened(row, keyring) for row in rows)
    return [card for card in cards if card is not None]


def moment(db: Session, keyring: Keyring, member: str, moment_id: str) -> MomentCard | None:
    """One of a member's moments."""
    row = db.scalar(sa.select(MomentRow).where(MomentRow.id == moment_id, MomentRow.member_id == member))
    return None if row is None else _opened(row, keyring)


def _opened(row: MomentRow, keyring: Keyring) -> MomentCard | None:
    found = keyring.opened(purpose(row.member_id), row.sealed)
    if not isinstance(found, dict):
        return None
    return MomentCard(row.id, row.on, Rupture(found["kind"]), found["who"], found["words"], row.resolved)


def looks_with(db: Session, member: str) -> dict[str, bool]:
    """With whom a member agreed to look at who starts, and whether both have; of a yes to come nothing is said."""
    found = {}
    for row in db.scalars(sa.select(Balance).where(sa.or_(Balance.one_id == member, Balance.other_id == member))):
        mine = row.one_agreed if row.one_id == member else row.other_agreed
        if mine:
            found[row.other_id if row.one_id == member else row.one_id] = row.agreed_at is not None
    return found
