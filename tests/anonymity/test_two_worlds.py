"""Two worlds in which only who presses differs leave the same behind, to the last byte of every dump and log."""

from collections.abc import Callable

import pytest

from service.runtime import Runtime
from tests.anonymity import scenarios
from tests.anonymity.stage import Stage
from tests.anonymity.worlds import ALICE, BOB, Worlds
from tests.fakes import Clock

PRESSES = [
    pytest.param(scenarios.to_one, 200, id="for one person"),
    pytest.param(scenarios.to_all, 200, id="for all", marks=pytest.mark.soak),
    pytest.param(scenarios.twice, 200, id="twice", marks=pytest.mark.soak),
    pytest.param(scenarios.beyond_the_limit, 422, id="too often", marks=pytest.mark.soak),
    pytest.param(scenarios.with_an_error_inside, 500, id="an error inside", marks=pytest.mark.soak),
]


@pytest.mark.parametrize(("press", "answered"), PRESSES)
def test_nothing_tells_who_pressed(
    runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch, press: Callable[[Stage], int], answered: int
) -> None:
    assert Worlds(runtime, clock, monkeypatch, press, answered).unlike(ALICE, BOB) == []


@pytest.mark.soak
def test_worlds_that_differ_are_seen_to(runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that was slipped and one that was not: else two worlds could be alike since nothing is looked at."""
    assert Worlds(runtime, clock, monkeypatch).unlike(ALICE, "nobody") != []
