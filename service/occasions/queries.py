"""Questions about days that matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.occasions.models import Marker, Occasion
from service.occasions.rules import OccasionKind


@dataclass(frozen=True, slots=True)
class OccasionCard:
    """A day that matters, for those who may see it."""

    id: str
    circle: str | None
    member: str | None
    name: str
    title: str
    kind: OccasionKind
    next_on: date | None
    yearly: bool
    hidden: bool
    wanted: bool


def seen_by(db: Session, member: str, circles: Iterable[str], *, until: date | None = None) -> list[OccasionCard]:
    """The days a member may see: their own, and those of their circles that are not hidden; the next one first."""
    statement = (
        sa.select(Occasion, Marker)
        .outerjoin(Marker, sa.and_(Marker.occasion_id == Occasion.id, Marker.member_id == member))
        .where(
            sa.or_(
                Occasion.member_id == member,
                sa.and_(Occasion.circle_id.in_(list(circles)), Occasion.hidden.is_(False)),
            )
        )
        .order_by(Occasion.next_on.is_(None), Occasion.next_on, Occasion.id)
    )
    if until is not None:
        statement = statement.where(Occasion.next_on <= until)
    return [card(row, marker) for row, marker in db.execute(statement)]


def soon(db: Session, member: str, circles: Iterable[str], today: date) -> list[OccasionCard]:
    """The days of the next two weeks."""
    return seen_by(db, member, circles, until=today + timedelta(days=14))


def card(row: Occasion, marker: Marker | None) -> OccasionCard:
    """A day as a card."""
    return OccasionCard(
        row.id,
        row.circle_id,
        row.member_id,
        row.name,
        row.title,
        row.kind,
        row.next_on,
        row.only_on is None,
        row.hidden,
        marker is None or marker.wants,
    )
