"""Questions that somebody answered for another, kept as work: many at once, since they come with every batch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.db import new_id
from service.efforts import keeping, rules
from service.efforts.models import EffortRow, Witness
from service.efforts.rules import EffortKind, Source
from service.people import queries as people
from service.people.rules import Feature
from service.prepared import Prepared, any_of, table


@dataclass(frozen=True, slots=True)
class Answered:
    """That a member answered another's question; nothing of what was said."""

    doer: str
    asker: str | None
    place: str
    reference: str
    """Unique for the question and whoever answered it."""
    at: datetime


def notice_answers(db: Session, answered: Iterable[Answered], now: datetime) -> None:
    """Keep these answers, each once; nothing about who has not joined, or turned this source off."""
    found = {one.reference: one for one in answered}
    if not found:
        return
    cards = people.members(db, {who for one in found.values() for who in (one.doer, one.asker) if who})
    home = people.workspace(db, db.info["scope"])
    if home is None or Feature.SOURCES in home.switched_off:
        return
    doers = {one.doer for one in found.values() if keeping.has_joined(cards.get(one.doer))}
    doers -= people.with_source_off(db, doers, Source.SLACK_ANSWER.value)
    boundaries = people.boundaries(db, doers)
    fresh = [
        {
            "id": new_id(),
            "workspace_id": home.id,
            "member_id": one.doer,
            "place_id": one.place,
            "source": Source.SLACK_ANSWER,
            "reference": keeping.fitting(one.reference),
            "kind": EffortKind.ANSWER,
            "done_at": one.at,
            "noticed_at": now,
            "out_of_hours": rules.out_of_hours(boundaries[one.doer], one.at),
        }
        for one in found.values()
        if one.doer in doers
    ]
    if not fresh:
        return
    store.write_once(db, EffortRow, fresh, keys=("workspace_id", "source", "reference"))
    kept = _KEPT.rows(db, source=Source.SLACK_ANSWER, references=[row["reference"] for row in fresh])
    ids = {row.reference: row.id for row in kept}
    saw = [
        {"workspace_id": home.id, "effort_id": ids[keeping.fitting(one.reference)], "member_id": one.asker}
        for one in found.values()
        if one.doer in doers and one.asker is not None and keeping.has_joined(cards.get(one.asker))
    ]
    store.write_once(db, Witness, saw, keys=("effort_id", "member_id"))


_EFFORT = table(EffortRow)
_KEPT = Prepared(
    sa.select(_EFFORT.c.reference, _EFFORT.c.id).where(
        _EFFORT.c.source == sa.bindparam("source"), _EFFORT.c.reference.in_(any_of("references"))
    )
)
