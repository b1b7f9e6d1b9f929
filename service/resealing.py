"""Seal everything that is sealed at rest under the newest key."""

from typing import Final

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from service.db import Base
from service.errors import StartRefused
from service.runtime import Runtime

AT_ONCE: Final = 200


def reseal(runtime: Runtime) -> int:
    """Seal every sealed value anew, a few rows at a time; returns how many.

    A column says that it is sealed: `mapped_column(..., info={"sealed": True})`.
    """
    return sum(
        _column(runtime, table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("sealed")
    )


def _column(runtime: Runtime, table: sa.Table, column: sa.Column[str]) -> int:
    keys = list(table.primary_key.columns)
    after: tuple[object, ...] | None = None
    count = 0
    while True:
        with runtime.housekeeping() as db:
            chosen = sa.select(*keys, column).where(column.is_not(None)).order_by(*keys).limit(AT_ONCE)
            if after is not None:
                chosen = chosen.where(sa.tuple_(*keys) > after)
            rows = db.execute(chosen.with_for_update()).all()
            for *key, sealed in rows:
                same = [part == value for part, value in zip(keys, key, strict=True)]
                db.execute(sa.update(table).where(*same).values({column.name: _again(runtime, table, sealed)}))
        if not rows:
            return count
        count += len(rows)
        after = tuple(rows[-1][:-1])


def _again(runtime: Runtime, table: sa.Table, sealed: str) -> str:
    try:
        return runtime.keyring.resealed(sealed)
    except InvalidToken:
        raise StartRefused(
            f"A value in the table {table.name} opens with none of our keys. Put the key back that sealed it."
        ) from None
