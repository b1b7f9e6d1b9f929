"""Sessions: open one, note a visit, end it, change to another of one's own; and those of children at home."""

import hashlib
import hmac
from datetime import datetime

import sqlalchemy as sa

from service import db as database
from service.access import queries, rules, tokens
from service.access.models import OpenSession, ProfilePin
from service.access.queries import SessionCard
from service.access.rules import Entrance
from service.db import Session, upsert
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.rules import Role
from service.sealing import Keyring


def open_session(
    db: Session, keyring: Keyring, entrance: Entrance, device: str, now: datetime, *, instead_of: str | None = None
) -> str:
    """Open a session for somebody who came in; returns the cookie.

    A session that was open in the same browser ends, so that signing in always brings a new one.
    """
    if instead_of is not None:
        _end(db, OpenSession.id == instead_of)
    return _opened(db, keyring, entrance, device, now, fresh_until=now + rules.FRESH_FOR)


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
    _end(db, OpenSession.id == session.id)
    return _opened(db, keyring, Entrance(card.workspace, card.id), session.device, now, fresh_until=now)


def visited(db: Session, session: str, now: datetime) -> None:
    """Note the day of a visit, once a day; requests that leave no trace do not call this."""
    today = now.date()
    row = sa.update(OpenSession).where(OpenSession.id == session, OpenSession.seen_on < today)
    db.execute(row.values(seen_on=today), execution_options={"synchronize_session": False})


def revoke(db: Session, member: str, session: str) -> None:
    """End one of a member's sessions."""
    if not _end(db, sa.and_(OpenSession.id == session, OpenSession.member_id == member)):
        raise refused(ProblemKind.NOT_FOUND)


def revoke_all(db: Session, member: str, *, but: str | None = None) -> int:
    """End all of a member's sessions, or all but this one; returns how many."""
    return _end(db, sa.and_(OpenSession.member_id == member, OpenSession.id != (but or "")))


def leave_to_household(db: Session, session: SessionCard, *, yes: bool = True) -> None:
    """An adult lets children open their profiles on this device, or no longer."""
    if people.the_member(db, session.member).role is not Role.ADULT:
        raise refused(ProblemKind.NOT_ALLOWED)
    if not yes:
        _end(db, OpenSession.opened_from == session.id)
    row = sa.update(OpenSession).where(OpenSession.id == session.id)
    db.execute(row.values(is_household=yes), execution_options={"synchronize_session": False})


def set_pin(db: Session, child: str, pin: str) -> None:
    """A guardian sets the PIN of a child's profile, and so opens it again after too many wrong ones."""
    card = people.the_member(db, child)
    if card.role is not Role.CHILD:
        raise refused(ProblemKind.NOT_ALLOWED)
    if not rules.PIN.fullmatch(pin):
        raise refused(ProblemKind.UNKNOWN_VALUE, "pin")
    salt = database.entropy(16).hex()
    row = {
        "member_id": child,
        "workspace_id": card.workspace,
        "salt": salt,
        "hash": _pin_hash(pin, salt),
        "tries": 0,
    }
    upsert(db, ProfilePin, [row], keys=["member_id"])


def open_profile(
    db: Session, keyring: Keyring, household: SessionCard, child: str, pin: str, now: datetime
) -> str | None:
    """Open a child's profile on a household device; returns the cookie, or None where the PIN is not right.

    A wrong PIN is counted, so this answers None rather than refusing: what is refused is rolled back.
    """
    if not household.is_household:
        raise refused(ProblemKind.NOT_ALLOWED)
    card = people.the_member(db, child)
    tried = db.execute(
        sa.update(ProfilePin)
        .where(ProfilePin.member_id == child, ProfilePin.tries < rules.MOST_PINS)
        .values(tries=ProfilePin.tries + 1)
        .returning(ProfilePin.salt, ProfilePin.hash),
        execution_options={"synchronize_session": False},
    ).first()
    if tried is None:
        raise refused(ProblemKind.TOO_MANY)
    if not hmac.compare_digest(tried.hash, _pin_hash(pin, tried.salt)):
        return None
    right = sa.update(ProfilePin).where(ProfilePin.member_id == child).values(tries=0)
    db.execute(right, execution_options={"synchronize_session": False})
    entrance = Entrance(card.workspace, card.id)
    return _opened(db, keyring, entrance, household.device, now, fresh_until=now, opened_from=household.id)


def _opened(
    db: Session,
    keyring: Keyring,
    entrance: Entrance,
    device: str,
    now: datetime,
    *,
    fresh_until: datetime,
    opened_from: str | None = None,
) -> str:
    secret = database.entropy(tokens.SECRET_BYTES)
    db.add(
        OpenSession(
            workspace_id=entrance.workspace,
            member_id=entrance.member,
            hash=tokens.hashed(secret),
            device=device[: rules.DEVICE_LENGTH],
            created_on=now.date(),
            seen_on=now.date(),
            is_household=False,
            opened_from=opened_from,
        )
    )
    db.flush()
    return tokens.issue(keyring.derived("access.session"), secret, fresh_until)


def _end(db: Session, which: sa.ColumnElement[bool]) -> int:
    ended = db.execute(sa.delete(OpenSession).where(which), execution_options={"synchronize_session": False})
    return int(ended.rowcount)  # type: ignore[attr-defined]


def _pin_hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
