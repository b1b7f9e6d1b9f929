"""Tell the circle, in one's own words and under one's own name, what one will try."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import queries as people
from service.people.rules import Joined
from service.suggestions import queries, rules

LONGEST: Final = 280


def share(db: Session, member: str, circle: str, words: str, now: datetime) -> None:
    """Tell a circle what this member will try, once a week; never on the day of the draw.

    What was drawn is not told with it, and nothing shows who did not share.
    """
    words = words.strip()
    seats = people.circle(db, circle)
    if seats is None or member not in seats.members:
        raise refused(ProblemKind.NOT_FOUND)
    if not words:
        raise refused(ProblemKind.MISSING, "words")
    if len(words) > LONGEST:
        raise refused(ProblemKind.TOO_LONG, "words", most=LONGEST)
    if not may_share(db, member, circle, now):
        raise refused(ProblemKind.TOO_SOON, "words")
    mates = people.members(db, [one for one in seats.members if one != member])
    subject = f"{member}.{_week(db, member, now).isoformat()}"
    for mate in mates.values():
        if mate.joined is Joined.WHOLE:
            nudges.offer(db, NudgeKind.CARD_SHARE, mate.id, subject, Told(who=member, words=words), now)


def may_share(db: Session, member: str, circle: str, now: datetime) -> bool:
    """Whether a card of this week was drawn on an earlier day, so that nothing is given away by the hour."""
    drawn = {one.week_on for one in (*queries.drawn_by(db, member), *queries.drawn_for(db, circle))}
    home = people.workspace(db, db.info["scope"])
    today = now.astimezone(people.boundaries(db, [member])[member].tz).date()
    if home is None:
        return False
    return any(week_on + timedelta(days=rules.SLOTS[home.kind][0]) < today <= week_on + _KEEPS for week_on in drawn)


_KEEPS = timedelta(days=13)


def _week(db: Session, member: str, now: datetime) -> date:
    today = now.astimezone(people.boundaries(db, [member])[member].tz).date()
    return today - timedelta(days=today.weekday())
