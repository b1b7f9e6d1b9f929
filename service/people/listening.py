"""Who is known and reached when, and where a circle listens: what is asked for every batch that is heard."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import EVERY_WORKSPACE
from service.people.cards import MemberCard, PlaceCard, WorkspaceCard
from service.people.models import BoundaryCard, Identity, Member, Place, Workspace, boundary_of
from service.people.rules import Boundary, IdentityKind, PlaceKind, WorkspaceKind, first_boundary
from service.prepared import Prepared, any_of, table

_IDENTITY, _MEMBER, _PLACE, _HOME = table(Identity), table(Member), table(Place), table(Workspace)
_CARD = (*_MEMBER.c, _HOME.c.language.label("home_language"), _HOME.c.kind.label("home_kind"))
_AT_HOME = _MEMBER.join(_HOME, _HOME.c.id == _MEMBER.c.workspace_id)
_BOUNDARY = table(BoundaryCard)
_CONFIRMED = sa.and_(_IDENTITY.c.kind == sa.bindparam("kind"), _IDENTITY.c.confirmed_at.is_not(None))

_LISTENING = Prepared(
    sa.select(_PLACE).where(
        _PLACE.c.kind == sa.bindparam("kind"), _PLACE.c.external.in_(any_of("names")), _PLACE.c.listens
    )
)
_MEMBERS = Prepared(sa.select(*_CARD).select_from(_AT_HOME).where(_MEMBER.c.id.in_(any_of("ids"))), found=True)
_KNOWN = Prepared(
    sa.select(_IDENTITY.c.external, *_CARD)
    .select_from(_AT_HOME.join(_IDENTITY, _IDENTITY.c.member_id == _MEMBER.c.id))
    .where(_CONFIRMED, _IDENTITY.c.external.in_(any_of("names")))
)
_ADDRESSES = Prepared(
    sa.select(_IDENTITY.c.member_id, _IDENTITY.c.external).where(_CONFIRMED, _IDENTITY.c.member_id.in_(any_of("ids"))),
    found=True,
)
_WORKSPACE = Prepared(sa.select(_HOME).where(_HOME.c.id == sa.bindparam("id")))
_BOUNDARIES = Prepared(
    sa.select(
        _MEMBER.c.id.label("whose"), _HOME.c.kind.label("home_kind"), _HOME.c.zone.label("home_zone"), *_BOUNDARY.c
    )
    .select_from(_AT_HOME.outerjoin(_BOUNDARY, _BOUNDARY.c.member_id == _MEMBER.c.id))
    .where(_MEMBER.c.id.in_(any_of("ids"))),
    found=True,
)
_SOURCES_OFF = Prepared(
    sa.select(_BOUNDARY.c.member_id, _BOUNDARY.c.sources_off).where(_BOUNDARY.c.member_id.in_(any_of("ids"))),
    found=True,
)


def workspace(db: Session, workspace_id: str) -> WorkspaceCard | None:
    """The workspace of this id."""
    if db.info.get("scope") not in (EVERY_WORKSPACE, workspace_id):
        return None
    return next(map(workspace_card, _WORKSPACE.rows(db, id=workspace_id)), None)


def workspace_card(row: Any) -> WorkspaceCard:
    """A row of workspaces as a card."""
    off = frozenset(str(name) for name, value in row.switched_off.items() if value)
    state = (off, row.suspended_at, tuple(row.valued), row.help_at, row.others_at_least)
    return WorkspaceCard(row.id, row.kind, row.name, row.language, row.zone, *state)


def boundaries(db: Session, ids: Collection[str]) -> Mapping[str, Boundary]:
    """The boundary of each of these members."""
    if not ids:
        return {}
    return {
        row.whose: boundary_of(row) if row.member_id is not None else first_boundary(row.home_kind, row.home_zone)
        for row in _BOUNDARIES.rows(db, ids=list(set(ids)))
    }


def with_source_off(db: Session, ids: Collection[str], source: str) -> frozenset[str]:
    """Those of these members who turned a source off."""
    if not ids:
        return frozenset()
    rows = _SOURCES_OFF.rows(db, ids=list(set(ids)))
    return frozenset(member for member, off in rows if source in off.split(","))


def listening(db: Session, kind: PlaceKind, externals: Collection[str]) -> dict[str, PlaceCard]:
    """Which of these places a circle listens in: nothing is read anywhere else."""
    if not externals:
        return {}
    return {row.external: place_card(row) for row in _LISTENING.rows(db, kind=kind, names=list(set(externals)))}


def place_card(row: Any) -> PlaceCard:
    """A row of places as a card."""
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


def members(db: Session, ids: Collection[str]) -> dict[str, MemberCard]:
    """The members of these ids."""
    if not ids:
        return {}
    return {row.id: _card(row) for row in _MEMBERS.rows(db, ids=list(set(ids)))}


def known_as(db: Session, kind: IdentityKind, names: Collection[str]) -> dict[str, MemberCard]:
    """Members by their name elsewhere."""
    if not names:
        return {}
    return {row.external: _card(row) for row in _KNOWN.rows(db, kind=kind, names=list(set(names)))}


def addresses(db: Session, kind: IdentityKind, ids: Collection[str]) -> dict[str, str]:
    """The name elsewhere of each of these members who has one."""
    if not ids:
        return {}
    return {row.member_id: row.external for row in _ADDRESSES.rows(db, kind=kind, ids=list(set(ids)))}


def _card(row: Any) -> MemberCard:
    return member_card(row, row.home_language, row.home_kind)


def member_card(row: Any, home_language: str, home_kind: WorkspaceKind) -> MemberCard:
    """A row of members as a card, with what their workspace says where they said nothing."""
    return MemberCard(
        id=row.id,
        workspace=row.workspace_id,
        name=row.name,
        role=row.role,
        is_owner=row.is_owner,
        joined=row.joined,
        language=row.language or home_language,
        formal=bool(row.formal) if row.formal is not None else home_kind is WorkspaceKind.TEAM,
        courier=row.courier,
        active=row.active,
        refuses_thanks=row.refuses_thanks,
        joined_at=row.joined_at,
    )
