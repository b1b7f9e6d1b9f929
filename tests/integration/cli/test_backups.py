"""A backup is whole, private and never overwritten; a restore brings nobody back and sends nothing twice."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from service import backups
from service.belongings import actions as belongings
from service.errors import StartRefused
from service.nudges import actions as nudges
from service.nudges import queries
from service.nudges.rules import NudgeKind, Told
from service.people import actions as people_acts
from service.people import queries as people
from service.runtime import Runtime
from tests import builders, servers
from tests.fakes import MONDAY, Clock
from tests.integration.cli.conftest import Command


@pytest.fixture(autouse=True)
def _programs(postgres: servers.Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, as an operator has them on the PATH."""
    monkeypatch.setenv("PATH", f"{postgres.binaries}{os.pathsep}{os.environ['PATH']}")


def members(runtime: Runtime) -> set[str]:
    with runtime.housekeeping(writes=False) as db:
        return {card.name for card in people.everybody(db)}


def test_a_backup_brings_back_what_was_there(runtime: Runtime, tmp_path: Path, clock: Clock) -> None:
    builders.team(runtime, "Ada", "Ben")
    kept = tmp_path / "kept"
    backups.save(runtime, kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    builders.team(runtime, "Eve")
    backups.restore(runtime, kept, clock())
    assert members(runtime) == {"Ada", "Ben"}
    assert [path.name for path in tmp_path.iterdir() if "draft" in path.name] == []


def test_who_was_erased_stays_erased(runtime: Runtime, tmp_path: Path, clock: Clock) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    backups.save(runtime, tmp_path / "kept")
    with runtime.transaction(home.id) as db:
        belongings.erase(db, home["Ben"], clock())
    backups.save(runtime, tmp_path / "without Ben")
    for kept in ("kept", "without Ben", "kept"):
        backups.restore(runtime, tmp_path / kept, clock.move(hours=1))
        assert members(runtime) == {"Ada"}


def test_an_owner_who_went_since_goes_again_and_leaves_another(runtime: Runtime, tmp_path: Path, clock: Clock) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    backups.save(runtime, tmp_path / "kept")
    with runtime.transaction(home.id) as db:
        people_acts.own(db, home["Ben"])
        belongings.erase(db, home["Ada"], clock())
    backups.restore(runtime, tmp_path / "kept", clock.move(hours=1))
    with runtime.housekeeping(writes=False) as db:
        assert [(card.name, card.is_owner) for card in people.everybody(db)] == [("Ben", True)]


def test_what_may_have_been_sent_is_not_sent_again(runtime: Runtime, tmp_path: Path, clock: Clock) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        for number, later in enumerate((timedelta(0), timedelta(days=2))):
            told = Told(who=home["Ada"])
            kind = NudgeKind.THANKS_RECEIVED
            nudges.offer(db, kind, home["Ben"], f"thanks:{number}", told, MONDAY, not_before=MONDAY + later)
    backups.save(runtime, tmp_path / "kept")
    assert backups.restore(runtime, tmp_path / "kept", clock.move(hours=3)) == 1
    with runtime.housekeeping(writes=False) as db:
        assert queries.waiting(db, clock.move(days=7)) == 1


def test_nothing_is_overwritten(runtime: Runtime, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("mine")
    with pytest.raises(StartRefused, match="there already"):
        backups.save(runtime, kept)
    assert kept.read_text() == "mine"


def test_what_is_no_backup_changes_nothing(runtime: Runtime, tmp_path: Path, clock: Clock) -> None:
    builders.team(runtime, "Ada")
    kept = tmp_path / "kept"
    kept.write_text("these are not the rows you are looking for")
    with pytest.raises(StartRefused):
        backups.restore(runtime, kept, clock())
    assert members(runtime) == {"Ada"}


def test_the_commands_ask_first(goldseam: Command, runtime: Runtime, tmp_path: Path) -> None:
    builders.team(runtime, "Ada")
    kept = str(tmp_path / "kept")
    assert goldseam("backup", kept, "--json").found["file"] == kept
    assert goldseam("backup", kept).status == 1
    builders.team(runtime, "Eve")
    assert goldseam("restore", kept).status == 1
    assert members(runtime) == {"Ada", "Eve"}
    said = goldseam("restore", kept, "--yes")
    assert (said.status, said.err) == (0, "")
    assert members(runtime) == {"Ada"}
