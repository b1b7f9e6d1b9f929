"""Two worlds in which only who presses differs leave the same behind, to the last byte of every dump and log."""

from collections.abc import Callable

import pytest

from integrations.slack.listeners import suggestions
from integrations.slack.visits import Reply, Visit
from service.runtime import Runtime
from tests.anonymity import scenarios, slack_worlds
from tests.anonymity.crowds import Crowd
from tests.anonymity.slack_worlds import SlackWorlds
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


@pytest.mark.one_database
@pytest.mark.parametrize(("press", "answered"), PRESSES)
def test_nothing_tells_who_pressed(
    runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch, press: Callable[[Stage], int], answered: int
) -> None:
    assert Worlds(runtime, clock, monkeypatch, press, answered).unlike(ALICE, BOB) == []


@pytest.mark.soak
def test_worlds_that_differ_are_seen_to(runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that was slipped and one that was not: else two worlds could be alike since nothing is looked at."""
    assert Worlds(runtime, clock, monkeypatch).unlike(ALICE, "nobody") != []


HERE_FIRST = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
)
"""A week in Slack takes long to live: the short profile lives it on one database."""


@HERE_FIRST
@pytest.mark.parametrize(
    "to_all", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["for one person", "for all"]
)
def test_nothing_tells_who_pressed_in_slack(
    runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch, *, to_all: bool
) -> None:
    worlds = SlackWorlds(runtime, clock, monkeypatch, to_all=to_all)
    assert worlds.unlike(slack_worlds.ALICE, slack_worlds.BOB) == []


@pytest.mark.soak
def test_a_message_to_whoever_pressed_is_seen(runtime: Runtime, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def plant(_crowd: Crowd, patch: pytest.MonkeyPatch) -> None:
        true = suggestions._put_in

        def careless(visit: Visit, *rest: object) -> Reply:
            true(visit, *rest)  # type: ignore[arg-type]
            visit.client.chat_postMessage(channel=visit.gesture.person, text="Done.")
            return None

        patch.setattr(suggestions, "_put_in", careless)

    worlds = SlackWorlds(runtime, clock, monkeypatch, plant_there=plant)
    assert worlds.unlike(slack_worlds.ALICE, slack_worlds.BOB) != []
