"""Claim what is due, ask again whether it is welcome, and pack it into parcels."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import new_id
from service.nudges import queries
from service.nudges.couriers import Courier, Enclosed, Named, Parcel, Reader
from service.nudges.models import Nudge
from service.nudges.rules import (
    LEASE,
    LEAVE_WINDOW,
    MANNERS,
    MAY_BE_TAKEN_BACK,
    MOST_ATTEMPTS,
    MOST_IN_PARCEL,
    Level,
    Manner,
    NudgeKind,
    NudgeState,
    welcome_at,
)
from service.people import hours
from service.people import queries as people
from service.people.models import Apart, Circle, Member, Place, Workspace
from service.people.queries import MemberCard
from service.people.rules import Boundary, IdentityKind, Role, register_of

IDENTITY_AT: Mapping[str, IdentityKind] = {"slack": IdentityKind.SLACK, "mail": IdentityKind.MAIL}
INBOX = "inbox"
_ORDER = tuple(NudgeKind)
_ANY_ROLE = Role.MEMBER


@dataclass(frozen=True, slots=True)
class Known:
    """What a claim knows of the readers of its nudges, asked for all of them at once."""

    members: Mapping[str, MemberCard]
    boundaries: Mapping[str, Boundary]
    levels: Mapping[tuple[str, NudgeKind], Level]
    recent: Mapping[str, tuple[datetime, ...]]
    parcels_since: Mapping[str, datetime]
    apart: frozenset[tuple[str, str]]


def claim(db: Session, couriers: Mapping[str, Courier], now: datetime, most: int) -> list[Parcel]:
    """Take up to `most` due readers, mark what is sent to them as on its way, and pack it."""
    rows = _locked(db, now, most)
    known = _known(db, {row.member_id for row in rows if row.member_id}, now)
    sending = [row for row in rows if _still_welcome(row, known, couriers, now)]
    bundles: dict[tuple[str, str], list[Nudge]] = {}
    for row in sending:
        together = row.member_id is not None and MANNERS[row.kind] is Manner.PARCEL
        bundles.setdefault((row.reader, "" if together else row.id), []).append(row)
    for bundle in bundles.values():
        parcel = new_id()
        for row in bundle:
            row.state, row.parcel, row.lease_until = NudgeState.SENDING, parcel, now + LEASE
            row.attempts += 1
            row.courier = _courier_of(row, known.members, couriers)
    db.flush()
    return pack(db, [row for bundle in bundles.values() for row in bundle])


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
            .order_by(Nudge.due_at, Nudge.id)
            .with_for_update(skip_locked=True)
        )
    )


def _known(db: Session, ids: Collection[str], now: datetime) -> Known:
    ids = set(ids)
    pairs = db.execute(
        sa.select(Apart.member_id, Apart.other_id).where(sa.or_(Apart.member_id.in_(ids), Apart.other_id.in_(ids)))
    )
    parcel_kinds = [kind for kind, manner in MANNERS.items() if manner is Manner.PARCEL]
    sent = db.execute(
        sa.select(Nudge.member_id, sa.func.max(Nudge.sent_at))
        .where(Nudge.member_id.in_(ids), Nudge.kind.in_(parcel_kinds), Nudge.sent_at > now - timedelta(days=2))
        .group_by(Nudge.member_id)
    )
    return Known(
        members=people.members(db, ids),
        boundaries=people.boundaries(db, ids),
        levels=queries.levels(db, ids),
        recent=queries.sparing_sent(db, ids, now),
        parcels_since=dict(row._tuple() for row in sent if row[0]),
        apart=frozenset(pair for one, other in pairs for pair in ((one, other), (other, one))),
    )


def _still_welcome(row: Nudge, known: Known, couriers: Mapping[str, Courier], now: datetime) -> bool:
    """Whether it goes out now; otherwise it is put off, let go or parked."""
    if row.expires_at is not None and row.expires_at <= now:
        row.state = NudgeState.EXPIRED
        return False
    if row.attempts >= MOST_ATTEMPTS:
        row.state, row.why = NudgeState.PARKED, row.why or "attempts"
        return False
    if row.member_id is None:
        return True
    member = known.members.get(row.member_id)
    who = queries.told_of(row.told).who
    if member is None or not member.active or (who is not None and (row.member_id, who) in known.apart):
        row.state = NudgeState.EXPIRED
        return False
    later = _later(row, known, couriers, now)
    if later is None:
        row.state = NudgeState.WITHDRAWN
        return False
    row.due_at = max(row.due_at, later)
    return later <= now


def _later(row: Nudge, known: Known, couriers: Mapping[str, Courier], now: datetime) -> datetime | None:
    assert row.member_id is not None  # noqa: S101 - posts to places never come here
    boundary = known.boundaries[row.member_id]
    level = known.levels.get((row.member_id, row.kind), Level.AS_USUAL)
    if level is Level.STOPPED:
        return None
    if MANNERS[row.kind] is Manner.PARCEL:
        last = known.parcels_since.get(row.member_id)
        today = now.astimezone(boundary.tz).date()
        if last is not None and last.astimezone(boundary.tz).date() == today:
            tomorrow = hours.local(boundary, today + timedelta(days=1), boundary.starts_at)
            return hours.next_digest(boundary, tomorrow)
        return now if hours.is_open(boundary, now) else hours.next_digest(boundary, now)
    if row.kind in MAY_BE_TAKEN_BACK:
        courier = couriers.get(known.members[row.member_id].courier)
        if courier is not None and not courier.takes_back and row.offered_at + LEAVE_WINDOW > now:
            return row.offered_at + LEAVE_WINDOW
    return welcome_at(row.kind, boundary, now, level=level, recent=known.recent.get(row.member_id, ()))


def _courier_of(row: Nudge, members: Mapping[str, MemberCard], couriers: Mapping[str, Courier]) -> str:
    if row.member_id is None:
        return "slack" if "slack" in couriers else INBOX
    chosen = members[row.member_id].courier
    return chosen if chosen in couriers else INBOX


def pack(db: Session, rows: Iterable[Nudge]) -> list[Parcel]:
    """Parcels of these nudges as they stand, with the names their words need."""
    bundles: dict[str, list[Nudge]] = {}
    for row in rows:
        bundles.setdefault(row.parcel or row.id, []).append(row)
    everyone = [row for bundle in bundles.values() for row in bundle]
    ids = {row.member_id for row in everyone if row.member_id}
    for row in everyone:
        told = queries.told_of(row.told)
        ids |= {who for who in (told.who, *(item.who for item in told.items)) if who}
    members = people.members(db, ids)
    boundaries = people.boundaries(db, ids)
    at = {name: people.addresses(db, kind, ids) for name, kind in IDENTITY_AT.items()}
    homes = _homes(db, {row.workspace_id for row in everyone})
    places = _places(db, everyone)
    return [_packed(parcel, bundle, members, boundaries, at, homes, places) for parcel, bundle in bundles.items()]


def _homes(db: Session, ids: Collection[str]) -> dict[str, Workspace]:
    return {row.id: row for row in db.scalars(sa.select(Workspace).where(Workspace.id.in_(ids)))}


def _places(db: Session, rows: Iterable[Nudge]) -> dict[str, Named]:
    ids = {place for row in rows for place in (row.place_id, queries.told_of(row.told).place) if place}
    if not ids:
        return {}
    found = db.execute(
        sa.select(Place, Circle.name).join(Circle, Circle.id == Place.circle_id).where(Place.id.in_(ids))
    )
    return {place.id: Named(place.name or circle, place.external) for place, circle in found}


def _packed(
    parcel: str,
    rows: list[Nudge],
    members: Mapping[str, MemberCard],
    boundaries: Mapping[str, Boundary],
    at: Mapping[str, Mapping[str, str]],
    homes: Mapping[str, Workspace],
    places: Mapping[str, Named],
) -> Parcel:
    first = rows[0]
    home = homes[first.workspace_id]
    courier = first.courier or INBOX
    addressed = at.get(courier, {})
    if first.member_id is not None:
        member = members[first.member_id]
        reader = Reader(
            workspace=home.id,
            workspace_kind=home.kind,
            member=member.id,
            address=addressed.get(member.id),
            language=member.language,
            formal=member.formal,
            register=register_of(home.kind, member.role),
            zone=boundaries[member.id].zone,
        )
    else:
        place = places.get(first.place_id or "")
        reader = Reader(
            workspace=home.id,
            workspace_kind=home.kind,
            member=None,
            address=place.address if place else None,
            language=home.language,
            formal=True,
            register=register_of(home.kind, _ANY_ROLE),
            zone=home.zone,
            is_place=True,
        )
    said, more = _said(rows)
    names = {id_: Named(card.name, addressed.get(id_)) for id_, card in members.items()}
    return Parcel(parcel, reader, said, more, names, places)


def _said(rows: list[Nudge]) -> tuple[tuple[Enclosed, ...], int]:
    """What a parcel says, personal first, and how many further things it only counts."""
    told = [(row, queries.told_of(row.told)) for row in rows]
    told.sort(key=lambda pair: (not pair[1].personal, _ORDER.index(pair[0].kind), pair[0].due_at, pair[0].id))
    said: list[Enclosed] = []
    counts: dict[NudgeKind, int] = {}
    for row, about in told:
        counts[row.kind] = counts.get(row.kind, 0) + 1
        if counts[row.kind] <= MOST_IN_PARCEL.get(row.kind, len(rows)):
            said.append(Enclosed(row.id, row.kind, row.subject, about))
    return tuple(said), len(rows) - len(said)
