"""The outbox of letters that cannot wait for a morning parcel: sign-in links and invitations."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from service.access.models import Letter
from service.access.postman import Asked, Words
from service.access.rules import LetterKind
from service.sealing import Keyring

PURPOSE = "access.letter"


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
