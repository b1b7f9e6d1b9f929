"""Questions about days that matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.occasions.models import Feed, Marker, Occasion
from service.occasions.rules import Day, OccasionKind, hashed, in_year


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
    when: Day
    added_at: datetime


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


def has_feed(db: Session, member: str) -> bool:
    """Whether a private address with a member's days is open."""
    return db.scalar(sa.select(Feed.member_id).where(Feed.member_id == member)) is not None


def feed_of(db: Session, secret: str) -> tuple[str, str] | None:
    """Whose feed this secret opens, as workspace and member."""
    row = db.scalar(sa.select(Feed).where(Feed.hash == hashed(secret)))
    return (row.workspace_id, row.member_id) if row is not None else None


def shown_on(day: Day, today: date) -> date:
    """A day of this year to name a day by."""
    return day.only_on or in_year(day, today.year)


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
        row.when(),
        row.added_at,
    )
