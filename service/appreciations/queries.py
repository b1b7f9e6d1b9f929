"""Questions about thanks: a circle's feed, what I received, what I gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations.models import Appreciation, Received
from service.appreciations.rules import Job, Sharing, may_still_change

PAGE = 20


@dataclass(frozen=True, slots=True)
class AppreciationCard:
    """Thanks, for those who may see them."""

    id: str
    giver: str | None
    recipients: tuple[str, ...]
    did: str
    eased: str
    job: Job | None
    values: tuple[str, ...]
    sharing: Sharing
    circle: str | None
    link: str | None
    given_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of thanks, and where the next one begins."""

    cards: tuple[AppreciationCard, ...]
    next: str | None


def feed(db: Session, circle: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a circle shares, newest first; `after` is the mark of the page before."""
    statement = sa.select(Appreciation).where(
        Appreciation.circle_id == circle,
        Appreciation.sharing != Sharing.PRIVATE,
        Appreciation.withdrawn_at.is_(None),
    )
    return _page(db, statement, Appreciation.given_at, after, most)


def keepsakes(db: Session, member: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a member received and kept, newest first; theirs alone."""
    statement = (
        sa.select(Appreciation)
        .join(Received, Received.appreciation_id == Appreciation.id)
        .where(Received.member_id == member, Received.deleted_at.is_(None), Appreciation.withdrawn_at.is_(None))
    )
    return _page(db, statement, Received.given_at, after, most)


def given(db: Session, member: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a member gave, newest first; theirs alone."""
    statement = sa.select(Appreciation).where(Appreciation.giver_id == member, Appreciation.withdrawn_at.is_(None))
    return _page(db, statement, Appreciation.given_at, after, most)


def appreciation(db: Session, appreciation_id: str, reader: str) -> AppreciationCard | None:
    """Thanks that this member gave or received."""
    row = db.scalar(
        sa.select(Appreciation).where(Appreciation.id == appreciation_id, Appreciation.withdrawn_at.is_(None))
    )
    if row is None:
        return None
    card = _cards(db, [row])[0]
    return card if reader == card.giver or reader in card.recipients else None


def may_change(card: AppreciationCard, now: datetime) -> bool:
    """Whether its giver may still edit or undo it."""
    return may_still_change(card.given_at, now)


def _page(
    db: Session,
    statement: sa.Select[Appreciation],
    at: sa.orm.InstrumentedAttribute[datetime],
    after: str | None,
    most: int,
) -> Page:
    mark = _mark_of(after)
    if mark is not None:
        # Keyset paging: a page costs the same however far back it lies.
        statement = statement.where(sa.or_(at < mark[0], sa.and_(at == mark[0], Appreciation.id < mark[1])))
    rows = list(db.scalars(statement.order_by(at.desc(), Appreciation.id.desc()).limit(most + 1)))
    cards = _cards(db, rows[:most])
    more = len(rows) > most
    return Page(tuple(cards), f"{rows[most - 1].given_at.isoformat()}~{rows[most - 1].id}" if more else None)


def _mark_of(after: str | None) -> tuple[datetime, str] | None:
    """The mark of a page, or None where somebody wrote one of their own."""
    moment, tilde, row = (after or "").partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, row) if tilde and at.tzinfo is not None else None


def _cards(db: Session, rows: Iterable[Appreciation]) -> list[AppreciationCard]:
    rows = list(rows)
    if not rows:
        return []
    found: dict[str, list[str]] = {}
    pairs = db.execute(
        sa.select(Received.appreciation_id, Received.member_id)
        .where(Received.appreciation_id.in_([row.id for row in rows]))
        .order_by(Received.member_id)
    )
    for appreciation_id, member in pairs:
        found.setdefault(appreciation_id, []).append(member)
    return [
        AppreciationCard(
            row.id,
            row.giver_id,
            tuple(found.get(row.id, ())),
            row.did,
            row.eased,
            row.job,
            tuple(filter(None, row.values.split(","))),
            row.sharing,
            row.circle_id,
            row.link,
            row.given_at,
            row.edited_at,
        )
        for row in rows
    ]
