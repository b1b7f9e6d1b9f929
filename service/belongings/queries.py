"""Everything kept about one member, as they may take it along."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.appreciations import queries as appreciations
from service.belongings.rules import DECISIONS
from service.db import Base
from service.moments import queries as moments
from service.people import queries as people
from service.sealing import Keyring

ALWAYS_WITHOUT = frozenset({"workspace_id"})


def everything_about(db: Session, keyring: Keyring, member: str) -> dict[str, Any]:
    """What is kept about a member, table by table, in the words of the store; what is sealed is opened for them."""
    people.the_member(db, member)
    found: dict[str, Any] = {"member": _rows(db, "member", "id", member, ALWAYS_WITHOUT)}
    for (name, column), decision in DECISIONS.items():
        if not decision.shown:
            continue
        rows = _rows(db, name, column, member, decision.without | ALWAYS_WITHOUT)
        if rows:
            found.setdefault(name, []).extend(row for row in rows if row not in found.get(name, []))
    if "moment" in found:
        found["moment"] = [
            {"id": one.id, "on": one.on.isoformat(), "kind": one.kind.value, "who": one.who, "words": one.words}
            for one in moments.mine(db, keyring, member)
        ]
    kept = _keepsakes(db, member)
    if kept:
        found["keepsake"] = kept
    return found


def _keepsakes(db: Session, member: str) -> list[dict[str, Any]]:
    """The words of thanks a member received."""
    found, after = [], None
    while True:
        page = appreciations.keepsakes(db, member, after=after, most=200)
        found += [
            {"from": one.giver, "did": one.did, "eased": one.eased, "given_at": one.given_at.isoformat()}
            for one in page.cards
        ]
        after = page.next
        if after is None:
            return found


def _rows(db: Session, name: str, column: str, member: str, without: frozenset[str]) -> list[dict[str, Any]]:
    model = _model(name)
    attributes = [one for one in sa.inspect(model).column_attrs if one.columns[0].name not in without]
    key = next(one.key for one in sa.inspect(model).column_attrs if one.columns[0].name == column)
    rows = db.scalars(sa.select(model).where(getattr(model, key) == member))
    return [{one.columns[0].name: _plain(getattr(row, one.key)) for one in attributes} for row in rows]


def _model(name: str) -> type[Base]:
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table.name == name)  # type: ignore[attr-defined]


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            return value
