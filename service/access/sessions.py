"""Sessions: open one, note a visit, end it, change to another of one's own."""

from datetime import datetime

import sqlalchemy as sa

from service import db as database
from service.access import queries, rules, tokens
from service.access.models import OpenSession
from service.access.queries import SessionCard
from service.access.rules import Entrance
from service.db import Session
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.sealing import Keyring


def open_session(
    db: Session, keyring: Keyring, entrance: Entrance, device: str, now: datetime, *, instead_of: str | None = None
) -> str:
    """Open a session for somebody who came in; returns the cookie.

    A session that was open in the same browser ends, so that signing in always brings a new one. What an adult left
    to the household stays so when they sign in there again.
    """
    is_household = False
    if instead_of is not None:
        old = db.scalar(sa.select(OpenSession).where(OpenSession.id == instead_of))
        behind = (old.opened_from or old.id) if old is not None else instead_of
        household = sa.select(OpenSession.id).where(
            OpenSession.id == behind, OpenSession.is_household, OpenSession.member_id == entrance.member
        )
        is_household = db.scalar(household) is not None
        end(db, OpenSession.id == (behind if is_household else instead_of))
    return opened(db, keyring, entrance, device, now, fresh_until=now + rules.FRESH_FOR, is_household=is_household)


def one_click(db: Session, keyring: Keyring, member: str, device: str, now: datetime, *, is_demo: bool) -> str:
    """Sign in by one click, in the demo alone; returns the cookie."""
    if not is_demo:
        raise refused(ProblemKind.NOT_ALLOWED)
    card = people.the_member(db, member)
    return open_session(db, keyring, Entrance(card.workspace, card.id), device, now)


def change_to(db: Session, keyring: Keyring, session: SessionCard, member: str, now: datetime) -> str:
    """Go on as another member who is the same person, by an address confirmed on both sides; returns the cookie.

    No fresh sign-in comes of it. Needs a transaction over all workspaces.
    """
    card = next((card for card in queries.also_me(db, session.member) if card.id == member), None)
    if card is None:
        raise refused(ProblemKind.NOT_FOUND)
    end(db, OpenSession.id == session.id)
    return opened(db, keyring, Entrance(card.workspace, card.id), session.device, now, fresh_until=now)


def visited(db: Session, session: str, now: datetime) -> None:
    """Note the day of a visit, once a day; requests that leave no trace do not call this."""
    today = now.date()
    row = sa.update(OpenSession).where(OpenSession.id == session, OpenSession.seen_on < today)
    db.execute(row.values(seen_on=today), execution_options={"synchronize_session": False})


def revoke(db: Session, member: str, session: str) -> None:
    """End one of a member's sessions."""
    if not end(db, sa.and_(OpenSession.id == session, OpenSession.member_id == member)):
        raise refused(ProblemKind.NOT_FOUND)


def revoke_all(db: Session, member: str, *, but: str | None = None) -> int:
    """End all of a member's sessions, or all but this one; returns how many."""
    return end(db, sa.and_(OpenSession.member_id == member, OpenSession.id != (but or "")))


def opened(
    db: Session,
    keyring: Keyring,
    entrance: Entrance,
    device: str,
    now: datetime,
    *,
    fresh_until: datetime,
    opened_from: str | None = None,
    is_household: bool = False,
) -> str:
    """Write a session down; returns its cookie."""
    secret = database.entropy(tokens.SECRET_BYTES)
    db.add(
        OpenSession(
            workspace_id=entrance.workspace,
            member_id=entrance.member,
            hash=tokens.hashed(secret),
            device=device[: rules.DEVICE_LENGTH],
            created_on=now.date(),
            seen_on=now.date(),
            is_household=is_household,
            opened_from=opened_from,
        )
    )
    db.flush()
    return tokens.issue(keyring.derived("access.session"), secret, fresh_until)


def end(db: Session, which: sa.ColumnElement[bool]) -> int:
    """End these sessions; returns how many."""
    ended = db.execute(sa.delete(OpenSession).where(which), execution_options={"synchronize_session": False})
    return int(ended.rowcount)  # type: ignore[attr-defined]
