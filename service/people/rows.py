"""The rows that actions change: found in this workspace, or refused; made as they first are."""

from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.errors import ProblemKind, refused
from service.people import queries
from service.people.models import BoundaryCard, Circle, Member, Workspace
from service.people.rules import ThanksWish

NAME_LENGTH = 80


def workspace(db: Session, workspace_id: str) -> Workspace:
    """The workspace of this id, where this session may see it."""
    row = db.scalar(queries.homes(db).where(Workspace.id == workspace_id))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row


def member(db: Session, member_id: str) -> Member:
    """The member of this id."""
    row = db.scalar(sa.select(Member).where(Member.id == member_id))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row


def circle(db: Session, circle_id: str) -> Circle:
    """The circle of this id."""
    row = db.scalar(sa.select(Circle).where(Circle.id == circle_id))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row


def boundary(db: Session, member_id: str) -> BoundaryCard:
    """The boundary of a member, written down as the first one of their workspace where they have set none."""
    row = db.scalar(sa.select(BoundaryCard).where(BoundaryCard.member_id == member_id))
    if row is None:
        member(db, member_id)
        row = BoundaryCard(
            member_id=member_id, thanks_wish=ThanksWish.PRIVATE, raise_with_me="", shares_away=False, sources_off=""
        )
        row.keep(queries.boundaries(db, [member_id])[member_id])
        db.add(row)
        db.flush()
    return row


def named(name: str) -> str:
    """A name as it is kept: on one line, neither empty nor endless."""
    cleaned = " ".join(name.replace("\0", " ").split())
    if not cleaned:
        raise refused(ProblemKind.MISSING, "name")
    if len(cleaned) > NAME_LENGTH:
        raise refused(ProblemKind.TOO_LONG, "name", most=NAME_LENGTH)
    return cleaned


def zone(name: str) -> str:
    """A time zone that exists."""
    if name not in available_timezones():
        raise refused(ProblemKind.UNKNOWN_TIME_ZONE, "zone")
    return name


def code(value: str, at: str) -> str:
    """A short code, such as a language or a courier."""
    if not value.replace("-", "").replace("_", "").isalnum() or not value.isascii() or len(value) > 16:
        raise refused(ProblemKind.UNKNOWN_VALUE, at)
    return value
