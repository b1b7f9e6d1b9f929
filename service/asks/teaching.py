"""Taps on asks teach their places; what is kept of a tap is who taught what, and how much of it is left."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.asks import priors
from service.asks.models import Ask, Lesson
from service.asks.priors import UNTAUGHT, Prior, Taught, Voice
from service.asks.rules import AskForm
from service.prepared import Prepared, any_of, table

HEARD = (AskForm.NAMED, AskForm.OPEN)
"""The forms of asks that were read, and not put by hand."""


def teach(db: Session, row: Ask, member: str, taught: Taught, now: datetime) -> None:
    """Take in what a member's tap says about how this ask's place was read."""
    if row.place_id is None or row.form not in HEARD:
        return
    kept = db.scalar(
        sa.select(Lesson).where(
            Lesson.place_id == row.place_id, Lesson.member_id == member, Lesson.taught == taught
        )
    )  # fmt: skip
    voice = priors.tapped(_voice(kept) if kept is not None else None, taught, now)
    values = {
        "workspace_id": row.workspace_id,
        "place_id": row.place_id,
        "member_id": member,
        "taught": taught,
        "weight": voice.weight,
        "at": voice.at,
    }
    store.upsert(db, Lesson, [values], keys=("place_id", "member_id", "taught"))


def expected(db: Session, places: Collection[str], now: datetime) -> dict[str, Prior]:
    """What is expected of each of these places."""
    voices: dict[str, list[Voice]] = {place: [] for place in places}
    for kept in _LESSONS.rows(db, places=list(places)):
        voices[kept.place_id].append(_voice(kept))
    return {place: priors.prior(said, now) if said else UNTAUGHT for place, said in voices.items()}


def _voice(kept: Any) -> Voice:
    return Voice(kept.taught, kept.weight, kept.at)


_LESSONS = Prepared(sa.select(table(Lesson)).where(table(Lesson).c.place_id.in_(any_of("places"))), found=True)
