"""The stage on which every proof stands."""

import logging
from collections.abc import Iterator

import pytest
import redis

from integrations.slack.listeners import suggestions
from service import embedded, queue
from service.app import create_app
from service.runtime import Runtime
from service.web import slipping
from tests.anonymity import stage as stages
from tests.anonymity import stores
from tests.anonymity.stage import Stage
from tests.fakes import Clock


@pytest.fixture(autouse=True)
def _nobody_slipped_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process counts begins anew."""
    for door in (slipping, suggestions):
        monkeypatch.setattr(door, "counted", type(door.counted)())


@pytest.fixture
def stage(runtime: Runtime, clock: Clock, valkey: embedded.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """An installation with a real Redis, with all loggers at DEBUG, in which everybody has signed in."""
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()
    runtime.settings.state_dir.mkdir(parents=True, exist_ok=True)
    runtime.wake = queue.Doorbell(valkey.url)
    with stores.logged(monkeypatch, logging.DEBUG) as log:
        yield stages.signed_in(stages.built(runtime, clock, create_app(runtime), log, valkey.url))
