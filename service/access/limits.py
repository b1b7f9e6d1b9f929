"""How often a way in may be asked for within an hour, by anybody and nobody alike."""

from datetime import datetime

from sqlalchemy.orm import Session

from service.access import tokens
from service.access.models import Attempts
from service.db import insert_into
from service.errors import ProblemKind, refused
from service.sealing import Keyring


def count(db: Session, keyring: Keyring, who: tuple[str, str], most: int, now: datetime) -> None:
    """Count one more, under a key of this hour; refused beyond the limit, for anybody and nobody alike."""
    hour = now.strftime("%Y-%m-%d %H")
    insert = insert_into(db, Attempts)
    row = {"hash": tokens.keyed(keyring.derived("access.limits"), hour, *who), "on": now.date(), "count": 1}
    counted = insert.on_conflict_do_update(index_elements=["hash"], set_={"times": Attempts.count + 1})
    if db.scalars(counted.returning(Attempts.count), [row]).one() > most:
        raise refused(ProblemKind.TOO_SOON)
