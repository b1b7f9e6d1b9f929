"""The weekly word to whoever leads a circle: whose effort has had no thanks yet, or a question to recall by."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.efforts import cadence, queries, rules, unthanked
from service.efforts.cadence import Brings, Wish
from service.efforts.models import DigestReader, EffortRow, LastThanked, Shown
from service.efforts.unthanked import Candidate, Past
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges import queries as told_before
from service.nudges.rules import Item, Level, NudgeKind, Told, welcome_at
from service.people import queries as people
from service.people.queries import CircleCard, MemberCard
from service.people.rules import Boundary, Feature, Joined, Role, WorkspaceKind

LAPSES_AFTER = timedelta(days=4)
"""A digest that could not be brought by then is let go; the next one comes in its own week."""

KIND_OF = {
    Brings.NAMES: NudgeKind.EFFORT_UNTHANKED,
    Brings.RECALL: NudgeKind.EFFORT_RECALL,
    Brings.KEEP_OR_STOP: NudgeKind.KEEP_OR_STOP,
}
MAY_HEAR_AS_PEER = frozenset({Role.MEMBER, Role.ADULT, Role.TEEN})


@dataclass(frozen=True, slots=True)
class Table:
    """A circle as it stands when its leads' slots are looked at."""

    circle: CircleCard
    joined: Mapping[str, MemberCard]
    """Its members who joined for the whole."""
    boundaries: Mapping[str, Boundary]
    readers: tuple[str, ...]
    """Whoever leads it; at home the adults do, together."""
    quiet: bool


def notice_unthanked(db: Session, now: datetime, random: Random) -> int:
    """Look at the slot of every lead of the workspace that has come; returns how many nudges were offered."""
    home = people.workspace(db, db.info["scope"])
    if home is None or Feature.SOURCES in home.switched_off:
        return 0
    offered = 0
    for circle in people.circles(db):
        table = _table(db, circle, home.kind, now)
        for reader in table.readers:
            row = _reader(db, circle.id, reader, now)
            due_at = cadence.next_at(row.reader(table.boundaries[reader].zone))
            if due_at is not None and due_at <= now:
                offered += _look(db, row, table, now, random)
    return offered


def _table(db: Session, circle: CircleCard, kind: WorkspaceKind, now: datetime) -> Table:
    cards = people.members(db, circle.members)
    joined = {one: cards[one] for one in circle.members if cards[one].joined is Joined.WHOLE}
    adults = [one for one, card in joined.items() if card.role is Role.ADULT] if kind is WorkspaceKind.FAMILY else []
    readers = tuple(one for one in joined if one in circle.leads or one in adults)
    quiet = circle.quiet_until is not None and circle.quiet_until > now
    return Table(circle, joined, people.boundaries(db, list(joined)), readers, quiet)


def _reader(db: Session, circle: str, member: str, now: datetime) -> DigestReader:
    row = db.get(DigestReader, (circle, member))
    if row is None:
        row = DigestReader(
            circle_id=circle,
            member_id=member,
            since=now,
            weekday=cadence.THURSDAY,
            at=cadence.MORNING,
            wish=Wish.WEEKLY,
            ignored=0,
            recalls=0,
        )
        db.add(row)
        db.flush()
    return row


def _look(db: Session, row: DigestReader, table: Table, now: datetime, random: Random) -> int:
    boundary = table.boundaries[row.member_id]
    reader = row.reader(boundary.zone)
    found = () if table.quiet else _named(db, row.member_id, table, now, random)
    brings = Brings.NOTHING if table.quiet else cadence.brings(reader, anybody=bool(found), now=now)
    if brings is not Brings.NOTHING and not _arrives(db, row.member_id, boundary, KIND_OF[brings], now):
        brings = Brings.NOTHING
    row.keep(cadence.looked(reader, brings, now))
    if brings is Brings.NOTHING:
        return 0
    told = Told()
    if brings is Brings.NAMES:
        told = Told(items=tuple(_item(db, one, boundary) for one in found))
        _show(db, row.member_id, found, now)
    elif brings is Brings.RECALL:
        told = Told(extra={"turn": str(cadence.recall_turn(reader))})
    subject = f"{table.circle.id}.{now.astimezone(boundary.tz).date().isoformat()}"
    nudges.offer(
        db, KIND_OF[brings], row.member_id, subject, told, now, boundary=boundary, expires_at=now + LAPSES_AFTER
    )
    peers = [_tell_peer(db, one, table, now, random) for one in found] if brings is Brings.NAMES else []
    return 1 + sum(peers)


def _arrives(db: Session, member: str, boundary: Boundary, kind: NudgeKind, now: datetime) -> bool:
    """Whether a digest would reach them before it lapses: nobody counts as shown to somebody who is away."""
    level = told_before.levels(db, [member]).get((member, kind), Level.AS_USUAL)
    at = welcome_at(kind, boundary, now, level=level)
    return at is not None and at < now + LAPSES_AFTER


def _named(db: Session, reader: str, table: Table, now: datetime, random: Random) -> tuple[Candidate, ...]:
    efforts = queries.unacknowledged(db, table.joined, now - unthanked.OLDEST, now - unthanked.YOUNGEST)
    shown: set[str] = set()
    named_at: dict[str, datetime] = {}
    for row in db.scalars(sa.select(Shown).where(Shown.reader_id == reader)):
        shown.add(row.effort_id)
        named_at[row.member_id] = max(row.shown_at, named_at.get(row.member_id, datetime.min.replace(tzinfo=UTC)))
    thanked = db.scalars(sa.select(LastThanked).where(LastThanked.member_id.in_(table.joined)))
    past = Past(named_at, {row.member_id: row.on for row in thanked})
    candidates = unthanked.unthanked(efforts, now, shown)
    return unthanked.named(candidates, past, now, random, not_of={reader, *people.kept_apart(db, reader)})


def _show(db: Session, reader: str, found: Collection[Candidate], now: datetime) -> None:
    db.add_all(
        Shown(reader_id=reader, effort_id=effort.id, member_id=one.member, shown_at=now)
        for one in found
        for effort in one.efforts
    )
    db.flush()


def _item(db: Session, candidate: Candidate, reader: Boundary) -> Item:
    """One line: the weightiest, newest effort that has words; the others travel with its thanks."""
    ids = [effort.id for effort in candidate.efforts]
    rows = {row.id: row for row in db.scalars(sa.select(EffortRow).where(EffortRow.id.in_(ids)))}
    row = max(rows.values(), key=lambda one: (one.title is not None, rules.weight(one.kind), one.done_at, one.id))
    return Item(
        subject=row.id,
        who=candidate.member,
        words=row.title,
        on=row.done_at.astimezone(reader.tz).date(),
        kind=row.kind.value,
        caution=bool(row.out_of_hours),
    )


def _tell_peer(db: Session, candidate: Candidate, table: Table, now: datetime, random: Random) -> int:
    """One peer who saw the work hears of it too, in their next morning parcel; once, whoever else leads."""
    heard = sa.select(Shown.effort_id).where(
        Shown.effort_id.in_([effort.id for effort in candidate.efforts]), Shown.reader_id.not_in(table.readers)
    )
    if db.scalars(heard.limit(1)).first() is not None:
        return 0
    may_hear = {one for one, card in table.joined.items() if card.role in MAY_HEAR_AS_PEER}
    away = {one for one in may_hear if not _arrives(db, one, table.boundaries[one], NudgeKind.EFFORT_SEEN, now)}
    apart = people.kept_apart(db, candidate.member)
    peer = unthanked.peer(candidate, may_hear - away - apart - set(table.readers), random)
    if peer is None:
        return 0
    seen = unthanked.seen_by(candidate, peer)
    _show(db, peer, [seen], now)
    item = _item(db, seen, table.boundaries[peer])
    told = Told(who=candidate.member, on=item.on, kind=item.kind, words=item.words)
    nudges.offer(
        db,
        NudgeKind.EFFORT_SEEN,
        peer,
        item.subject,
        told,
        now,
        boundary=table.boundaries[peer],
        expires_at=now + LAPSES_AFTER,
    )
    return 1


def strike(db: Session, efforts: Collection[str]) -> None:
    """What was thanked meanwhile leaves the digests that have not arrived yet."""
    if not efforts:
        return
    told = sa.select(Shown.reader_id).where(Shown.effort_id.in_(efforts)).distinct()
    for reader in db.scalars(told.order_by(Shown.reader_id)):
        for card in told_before.yet_to_come(db, reader, NudgeKind.EFFORT_SEEN, NudgeKind.EFFORT_UNTHANKED):
            left = tuple(item for item in card.told.items if item.subject not in efforts)
            if not left and (card.told.items or card.subject in efforts):
                nudges.withdraw(db, card.subject, card.kind, member=reader)
            elif left != card.told.items:
                nudges.change(db, card.subject, replace(card.told, items=left), card.kind, member=reader)


def acted(db: Session, reader: str) -> None:
    """A reader did something with their digest: the next one comes in its usual week."""
    for row in db.scalars(sa.select(DigestReader).where(DigestReader.member_id == reader)):
        row.keep(cadence.acted(row.reader("UTC")))


def answer_wish(db: Session, reader: str, circle: str, wish: Wish) -> None:
    """ "Keep these monthly, or stop?" has its answer."""
    row = _of(db, reader, circle)
    row.keep(cadence.answered(row.reader("UTC"), wish))


def choose_slot(db: Session, reader: str, circle: str, weekday: int, at: time) -> None:
    """A reader picks the day, Monday is 0, and the time of their own clock at which they hear."""
    if weekday not in range(7):
        raise refused(ProblemKind.UNKNOWN_VALUE, "weekday")
    row = _of(db, reader, circle)
    row.weekday, row.at = weekday, at.replace(second=0, microsecond=0, tzinfo=None)


def _of(db: Session, reader: str, circle: str) -> DigestReader:
    row = db.get(DigestReader, (circle, reader))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row
