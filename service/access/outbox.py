"""The outbox of letters that cannot wait for a morning parcel: sign-in links and invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import msgspec
from sqlalchemy.orm import Session

from service.access.models import Letter
from service.access.rules import LetterKind
from service.ruptures import Register
from service.sealing import Keyring

PURPOSE = "access.letter"


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in letter somebody asked for, before anybody looked up whether the address is known here."""

    address: str
    secret: str
    """Of the link, in hexadecimal digits."""
    code: str
    browser: str
    """The hash by which the browser that asked is known."""
    until: float
    """When the link runs out, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter is made of."""

    address: str
    path: str
    """Where its link leads, below our own address."""
    until: float
    """When the link runs out, in seconds since 1970."""
    language: str
    formal: bool
    register: Register
    code: str | None = None
    """What may be typed in place of the link, in the browser that asked for it."""
    name: str | None = None
    """Who invites."""
    circle: str | None = None
    """To which circle."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that is to go out now."""

    id: str
    kind: LetterKind
    words: Words


class Postman(Protocol):
    """Carries letters."""

    def send(self, letter: Ready) -> None:
        """Carry it there, or raise CourierError; the same letter may come twice."""


def write(
    db: Session, keyring: Keyring, kind: LetterKind, what: Asked | Words, now: datetime, *, workspace: str | None = None
) -> str:
    """Put a letter into the outbox; returns its id."""
    sealed = keyring.seal(PURPOSE, [type(what).__name__, msgspec.to_builtins(what)])
    row = Letter(workspace_id=workspace, kind=kind, sealed=sealed, written_on=now.date(), due_at=now, attempts=0)
    db.add(row)
    db.flush()
    return row.id


def opened(keyring: Keyring, sealed: str) -> Asked | Words | None:
    """What a row of the outbox is about, or None where our keys do not open it."""
    kept: Any = keyring.opened(PURPOSE, sealed)
    if kept is None:
        return None
    name, what = kept
    return msgspec.convert(what, Asked) if name == Asked.__name__ else msgspec.convert(what, Words)
