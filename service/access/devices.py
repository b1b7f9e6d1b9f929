"""Devices on whose screen a member asked for nudges: remember one, and let go of it."""

from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa

from service.access import tokens
from service.access.models import Device, OpenSession
from service.access.rules import Screen, is_push_service
from service.db import Session, upsert
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.sealing import Keyring

SEALED_FOR = "device"
MOST_DEVICES = 10


def put_on_screen(
    db: Session, keyring: Keyring, member: str, session: str, screen: Screen, now: datetime, *, shows_words: bool
) -> None:
    """Have nudges shown on this device, as long as its session lasts. A browser belongs to who asked last."""
    if not is_push_service(screen.endpoint) or len(screen.endpoint) > Screen.LONGEST:
        raise refused(ProblemKind.UNKNOWN_ADDRESS, "endpoint")
    if not screen.has_keys:
        raise refused(ProblemKind.UNKNOWN_VALUE, "endpoint")
    here = sa.and_(OpenSession.id == session, OpenSession.member_id == member)
    if db.scalar(sa.select(OpenSession.id).where(here)) is None:
        raise refused(ProblemKind.NOT_FOUND)
    known_as = tokens.hashed(screen.endpoint.encode())
    mine = sa.select(sa.func.count()).where(Device.member_id == member, Device.hash != known_as)
    if (db.scalar(mine) or 0) >= MOST_DEVICES:
        raise refused(ProblemKind.TOO_MANY, "endpoint", most=MOST_DEVICES)
    device = {
        "workspace_id": people.the_member(db, member).workspace,
        "member_id": member,
        "session_id": session,
        "hash": known_as,
        "sealed": keyring.seal(SEALED_FOR, [screen.endpoint, screen.key, screen.secret]),
        "shows_words": shows_words,
        "since_on": now.date(),
    }
    db.execute(sa.delete(Device).where(Device.session_id == session, Device.hash != known_as))
    upsert(db, Device, [device], keys=["workspace_id", "hash"])


def off_screen(db: Session, member: str, device: str) -> None:
    """No more nudges on this device."""
    gone = sa.delete(Device).where(Device.hash == device, Device.member_id == member)
    db.execute(gone, execution_options={"synchronize_session": False})


def screens(db: Session, keyring: Keyring, member: str) -> list[tuple[str, Screen, bool]]:
    """Where this member asked for nudges: what it is known as, where it is, and whether it may show words."""
    found = []
    for row in db.scalars(sa.select(Device).where(Device.member_id == member).order_by(Device.since_on, Device.hash)):
        match keyring.opened(SEALED_FOR, row.sealed):
            case [str(endpoint), str(key), str(secret)]:
                found.append((row.hash, Screen(endpoint, key, secret), row.shows_words))
    return found


def service_of(screen: Screen) -> str:
    """Whose push service a device is reached by: the host of its address."""
    return urlsplit(screen.endpoint).hostname or ""
