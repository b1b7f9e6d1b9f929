"""Keep an effort once, with whoever saw it: what noticing, noting and doing a chore share."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.db import new_id
from service.efforts import rules
from service.efforts.models import EffortRow, Witness
from service.efforts.rules import Noticed, Source
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature, Joined

LONGEST_REFERENCE = 200


def may_notice(db: Session, doer: MemberCard, source: Source) -> bool:
    """Whether work of this member may be noticed there: they joined, and neither they nor the owner turned it off."""
    home = people.workspace(db, doer.workspace)
    if home is None or Feature.SOURCES in home.switched_off or not has_joined(doer):
        return False
    return source.value not in people.boundary_view(db, doer.id).sources_off


def has_joined(member: MemberCard | None) -> bool:
    """Whether somebody is here, and joined for the whole."""
    return member is not None and member.active and member.joined is Joined.WHOLE


def keep(
    db: Session,
    doer: MemberCard,
    noticed: Noticed,
    saw: Iterable[str],
    now: datetime,
    *,
    place: str | None = None,
    repeats: str | None = None,
) -> str:
    """Keep an effort of this member, once for its source and reference; returns its id."""
    late = noticed.out_of_hours
    if late is None:
        late = rules.out_of_hours(people.boundaries(db, [doer.id])[doer.id], noticed.done_at)
    fresh = {
        "id": new_id(),
        "workspace_id": doer.workspace,
        "member_id": doer.id,
        "place_id": place,
        "source": noticed.source,
        "reference": fitting(noticed.reference),
        "about": fitting(noticed.about) if noticed.about is not None else None,
        "kind": noticed.kind,
        "title": rules.title(noticed.title),
        "link": rules.link(noticed.link),
        "done_at": noticed.done_at,
        "noticed_at": now,
        "out_of_hours": late,
        "repeats": repeats,
    }
    store.write_once(db, EffortRow, [fresh], keys=("workspace_id", "source", "reference"))
    there = sa.select(EffortRow).where(
        EffortRow.source == noticed.source, EffortRow.reference == fitting(noticed.reference)
    )
    row = db.scalars(there).one()
    _seen(db, row, set(saw) - {row.member_id})
    return row.id


def _seen(db: Session, effort: EffortRow, saw: set[str]) -> None:
    rows = [
        {"workspace_id": effort.workspace_id, "effort_id": effort.id, "member_id": member} for member in sorted(saw)
    ]
    store.write_once(db, Witness, rows, keys=("effort_id", "member_id"))


def fitting(reference: str) -> str:
    """A reference as it is kept: one that is very long, or that no text can hold, by its digest."""
    if len(reference) <= LONGEST_REFERENCE and reference.isprintable():
        return reference
    return hashlib.sha256(reference.encode("utf-8", "surrogatepass")).hexdigest()
