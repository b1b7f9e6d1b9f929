"""The byte scan in Slack: the modal is the only sign there is, in every store and in every call we make."""

import logging
from collections.abc import Iterator
from dataclasses import astuple

import pytest
import redis

from service import embedded, queue
from service.runtime import Runtime
from tests.anonymity import canaries, crowds, stores
from tests.anonymity.crowds import ALL, QUICK, Crowd
from tests.fakes import Clock
from tests.slack import street

PANEL = {"views.open", "views.push", "views.update"}
"""What the asker alone is shown."""

each = [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.soak]) for name in ALL]


@pytest.fixture
def crowd(runtime: Runtime, clock: Clock, valkey: embedded.Server) -> Iterator[Crowd]:
    """A team whose app has a real Redis."""
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()
    runtime.settings.state_dir.mkdir(parents=True, exist_ok=True)
    runtime.wake = queue.Doorbell(valkey.url)
    with street(runtime, clock) as town:
        yield crowds.gathered(town)


@pytest.mark.parametrize("name", each)
def test_nothing_grows_with_whoever_asks(
    crowd: Crowd, valkey: embedded.Server, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    slack, runtime = crowd.town.slack, crowd.town.runtime
    with stores.logged(monkeypatch, logging.DEBUG) as log:

        def kept() -> dict[str, bytes]:
            calls = [astuple(call) for call in slack.calls() if call.method not in PANEL]
            return {
                "log": log.getvalue().encode(),
                "calls": repr(calls).encode(),
                "dump": stores.dump(runtime.engine),
                **stores.database_files(runtime.engine),
                **stores.in_redis(valkey.url),
                **stores.folder(runtime.settings.state_dir),
            }

        before, said = kept(), len(slack.calls())
        ALL[name](crowd)
        after = kept()
    secrets = stores.secrets_of(runtime, workspace=crowd.town.workspace(crowd.team.ops.team))
    assert canaries.grown(before, after, canaries.all_shapes(crowd.canaries(), secrets)) == []
    assert {call.method for call in slack.calls()[said:]} <= PANEL
    assert len(slack.calls()) > said
