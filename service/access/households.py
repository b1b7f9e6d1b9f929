"""A device that an adult leaves to the household: children open their pages on it, and adults theirs again."""

import hashlib
import hmac
from datetime import datetime

import sqlalchemy as sa

from service import db as database
from service.access import queries, rules, sessions
from service.access.models import OpenSession, ProfilePin
from service.access.queries import SessionCard
from service.access.rules import Entrance
from service.db import Session, upsert
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.rules import Role
from service.sealing import Keyring


def leave_to_household(db: Session, session: SessionCard, *, yes: bool = True) -> None:
    """An adult lets children open their profiles on this device, or no longer."""
    if people.the_member(db, session.member).role is not Role.ADULT:
        raise refused(ProblemKind.NOT_ALLOWED)
    if not yes:
        sessions.end(db, OpenSession.opened_from == session.id)
    row = sa.update(OpenSession).where(OpenSession.id == session.id)
    db.execute(row.values(is_household=yes), execution_options={"synchronize_session": False})


def set_pin(db: Session, member: str, pin: str, *, at: str = "pin") -> None:
    """Set the PIN of a child's profile, or an adult's own, and so open it again after too many wrong ones."""
    card = people.the_member(db, member)
    if card.role not in (Role.CHILD, Role.ADULT):
        raise refused(ProblemKind.NOT_ALLOWED)
    if not rules.PIN.fullmatch(pin):
        raise refused(ProblemKind.UNKNOWN_VALUE, at)
    salt = database.entropy(16).hex()
    row = {
        "member_id": member,
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
    if card.role is not Role.CHILD:
        raise refused(ProblemKind.NOT_ALLOWED)
    if not _fits(db, child, pin):
        return None
    entrance = Entrance(card.workspace, card.id)
    return sessions.opened(db, keyring, entrance, household.device, now, fresh_until=now, opened_from=household.id)


def close_profile(db: Session, keyring: Keyring, profile: SessionCard, pin: str, now: datetime) -> str | None:
    """Go back from a child's page to the adult who left the device to the household, by the adult's own PIN.

    Returns the cookie, or None where the PIN is not right. No fresh sign-in comes of it.
    """
    household = queries.household_behind(db, profile)
    if household is None:
        raise refused(ProblemKind.NOT_FOUND)
    if not _fits(db, household.member, pin):
        return None
    entrance = Entrance(household.workspace, household.member)
    sessions.end(db, OpenSession.id == household.id)
    return sessions.opened(db, keyring, entrance, household.device, now, fresh_until=now, is_household=True)


def _fits(db: Session, member: str, pin: str) -> bool:
    """Whether this is a member's PIN; each wrong one is counted, and after too many of them none is."""
    tried = db.execute(
        sa.update(ProfilePin)
        .where(ProfilePin.member_id == member, ProfilePin.tries < rules.MOST_PINS)
        .values(tries=ProfilePin.tries + 1)
        .returning(ProfilePin.salt, ProfilePin.hash),
        execution_options={"synchronize_session": False},
    ).first()
    if tried is None:
        raise refused(ProblemKind.PIN_SHUT)
    if not hmac.compare_digest(tried.hash, _pin_hash(pin, tried.salt)):
        return False
    right = sa.update(ProfilePin).where(ProfilePin.member_id == member).values(tries=0)
    db.execute(right, execution_options={"synchronize_session": False})
    return True


def _pin_hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
