"""Challenges: what a browser is given to bring back, believed once and in time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as database
from service.access import tokens
from service.access.models import Challenge
from service.sealing import Keyring


def pose(db: Session, keyring: Keyring, what: str, until: datetime) -> str:
    """A new challenge for this purpose; what is kept of it is its hash."""
    secret = database.entropy(tokens.SECRET_BYTES)
    db.add(Challenge(hash=tokens.hashed(secret), expires_on=until.date()))
    db.flush()
    return tokens.issue(keyring.derived(f"access.challenge {what}"), secret, until)


def spend(db: Session, keyring: Keyring, what: str, challenge: str, now: datetime) -> bool:
    """Whether this is a challenge for this purpose that is brought back in time, for the first time.

    It is spent by asking, whatever comes of it; who asks must not refuse in the same transaction.
    """
    read = tokens.read(keyring.derived(f"access.challenge {what}"), challenge)
    if read is None:
        return False
    gone = sa.delete(Challenge).where(Challenge.hash == tokens.hashed(read.secret)).returning(Challenge.hash)
    spent = db.execute(gone, execution_options={"synchronize_session": False}).first()
    return spent is not None and now < read.until
