"""What is kept about a member is theirs to take along, and to have gone to the last byte."""

import json
import subprocess
from pathlib import Path

import sqlalchemy as sa

from service.people import queries as people
from service.runtime import Runtime
from tests import builders
from tests.integration.cli.conftest import Command

RARE = "marmalade-lantern"


def everything(runtime: Runtime) -> bytes:
    """Every byte the database holds: SQLite's files, or PostgreSQL's tables page by page."""
    if runtime.engine.dialect.name == "sqlite":
        path = Path(str(runtime.engine.url.database))
        # Another process reads: to close a file of SQLite's here would take our own locks on it away.
        return subprocess.run(["cat", *path.parent.glob(f"{path.name}*")], capture_output=True, check=True).stdout
    with runtime.engine.connect() as connection:
        connection.execute(sa.text("CHECKPOINT"))
        folder = connection.scalar(sa.text("SHOW data_directory"))
        paths = connection.scalars(
            sa.text(
                "SELECT pg_relation_filepath(oid) FROM pg_class"
                " WHERE relkind IN ('r', 't', 'i') AND (relname !~ '^pg_' OR relkind = 't') AND oid > 16000"
            )
        )
        return b"".join((Path(str(folder)) / name).read_bytes() for name in paths if name)


def test_a_member_takes_everything_along(goldseam: Command, runtime: Runtime, tmp_path: Path) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    said = goldseam("export", home["Ada"])
    assert json.loads(said.out)["member"][0]["name"] == "Ada"
    target = tmp_path / "ada.json"
    assert goldseam("export", home["Ada"], "--into", str(target)).status == 0
    assert target.stat().st_mode & 0o077 == 0
    assert json.loads(target.read_text()) == json.loads(said.out)
    assert goldseam("export", "nobody").err.startswith("This is not here")


def test_a_member_who_is_erased_leaves_no_byte(goldseam: Command, runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", "Ben", f"Cyd {RARE}")
    member = home[f"Cyd {RARE}"]
    assert RARE.encode() in everything(runtime)
    assert goldseam("erase", member).status == 1
    assert goldseam("erase", member, "--yes", "--scrub").status == 0
    assert RARE.encode() not in everything(runtime)
    with runtime.housekeeping(writes=False) as db:
        assert {card.name for card in people.everybody(db)} == {"Ada", "Ben"}


def test_sqlite_needs_no_scrubbing(goldseam: Command, runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada", f"Cyd {RARE}")
    assert goldseam("erase", home[f"Cyd {RARE}"], "--yes").status == 0
    if runtime.engine.dialect.name == "sqlite":
        assert RARE.encode() not in everything(runtime)
