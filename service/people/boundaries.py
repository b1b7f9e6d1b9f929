"""What a member says about being reached: hours, a pause, wishes, and with whom no contact is wanted."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import Problem, ProblemKind, Refused, refused
from service.people import hours, rows
from service.people.models import Apart
from service.people.rules import Boundary, ThanksWish, problems_of


def set_boundary(db: Session, member: str, boundary: Boundary) -> None:
    """Keep a member's boundary, or say what is in the way of it."""
    problems = list(problems_of(boundary))
    if boundary.zone not in available_timezones():
        problems.insert(0, Problem(ProblemKind.UNKNOWN_TIME_ZONE, "zone"))
    if boundary.holidays is not None and not hours.knows_holidays(*boundary.holidays):
        problems.append(Problem(ProblemKind.UNKNOWN_VALUE, "holidays"))
    if problems:
        raise Refused(*problems)
    rows.boundary(db, member).keep(boundary)


def pause(db: Session, member: str, until: datetime | None) -> None:
    """Say nothing to a member until then; None ends the pause."""
    rows.boundary(db, member).paused_until = until


def set_wishes(
    db: Session,
    member: str,
    *,
    thanks_wish: ThanksWish | None = None,
    raise_with_me: str | None = None,
    shares_away: bool | None = None,
    sources_off: Collection[str] | None = None,
) -> None:
    """Keep what a member said beside their hours; what is None stays as it was."""
    if raise_with_me is not None and len(raise_with_me) > 280:
        raise refused(ProblemKind.TOO_LONG, "raise_with_me", most=280)
    if sources_off is not None and len(sources_off) > 10:
        raise refused(ProblemKind.TOO_MANY, "sources_off", most=10)
    row = rows.boundary(db, member)
    row.thanks_wish = thanks_wish if thanks_wish is not None else row.thanks_wish
    row.raise_with_me = raise_with_me.replace("\0", "") if raise_with_me is not None else row.raise_with_me
    row.shares_away = shares_away if shares_away is not None else row.shares_away
    if sources_off is not None:
        row.sources_off = ",".join(sorted(rows.code(source, "sources_off") for source in sources_off))


def keep_apart(db: Session, member: str, other: str) -> None:
    """No contact about or with somebody; they are not told."""
    if member == other:
        raise refused(ProblemKind.ONLY_YOURSELF, "other")
    rows.member(db, other)
    if db.get(Apart, (member, other)) is None:
        db.add(Apart(member_id=member, other_id=other))
        db.flush()


def end_apart(db: Session, member: str, other: str) -> None:
    """Let contact be possible again, as far as this member is concerned."""
    db.execute(sa.delete(Apart).where(Apart.member_id == member, Apart.other_id == other))
