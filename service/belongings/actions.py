"""Leave, and leave nothing behind but the words that are others' to keep."""

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations import actions as appreciations
from service.appreciations import queries as thanks
from service.asks.models import Early
from service.belongings.models import Tombstone
from service.belongings.rules import HELD_FOR
from service.nudges import actions as nudges
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.people import actions as people
from service.people import queries as here
from service.people.models import Member, Workspace
from service.repairs import actions as repairs
from service.repairs import queries as mended
from service.repairs.rules import RepairState


def erase(db: Session, member: str, now: datetime, *, take_back: bool = False, in_any_case: bool = False) -> None:
    """Erase a member. Thanks and repairs they sent keep their words for the receiver, unless they take those back.

    Nobody is told. What they slipped into a hat cannot be found, so it stays.
    """
    here.the_member(db, member)
    if take_back:
        _take_back(db, member, now)
    for repair in mended.sent_by(db, member):
        if repair.state is RepairState.HELD:
            repairs.take_back(db, repair.id, member, now)
    _forget_name_in_nudges(db, member)
    db.execute(sa.delete(Early).where(Early.what == f"reaction {member}"))
    people.leave(db, member, in_any_case=in_any_case)
    db.merge(Tombstone(digest=digest(member), erased_on=now.astimezone(UTC).date()))
    db.flush()


def purge_due(db: Session, now: datetime) -> int:
    """Delete every row of workspaces that were left long ago and did not come back; returns how many those were."""
    left = sa.select(Workspace.id).where(Workspace.suspended_at <= now - HELD_FOR)
    homes = list(db.scalars(left.order_by(Workspace.id).with_for_update()))
    purge(db, homes, now)
    return len(homes)


def purge(db: Session, workspaces: Collection[str], now: datetime) -> None:
    """Delete every row of these workspaces; what is restored from an older backup loses their members again."""
    for member in db.scalars(sa.select(Member.id).where(Member.workspace_id.in_(workspaces)).order_by(Member.id)):
        db.merge(Tombstone(digest=digest(member), erased_on=now.astimezone(UTC).date()))
    gone = sa.delete(Workspace).where(Workspace.id.in_(workspaces))
    db.execute(gone, execution_options={"synchronize_session": False})


def digest(member: str) -> str:
    """What a tombstone keeps of an id."""
    return hashlib.sha256(f"goldseam member {member}".encode()).hexdigest()


def _take_back(db: Session, member: str, now: datetime) -> None:
    page = thanks.given(db, member, most=200)
    while page.cards:
        for card in page.cards:
            appreciations.withdraw(db, card.id, member, now)
        db.flush()
        page = thanks.given(db, member, most=200)
    for repair in mended.sent_by(db, member):
        nudges.recall(db, repair.id, NudgeKind.REPAIR_RECEIVED, NudgeKind.NOTE_RECEIVED)


def _forget_name_in_nudges(db: Session, member: str) -> None:
    """Nudges to others speak of a former member from now on; those still waiting about them are let go."""
    speaks_of = sa.cast(Nudge.told, sa.Text).contains(member)
    for row in db.scalars(sa.select(Nudge).where(sa.or_(speaks_of, Nudge.subject.contains(member)))):
        if row.member_id == member:
            continue
        if row.state is NudgeState.WAITING and row.kind not in KEPT_WORDS:
            row.state = NudgeState.WITHDRAWN
        row.told = _without(row.told, member)
        row.subject = row.subject.replace(member, "gone")


KEPT_WORDS = frozenset({NudgeKind.THANKS_RECEIVED, NudgeKind.REPAIR_RECEIVED, NudgeKind.THANKS_SHARED})


def _without(told: dict[str, object], member: str) -> dict[str, object]:
    kept = {name: value for name, value in told.items() if value != member}
    items = kept.get("items")
    if isinstance(items, list):
        kept["items"] = [
            {name: value for name, value in item.items() if value != member} for item in items if isinstance(item, dict)
        ]
    return kept
