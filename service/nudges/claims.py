"""Claim what is due, and ask again whether it is welcome."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import new_id
from service.nudges import packing, queries
from service.nudges.couriers import INBOX, Courier, Parcel
from service.nudges.models import Nudge
from service.nudges.rules import (
    ALONG,
    BEFORE_JOINING,
    LEASE,
    LEAVE_WINDOW,
    MANNERS,
    MAY_BE_TAKEN_BACK,
    MOST_ATTEMPTS,
    WEEK,
    Change,
    Level,
    Manner,
    NudgeKind,
    NudgeState,
    spaced,
    welcome_at,
)
from service.people import hours
from service.people import queries as people
from service.people.cards import MemberCard
from service.people.models import Apart, Member, Place, Workspace
from service.people.rules import Boundary, Joined, PlaceKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a claim knows of the readers of its nudges, asked for all of them at once."""

    members: Mapping[str, MemberCard]
    boundaries: Mapping[str, Boundary]
    levels: Mapping[tuple[str, NudgeKind], Level]
    lately: dict[str, list[tuple[NudgeKind, datetime]]]
    """What reached each member within seven days, and what this claim adds to it."""
    apart: frozenset[tuple[str, str]]
    channels: frozenset[str]
    """Places that lie in a chat rather than on the web."""

    def when(self, member: str, kinds: Collection[NudgeKind]) -> tuple[datetime, ...]:
        """When nudges of these kinds reached a member, oldest first."""
        return tuple(at for kind, at in self.lately.get(member, ()) if kind in kinds)


SPARING = frozenset(kind for kind, manner in MANNERS.items() if manner is Manner.SPARINGLY)
IN_PARCEL = frozenset(kind for kind, manner in MANNERS.items() if manner is Manner.PARCEL)


def claim(db: Session, couriers: Mapping[str, Courier], now: datetime, most: int) -> list[Parcel]:
    """Take up to `most` due readers, mark what is sent to them as on its way, and pack it."""
    rows = _locked(db, now, most)
    known = _known(db, rows, now)
    bundles: dict[tuple[str, str], list[Nudge]] = {}
    for row in rows:
        if not _goes_now(row, known, couriers, now):
            continue
        together = row.member_id is not None and row.kind in IN_PARCEL
        bundles.setdefault((row.reader, "" if together else row.id), []).append(row)
        if row.member_id is not None and not together:
            known.lately.setdefault(row.member_id, []).append((row.kind, now))
    going = [bundle for bundle in bundles.values() if not _waits_for_company(bundle, known, now)]
    for bundle in going:
        parcel = new_id()
        for row in bundle:
            row.state, row.parcel, row.lease_until = NudgeState.SENDING, parcel, now + LEASE
            row.attempts += 1
            row.courier = _courier_of(row, known, couriers)
    db.flush()
    return packing.pack(db, [row for bundle in going for row in bundle])


def _waits_for_company(bundle: list[Nudge], known: Known, now: datetime) -> bool:
    """Whether a parcel would hold nothing but what only travels along: then it waits for the next one."""
    if any(row.kind not in ALONG for row in bundle):
        return False
    for row in bundle:
        boundary = known.boundaries[row.member_id or ""]
        tomorrow = now.astimezone(boundary.tz).date() + timedelta(days=1)
        row.due_at = hours.next_digest(boundary, hours.local(boundary, tomorrow, boundary.starts_at)) or now + WEEK
    return True


def _locked(db: Session, now: datetime, most: int) -> list[Nudge]:
    due = (
        sa.select(Nudge.reader)
        .join(Workspace, Workspace.id == Nudge.workspace_id)
        .where(Nudge.state == NudgeState.WAITING, Nudge.due_at <= now, Workspace.suspended_at.is_(None))
        .group_by(Nudge.reader)
        .order_by(sa.func.min(Nudge.due_at))
        .limit(most)
    )
    readers = list(db.scalars(due))
    if not readers:
        return []
    # Whoever holds a reader packs all that is due to them, so that no morning brings two parcels.
    held = [
        *db.scalars(
            sa.select(Member.id).where(Member.id.in_(readers)).with_for_update(skip_locked=True, key_share=True)
        ),
        *db.scalars(sa.select(Place.id).where(Place.id.in_(readers)).with_for_update(skip_locked=True, key_share=True)),
    ]
    return list(
        db.scalars(
            sa.select(Nudge)
            .where(Nudge.reader.in_(held), Nudge.state == NudgeState.WAITING, Nudge.due_at <= now)
            .order_by(Nudge.due_at, Nudge.offered_at, Nudge.id)
            .with_for_update(skip_locked=True)
        )
    )


def _known(db: Session, rows: Iterable[Nudge], now: datetime) -> Known:
    ids = {row.member_id for row in rows if row.member_id}
    places = {row.place_id for row in rows if row.place_id}
    pairs = db.execute(
        sa.select(Apart.member_id, Apart.other_id).where(sa.or_(Apart.member_id.in_(ids), Apart.other_id.in_(ids)))
    )
    channels = db.scalars(sa.select(Place.id).where(Place.id.in_(places), Place.kind == PlaceKind.CHANNEL))
    return Known(
        members=people.members(db, ids),
        boundaries=people.boundaries(db, ids),
        levels=queries.levels(db, ids),
        lately=queries.lately(db, ids, now),
        apart=frozenset(pair for one, other in pairs for pair in ((one, other), (other, one))),
        channels=frozenset(channels),
    )


def _goes_now(row: Nudge, known: Known, couriers: Mapping[str, Courier], now: datetime) -> bool:
    """Whether it goes out now; otherwise it is put off, let go or parked."""
    ended = _ended(row, known, now)
    row.change = Change.NONE  # whatever was changed while it waited is in what it says now
    if ended is not None:
        row.state = ended
        return False
    if row.member_id is None:
        return True
    later = _later(row, row.member_id, known, couriers, now)
    if later is None:
        row.state = NudgeState.WITHDRAWN
        return False
    row.due_at = max(row.due_at, later)
    return later <= now


def _ended(row: Nudge, known: Known, now: datetime) -> NudgeState | None:
    if row.change is Change.RECALL:
        return NudgeState.WITHDRAWN
    if row.expires_at is not None and row.expires_at <= now:
        return NudgeState.EXPIRED
    if row.attempts >= MOST_ATTEMPTS:
        row.why = row.why or "attempts"
        return NudgeState.PARKED
    if row.member_id is not None and not _may_reach(row, row.member_id, known):
        return NudgeState.EXPIRED
    return None


def _may_reach(row: Nudge, reader: str, known: Known) -> bool:
    """Whether it may reach this member at all: they are here, agreed to it, and keep apart from nobody in it."""
    member = known.members.get(reader)
    if member is None or not member.active:
        return False
    if member.joined is not Joined.WHOLE and row.kind not in BEFORE_JOINING:
        return False
    if member.refuses_thanks and row.kind is NudgeKind.THANKS_RECEIVED and member.joined is Joined.NO:
        return False
    who = queries.told_of(row.told).who
    return who is None or (reader, who) not in known.apart


def _later(row: Nudge, reader: str, known: Known, couriers: Mapping[str, Courier], now: datetime) -> datetime | None:
    """When it is welcome: now, later, or never."""
    boundary = known.boundaries[reader]
    level = known.levels.get((reader, row.kind), Level.AS_USUAL)
    same = known.when(reader, {row.kind})
    if row.kind in IN_PARCEL and level is not Level.STOPPED:
        since = spaced(row.kind, boundary, now, level, same)
        since = _after_todays_parcel(boundary, since, known.when(reader, IN_PARCEL))
        return now if since <= now and hours.is_open(boundary, now) else hours.next_digest(boundary, since)
    if row.kind in MAY_BE_TAKEN_BACK:
        courier = couriers.get(known.members[reader].courier)
        if courier is not None and not courier.takes_back and row.offered_at + LEAVE_WINDOW > now:
            return row.offered_at + LEAVE_WINDOW
    return welcome_at(row.kind, boundary, now, level=level, recent=known.when(reader, SPARING), same=same)


def _after_todays_parcel(boundary: Boundary, at: datetime, parcels: tuple[datetime, ...]) -> datetime:
    """One parcel a day, by the reader's own calendar."""
    today = at.astimezone(boundary.tz).date()
    if not parcels or parcels[-1].astimezone(boundary.tz).date() != today:
        return at
    return hours.local(boundary, today + timedelta(days=1), boundary.starts_at)


def _courier_of(row: Nudge, known: Known, couriers: Mapping[str, Courier]) -> str:
    if row.member_id is None:
        chosen = "slack" if row.place_id in known.channels else INBOX
    else:
        chosen = known.members[row.member_id].courier
    return chosen if chosen in couriers else INBOX
