"""Asking twice under one key does nothing twice: what a tool asked for, and what came of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.access import tokens
from service.access.models import ApiRequest
from service.db import insert_into
from service.errors import ProblemKind, refused


def ask_once(db: Session, token: str, key: str, asked: bytes, now: datetime) -> str | None:
    """Note what a tool asks for under a key; returns what came of it where it asked the same before.

    Whoever asks in the same moment waits for the first. The same key with another request is refused.
    """
    digest = _digest(token, key)
    row = {
        "workspace_id": str(db.info["scope"]),
        "hash": digest,
        "asked": tokens.hashed(asked),
        "on": now.date(),
        "made": None,
    }
    once = insert_into(db, ApiRequest).on_conflict_do_nothing(index_elements=["hash"]).returning(ApiRequest.hash)
    if db.scalars(once, [row]).first() is not None:
        return None
    before = db.scalars(sa.select(ApiRequest).where(ApiRequest.hash == digest)).one()
    if before.asked != row["asked"]:
        raise refused(ProblemKind.ALREADY_DONE, "Idempotency-Key")
    return before.made


def came_of_it(db: Session, token: str, key: str, made: str) -> None:
    """Note what came of a request."""
    asked = sa.update(ApiRequest).where(ApiRequest.hash == _digest(token, key))
    db.execute(asked.values(made=made), execution_options={"synchronize_session": False})


def _digest(token: str, key: str) -> str:
    return tokens.hashed(f"{token}\0{key}".encode("utf-8", "surrogatepass"))
