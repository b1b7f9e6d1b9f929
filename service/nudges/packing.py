"""Pack nudges into parcels: who reads them, what they say, and the names their words need."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.nudges import queries
from service.nudges.couriers import INBOX, Enclosed, Named, Parcel, Reader
from service.nudges.models import Nudge
from service.nudges.rules import MOST_IN_PARCEL, SAID_IN_ORDER, NudgeKind
from service.people import queries as people
from service.people.cards import MemberCard
from service.people.models import Circle, Place, Workspace
from service.people.rules import Boundary, IdentityKind, Role, WorkspaceKind, register_of

IDENTITY_AT: Mapping[str, IdentityKind] = {"slack": IdentityKind.SLACK, "mail": IdentityKind.MAIL}
_RANK = {kind: rank for rank, kind in enumerate(SAID_IN_ORDER)}


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and everywhere that some parcels speak of, asked for all of them at once."""

    members: Mapping[str, MemberCard]
    boundaries: Mapping[str, Boundary]
    addresses: Mapping[str, Mapping[str, str]]
    """By courier, then by member."""
    homes: Mapping[str, Workspace]
    places: Mapping[str, Named]


def pack(db: Session, rows: Iterable[Nudge]) -> list[Parcel]:
    """Parcels of these nudges as they stand."""
    bundles: dict[str, list[Nudge]] = {}
    for row in rows:
        bundles.setdefault(row.parcel or row.id, []).append(row)
    directory = _directory(db, [row for bundle in bundles.values() for row in bundle])
    return [_packed(parcel, bundle, directory) for parcel, bundle in bundles.items()]


def _directory(db: Session, rows: Collection[Nudge]) -> Directory:
    spoken_of: set[str] = set()
    readers: set[str] = set()
    places: set[str] = set()
    for row in rows:
        readers |= {row.member_id} if row.member_id else set()
        spoken_of |= _members_in(row)
        places |= _places_in(row)
    everybody = readers | spoken_of
    homes = db.scalars(sa.select(Workspace).where(Workspace.id.in_({row.workspace_id for row in rows})))
    return Directory(
        members=people.members(db, everybody),
        boundaries=people.boundaries(db, readers),
        addresses={courier: people.addresses(db, kind, everybody) for courier, kind in IDENTITY_AT.items()},
        homes={row.id: row for row in homes},
        places=_places(db, places),
    )


def _members_in(row: Nudge) -> set[str]:
    told = queries.told_of(row.told)
    return {who for who in (told.who, *(item.who for item in told.items)) if who}


def _places_in(row: Nudge) -> set[str]:
    return {place for place in (row.place_id, queries.told_of(row.told).place) if place}


def _places(db: Session, ids: Collection[str]) -> dict[str, Named]:
    if not ids:
        return {}
    found = db.execute(
        sa.select(Place, Circle.name).join(Circle, Circle.id == Place.circle_id).where(Place.id.in_(ids))
    )
    return {place.id: Named(place.name or circle, place.external) for place, circle in found}


def _packed(parcel: str, rows: list[Nudge], directory: Directory) -> Parcel:
    said, more = _said(rows)
    courier = rows[0].courier or INBOX
    addresses = directory.addresses.get(courier, {})
    members = set().union(*(_members_in(row) for row in rows)) & directory.members.keys()
    places = set().union(*(_places_in(row) for row in rows)) & directory.places.keys()
    return Parcel(
        parcel,
        _reader(rows[0], directory, addresses),
        said,
        more,
        {member: Named(directory.members[member].name, addresses.get(member)) for member in members},
        {place: directory.places[place] for place in places},
        courier,
    )


def _reader(row: Nudge, directory: Directory, addresses: Mapping[str, str]) -> Reader:
    home = directory.homes[row.workspace_id]
    if row.member_id is None:
        place = directory.places.get(row.place_id or "")
        return Reader(
            workspace=home.id,
            workspace_kind=home.kind,
            member=None,
            address=place.address if place else None,
            language=home.language,
            formal=home.kind is WorkspaceKind.TEAM,
            register=register_of(home.kind, Role.MEMBER),
            zone=home.zone,
            is_place=True,
        )
    member = directory.members[row.member_id]
    return Reader(
        workspace=home.id,
        workspace_kind=home.kind,
        member=member.id,
        address=addresses.get(member.id),
        language=member.language,
        formal=member.formal,
        register=register_of(home.kind, member.role),
        zone=directory.boundaries[member.id].zone,
    )


def _said(rows: list[Nudge]) -> tuple[tuple[Enclosed, ...], int]:
    """What a parcel says, personal first, and how many further things it only counts."""
    told = [(row, queries.told_of(row.told)) for row in rows]
    told.sort(key=lambda pair: (not pair[1].personal, _RANK[pair[0].kind], pair[0].due_at, pair[0].id))
    room = dict(MOST_IN_PARCEL)
    said: list[Enclosed] = []
    for row, about in told:
        crowd = _crowd(row.kind)
        if crowd is not None:
            room[crowd] -= 1
        if crowd is None or room[crowd] >= 0:
            said.append(Enclosed(row.id, row.kind, row.subject, about, acted=row.acted_at is not None))
    return tuple(said), len(rows) - len(said)


def _crowd(kind: NudgeKind) -> frozenset[NudgeKind] | None:
    return next((kinds for kinds, _ in MOST_IN_PARCEL if kind in kinds), None)
