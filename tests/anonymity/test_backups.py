"""No backup holds what lies in hats; after a restore they begin from chance."""

import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from service import backups
from service.runtime import Runtime
from service.suggestions import actions as suggestions
from service.suggestions import queries
from service.suggestions.models import Hat
from tests import builders, servers
from tests.anonymity.stage import CARD
from tests.builders import Home
from tests.fakes import Clock


def _hats(runtime: Runtime, home: Home) -> dict[str, bytes]:
    with runtime.transaction(home.id, writes=False) as db:
        return {row.id: row.cards for row in db.scalars(sa.select(Hat))}


def test_a_card_is_in_no_backup(
    runtime: Runtime, tmp_path: Path, clock: Clock, postgres: servers.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{postgres.binaries}{os.pathsep}{os.environ['PATH']}")
    home = builders.team(runtime, "Ada", "Ben", "Cy")
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, clock())
        hat = queries.hat_of_circle(db, home.circle)
        assert hat is not None
        suggestions.slip(db, hat, CARD, runtime.random)
    assert any(any(cards) for cards in _hats(runtime, home).values())
    backups.save(runtime, tmp_path / "kept")
    assert hat.encode() not in (tmp_path / "kept").read_bytes()
    backups.restore(runtime, tmp_path / "kept", clock())
    assert _hats(runtime, home) == {}
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, clock())
    assert len(_hats(runtime, home)) == 4
    assert not any(any(cards) for cards in _hats(runtime, home).values())
