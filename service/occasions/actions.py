"""Add a day that matters, keep it to oneself, hear of it in time."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import upsert
from service.errors import Problem, ProblemKind, Refused, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.occasions import rules
from service.occasions.models import Feed, Marker, Occasion
from service.occasions.rules import Day, OccasionKind, Source
from service.people import hours
from service.people import queries as people
from service.people.rules import Joined, Role, WorkspaceKind

AT_ONCE = 200


def add(
    db: Session,
    by: str,
    circle: str,
    kind: OccasionKind,
    day: Day,
    now: datetime,
    *,
    of: str | None = None,
    name: str = "",
    title: str = "",
    calendar_uid: str | None = None,
) -> str:
    """Add a day: at work one's own, in a family any adult's for somebody in or outside the home. Returns its id."""
    member = people.the_member(db, by)
    seats = people.circle(db, circle)
    if seats is None or by not in seats.members:
        raise refused(ProblemKind.NOT_FOUND)
    problems = list(rules.problems_of(day, title))
    if of is None and not name.strip():
        problems.append(Problem(ProblemKind.MISSING, "name"))
    if len(name) > rules.LONGEST:
        problems.append(Problem(ProblemKind.TOO_LONG, "name", {"most": rules.LONGEST}))
    if of is not None and of not in seats.members:
        problems.append(Problem(ProblemKind.NOT_FOUND, "of"))
    home = people.workspace(db, member.workspace)
    for_another = of != by
    if for_another and (home is None or home.kind is not WorkspaceKind.FAMILY or member.role is not Role.ADULT):
        problems.append(Problem(ProblemKind.NOT_ALLOWED))
    if problems:
        raise Refused(*problems)
    at_work = home is None or home.kind is not WorkspaceKind.FAMILY
    kept_as = rules.known_as(calendar_uid, by if at_work else None) if calendar_uid is not None else None
    if kept_as is not None:
        found = db.scalar(sa.select(Occasion.id).where(Occasion.calendar_uid == kept_as))
        if found is not None:
            return found
    today = now.astimezone(people.boundaries(db, [by])[by].tz).date()
    source = Source.CALENDAR if kept_as else Source.FAMILY if for_another else Source.OWN
    row = Occasion(
        circle_id=circle,
        member_id=of,
        added_by_id=by,
        name=name.strip(),
        title=title.strip(),
        kind=kind,
        source=source,
        month=day.month,
        day=day.day,
        only_on=day.only_on,
        next_on=rules.next_on(day, today),
        hidden=False,
        calendar_uid=kept_as,
        added_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def remove(db: Session, by: str, occasion: str) -> None:
    """Take a day away: whoever added it, or whose day it is."""
    row = _theirs(db, by, occasion)
    for kind in (NudgeKind.OCCASION_SOON, NudgeKind.OCCASION_TODAY):
        if row.next_on is not None:
            nudges.withdraw(db, _subject(row.id, row.next_on), kind)
    db.delete(row)


def hide(db: Session, by: str, occasion: str, *, hidden: bool) -> None:
    """Keep one's own day to oneself, or share it again."""
    row = db.scalar(sa.select(Occasion).where(Occasion.id == occasion, Occasion.member_id == by))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.hidden = hidden
    if hidden and row.next_on is not None:
        nudges.withdraw(db, _subject(row.id, row.next_on), NudgeKind.OCCASION_SOON, NudgeKind.OCCASION_TODAY)


def want(db: Session, member: str, occasion: str, *, wants: bool) -> None:
    """Hear of a day beforehand, or not."""
    if db.scalar(sa.select(Occasion.id).where(Occasion.id == occasion)) is None:
        raise refused(ProblemKind.NOT_FOUND)
    row = db.get(Marker, (occasion, member))
    if row is None:
        db.add(Marker(occasion_id=occasion, member_id=member, wants=wants))
    else:
        row.wants = wants


def open_feed(db: Session, member: str, secret: str, now: datetime) -> None:
    """Open a private address with a member's days; an earlier one of theirs is closed."""
    home = people.the_member(db, member).workspace
    feed = {"workspace_id": home, "member_id": member, "hash": rules.hashed(secret), "made_at": now}
    upsert(db, Feed, [feed], keys=["member_id"])


def close_feed(db: Session, member: str) -> None:
    """Close it: whoever holds the address finds nothing there any more."""
    db.execute(sa.delete(Feed).where(Feed.member_id == member), execution_options={"synchronize_session": False})


def tell_due(db: Session, now: datetime) -> int:
    """Tell those who would like to mark a day, some days before and on the day, once each; returns how many."""
    horizon = (now + rules.SOON + timedelta(days=1)).date()
    rows = list(db.scalars(sa.select(Occasion).where(Occasion.next_on <= horizon).limit(AT_ONCE)))
    told = 0
    for row in rows:
        if row.next_on is not None and not row.hidden:
            told += _tell(db, row, row.next_on, now)
        if row.next_on is not None and row.next_on < (now - timedelta(days=1)).date():
            row.next_on = rules.next_on(row.when(), now.date())
    return told


def _tell(db: Session, row: Occasion, on: date, now: datetime) -> int:
    seats = people.circle(db, row.circle_id) if row.circle_id is not None else None
    cards = people.members(db, [one for one in (seats.members if seats else ()) if one != row.member_id])
    if not cards or _is_over(db, row) or _is_hard(db, row):
        return 0
    not_wanted = set(
        db.scalars(sa.select(Marker.member_id).where(Marker.occasion_id == row.id, Marker.wants.is_(False)))
    )
    boundaries = people.boundaries(db, cards.keys())
    about = Told(who=row.member_id, words=row.name or None, on=on, kind=row.kind.value)
    count = 0
    for member, card in cards.items():
        if card.joined is not Joined.WHOLE or member in not_wanted:
            continue
        boundary = boundaries[member]
        today = now.astimezone(boundary.tz).date()
        kind = NudgeKind.OCCASION_TODAY if today >= on else NudgeKind.OCCASION_SOON
        if today > on or today < on - rules.SOON:
            continue
        ends = hours.local(boundary, on + timedelta(days=1), time(0))
        offered = nudges.offer(db, kind, member, _subject(row.id, on), about, now, boundary=boundary, expires_at=ends)
        count += offered is not None
    return count


def _is_over(db: Session, row: Occasion) -> bool:
    """Whether the one whose day it is has gone from here."""
    whose = people.member(db, row.member_id) if row.member_id is not None else None
    return row.member_id is not None and (whose is None or not whose.active)


def _is_hard(db: Session, row: Occasion) -> bool:
    """Whether somebody called the same day of the same person a hard one: then only that is spoken of."""
    if row.kind is OccasionKind.HARD_DAY:
        return False
    named = sa.func.lower(Occasion.name) == row.name.lower()
    same = Occasion.member_id == row.member_id if row.member_id is not None else named
    same_day = sa.and_(Occasion.month == row.month, Occasion.day == row.day, Occasion.circle_id == row.circle_id)
    hard = sa.select(Occasion.id).where(same, same_day, Occasion.kind == OccasionKind.HARD_DAY).limit(1)
    return db.scalar(hard) is not None


def _subject(occasion: str, on: date) -> str:
    return f"{occasion}.{on.isoformat()}"


def _theirs(db: Session, by: str, occasion: str) -> Occasion:
    row = db.scalar(
        sa.select(Occasion).where(Occasion.id == occasion, sa.or_(Occasion.member_id == by, Occasion.added_by_id == by))
    )
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row
