"""The steps of the database: up, down and up again, one migrator at a time, never past a newer one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from service import db, schema
from service.errors import StartRefused, StoreAway
from service.people.models import Workspace
from service.people.rules import WorkspaceKind
from tests import servers
from tests.fakes import MONDAY


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = db.engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    postgres: servers.Postgres = request.getfixturevalue("postgres")
    name = f"empty_{db.new_id()}"
    engine = db.engine(postgres.create(name))
    yield engine
    engine.dispose()
    postgres.drop(name)


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again(empty: sa.Engine) -> None:
    assert schema.look(empty) == (schema.Fit.BEHIND, None)
    schema.upgrade(empty)
    assert schema.look(empty) == (schema.Fit.FITS, schema.known()[-1])
    first = tables(empty)
    assert {"workspace", "member", "nudge", "ask", "round"} <= first
    schema.downgrade(empty, "base")
    assert tables(empty) == set()
    schema.upgrade(empty)
    assert tables(empty) == first


def test_the_steps_lead_to_what_the_models_say(empty: sa.Engine) -> None:
    schema.upgrade(empty)
    assert schema.differences(empty) == []
    with empty.begin() as connection:
        connection.execute(sa.text("ALTER TABLE nudge RENAME COLUMN why TO because"))
    assert schema.differences(empty) != []


def test_rows_outlive_a_second_upgrade(empty: sa.Engine) -> None:
    schema.upgrade(empty)
    with db.Session(empty, info={"scope": db.EVERY_WORKSPACE}) as session, session.begin():
        session.add(Workspace(kind=WorkspaceKind.TEAM, name="Harbour", zone="UTC", created_at=MONDAY, switched_off={}))
    schema.upgrade(empty)
    with db.Session(empty, info={"scope": db.EVERY_WORKSPACE}) as session:
        [row] = session.scalars(sa.select(Workspace))
        assert (row.name, row.created_at) == ("Harbour", MONDAY)


def test_migrators_that_start_together_take_each_step_once(empty: sa.Engine, tmp_path: Path) -> None:
    url = empty.url.render_as_string(hide_password=False)
    environment = {**os.environ, "DATABASE_URL": url, "STATE_DIR": str(tmp_path / "var")}
    together = [
        subprocess.Popen([sys.executable, "-m", "service.cli", "db", "upgrade"], env=environment) for _ in range(2)
    ]
    assert [each.wait(60) for each in together] == [0, 0]
    assert schema.look(empty)[0] is schema.Fit.FITS


def test_a_step_that_fails_leaves_nothing_behind(empty: sa.Engine) -> None:
    with empty.begin() as connection:
        connection.execute(sa.text("CREATE TABLE nudge (id INTEGER)"))
    with pytest.raises(sa.exc.DBAPIError):
        schema.upgrade(empty)
    assert tables(empty) == {"nudge"}
    assert schema.look(empty) == (schema.Fit.BEHIND, None)


def test_an_older_program_refuses_a_newer_database(empty: sa.Engine) -> None:
    schema.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.look(empty) == (schema.Fit.NEWER, "9999")
    with pytest.raises(StartRefused, match="step 9999"):
        schema.refuse_newer(empty)


def test_foreign_keys_hold_again_after_a_migration(empty: sa.Engine) -> None:
    schema.upgrade(empty)
    with pytest.raises(sa.exc.IntegrityError), empty.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO circle (id, name, created_at, invited_times, workspace_id)"
                " VALUES ('c', 'c', '2026-03-02 10:00:00', 0, 'nowhere')"
            )
        )


def test_a_database_that_does_not_answer_is_away(tmp_path: Path) -> None:
    with pytest.raises(StoreAway):
        schema.look(db.engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))
