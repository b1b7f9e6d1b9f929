"""Note a moment, see a pattern in one's own notes, let it go; and look at who starts, where both agreed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.moments import balance, queries, rules
from service.moments.balance import Start
from service.moments.models import Balance, MomentRow, StartRow
from service.moments.rules import Moment, Noted, Resolved
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import queries as people
from service.people.rules import Joined, Role
from service.sealing import Keyring


def note(db: Session, keyring: Keyring, member: str, moment: Moment, now: datetime) -> str:
    """Keep a private moment, sealed; returns its id. The third of a kind within 28 days is told to oneself alone."""
    card = people.the_member(db, member)
    if card.joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED)
    if card.role in (Role.CHILD, Role.RELATIVE):
        raise refused(ProblemKind.NOT_ALLOWED)
    if len(moment.words) > rules.LONGEST:
        raise refused(ProblemKind.TOO_LONG, "words", most=rules.LONGEST)
    if moment.who == member:
        raise refused(ProblemKind.ONLY_YOURSELF, "who")
    today = now.astimezone(people.boundaries(db, [member])[member].tz).date()
    pattern = keyring.fingerprint(f"pattern of {member}", f"{moment.kind} {moment.who or ''}")
    row = MomentRow(
        member_id=member,
        on=today,
        pattern=pattern,
        sealed=keyring.seal(
            queries.purpose(member), {"kind": moment.kind.value, "who": moment.who, "words": moment.words.strip()}
        ),
    )
    db.add(row)
    db.flush()
    noted = [
        Noted(kept, on)
        for kept, on in db.execute(
            sa.select(MomentRow.pattern, MomentRow.on).where(
                MomentRow.member_id == member, MomentRow.resolved.is_(None)
            )
        )
    ]
    if moment.who is not None and rules.is_pattern(noted, pattern, today):
        # The nudge names the note, not the person: what it is about is opened only on its member's own page.
        nudges.offer(db, NudgeKind.MOMENT_PATTERN, member, row.id, Told(), now)
    return row.id


def resolve(db: Session, member: str, moment: str, how: Resolved) -> None:
    """Say what became of a moment; its pattern starts anew."""
    row = _mine(db, member, moment)
    if how is Resolved.LET_BE:
        db.execute(
            sa.update(MomentRow)
            .where(MomentRow.member_id == member, MomentRow.pattern == row.pattern, MomentRow.resolved.is_(None))
            .values(resolved=how)
        )
    row.resolved = how
    nudges.withdraw(db, moment, NudgeKind.MOMENT_PATTERN, member=member)


def delete(db: Session, member: str, moment: str) -> None:
    """Delete a moment."""
    db.delete(_mine(db, member, moment))
    nudges.withdraw(db, moment, NudgeKind.MOMENT_PATTERN, member=member)


def fade_due(db: Session, now: datetime) -> None:
    """Let old moments fade."""
    db.execute(sa.delete(MomentRow).where(MomentRow.on < (now - rules.FADES_AFTER).date()))
    db.execute(sa.delete(StartRow).where(StartRow.at < now - 3 * balance.WINDOW))


def _mine(db: Session, member: str, moment: str) -> MomentRow:
    row = db.scalar(sa.select(MomentRow).where(MomentRow.id == moment, MomentRow.member_id == member))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row


def agree(db: Session, member: str, other: str, now: datetime) -> bool:
    """Say yes to looking at who starts; returns whether both have now. The other sees nothing until they ask."""
    if member == other:
        raise refused(ProblemKind.ONLY_YOURSELF, "other")
    people.the_member(db, other)
    one, two = sorted((member, other))
    row = db.get(Balance, (one, two))
    if row is None:
        row = Balance(one_id=one, other_id=two, one_agreed=False, other_agreed=False, dismissed=0)
        db.add(row)
    row.one_agreed = row.one_agreed or member == one
    row.other_agreed = row.other_agreed or member == two
    if row.one_agreed and row.other_agreed and row.agreed_at is None:
        row.agreed_at = now
    return row.agreed_at is not None


def disagree(db: Session, member: str, other: str) -> None:
    """Look no more; what was counted goes, and nobody is told."""
    one, two = sorted((member, other))
    db.execute(sa.delete(Balance).where(Balance.one_id == one, Balance.other_id == two))
    db.execute(sa.delete(StartRow).where(StartRow.by_id.in_((one, two)), StartRow.with_id.in_((one, two))))


def started(db: Session, by: str, other: str, at: datetime) -> None:
    """Count a start, in a pair that agreed and in no other."""
    one, two = sorted((by, other))
    row = db.get(Balance, (one, two))
    if row is not None and row.agreed_at is not None:
        db.add(StartRow(by_id=by, with_id=other, at=at))


def dismiss(db: Session, member: str, other: str) -> None:
    """The invitation was not wanted; after the second there is none."""
    row = db.get(Balance, tuple(sorted((member, other))))
    if row is not None:
        row.dismissed += 1


def invite_due(db: Session, now: datetime) -> int:
    """Invite the quieter side of agreed pairs, at most once in six weeks; returns how many."""
    pairs = db.scalars(
        sa.select(Balance).where(
            Balance.agreed_at <= now - balance.NEW_FOR,
            Balance.dismissed < balance.MOST_DISMISSED,
            sa.or_(Balance.invited_at.is_(None), Balance.invited_at <= now - balance.QUIET_FOR),
        )
    )
    invited = 0
    for row in pairs:
        ids = (row.one_id, row.other_id)
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
        nudges.offer(db, NudgeKind.BALANCE_INVITE, quieter, f"{busier}.{now.date().isoformat()}", Told(who=busier), now)
        invited += 1
    return invited
