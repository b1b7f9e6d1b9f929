"""Who is away, as far as they let others see it."""

from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.people import hours
from service.people.models import BoundaryCard


def away(db: Session, ids: Collection[str], now: datetime) -> dict[str, date]:
    """Until which day each of these members is away, of those alone who show it."""
    rows = db.scalars(
        sa.select(BoundaryCard).where(BoundaryCard.member_id.in_(set(ids)), BoundaryCard.shares_away.is_(True))
    )
    until = {row.member_id: hours.away_until(row.boundary(), now) for row in rows}
    return {member: day for member, day in until.items() if day is not None}
