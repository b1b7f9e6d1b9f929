"""Questions about who is here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.people.models import (
    Apart,
    BoundaryCard,
    Circle,
    CircleMember,
    Identity,
    Member,
    Place,
    Workspace,
)
from service.people.rules import (
    Boundary,
    IdentityKind,
    Joined,
    PlaceKind,
    Role,
    ThanksWish,
    WorkspaceKind,
    first_boundary,
)


@dataclass(frozen=True, slots=True)
class WorkspaceCard:
    """A workspace, for those who show it."""

    id: str
    kind: WorkspaceKind
    name: str
    language: str
    zone: str
    switched_off: frozenset[str]
    suspended_at: datetime | None


@dataclass(frozen=True, slots=True)
class MemberCard:
    """A member, for those who show or address them."""

    id: str
    workspace: str
    name: str
    role: Role
    is_owner: bool
    joined: Joined
    language: str
    formal: bool
    courier: str
    active: bool
    refuses_thanks: bool


@dataclass(frozen=True, slots=True)
class CircleCard:
    """A circle with its members and leads."""

    id: str
    name: str
    members: tuple[str, ...]
    leads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place a circle listens in."""

    id: str
    circle: str
    kind: PlaceKind
    external: str
    name: str | None
    listens: bool
    settled_by: str | None
    thanks_by: str | None
    heard: int


@dataclass(frozen=True, slots=True)
class BoundaryView:
    """A boundary and the wishes beside it."""

    boundary: Boundary
    thanks_wish: ThanksWish
    raise_with_me: str
    shares_away: bool
    sources_off: frozenset[str]


def workspace(db: Session, workspace_id: str) -> WorkspaceCard | None:
    """The workspace of this id."""
    row = db.get(Workspace, workspace_id)
    return None if row is None else workspace_card(row)


def workspaces(db: Session) -> list[WorkspaceCard]:
    """Every workspace, oldest first."""
    return [workspace_card(row) for row in db.scalars(sa.select(Workspace).order_by(Workspace.created_at))]


def workspace_card(row: Workspace) -> WorkspaceCard:
    """A workspace as a card."""
    off = frozenset(str(name) for name, value in row.switched_off.items() if value)
    return WorkspaceCard(row.id, row.kind, row.name, row.language, row.zone, off, row.suspended_at)


def member(db: Session, member_id: str) -> MemberCard | None:
    """The member of this id."""
    return members(db, [member_id]).get(member_id)


def the_member(db: Session, member_id: str) -> MemberCard:
    """The member of this id, or a refusal."""
    found = member(db, member_id)
    if found is None:
        raise refused(ProblemKind.NOT_FOUND)
    return found


def members(db: Session, ids: Collection[str]) -> dict[str, MemberCard]:
    """The members of these ids."""
    if not ids:
        return {}
    rows = db.execute(
        sa.select(Member, Workspace).join(Workspace, Workspace.id == Member.workspace_id).where(Member.id.in_(ids))
    )
    return {row.id: _member_card(row, home) for row, home in rows}


def everybody(db: Session) -> list[MemberCard]:
    """All active members of the workspace in the order of their names."""
    rows = db.execute(
        sa.select(Member, Workspace)
        .join(Workspace, Workspace.id == Member.workspace_id)
        .where(Member.active)
        .order_by(sa.func.lower(Member.name), Member.id)
    )
    return [_member_card(row, home) for row, home in rows]


def _member_card(row: Member, home: Workspace) -> MemberCard:
    return MemberCard(
        id=row.id,
        workspace=row.workspace_id,
        name=row.name,
        role=row.role,
        is_owner=row.is_owner,
        joined=row.joined,
        language=row.language or home.language,
        formal=bool(row.formal) if row.formal is not None else home.kind is WorkspaceKind.TEAM,
        courier=row.courier,
        active=row.active,
        refuses_thanks=row.refuses_thanks,
    )


def known_as(db: Session, kind: IdentityKind, names: Collection[str]) -> dict[str, MemberCard]:
    """Members by their name elsewhere."""
    if not names:
        return {}
    rows = db.execute(
        sa.select(Identity.external, Identity.member_id).where(
            Identity.kind == kind, Identity.external.in_(set(names)), Identity.confirmed_at.is_not(None)
        )
    ).all()
    cards = members(db, [member_id for _, member_id in rows])
    return {external: cards[member_id] for external, member_id in rows if member_id in cards}


def addresses(db: Session, kind: IdentityKind, ids: Collection[str]) -> dict[str, str]:
    """The name elsewhere of each of these members who has one."""
    if not ids:
        return {}
    rows = db.execute(
        sa.select(Identity.member_id, Identity.external).where(
            Identity.kind == kind, Identity.member_id.in_(set(ids)), Identity.confirmed_at.is_not(None)
        )
    )
    return {member_id: external for member_id, external in rows}  # noqa: C416 - typed


def boundary_view(db: Session, member_id: str) -> BoundaryView:
    """The boundary of a member as they set it, or the first one of their workspace."""
    row = db.get(BoundaryCard, member_id)
    if row is None:
        boundary = boundaries(db, [member_id])[member_id]
        return BoundaryView(boundary, ThanksWish.PRIVATE, "", shares_away=False, sources_off=frozenset())
    return BoundaryView(
        row.boundary(),
        row.thanks_wish,
        row.raise_with_me,
        row.shares_away,
        frozenset(filter(None, row.sources_off.split(","))),
    )


def boundaries(db: Session, ids: Collection[str]) -> Mapping[str, Boundary]:
    """The boundary of each of these members."""
    if not ids:
        return {}
    rows = db.execute(
        sa.select(Member.id, Workspace, BoundaryCard)
        .join(Workspace, Workspace.id == Member.workspace_id)
        .outerjoin(BoundaryCard, BoundaryCard.member_id == Member.id)
        .where(Member.id.in_(set(ids)))
    )
    return {
        member_id: card.boundary() if card is not None else first_boundary(home.kind, home.zone)
        for member_id, home, card in rows
    }


def circles(db: Session) -> list[CircleCard]:
    """The circles of the workspace by name."""
    rows = list(db.scalars(sa.select(Circle).order_by(sa.func.lower(Circle.name), Circle.id)))
    seats: dict[str, list[CircleMember]] = {}
    for seat in db.scalars(
        sa.select(CircleMember).join(Member, Member.id == CircleMember.member_id).where(Member.active)
    ):
        seats.setdefault(seat.circle_id, []).append(seat)
    return [
        CircleCard(
            row.id,
            row.name,
            tuple(seat.member_id for seat in seats.get(row.id, [])),
            tuple(seat.member_id for seat in seats.get(row.id, []) if seat.leads),
        )
        for row in rows
    ]


def circle(db: Session, circle_id: str) -> CircleCard | None:
    """The circle of this id."""
    return next((card for card in circles(db) if card.id == circle_id), None)


def circles_of(db: Session, member_id: str) -> list[CircleCard]:
    """The circles a member is in."""
    return [card for card in circles(db) if member_id in card.members]


def leads_of(db: Session, member_id: str) -> frozenset[str]:
    """Who leads this member, in any circle."""
    return frozenset(lead for card in circles_of(db, member_id) for lead in card.leads if lead != member_id)


def places(db: Session) -> list[PlaceCard]:
    """The places of the workspace."""
    return [_place_card(row) for row in db.scalars(sa.select(Place).order_by(Place.created_at, Place.id))]


def listening(db: Session, kind: PlaceKind, externals: Collection[str]) -> dict[str, PlaceCard]:
    """Which of these places a circle listens in: nothing is read anywhere else."""
    if not externals:
        return {}
    rows = db.scalars(sa.select(Place).where(Place.kind == kind, Place.external.in_(set(externals)), Place.listens))
    return {row.external: _place_card(row) for row in rows}


def place(db: Session, place_id: str) -> PlaceCard | None:
    """The place of this id."""
    row = db.scalar(sa.select(Place).where(Place.id == place_id))
    return None if row is None else _place_card(row)


def workspace_of_place(db: Session, place_id: str) -> str:
    """The workspace a place belongs to, or a refusal."""
    found = db.scalar(sa.select(Place.workspace_id).where(Place.id == place_id))
    if found is None:
        raise refused(ProblemKind.NOT_FOUND)
    return found


def _place_card(row: Place) -> PlaceCard:
    return PlaceCard(
        row.id,
        row.circle_id,
        row.kind,
        row.external,
        row.name,
        row.listens,
        row.settled_by,
        row.thanks_by,
        row.heard,
    )


def apart(db: Session, one: str, other: str) -> bool:
    """Whether either of two members keeps apart from the other."""
    return other in kept_apart(db, one)


def kept_apart(db: Session, member_id: str) -> frozenset[str]:
    """Everybody who keeps apart from this member, or from whom they keep apart."""
    rows = db.execute(
        sa.select(Apart.member_id, Apart.other_id).where(
            sa.or_(Apart.member_id == member_id, Apart.other_id == member_id)
        )
    )
    return frozenset(one if other == member_id else other for one, other in rows)
