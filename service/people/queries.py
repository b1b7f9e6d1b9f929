"""Questions about who is here."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import EVERY_WORKSPACE
from service.errors import ProblemKind, refused
from service.people.cards import BoundaryView, CircleCard, MemberCard, PlaceCard, WorkspaceCard
from service.people.listening import (
    addresses,
    boundaries,
    known_as,
    listening,
    member_card,
    members,
    place_card,
    with_source_off,
    workspace,
    workspace_card,
)
from service.people.models import (
    Apart,
    BoundaryCard,
    Circle,
    CircleMember,
    Member,
    Place,
    Workspace,
)
from service.people.policy import Actor, Thing
from service.people.rules import ThanksWish
from service.prepared import Prepared, table

# What is said here and lies in files of its own.
__all__ = [
    "BoundaryView",
    "CircleCard",
    "MemberCard",
    "PlaceCard",
    "WorkspaceCard",
    "addresses",
    "boundaries",
    "known_as",
    "listening",
    "members",
    "with_source_off",
    "workspace",
    "workspace_card",
]


def workspaces(db: Session) -> list[WorkspaceCard]:
    """Every workspace that may be seen here, oldest first."""
    return [workspace_card(row) for row in db.scalars(homes(db).order_by(Workspace.created_at, Workspace.id))]


def homes(db: Session) -> sa.Select[Workspace]:
    """The workspaces that may be seen here: inside one workspace, it alone."""
    scope = db.info.get("scope")
    every = sa.select(Workspace)
    return every if scope == EVERY_WORKSPACE else every.where(Workspace.id == scope)


def member(db: Session, member_id: str) -> MemberCard | None:
    """The member of this id."""
    return members(db, [member_id]).get(member_id)


def the_member(db: Session, member_id: str) -> MemberCard:
    """The member of this id, or a refusal."""
    found = member(db, member_id)
    if found is None:
        raise refused(ProblemKind.NOT_FOUND)
    return found


def everybody(db: Session) -> list[MemberCard]:
    """All active members of the workspace in the order of their names."""
    rows = db.execute(
        sa.select(Member, Workspace)
        .join(Workspace, Workspace.id == Member.workspace_id)
        .where(Member.active)
        .order_by(sa.func.lower(Member.name), Member.id)
    )
    return [member_card(row, home.language, home.kind) for row, home in rows]


def boundary_view(db: Session, member_id: str) -> BoundaryView:
    """The boundary of a member as they set it, or the first one of their workspace."""
    row = db.scalar(sa.select(BoundaryCard).where(BoundaryCard.member_id == member_id))
    if row is None:
        the_member(db, member_id)
        boundary = boundaries(db, [member_id])[member_id]
        return BoundaryView(boundary, ThanksWish.PRIVATE, "", shares_away=False, sources_off=frozenset())
    return BoundaryView(
        row.boundary(),
        row.thanks_wish,
        row.raise_with_me,
        row.shares_away,
        frozenset(filter(None, row.sources_off.split(","))),
    )


def circles(db: Session) -> list[CircleCard]:
    """The circles of the workspace by name."""
    return _circles(db, sa.true())


def _circles(db: Session, which: sa.ColumnElement[bool]) -> list[CircleCard]:
    columns = Circle.id, Circle.name, Circle.quiet_until, Circle.tells_week
    found = db.execute(sa.select(*columns).where(which).order_by(sa.func.lower(Circle.name), Circle.id)).all()
    seats: dict[str, list[tuple[str, bool]]] = {row.id: [] for row in found}
    for circle, member, leads in db.execute(
        sa.select(CircleMember.circle_id, CircleMember.member_id, CircleMember.leads)
        .join(Member, Member.id == CircleMember.member_id)
        .where(Member.active, CircleMember.circle_id.in_(seats))
        .order_by(sa.func.lower(Member.name), Member.id)
    ):
        seats[circle].append((member, leads))
    return [
        CircleCard(
            row.id,
            row.name,
            tuple(member for member, _ in seats[row.id]),
            tuple(member for member, leads in seats[row.id] if leads),
            row.quiet_until,
            row.tells_week,
        )
        for row in found
    ]


def circle(db: Session, circle_id: str) -> CircleCard | None:
    """The circle of this id."""
    return next(iter(_circles(db, Circle.id == circle_id)), None)


def circles_of(db: Session, member_id: str) -> list[CircleCard]:
    """The circles a member is in."""
    seats = list(_CIRCLES_OF.rows(db, member=member_id))
    cards = []
    for circle in dict.fromkeys(row.id for row in seats):
        of_it = [row for row in seats if row.id == circle]
        members = tuple(row.member_id for row in of_it)
        leads = tuple(row.member_id for row in of_it if row.leads)
        if member_id in members:
            cards.append(CircleCard(circle, of_it[0].name, members, leads, of_it[0].quiet_until, of_it[0].tells_week))
    return cards


def leads_of(db: Session, member_id: str) -> frozenset[str]:
    """Who leads this member, in any circle."""
    return frozenset(lead for card in circles_of(db, member_id) for lead in card.leads if lead != member_id)


def places(db: Session) -> list[PlaceCard]:
    """The places of the workspace."""
    return [place_card(row) for row in db.scalars(sa.select(Place).order_by(Place.created_at, Place.id))]


def place(db: Session, place_id: str) -> PlaceCard | None:
    """The place of this id."""
    row = db.scalar(sa.select(Place).where(Place.id == place_id))
    return None if row is None else place_card(row)


def workspace_of_place(db: Session, place_id: str) -> str:
    """The workspace a place belongs to, or a refusal."""
    found = db.scalar(sa.select(Place.workspace_id).where(Place.id == place_id))
    if found is None:
        raise refused(ProblemKind.NOT_FOUND)
    return found


def apart(db: Session, one: str, other: str) -> bool:
    """Whether either of two members keeps apart from the other."""
    return other in kept_apart(db, one)


def apart_from(db: Session, member_id: str) -> frozenset[str]:
    """From whom this member keeps apart; theirs alone to see."""
    return frozenset(db.scalars(sa.select(Apart.other_id).where(Apart.member_id == member_id)))


def kept_apart(db: Session, member_id: str) -> frozenset[str]:
    """Everybody who keeps apart from this member, or from whom they keep apart."""
    rows = _APART.rows(db, member=member_id)
    return frozenset(one if other == member_id else other for one, other in rows)


def apart_either_way(member: sa.BindParameter[str]) -> sa.CompoundSelect[str]:
    """The same as `kept_apart`, as a part of another question."""
    ways = (Apart.other_id, Apart.member_id), (Apart.member_id, Apart.other_id)
    return sa.union_all(*(sa.select(other).where(one == member) for other, one in ways))


def actor(db: Session, member_id: str, *, fresh: bool = False) -> Actor | None:
    """A member as they stand now, for the policy; None where they are not here any more."""
    card = member(db, member_id)
    if card is None or not card.active:
        return None
    seats = _seats(db, member_id)
    leads = frozenset(circle for circle, leads in seats if leads)
    circles = frozenset(circle for circle, _ in seats)
    return Actor(card.workspace, card.id, card.role, card.is_owner, circles, leads, fresh)


def thing(db: Session, member_id: str) -> Thing | None:
    """What is a member's, and the member themselves, for the policy."""
    row = db.scalar(sa.select(Member).where(Member.id == member_id))
    if row is None:
        return None
    seats = _seats(db, member_id)
    raised = row.is_owner or any(leads for _, leads in seats)
    circles = frozenset(circle for circle, _ in seats)
    return Thing(row.workspace_id, frozenset({row.id}), circles, row.guardian_id, raised)


def _seats(db: Session, member_id: str) -> list[tuple[str, bool]]:
    seats = sa.select(CircleMember.circle_id, CircleMember.leads).where(CircleMember.member_id == member_id)
    return [(circle, leads) for circle, leads in db.execute(seats)]


_KEPT_APART = table(Apart)
_APART = Prepared(
    sa.select(_KEPT_APART.c.member_id, _KEPT_APART.c.other_id).where(
        sa.or_(_KEPT_APART.c.member_id == sa.bindparam("member"), _KEPT_APART.c.other_id == sa.bindparam("member"))
    )
)
_CIRCLE, _SEAT, _MEMBER = table(Circle), table(CircleMember), table(Member)
_MINE = _SEAT.alias("mine")
_CIRCLES_OF = Prepared(
    sa.select(
        _CIRCLE.c.id, _CIRCLE.c.name, _CIRCLE.c.quiet_until, _CIRCLE.c.tells_week, _SEAT.c.member_id, _SEAT.c.leads
    )
    .join_from(_CIRCLE, _SEAT, _SEAT.c.circle_id == _CIRCLE.c.id)
    .join(_MEMBER, _MEMBER.c.id == _SEAT.c.member_id)
    .where(
        _MEMBER.c.active,
        _CIRCLE.c.id.in_(sa.select(_MINE.c.circle_id).where(_MINE.c.member_id == sa.bindparam("member"))),
    )
    .order_by(sa.func.lower(_CIRCLE.c.name), _CIRCLE.c.id, sa.func.lower(_MEMBER.c.name), _MEMBER.c.id),
    found=True,
)
