"""Questions made once and asked for every batch: to make one anew costs more than to answer it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from service.db import EVERY_WORKSPACE, Base, Session

SCOPE = "scope_of_session"
_PADDED_AT_MOST = 512


class _Made:
    """A statement made once, which reaches what its session sees."""

    def __init__(self, statement: sa.Select[Any] | sa.Update, tables: Iterable[sa.Table], *, found: bool) -> None:
        here: sa.BindParameter[str] = sa.bindparam(SCOPE)
        scoped = [table.c.workspace_id for table in tables if "workspace_id" in table.c]
        self._everywhere = statement
        self._here = statement.where(*((column.op("||")("") if found else column) == here for column in scoped))

    def _done(self, db: orm.Session, given: Mapping[str, Any]) -> sa.CursorResult[Any]:
        assert isinstance(db, Session)  # noqa: S101 - every session of ours is one
        scope = db.scope()
        if db.new or db.dirty or db.deleted:
            db.flush()
        values = {name: _padded(value) if isinstance(value, list) else value for name, value in given.items()}
        if scope == EVERY_WORKSPACE:
            return db.connection().execute(self._everywhere, values)
        values[SCOPE] = scope
        return db.connection().execute(self._here, values)


class Prepared(_Made):
    """A question made once and asked often: it sees what its session sees, and costs a third of one made each time.

    It answers with rows of columns, never with objects that could be changed. Where its own conditions find the rows,
    say `found`: the workspace is then only compared. SQLite would walk through all of a workspace otherwise, since
    one value looks better to it than a list of places.
    """

    def __init__(self, question: sa.Select[Any], *, found: bool = False) -> None:
        tables = [table for source in question.get_final_froms() for table in _tables(source)]
        super().__init__(question, tables, found=found)
        self.question = question

    def rows(self, db: orm.Session, **given: Any) -> Sequence[Any]:
        """The rows for these values, seen as the session sees them; several values are given as a list."""
        return self._done(db, given).all()


class PreparedChange(_Made):
    """A change made once and applied often, to rows that its session sees and holds no objects of."""

    def __init__(self, change: sa.Update) -> None:
        super().__init__(change, [change.table] if isinstance(change.table, sa.Table) else [], found=True)

    def apply(self, db: orm.Session, **given: Any) -> None:
        """Change the rows for these values; several values are given as a list."""
        self._done(db, given)


def _padded(values: list[Any]) -> list[Any]:
    """As many values as the next power of two, the last of them again and again.

    A database remembers statements by their text: with few lengths it has seen them all before.
    """
    if not 0 < len(values) <= _PADDED_AT_MOST:
        return values
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


def _tables(source: sa.FromClause) -> list[sa.Table]:
    """The tables that must have a row; one that may have none is held by what it is joined by."""
    if isinstance(source, sa.Join):
        return [*_tables(source.left), *([] if source.isouter else _tables(source.right))]
    return [source] if isinstance(source, sa.Table) else []


def any_of(name: str) -> sa.BindParameter[Any]:
    """The place of several values in a prepared question."""
    return sa.bindparam(name, expanding=True)


def table(kind: type[Base]) -> sa.Table:
    """The table of a model."""
    found = kind.__table__
    assert isinstance(found, sa.Table)  # noqa: S101 - narrows what a model may stand for
    return found
