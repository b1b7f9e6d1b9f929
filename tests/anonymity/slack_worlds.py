"""The same two worlds, lived in Slack: both open the form, walk to its last view and close it; one presses."""

import itertools
import logging
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace

import pytest

from integrations.slack.standin.actor import Actor
from service.suggestions.counting import Counted
from tests.anonymity import crowds, stores
from tests.anonymity.crowds import Crowd
from tests.anonymity.worlds import Worlds
from tests.slack import Street, street

ALICE, BOB = "alice", "bob"


@dataclass
class SlackWorlds(Worlds):
    """The same days in a team's Slack, lived again and again; what we say to Slack is compared to the last call."""

    to_all: bool = False
    plant_there: Callable[[Crowd, pytest.MonkeyPatch], None] | None = None
    """Something that gives whoever presses away, for the test of this test."""

    def lived(self, presser: str) -> dict[str, bytes]:
        """What is left of a week in which this one pressed."""
        with self.monkeypatch.context() as patch:
            rings = self._begun_anew(patch)
            patch.setattr("integrations.slack.listeners.suggestions.counted", Counted())
            with stores.logged(patch, logging.INFO) as log, street(self.runtime, self.clock) as town:
                crowd = crowds.gathered(town)
                if self.plant_there is not None:
                    self.plant_there(crowd, patch)
                town.passes(days=2)
                for number, (name, actor) in enumerate({ALICE: crowd.asker, BOB: crowd.team.ada}.items()):
                    self._opens(town, replace(crowd, asker=actor), number, presses=name == presser)
                town.passes(days=7)
                calls = [astuple(call) for call in town.slack.calls()]
                kept = {"log": log.getvalue().encode(), "dump": stores.dump(self.runtime.engine)}
                seen = {f"inbox of {each.id}": _inbox(each) for each in (crowd.team.ben, crowd.team.owner)}
                said = {f"call {number}": repr(call).encode() for number, call in enumerate(calls)}
                return {**kept, **seen, **said, "rings": repr(rings).encode(), **self._files()}

    def _opens(self, town: Street, crowd: Crowd, number: int, *, presses: bool) -> None:
        # Slack numbers views and triggers as it likes: a press more or less is Slack's to count, and not ours to hide.
        town.slack.world._numbers = itertools.count(1_000_000 * (number + 1))
        crowds.walks(crowd, person=None if self.to_all else crowd.member(crowd.team.ben))
        self.clock.move(minutes=2)
        if presses:
            crowd.asker.submits()
            assert "Done." in str(crowd.asker.modal.body)
        self.clock.move(minutes=3)
        crowd.asker.closes(every=True)
        self.clock.move(hours=2)  # between two draws and two nights, as on the web


def _inbox(actor: Actor) -> bytes:
    return repr([(message.ts, message.text, message.blocks) for message in actor.inbox]).encode()
