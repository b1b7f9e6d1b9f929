"""Questions about cards, as far as anybody may ask them. None shows what lies in a hat."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.people import queries as people
from service.people.models import Apart, BoundaryCard, Circle, CircleMember, Identity, Member
from service.people.rules import IdentityKind, Joined
from service.suggestions.models import Deck, Drawn, Hat
from service.suggestions.rules import Roster, Seat, Somebody


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card in a member's own history."""

    card: str
    week_on: date


@dataclass(frozen=True, slots=True)
class DeckCard:
    """What a member chose about drawing."""

    paused: bool
    other_kind_next: bool
    left_out: frozenset[str]


def roster(db: Session, now: datetime) -> Roster:
    """Everybody in the workspace, so that whoever asks is named in no statement."""
    away = set(db.scalars(sa.select(BoundaryCard.member_id).where(BoundaryCard.paused_until > now)))
    members = {
        row.id: Somebody(row.id, row.role, row.is_owner, row.joined is Joined.WHOLE, row.id in away)
        for row in db.scalars(sa.select(Member).where(Member.active).order_by(Member.id))
    }
    seats = tuple(
        Seat(row.member_id, row.circle_id, row.leads, row.since_on)
        for row in db.scalars(sa.select(CircleMember).order_by(CircleMember.circle_id, CircleMember.member_id))
        if row.member_id in members
    )
    opened = {row.id: row.created_at.date() for row in db.scalars(sa.select(Circle))}
    pairs = db.execute(sa.select(Apart.member_id, Apart.other_id)).all()
    apart = frozenset(pair for one, other in pairs for pair in ((one, other), (other, one)))
    home = people.workspace(db, db.info["scope"])
    if home is None:
        return Roster(members, seats, opened, apart)
    return Roster(members, seats, opened, apart, home.kind, home.others_at_least)


def known_as(db: Session, kind: IdentityKind) -> dict[str, str]:
    """Everybody's member by their name elsewhere, loaded whole for the same reason."""
    rows = db.execute(
        sa.select(Identity.external, Identity.member_id).where(
            Identity.kind == kind, Identity.confirmed_at.is_not(None)
        )
    )
    return {external: member for external, member in rows}  # noqa: C416 - typed


def hat_of_member(db: Session, member: str) -> str | None:
    """The hat of a member, by its random id."""
    return {row.member_id: row.id for row in db.scalars(sa.select(Hat))}.get(member)


def hat_of_circle(db: Session, circle: str) -> str | None:
    """The house hat of a circle."""
    return {row.circle_id: row.id for row in db.scalars(sa.select(Hat))}.get(circle)


def drawn_by(db: Session, member: str) -> list[DrawnCard]:
    """The cards a member drew, newest first; theirs alone."""
    rows = db.scalars(sa.select(Drawn).where(Drawn.member_id == member).order_by(Drawn.week_on.desc()))
    return [DrawnCard(row.card, row.week_on) for row in rows]


def drawn_for(db: Session, circle: str) -> list[DrawnCard]:
    """The cards drawn for all of a circle, newest first."""
    rows = db.scalars(sa.select(Drawn).where(Drawn.circle_id == circle).order_by(Drawn.week_on.desc()))
    return [DrawnCard(row.card, row.week_on) for row in rows]


def deck_of(db: Session, member: str, today: date) -> DeckCard:
    """What a member chose about drawing."""
    row = db.scalar(sa.select(Deck).where(Deck.member_id == member))
    if row is None:
        return DeckCard(paused=False, other_kind_next=False, left_out=frozenset())
    left_out = frozenset(card for card, until in row.left_out.items() if date.fromisoformat(until) > today)
    return DeckCard(row.paused, row.other_kind_next, left_out)
