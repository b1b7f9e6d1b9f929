"""What is done with asks: hear them, say them once, answer, promise, pass on, let go."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks import settling, teaching
from service.asks.hearing import hear
from service.asks.models import Ask
from service.asks.priors import Taught
from service.asks.remembering import Ears
from service.asks.rounds import drop_due, forget_due, surface_due, tell_circles_due, tip_due, trim_due
from service.asks.rules import WAITING, AskForm, AskState, Mark, SettledBy
from service.asks.settling import SURFACINGS, Where
from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import hours
from service.people import queries as people
from service.people.rules import Joined, WorkspaceKind

__all__ = [
    "Ears",
    "again",
    "answered",
    "decline",
    "drop_due",
    "forget_due",
    "hear",
    "mark",
    "not_an_ask",
    "not_mine",
    "promise",
    "release",
    "snooze",
    "surface_due",
    "take",
    "tell_circles_due",
    "tip_due",
    "trim_due",
    "watch",
]


def watch(db: Session, by: str, where: Where, asked: str | None, now: datetime) -> str:
    """Watch for a reply to any message: one's own, which somebody owes an answer, or another's, which one owes oneself.

    `asked` is who owes it; None means the watcher does. In a place nobody listens in only taps settle it.
    """
    member = people.the_member(db, by)
    if member.joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED)
    if asked == by:
        raise refused(ProblemKind.ONLY_YOURSELF, "asked")
    asker, owes = (by, asked) if asked is not None else (None, by)
    if people.the_member(db, owes or by).joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED, "asked")
    row = settling.open_ask(db, where, AskForm.WATCHED, asker=asker, asked=owes, home=_home(db))
    if asked is None:
        row.surfaced_at = now  # its owner knows: it joins their own list and is not pushed
    elif row.surfaces_at is not None and row.asked_at < now:
        settling.date_ask(db, row, _home(db))
    return row.id


def answered(db: Session, ask: str, member: str, now: datetime) -> None:
    """The one asked says it is answered, wherever that was; where we listen, that teaches us."""
    row = _asked_of(db, ask, member)
    teaching.teach(db, row, member, Taught.ALREADY_ANSWERED, now)
    _settle_for(db, row, member, SettledBy.TAP, now)


def decline(db: Session, ask: str, member: str, now: datetime) -> None:
    """ "No" is a full answer."""
    row = _asked_of(db, ask, member)
    teaching.teach(db, row, member, Taught.RIGHTLY_READ, now)
    _settle_for(db, row, member, SettledBy.DECLINED, now)


def promise(db: Session, ask: str, member: str, on: date, now: datetime) -> None:
    """Give a day: the asker sees it, and the ask is quiet until then."""
    row = _asked_of(db, ask, member)
    boundary = people.boundaries(db, [member])[member]
    if on < now.astimezone(boundary.tz).date():
        raise refused(ProblemKind.DAY_IS_PAST, "on")
    teaching.teach(db, row, member, Taught.RIGHTLY_READ, now)
    row.state, row.promised_on, row.offered_at = AskState.PROMISED, on, None
    row.surfaces_at, row.surfaced_at = hours.local(boundary, on, time(0)), None
    row.drops_at = max(row.drops_at, hours.after_working_days(boundary, row.surfaces_at, 2))
    nudges.withdraw(db, row.id, *SURFACINGS)
    nudges.acted(db, row.id, member, now, *SURFACINGS)
    if row.asker_id is not None:
        told = Told(who=member, place=row.place_id, on=on)
        nudges.offer(db, NudgeKind.ASK_PROMISED, row.asker_id, f"{row.id}.{on.isoformat()}", told, now)


def snooze(db: Session, ask: str, member: str, until: datetime, now: datetime) -> None:
    """Put it away until then; nobody is told."""
    row = _asked_of(db, ask, member)
    if until <= now:
        raise refused(ProblemKind.DAY_IS_PAST, "until")
    row.surfaces_at, row.surfaced_at = until, None
    row.drops_at = max(row.drops_at, until + timedelta(days=2))
    nudges.acted(db, row.id, member, now, *SURFACINGS)


def not_mine(db: Session, ask: str, member: str, now: datetime, *, instead: str | None = None) -> str | None:
    """Not for me; it may be passed on to somebody, who takes it or not. Returns the new ask's id."""
    row = _asked_of(db, ask, member)
    if instead in (member, row.asker_id) and instead is not None:
        raise refused(ProblemKind.ONLY_YOURSELF, "instead")
    _settle_for(db, row, member, SettledBy.NOT_MINE, now, alone=True)
    if instead is None:
        return None
    if people.the_member(db, instead).joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED, "instead")
    where = Where(row.channel, row.ts, row.place_id, row.thread)
    passed = settling.open_ask(
        db,
        where,
        row.form,
        asker=row.asker_id,
        asked=instead,
        home=_home(db),
        mark=row.mark,
        words=row.words,
        asked_at=row.asked_at,
    )
    passed.offered_at = passed.surfaced_at = now
    told = settling.told(passed, people.boundaries(db, [instead])[instead], by=member)
    nudges.offer(db, NudgeKind.ASK_PASSED_ON, instead, passed.id, told, now)
    return passed.id


def take(db: Session, ask: str, member: str, now: datetime) -> None:
    """Take what was passed on: from now on it is one's own."""
    row = _asked_of(db, ask, member)
    row.offered_at = None
    nudges.acted(db, row.id, member, now, NudgeKind.ASK_PASSED_ON)


def release(db: Session, ask: str, member: str, now: datetime) -> None:
    """The asker lets it go; nobody is told."""
    row = _asked_by(db, ask, member)
    for each in _same_message(db, row):
        if each.state in WAITING:
            each.state, each.closed_at = AskState.RELEASED, now
            nudges.withdraw(db, each.id, *SURFACINGS)


def again(db: Session, ask: str, member: str, now: datetime) -> None:
    """The asker asked again in words of their own: the old ask is closed, the new message is one of its own."""
    release(db, ask, member, now)


def mark(db: Session, ask: str, member: str, as_what: Mark, now: datetime, *, reply_by: datetime | None = None) -> None:
    """The asker says how it waits."""
    row = _asked_by(db, ask, member)
    if as_what is Mark.REPLY_BY and (reply_by is None or reply_by <= now):
        raise refused(ProblemKind.DAY_IS_PAST, "reply_by")
    for each in _same_message(db, row):
        if each.state not in WAITING:
            continue
        each.mark, each.reply_by = as_what, reply_by if as_what is Mark.REPLY_BY else None
        settling.date_ask(db, each, _home(db))
        if as_what is Mark.NO_REPLY_NEEDED:
            nudges.withdraw(db, each.id, *SURFACINGS)


def not_an_ask(db: Session, ask: str, member: str, now: datetime) -> None:
    """Either side says that nothing was asked; where we listen, that teaches us."""
    row = db.scalar(sa.select(Ask).where(Ask.id == ask, sa.or_(Ask.asked_id == member, Ask.asker_id == member)))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if row.state is not AskState.NOT_AN_ASK:
        teaching.teach(db, row, member, Taught.NOT_AN_ASK, now)
    for each in _same_message(db, row):
        each.state, each.closed_at = AskState.NOT_AN_ASK, now
        nudges.withdraw(db, each.id, *SURFACINGS)
        nudges.acted(db, each.id, member, now, *SURFACINGS)


def _asked_of(db: Session, ask: str, member: str) -> Ask:
    row = db.scalar(sa.select(Ask).where(Ask.id == ask, Ask.asked_id == member).with_for_update())
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if row.state not in WAITING:
        raise refused(ProblemKind.ALREADY_DONE)
    return row


def _asked_by(db: Session, ask: str, member: str) -> Ask:
    row = db.scalar(sa.select(Ask).where(Ask.id == ask, Ask.asker_id == member))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row


def _same_message(db: Session, row: Ask) -> list[Ask]:
    return list(db.scalars(sa.select(Ask).where(Ask.channel == row.channel, Ask.ts == row.ts)))


def _settle_for(db: Session, row: Ask, member: str, by: SettledBy, now: datetime, *, alone: bool = False) -> None:
    """Close it; the first answer of anybody asked settles it for all, a word about oneself only one's own row."""
    alone = alone or row.offered_at is not None
    settling.settle(db, [row] if alone else _same_message(db, row), by, now)
    nudges.acted(db, row.id, member, now, *SURFACINGS)


def _home(db: Session) -> WorkspaceKind:
    home = people.workspace(db, db.info["scope"])
    return home.kind if home is not None else WorkspaceKind.TEAM
