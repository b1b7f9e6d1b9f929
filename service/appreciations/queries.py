"""Questions about thanks: a circle's feed, what I received, what I gave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations.models import Appreciation, KinAllowed, Received
from service.appreciations.rules import Door, Job, Sharing, may_still_change
from service.people import queries as people

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_MARK = re.compile(r"([0-9]{1,17})\.([a-z2-7]{16})", re.ASCII)


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


def feed(db: Session, circle: str, *, reader: str | None = None, after: str | None = None, most: int = PAGE) -> Page:
    """What a circle shares, newest first; `after` is the mark of the page before.

    A reader is shown nothing from, and nothing to, those with whom they keep apart.
    """
    statement = sa.select(Appreciation).where(Appreciation.circle_id == circle, *_is_shared())
    apart = people.kept_apart(db, reader) if reader is not None else frozenset()
    if apart:
        statement = statement.where(
            sa.or_(Appreciation.giver_id.is_(None), Appreciation.giver_id.not_in(apart)),
            ~sa.exists().where(_is_kept(), Received.member_id.in_(apart)),
        )
    return _page(db, statement, Appreciation.given_at, Appreciation.id, after, most)


def _is_shared() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        # Written out, so that the database sees it is the condition of the feed's index.
        Appreciation.sharing != sa.bindparam(None, Sharing.PRIVATE, literal_execute=True),
        Appreciation.withdrawn_at.is_(None),
        sa.exists().where(_is_kept()),
    )


def _is_kept() -> sa.ColumnElement[bool]:
    return sa.and_(Received.appreciation_id == Appreciation.id, Received.deleted_at.is_(None))


def keepsakes(db: Session, member: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a member received and kept, newest first; theirs alone."""
    statement = (
        sa.select(Appreciation)
        .join(Received, _is_kept())
        .where(Received.member_id == member, Appreciation.withdrawn_at.is_(None))
    )
    return _page(db, statement, Received.given_at, Received.appreciation_id, after, most)


def given(db: Session, member: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a member gave, newest first, to everybody they gave it to; theirs alone."""
    statement = sa.select(Appreciation).where(Appreciation.giver_id == member, Appreciation.withdrawn_at.is_(None))
    return _page(db, statement, Appreciation.given_at, Appreciation.id, after, most, as_given=True)


def appreciation(db: Session, appreciation_id: str, reader: str) -> AppreciationCard | None:
    """Thanks that this member gave, received and kept, or may read in the feed of their circle."""
    row = _row(db, appreciation_id)
    if row is None:
        return None
    card = _cards(db, [row], as_given=reader == row.giver_id)[0]
    if reader == card.giver or reader in card.recipients:
        return card
    circle = people.circle(db, row.circle_id) if row.circle_id is not None else None
    if card.sharing is Sharing.PRIVATE or circle is None or reader not in circle.members or not card.recipients:
        return None
    return None if people.kept_apart(db, reader) & {card.giver, *card.recipients} else card


def shared(db: Session, appreciation_id: str) -> AppreciationCard | None:
    """Thanks that a circle shares."""
    return next(iter(_cards(db, db.scalars(_one(appreciation_id).where(*_is_shared())))), None)


def from_door(db: Session, appreciation_id: str, door: Door) -> AppreciationCard | None:
    """Thanks that were begun at this door, as their giver sees them."""
    row = _row(db, appreciation_id)
    return _cards(db, [row], as_given=True)[0] if row is not None and row.door is door else None


def _row(db: Session, appreciation_id: str) -> Appreciation | None:
    return db.scalar(_one(appreciation_id))


def _one(appreciation_id: str) -> sa.Select[Appreciation]:
    return sa.select(Appreciation).where(Appreciation.id == appreciation_id, Appreciation.withdrawn_at.is_(None))


def kin_allowed(db: Session, child: str) -> bool:
    """Whether an adult lets this child and its relatives thank one another."""
    return db.scalar(sa.select(KinAllowed.child_id).where(KinAllowed.child_id == child)) is not None


def may_change(card: AppreciationCard, now: datetime) -> bool:
    """Whether its giver may still edit or undo it."""
    return may_still_change(card.given_at, now)


def is_mark(after: str) -> bool:
    """Whether this is the mark of some page."""
    return _mark_of(after) is not None


def _page(
    db: Session,
    statement: sa.Select[Appreciation],
    at: sa.orm.InstrumentedAttribute[datetime],
    key: sa.orm.InstrumentedAttribute[str],
    after: str | None,
    most: int,
    *,
    as_given: bool = False,
) -> Page:
    mark = _mark_of(after or "")
    if mark is not None:
        # Keyset paging: a page costs the same however far back it lies.
        statement = statement.where(sa.tuple_(at, key) < mark)
    rows = list(db.scalars(statement.order_by(at.desc(), key.desc()).limit(most + 1)))
    cards = _cards(db, rows[:most], as_given=as_given)
    return Page(tuple(cards), _mark(rows[most - 1]) if len(rows) > most else None)


def _mark(row: Appreciation) -> str:
    return f"{(row.given_at - EPOCH) // MICROSECOND}.{row.id}"


def _mark_of(after: str) -> tuple[datetime, str] | None:
    """Where the page of this mark begins, or None where somebody wrote a mark of their own."""
    found = _MARK.fullmatch(after)
    return (EPOCH + int(found[1]) * MICROSECOND, found[2]) if found is not None else None


def _cards(db: Session, rows: Iterable[Appreciation], *, as_given: bool = False) -> list[AppreciationCard]:
    """Cards of these rows; they name who still keeps them, or, `as_given`, everybody they were given to."""
    rows = list(rows)
    if not rows:
        return []
    pairs = sa.select(Received.appreciation_id, Received.member_id).where(
        Received.appreciation_id.in_([row.id for row in rows])
    )
    if not as_given:
        pairs = pairs.where(Received.deleted_at.is_(None))
    found: dict[str, list[str]] = {}
    for appreciation_id, member in db.execute(pairs.order_by(Received.member_id)):
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
