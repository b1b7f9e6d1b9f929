"""One workspace's session sees and writes one workspace's rows."""

import pytest
import sqlalchemy as sa

from service.db import OutOfScope
from service.people import queries as people
from service.people.models import Member
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY


def test_sees_its_own_members_alone(runtime: Runtime) -> None:
    ours = builders.team(runtime, "Ada")
    theirs = builders.team(runtime, "Eve")
    with runtime.transaction(ours.id) as db:
        assert [card.name for card in people.everybody(db)] == ["Ada"]
        assert people.member(db, theirs["Eve"]) is None
        assert db.get(Member, theirs["Eve"]) is None
    with runtime.housekeeping() as db:
        assert {card.name for card in people.everybody(db)} == {"Ada", "Eve"}


def test_updates_and_deletes_its_own_rows_alone(runtime: Runtime) -> None:
    ours = builders.team(runtime, "Ada")
    theirs = builders.team(runtime, "Eve")
    with runtime.transaction(ours.id) as db:
        db.execute(sa.update(Member).values(name="Renamed"))
    with runtime.transaction(ours.id) as db:
        db.execute(sa.delete(Member).where(Member.id == theirs["Eve"]))
    with runtime.housekeeping() as db:
        assert {card.name for card in people.everybody(db)} == {"Renamed", "Eve"}


def test_writes_nothing_into_another_workspace(runtime: Runtime) -> None:
    ours = builders.team(runtime, "Ada")
    theirs = builders.team(runtime, "Eve")
    with pytest.raises(OutOfScope), runtime.transaction(ours.id) as db:
        db.add(Member(name="Intruder", workspace_id=theirs.id, created_at=MONDAY))


def test_refuses_raw_sql(runtime: Runtime) -> None:
    ours = builders.team(runtime, "Ada")
    with pytest.raises(OutOfScope), runtime.transaction(ours.id) as db:
        db.execute(sa.text("SELECT name FROM member"))
