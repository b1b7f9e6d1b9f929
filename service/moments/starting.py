"""Who starts, looked at where both of a pair agreed, and spoken of to the quieter side alone."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.moments import balance
from service.moments.balance import Start
from service.moments.models import Balance, StartRow
from service.nudges import actions as nudges
from service.nudges import queries as told
from service.nudges.rules import NudgeKind, Told
from service.people import queries as people
from service.people.models import Member
from service.people.queries import MemberCard
from service.people.rules import Joined, Role

MAY_LOOK = frozenset({Role.MEMBER, Role.ADULT, Role.TEEN})


def agree(db: Session, member: str, other: str, now: datetime) -> bool:
    """Say yes to looking at who starts; returns whether both have now. The other is told nothing."""
    if member == other:
        raise refused(ProblemKind.ONLY_YOURSELF, "other")
    me = people.the_member(db, member)
    if me.joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED)
    if me.role not in MAY_LOOK:
        raise refused(ProblemKind.NOT_ALLOWED)
    if other not in {card.id for card in may_look_with(db, member)}:
        raise refused(ProblemKind.NOT_ALLOWED, "other")
    one, two = sorted((member, other))
    row = db.get(Balance, (one, two))
    if row is None:
        row = Balance(one_id=one, other_id=two, one_agreed=False, other_agreed=False, dismissed=0)
        db.add(row)
    row.one_agreed = row.one_agreed or member == one
    row.other_agreed = row.other_agreed or member == two
    if row.one_agreed and row.other_agreed and row.agreed_at is None:
        row.agreed_at = now
    db.flush()
    return row.agreed_at is not None


def may_look_with(db: Session, member: str) -> list[MemberCard]:
    """With whom a member may look: those of their circles who neither lead them nor are led by them."""
    circles = people.circles_of(db, member)
    near = {one for circle in circles for one in circle.members} - {member}
    by_duty = {lead for circle in circles for lead in circle.leads}
    by_duty |= {one for circle in circles if member in circle.leads for one in circle.members}
    cards = people.members(db, near - by_duty).values()
    found = [card for card in cards if card.active and card.joined is Joined.WHOLE and card.role in MAY_LOOK]
    return sorted(found, key=lambda card: (card.name.casefold(), card.id))


def disagree(db: Session, member: str, other: str) -> None:
    """Look no more; what was counted goes, and nobody is told."""
    one, two = sorted((member, other))
    db.execute(sa.delete(Balance).where(Balance.one_id == one, Balance.other_id == two))
    db.execute(sa.delete(StartRow).where(StartRow.by_id.in_((one, two)), StartRow.with_id.in_((one, two))))


def started(db: Session, by: str, others: Collection[str], at: datetime) -> None:
    """Note that somebody started something with these, as far as they agreed to look."""
    all_started(db, [(by, others, at)])


def all_started(db: Session, starts: Collection[tuple[str, Collection[str], datetime]]) -> None:
    """Note what was started, each by whom, with whom and when.

    What begins within minutes is one start, however often and through whichever door we hear of it.
    """
    if not starts:
        return
    agreed = _agreed(db, {by for by, _, _ in starts})
    for by, others, at in starts:
        for other in sorted(set(others)):
            if (by, other) in agreed and not _started_lately(db, by, other, at):
                db.add(StartRow(by_id=by, with_id=other, at=at))
                db.flush()


def _agreed(db: Session, members: Collection[str]) -> set[tuple[str, str]]:
    rows = db.execute(
        sa.select(Balance.one_id, Balance.other_id).where(
            sa.or_(Balance.one_id.in_(members), Balance.other_id.in_(members)), Balance.agreed_at.is_not(None)
        )
    )
    return {pair for one, other in rows for pair in ((one, other), (other, one))}


def _started_lately(db: Session, by: str, other: str, at: datetime) -> bool:
    near = sa.select(StartRow.id).where(
        StartRow.by_id == by,
        StartRow.with_id == other,
        StartRow.at > at - balance.ONE_START,
        StartRow.at < at + balance.ONE_START,
    )
    return db.scalar(near.limit(1)) is not None


def dismiss(db: Session, member: str, other: str, now: datetime) -> None:
    """The invitation was not wanted, said once of each; after the second there is none."""
    row = db.get(Balance, tuple(sorted((member, other))))
    if row is None or row.invited_at is None:
        raise refused(ProblemKind.NOT_FOUND)
    subject = _subject(other, member, row.invited_at)
    unanswered = [card for card in told.about(db, NudgeKind.BALANCE_INVITE, subject) if card.acted_at is None]
    row.dismissed += len(unanswered)  # pressed twice, it is one answer
    nudges.acted(db, subject, member, now, NudgeKind.BALANCE_INVITE)


def _subject(busier: str, quieter: str, at: datetime) -> str:
    return f"{busier}.{quieter}.{at.date().isoformat()}"


def invite_due(db: Session, now: datetime) -> int:
    """Invite the quieter side of agreed pairs, at most once in six weeks; returns how many."""
    pairs = list(
        db.scalars(
            sa.select(Balance).where(
                Balance.agreed_at.is_not(None),
                Balance.dismissed < balance.MOST_DISMISSED,
                sa.or_(Balance.invited_at.is_(None), Balance.invited_at <= now - balance.QUIET_FOR),
            )
        )
    )
    ready = _ready(db, {one for row in pairs for one in (row.one_id, row.other_id)}, now) if pairs else set()
    invited = 0
    for row in pairs:
        ids = (row.one_id, row.other_id)
        if not ready.issuperset(ids) or people.apart(db, *ids):
            continue
        starts = [
            Start(by, at)
            for by, at in db.execute(
                sa.select(StartRow.by_id, StartRow.at).where(StartRow.by_id.in_(ids), StartRow.with_id.in_(ids))
            )
        ]
        quieter = balance.invite(starts, row.one_id, row.other_id, now)
        if quieter is None:
            continue
        busier = row.other_id if quieter == row.one_id else row.one_id
        row.invited_at = now
        nudges.offer(db, NudgeKind.BALANCE_INVITE, quieter, _subject(busier, quieter, now), Told(who=busier), now)
        invited += 1
    return invited


def _ready(db: Session, members: Iterable[str], now: datetime) -> set[str]:
    """Those of these members who are here, and neither away nor new."""
    ids = set(members)
    boundaries = people.boundaries(db, ids)
    long_here = db.scalars(
        sa.select(Member.id).where(
            Member.id.in_(ids),
            Member.active,
            Member.joined == Joined.WHOLE,
            Member.joined_at <= now - balance.NEW_FOR,
        )
    )
    return {one for one in long_here if not balance.is_away(boundaries[one], now)}
