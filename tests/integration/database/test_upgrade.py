"""From the first step there was, with rows in every table, to the newest one and back: no row is lost or changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from migrations import tables
from service import db, schema
from service.db import EnumText
from tests import servers

FIRST = "0001"
ROWS = 3

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def first(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database at its first step, as the first release made it."""
    if request.param == "sqlite":
        engine = db.engine(f"sqlite:///{tmp_path / 'first.db'}")
        schema.upgrade(engine, FIRST)
        yield engine
        engine.dispose()
        return
    postgres: servers.Postgres = request.getfixturevalue("postgres")
    name = f"first_{db.new_id()}"
    engine = db.engine(postgres.create(name))
    schema.upgrade(engine, FIRST)
    yield engine
    engine.dispose()
    postgres.drop(name)


def value(column: sa.Column[Any], number: int) -> Any:
    """A value for a column: valid where the models say what is, another one in each row."""
    known = tables.metadata().tables.get(column.table.name)
    model = known.columns.get(column.name) if known is not None else None
    if model is not None and isinstance(model.type, EnumText):
        kind: type[StrEnum] = model.type.kind
        kinds = list(kind)
        return kinds[number % len(kinds)].value
    for reference in column.foreign_keys:
        return _text(reference.column, number)
    at = datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(days=number)
    match column.type:
        case sa.Boolean():
            return number % 2 == 0
        case sa.LargeBinary():
            return bytes([number]) * 32
        case sa.JSON():
            return {}
        case sa.DateTime():
            return at if column.table.info["knows zones"] else at.replace(tzinfo=None)
        case sa.Date():
            return date(2026, 3, 2) + timedelta(days=number)
        case sa.Time():
            return time(9, number)
        case sa.Integer() | sa.Numeric() | sa.Float():
            return number
        case _:
            return _text(column, number)


def _text(column: sa.Column[Any], number: int) -> str:
    return f"{number}{column.table.name}"[: getattr(column.type, "length", None)]


def filled(engine: sa.Engine) -> None:
    """Rows in every table."""
    reflected = sa.MetaData()
    reflected.reflect(engine)
    with engine.begin() as connection:
        for table in reflected.sorted_tables:
            if table.name == "alembic_version":
                continue
            table.info["knows zones"] = engine.dialect.name == "postgresql"
            rows = [{column.name: value(column, number) for column in table.columns} for number in range(ROWS)]
            connection.execute(table.insert(), rows)


def everything(engine: sa.Engine) -> Rows:
    """Every row of every table, in order."""
    reflected = sa.MetaData()
    reflected.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: sorted((dict(row) for row in connection.execute(table.select()).mappings()), key=repr)
            for table in reflected.sorted_tables
            if table.name != "alembic_version"
        }


def kept(before: Rows, after: Rows) -> None:
    """Every row is there, with every value of every column that both steps know."""
    for name, rows in before.items():
        assert len(after[name]) == len(rows), name
        columns = rows[0].keys() & after[name][0].keys()
        assert columns, name
        shown = [
            sorted(({one: row[one] for one in sorted(columns)} for row in some), key=repr)
            for some in (rows, after[name])
        ]
        assert shown[0] == shown[1], name


def test_every_row_outlives_the_way_up_and_down(first: sa.Engine) -> None:
    filled(first)
    before = everything(first)
    assert all(len(rows) == ROWS for rows in before.values())
    schema.upgrade(first)
    kept(before, everything(first))
    assert schema.differences(first) == []
    schema.downgrade(first, FIRST)
    assert everything(first) == before
    schema.upgrade(first)
    kept(before, everything(first))
