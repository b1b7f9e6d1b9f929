"""The test of the test: each leak planted on purpose turns one of the proofs red."""

import logging

import pytest

from service.runtime import Runtime
from tests.anonymity import canaries, leaks, scenarios, stores
from tests.anonymity.stage import Stage
from tests.anonymity.worlds import ALICE, BOB, Worlds
from tests.fakes import Clock

QUICK = {"an HMAC under our own secret", "a job with the id"}

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def profile(names: dict[str, leaks.Leak]) -> list[object]:
    """Some in the short profile, all in the long one."""
    return [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.soak]) for name in names]


@pytest.mark.parametrize("name", profile(leaks.BYTES))
def test_the_byte_scan_sees(stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    shapes = canaries.all_shapes(stage.canaries, stores.secrets_of(stage.runtime, workspace=stage.team.id))
    before = stage.stores()
    leaks.planted(stage, leaks.BYTES[name], monkeypatch)
    assert scenarios.to_one(stage) == 200
    assert canaries.grown(before, stage.stores(), shapes) != []


@pytest.mark.soak
def test_the_byte_scan_sees_errors_told_in_full(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = canaries.all_shapes(stage.canaries, {})
    before = stage.stores()
    leaks.tells_errors(monkeypatch)
    assert scenarios.with_an_error_inside(stage) == 500
    assert canaries.grown(before, stage.stores(), shapes) != []


@pytest.mark.soak
@pytest.mark.parametrize("name", list(leaks.WORLDS))
def test_the_two_worlds_show(runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    worlds = Worlds(runtime, clock, monkeypatch)
    worlds.plant = lambda stage, patch: leaks.planted(stage, leaks.WORLDS[name], patch)
    assert worlds.unlike(ALICE, BOB) != []


@pytest.mark.soak
def test_there_are_enough_of_them(runtime: Runtime) -> None:
    assert len(leaks.BYTES | leaks.WORLDS) >= 16
    assert logging.getLogger().level <= logging.INFO
