"""The weekly word to whoever leads a circle: whose effort has had no thanks yet, or a question to recall by."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.efforts import cadence, queries, unthanked
from service.efforts.cadence import Brings, Wish
from service.efforts.models import DigestReader, EffortRow, LastThanked, Shown
from service.efforts.rules import Effort
from service.efforts.unthanked import Candidate, Past
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import Item, NudgeKind, Told
from service.people import queries as people
from service.people.models import Circle
from service.people.queries import CircleCard
from service.people.rules import Boundary, Feature, Joined

KIND_OF = {
    Brings.NAMES: NudgeKind.EFFORT_UNTHANKED,
    Brings.RECALL: NudgeKind.EFFORT_RECALL,
    Brings.KEEP_OR_STOP: NudgeKind.KEEP_OR_STOP,
}


def notice_unthanked(db: Session, now: datetime, random: Random) -> int:
    """Look at the slot of every lead of the workspace that has come; returns how many nudges were offered."""
    home = people.workspace(db, db.info["scope"])
    if home is None or Feature.SOURCES in home.switched_off:
        return 0
    quiet = set(db.scalars(sa.select(Circle.id).where(Circle.quiet_until > now)))
    offered = 0
    for circle in people.circles(db):
        cards = people.members(db, circle.members)
        joined = [one for one in circle.members if cards[one].joined is Joined.WHOLE]
        boundaries = people.boundaries(db, joined)
        for lead in circle.leads:
            if lead not in joined:
                continue
            row = _reader(db, circle.id, lead, now)
            due_at = cadence.next_at(row.reader(boundaries[lead].zone))
            if due_at is not None and due_at <= now:
                offered += _look(db, row, circle, joined, boundaries, circle.id in quiet, now, random)
    return offered


def _reader(db: Session, circle: str, lead: str, now: datetime) -> DigestReader:
    row = db.get(DigestReader, (circle, lead))
    if row is None:
        row = DigestReader(
            circle_id=circle,
            member_id=lead,
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


def _look(
    db: Session,
    row: DigestReader,
    circle: CircleCard,
    joined: list[str],
    boundaries: Mapping[str, Boundary],
    is_quiet: bool,  # noqa: FBT001 - one of the facts a slot is looked at with
    now: datetime,
    random: Random,
) -> int:
    lead = row.member_id
    reader = row.reader(boundaries[lead].zone)
    found = () if is_quiet else _named(db, lead, joined, now, random)
    brings = Brings.NOTHING if is_quiet else cadence.brings(reader, anybody=bool(found), now=now)
    row.keep(cadence.looked(reader, brings, now))
    if brings is Brings.NOTHING:
        return 0
    on = now.astimezone(boundaries[lead].tz).date()
    subject = f"{circle.id}.{on.isoformat()}"
    told = Told()
    if brings is Brings.NAMES:
        told = Told(items=tuple(_item(db, candidate, boundaries[lead]) for candidate in found))
        _show(db, lead, found, now)
    elif brings is Brings.RECALL:
        told = Told(extra={"turn": str(cadence.recall_turn(reader))})
    offered = nudges.offer(
        db, KIND_OF[brings], lead, subject, told, now, boundary=boundaries[lead], expires_at=now + timedelta(days=4)
    )
    count = int(offered is not None)
    if brings is Brings.NAMES:
        count += sum(_tell_peer(db, one, circle, joined, boundaries, now, random) for one in found)
    return count


def _named(db: Session, lead: str, joined: list[str], now: datetime, random: Random) -> tuple[Candidate, ...]:
    efforts = queries.open_since(db, joined, now - unthanked.OLDEST)
    shown = set(db.scalars(sa.select(Shown.effort_id).where(Shown.reader_id == lead)))
    named_at: dict[str, datetime] = {}
    for member, shown_at in db.execute(sa.select(Shown.member_id, Shown.shown_at).where(Shown.reader_id == lead)):
        named_at[member] = max(shown_at, named_at.get(member, datetime.min.replace(tzinfo=UTC)))
    rows = db.scalars(sa.select(LastThanked).where(LastThanked.member_id.in_(joined)))
    past = Past(named_at, {row.member_id: row.on for row in rows})
    candidates = unthanked.unthanked(efforts, now, shown)
    return unthanked.named(candidates, past, now, random, not_of={lead, *people.kept_apart(db, lead)})


def _show(db: Session, reader: str, found: tuple[Candidate, ...], now: datetime) -> None:
    db.add_all(
        Shown(reader_id=reader, effort_id=effort.id, member_id=one.member, shown_at=now)
        for one in found
        for effort in one.efforts
    )
    db.flush()


def _item(db: Session, candidate: Candidate, reader: Boundary) -> Item:
    """One line: the weightiest, newest effort that has words; the others travel with its thanks."""
    rows = {row.id: row for row in db.scalars(sa.select(EffortRow).where(EffortRow.id.in_(_ids(candidate.efforts))))}
    told = max(candidate.efforts, key=lambda one: (rows[one.id].title is not None, one.done_at, one.id))
    row = rows[told.id]
    return Item(
        subject=row.id,
        who=candidate.member,
        words=row.title,
        on=row.done_at.astimezone(reader.tz).date(),
        kind=row.kind.value,
        caution=bool(row.out_of_hours),
    )


def _ids(efforts: tuple[Effort, ...]) -> list[str]:
    return [effort.id for effort in efforts]


def _tell_peer(
    db: Session,
    candidate: Candidate,
    circle: CircleCard,
    joined: list[str],
    boundaries: Mapping[str, Boundary],
    now: datetime,
    random: Random,
) -> int:
    """One peer who saw the work hears of it too, in their next morning parcel."""
    may_hear = set(joined) - set(circle.leads) - people.kept_apart(db, candidate.member)
    peer = unthanked.peer(candidate, may_hear, random)
    if peer is None:
        return 0
    item = _item(db, unthanked.seen_by(candidate, peer), boundaries[peer])
    told = Told(who=candidate.member, on=item.on, kind=item.kind, words=item.words)
    return int(
        nudges.offer(db, NudgeKind.EFFORT_SEEN, peer, item.subject, told, now, boundary=boundaries[peer]) is not None
    )


def acted(db: Session, reader: str, _about: str) -> None:
    """A reader did something with their digest: the next one comes in its usual week."""
    for row in db.scalars(sa.select(DigestReader).where(DigestReader.member_id == reader)):
        row.ignored = 0


def answer_wish(db: Session, reader: str, circle: str, wish: Wish) -> None:
    """ "Keep these monthly, or stop?" has its answer."""
    row = db.get(DigestReader, (circle, reader))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.keep(cadence.answered(row.reader("UTC"), wish))
