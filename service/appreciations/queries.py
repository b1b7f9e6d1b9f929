"""Questions about thanks: a circle's feed, what I received, what I gave."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.appreciations.models import Appreciation, KinAllowed, Received
from service.appreciations.rules import Door, Job, Sharing, may_still_change
from service.db import UtcDateTime
from service.people import queries as people
from service.prepared import Prepared, any_of

PAGE = 20
Chosen: TypeAlias = sa.Select[*tuple[Any, ...]]
Found: TypeAlias = sa.Row[*tuple[Any, ...]]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WHOSE = sa.bindparam("whose", type_=sa.String())
APART = people.apart_either_way(sa.bindparam("reader", type_=sa.String()))
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
    everybody: str | None
    """The circle that was thanked as a whole: it is named instead of each of its members."""
    link: str | None
    given_at: datetime
    edited_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of thanks, and where the next one begins."""

    cards: tuple[AppreciationCard, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of thanks, written once: its first page, and every later one, which begins after a mark."""

    first: Prepared
    later: Prepared


def _is_kept() -> sa.ColumnElement[bool]:
    return sa.and_(Received.appreciation_id == Appreciation.id, Received.deleted_at.is_(None))


def _is_shared() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        # Written out, so that the database sees it is the condition of the feed's index.
        Appreciation.sharing != sa.bindparam(None, Sharing.PRIVATE, literal_execute=True),
        Appreciation.withdrawn_at.is_(None),
        sa.exists().where(_is_kept()),
    )


def _one(appreciation_id: str) -> Chosen:
    return sa.select(*COLUMNS).where(Appreciation.id == appreciation_id, Appreciation.withdrawn_at.is_(None))


def _listing(which: Chosen, at: InstrumentedAttribute[datetime], key: InstrumentedAttribute[str]) -> Listing:
    """By keyset: a page costs the same however far back it lies."""
    first = which.order_by(at.desc(), key.desc()).limit(sa.bindparam("most", type_=sa.Integer))
    mark = (sa.bindparam("at", type_=UtcDateTime()), sa.bindparam("key", type_=sa.String()))
    return Listing(Prepared(first), Prepared(first.where(sa.tuple_(at, key) < sa.tuple_(*mark))))


COLUMNS = (
    Appreciation.id,
    Appreciation.giver_id,
    Appreciation.did,
    Appreciation.eased,
    Appreciation.job,
    Appreciation.values,
    Appreciation.sharing,
    Appreciation.circle_id,
    Appreciation.everybody_id,
    Appreciation.link,
    Appreciation.given_at,
    Appreciation.edited_at,
)
STANDING = Appreciation.withdrawn_at.is_(None)

FEED = _listing(
    sa.select(*COLUMNS).where(Appreciation.circle_id == WHOSE, *_is_shared()), Appreciation.given_at, Appreciation.id
)
FEED_AS_READ = _listing(
    sa.select(*COLUMNS).where(
        Appreciation.circle_id == WHOSE,
        *_is_shared(),
        sa.or_(
            ~APART.exists(),  # once for all rows, and enough for most readers
            sa.and_(
                sa.or_(Appreciation.giver_id.is_(None), Appreciation.giver_id.not_in(APART)),
                # Counted rather than looked for, so that the database asks this of each row it shows, and of no other.
                sa.select(sa.func.count()).where(_is_kept(), Received.member_id.in_(APART)).scalar_subquery() == 0,
            ),
        ),
    ),
    Appreciation.given_at,
    Appreciation.id,
)
KEEPSAKES = _listing(
    sa.select(*COLUMNS).join(Received, _is_kept()).where(Received.member_id == WHOSE, STANDING),
    Received.given_at,
    Received.appreciation_id,
)
GIVEN = _listing(
    sa.select(*COLUMNS).where(Appreciation.giver_id == WHOSE, STANDING), Appreciation.given_at, Appreciation.id
)
_RECEIVED: Chosen = (
    sa.select(Received.appreciation_id, Received.member_id)
    .where(Received.appreciation_id.in_(any_of("ids")))
    .order_by(Received.member_id)
)
RECIPIENTS = Prepared(_RECEIVED, found=True)
KEEPERS = Prepared(_RECEIVED.where(Received.deleted_at.is_(None)), found=True)


def feed(db: Session, circle: str, *, reader: str | None = None, after: str | None = None, most: int = PAGE) -> Page:
    """What a circle shares, newest first; `after` is the mark of the page before.

    A reader is shown nothing from, and nothing to, those with whom they keep apart.
    """
    if reader is None:
        return _page(db, FEED, after, most, whose=circle)
    return _page(db, FEED_AS_READ, after, most, whose=circle, reader=reader)


def shared_between(
    db: Session, circle: str, since: datetime, until: datetime, *, reader: str | None = None, most: int = 100
) -> list[AppreciationCard]:
    """What a circle shared from one moment on and before another, newest first, as the reader of its feed sees it."""
    page = feed(db, circle, reader=reader, after=f"{(until - EPOCH) // MICROSECOND}.{'2' * 16}", most=most)
    return [card for card in page.cards if card.given_at >= since]


def keepsakes(db: Session, member: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a member received and kept, newest first; theirs alone."""
    return _page(db, KEEPSAKES, after, most, whose=member)


def given(db: Session, member: str, *, after: str | None = None, most: int = PAGE) -> Page:
    """What a member gave, newest first, to everybody they gave it to; theirs alone."""
    return _page(db, GIVEN, after, most, recipients=RECIPIENTS, whose=member)


def appreciation(db: Session, appreciation_id: str, reader: str) -> AppreciationCard | None:
    """Thanks that this member gave, received and kept, or may read in the feed of their circle."""
    row = db.execute(_one(appreciation_id)).first()
    if row is None:
        return None
    card = _cards(db, [row], RECIPIENTS if reader == row.giver_id else KEEPERS)[0]
    if reader == card.giver or reader in card.recipients:
        return card
    circle = people.circle(db, card.circle) if card.circle is not None else None
    if card.sharing is Sharing.PRIVATE or circle is None or reader not in circle.members or not card.recipients:
        return None
    return None if people.kept_apart(db, reader) & {card.giver, *card.recipients} else card


def shared(db: Session, appreciation_id: str) -> AppreciationCard | None:
    """Thanks that a circle shares."""
    return next(iter(_cards(db, db.execute(_one(appreciation_id).where(*_is_shared())), KEEPERS)), None)


def from_door(db: Session, appreciation_id: str, door: Door) -> AppreciationCard | None:
    """Thanks that were begun at this door, as their giver sees them."""
    rows = db.execute(_one(appreciation_id).where(Appreciation.door == door))
    return next(iter(_cards(db, rows, RECIPIENTS)), None)


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
    listing: Listing,
    after: str | None,
    most: int,
    recipients: Prepared = KEEPERS,
    **which: object,
) -> Page:
    mark = _mark_of(after or "")
    asked = {**which, "most": most + 1}
    rows = listing.first.rows(db, **asked) if mark is None else listing.later.rows(db, **asked, **mark)
    cards = _cards(db, rows[:most], recipients)
    return Page(tuple(cards), _mark(cards[-1]) if len(rows) > most else None)


def _mark(card: AppreciationCard) -> str:
    return f"{(card.given_at - EPOCH) // MICROSECOND}.{card.id}"


def _mark_of(after: str) -> dict[str, object] | None:
    """Where the page of this mark begins, or None where somebody wrote a mark of their own."""
    found = _MARK.fullmatch(after)
    return {"at": EPOCH + int(found[1]) * MICROSECOND, "key": found[2]} if found is not None else None


def _cards(db: Session, rows: Iterable[Found], recipients: Prepared) -> list[AppreciationCard]:
    """Cards of these rows; they name who still keeps them, or everybody they were given to."""
    rows = list(rows)
    if not rows:
        return []
    found: dict[str, list[str]] = {}
    for appreciation_id, member in recipients.rows(db, ids=[row.id for row in rows]):
        found.setdefault(appreciation_id, []).append(member)
    return [
        AppreciationCard(
            thanks,
            giver,
            tuple(found.get(thanks, ())),
            did,
            eased,
            job,
            tuple(filter(None, values.split(","))),
            sharing,
            circle,
            everybody,
            link,
            given_at,
            edited_at,
        )
        for thanks, giver, did, eased, job, values, sharing, circle, everybody, link, given_at, edited_at in rows
    ]
