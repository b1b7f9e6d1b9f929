"""What a session of one workspace cannot reach, however a statement is put."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from service.db import OutOfScope, upsert
from service.people import queries as people
from service.people.models import Member, Workspace
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY

TABLE = sa.table("member", sa.column("id"), *map(sa.column, ("workspace_id", "name", "created_at")))


@pytest.fixture
def ours(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada")


@pytest.fixture
def theirs(runtime: Runtime) -> Home:
    return builders.team(runtime, "Eve", "Mo")


Other = aliased(Member)
COUNTS: dict[str, sa.Select[Any]] = {
    "by condition": sa.select(sa.func.count()).where(Member.active),
    "by table": sa.select(sa.func.count()).select_from(Member),
    "by column": sa.select(sa.func.count(Member.id)),
    "by alias": sa.select(sa.func.count(Other.id)),
    "in a subquery": sa.select(sa.func.count()).select_from(sa.select(Member.id).subquery()),
    "as a scalar": sa.select(sa.select(sa.func.count(Member.id)).scalar_subquery()),
    "joined": sa.select(sa.func.count()).select_from(Workspace).join(Member, Member.workspace_id == Workspace.id),
    "from outside": sa.select(sa.func.count())
    .select_from(Workspace)
    .where(Workspace.id.in_(sa.select(Member.workspace_id))),
}


@pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS.keys())
def test_sees_one_of_three_members(runtime: Runtime, ours: Home, theirs: Home, count: sa.Select[Any]) -> None:
    with runtime.transaction(ours.id) as db:
        assert db.scalar(count) == 1


def test_sees_no_trace_of_another_workspace(runtime: Runtime, ours: Home, theirs: Home) -> None:
    with runtime.transaction(ours.id) as db:
        assert people.workspace(db, theirs.id) is None
        assert [home.id for home in people.workspaces(db)] == [ours.id]
        both = sa.union_all(sa.select(Member.id), sa.select(Member.id))
        assert set(db.scalars(both)) == {ours["Ada"]}


def _row(home: Home) -> dict[str, Any]:
    return {"id": "x", "workspace_id": home.id, "name": "Intruder", "created_at": MONDAY}


REACHES: dict[str, Callable[[Session, Home], object]] = {
    "an existence by itself": lambda db, _: db.scalar(sa.select(sa.exists().where(Member.active))),
    "raw text": lambda db, _: db.execute(sa.text("SELECT name FROM member")),
    "a bare table": lambda db, _: db.execute(sa.select(TABLE)),
    "a core update": lambda db, _: db.execute(sa.update(TABLE).values(name="Renamed")),
    "a core delete": lambda db, home: db.execute(sa.delete(TABLE).where(TABLE.c.id == home["Eve"])),
    "a core insert": lambda db, home: db.execute(sa.insert(TABLE), _row(home)),
    "an insert": lambda db, home: db.execute(sa.insert(Member), _row(home)),
    "inserts": lambda db, home: db.execute(sa.insert(Member), [_row(home)]),
    "an insert with values": lambda db, home: db.execute(sa.insert(Member).values(**_row(home))),
    "an upsert": lambda db, home: upsert(db, Member, [_row(home)], keys=["id"]),
    "an update by key": lambda db, home: db.execute(sa.update(Member), [{"id": home["Eve"], "name": "Renamed"}]),
    "a row moved away": lambda db, home: setattr(db.scalars(sa.select(Member)).one(), "workspace_id", home.id),
}


@pytest.mark.parametrize("reach", REACHES.values(), ids=REACHES.keys())
def test_refuses_what_cannot_be_scoped(
    runtime: Runtime, ours: Home, theirs: Home, reach: Callable[[Session, Home], object]
) -> None:
    with pytest.raises(OutOfScope), runtime.transaction(ours.id) as db:
        reach(db, theirs)
    with runtime.housekeeping() as db:
        assert [card.name for card in people.everybody(db)] == ["Ada", "Eve", "Mo"]


def test_a_session_without_a_workspace_reads_nothing(runtime: Runtime, ours: Home) -> None:
    from service import db as database

    with pytest.raises(OutOfScope), runtime.engine.connect() as connection, database.Session(connection) as db:
        db.scalars(sa.select(Member)).all()
