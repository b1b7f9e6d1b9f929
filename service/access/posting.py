"""Post the letters that are due.

Each is a row, written with what it is about and gone as soon as it was sent. A letter of unknown fate is sent again:
it is the same letter with the same link, which works once. One that is given up stays, without its words, until an
operator has seen it; no way in is lost in silence.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from service.access import outbox, signing_in
from service.access.models import Letter
from service.access.postman import Asked, Postman, Ready, Words
from service.failpoints import fp
from service.nudges.couriers import CourierError, Outcome
from service.sealing import Keyring

OpenTx = Callable[[], AbstractContextManager[Session]]

MOST_ATTEMPTS = 6
MOST_AT_ONCE = 20
LEASE = timedelta(seconds=45)
"""How long a worker may take over one letter before another takes it up."""
WAIT = timedelta(seconds=10)
"""Before the second attempt; each further one waits twice as long, while the link still works."""

log = structlog.get_logger("access")


def deliver_letters(open_tx: OpenTx, keyring: Keyring, postman: Postman, now: datetime) -> int:
    """Send the letters that are due; returns how many were taken up."""
    with open_tx() as db:
        rows = _due(db, now)
        ready = [letter for row in rows if (letter := _taken_up(db, keyring, row, now)) is not None]
    if ready:
        fp("letters.claimed")
    for letter in ready:
        fp("letters.before_send")
        error = _sent(postman, letter)
        fp("letters.sent")
        with open_tx() as db:
            _record(db, letter, error, now)
        fp("letters.recorded")
    return len(rows)


def _due(db: Session, now: datetime) -> list[Letter]:
    due = sa.select(Letter).where(Letter.due_at <= now).order_by(Letter.due_at, Letter.id).limit(MOST_AT_ONCE)
    return list(db.scalars(due.with_for_update(skip_locked=True)))


def _taken_up(db: Session, keyring: Keyring, row: Letter, now: datetime) -> Ready | None:
    """A letter with what it says; None where it is given up, or nobody is there to have it."""
    what = outbox.opened(keyring, row.sealed) if row.sealed is not None else None
    if what is None or datetime.fromtimestamp(what.until, UTC) <= now or row.attempts >= MOST_ATTEMPTS:
        _give_up(row, row.why or ("sealed under a lost key" if what is None else "too late"))
        return None
    words = _words(db, keyring, row, what)
    if words is None:
        db.delete(row)
        return None
    row.due_at = now + LEASE
    row.attempts += 1
    return Ready(row.id, row.kind, words)


def _words(db: Session, keyring: Keyring, row: Letter, what: Asked | Words) -> Words | None:
    """What the letter says; None where nobody here has the address it was asked for."""
    if isinstance(what, Words):
        return what
    answer = signing_in.answer(db, keyring, what)
    if answer is None:
        return None
    row.workspace_id = answer.workspace
    return answer.words


def _sent(postman: Postman, letter: Ready) -> CourierError | None:
    try:
        postman.send(letter)
    except CourierError as error:
        return error
    except Exception as error:  # one letter that breaks its postman must not keep the others
        log.exception("a postman broke down")
        return CourierError(Outcome.UNKNOWN, f"fault: {type(error).__name__}")
    return None


def _record(db: Session, letter: Ready, error: CourierError | None, now: datetime) -> None:
    row = db.scalar(sa.select(Letter).where(Letter.id == letter.id).with_for_update())
    if row is None:
        return  # its workspace is gone, or another worker has sent it as well
    if error is None:
        db.delete(row)
    elif error.outcome is Outcome.PERMANENT:
        _give_up(row, error.why)
    else:
        row.why = error.why[:64]
        row.due_at = now + (error.retry_after if error.retry_after is not None else WAIT * 2 ** (row.attempts - 1))


def _give_up(row: Letter, why: str) -> None:
    row.sealed, row.due_at, row.why = None, None, why[:64]
