"""Note a moment, see a pattern in one's own notes, let it go; and look at who starts, where both agreed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.moments import balance, queries, rules
from service.moments.models import MomentRow, StartRow
from service.moments.rules import Moment, Noted, Resolved
from service.moments.starting import agree, disagree, dismiss, invite_due, started
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import queries as people
from service.people.rules import Joined, Role
from service.sealing import Keyring

__all__ = [
    "agree",
    "delete",
    "disagree",
    "dismiss",
    "fade_due",
    "invite_due",
    "note",
    "resolve",
    "started",
]


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
