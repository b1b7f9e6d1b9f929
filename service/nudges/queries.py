"""Questions about nudges: what is due, what lies in an inbox, what a member wished."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.nudges.models import Nudge, Wish
from service.nudges.rules import WEEK, Change, Level, NudgeKind, NudgeState, Told
from service.people.models import Workspace

SHOWN = (NudgeState.SENT, NudgeState.FAILED, NudgeState.PARKED)
"""What a reader finds in the inbox: also what its courier could not carry, or may not have carried."""
UNTOLD = frozenset({NudgeKind.CARD_DRAWN, NudgeKind.NOTE_RECEIVED, NudgeKind.MOMENT_PATTERN})
"""What nobody but its reader is told of on a page, not even that it is stuck; `goldseam doctor` lists it by id."""
UNDER_WAY = (NudgeState.SENDING, NudgeState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class NudgeCard:
    """A nudge as its reader sees it."""

    id: str
    kind: NudgeKind
    subject: str
    told: Told
    sent_at: datetime | None
    acted_at: datetime | None
    courier: str | None
    state: NudgeState


@dataclass(frozen=True, slots=True)
class Stuck:
    """A nudge an operator should look at."""

    id: str
    workspace: str
    kind: NudgeKind
    state: NudgeState
    why: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Troubled:
    """So many nudges of one kind that stand in the same trouble."""

    state: NudgeState
    kind: NudgeKind
    why: str | None
    count: int


def told_of(stored: dict[str, Any]) -> Told:
    """What a stored nudge is about."""
    return msgspec.convert(stored, Told)


def stored(told: Told) -> dict[str, Any]:
    """How it is kept."""
    kept = msgspec.to_builtins(told)
    return {name: value for name, value in kept.items() if value not in (None, [], (), False)}


def card(row: Nudge) -> NudgeCard:
    """A nudge as a card."""
    return NudgeCard(
        row.id, row.kind, row.subject, told_of(row.told), row.sent_at, row.acted_at, row.courier, row.state
    )


def inbox(db: Session, member: str, *, most: int = 50) -> list[NudgeCard]:
    """What reached a member, newest first."""
    rows = db.scalars(
        sa.select(Nudge)
        .where(Nudge.member_id == member, Nudge.state.in_(SHOWN), Nudge.change != Change.RECALL)
        .order_by(sa.func.coalesce(Nudge.sent_at, Nudge.due_at).desc(), Nudge.id)
        .limit(most)
    )
    return [card(row) for row in rows]


def of_reader(db: Session, member: str, nudge: str) -> NudgeCard | None:
    """A nudge of this member by its id."""
    row = db.scalar(sa.select(Nudge).where(Nudge.id == nudge, Nudge.member_id == member))
    return None if row is None else card(row)


def yet_to_come(db: Session, member: str, *kinds: NudgeKind) -> list[NudgeCard]:
    """What of these kinds waits for a member."""
    waiting = sa.and_(Nudge.reader == member, Nudge.kind.in_(kinds), Nudge.state == NudgeState.WAITING)
    return [card(row) for row in db.scalars(sa.select(Nudge).where(waiting).order_by(Nudge.due_at, Nudge.id))]


def about(db: Session, kind: NudgeKind, subject: str) -> list[NudgeCard]:
    """Every nudge of a kind about one thing."""
    return [card(row) for row in db.scalars(sa.select(Nudge).where(Nudge.kind == kind, Nudge.subject == subject))]


def of_parcel(db: Session, parcel: str) -> list[NudgeCard]:
    """What travelled in one parcel."""
    return [card(row) for row in db.scalars(sa.select(Nudge).where(Nudge.parcel == parcel).order_by(Nudge.id))]


def levels(db: Session, members: Collection[str]) -> dict[tuple[str, NudgeKind], Level]:
    """What these members said about kinds of nudges."""
    rows = db.scalars(sa.select(Wish).where(Wish.member_id.in_(set(members))))
    return {(row.member_id, row.kind): row.level for row in rows}


def lately(db: Session, members: Collection[str], now: datetime) -> dict[str, list[tuple[NudgeKind, datetime]]]:
    """What reached each of these members within seven days, oldest first; what is under way counts as of now."""
    rows = db.execute(
        sa.select(Nudge.member_id, Nudge.kind, Nudge.sent_at)
        .where(Nudge.member_id.in_(set(members)), sa.or_(Nudge.sent_at > now - WEEK, Nudge.state.in_(UNDER_WAY)))
        .order_by(Nudge.sent_at)
    )
    found: dict[str, list[tuple[NudgeKind, datetime]]] = {}
    for member, kind, sent_at in rows:
        found.setdefault(str(member), []).append((kind, sent_at or now))
    for moments in found.values():
        moments.sort(key=lambda moment: moment[1])
    return found


def stuck(db: Session) -> list[Stuck]:
    """Nudges that were parked or failed, for the operator: ids and kinds, never words."""
    rows = db.scalars(
        sa.select(Nudge)
        .where(Nudge.state.in_([NudgeState.PARKED, NudgeState.FAILED]))
        .order_by(Nudge.due_at.desc())
        .limit(200)
    )
    return [Stuck(row.id, row.workspace_id, row.kind, row.state, row.why, row.attempts) for row in rows]


def troubled(db: Session, now: datetime) -> list[Troubled]:
    """What is parked, failed, asked after or turned away for now, by kind: never whose it is."""
    over = Nudge.state.in_([NudgeState.PARKED, NudgeState.FAILED, NudgeState.UNKNOWN])
    turned_away = sa.and_(Nudge.state == NudgeState.WAITING, Nudge.attempts > 0, Nudge.due_at > now)
    rows = db.execute(
        sa.select(Nudge.state, Nudge.kind, Nudge.why, sa.func.count(Nudge.id))
        .where(sa.or_(over, turned_away), Nudge.kind.not_in(UNTOLD))
        .group_by(Nudge.state, Nudge.kind, Nudge.why)
        .order_by(Nudge.state, Nudge.kind)
    )
    return [Troubled(state, kind, why, count) for state, kind, why, count in rows]


def waiting(db: Session, now: datetime) -> int:
    """How many nudges are due and not yet on their way, beside those of suspended workspaces."""
    due = sa.select(sa.func.count(Nudge.id)).join(Workspace, Workspace.id == Nudge.workspace_id)
    held = Workspace.suspended_at.is_not(None)
    return db.scalar(due.where(Nudge.state == NudgeState.WAITING, Nudge.due_at <= now, ~held)) or 0
