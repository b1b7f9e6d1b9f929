"""Two worlds that differ in nothing but who presses: all chance repeats, and time passes alike."""

import logging
import os
import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import structlog

from migrations import tables
from service import db, jobs
from service.app import create_app
from service.runtime import Runtime
from service.web import slipping
from tests.anonymity import scenarios, stores
from tests.anonymity import stage as stages
from tests.anonymity.stage import ASKER, DRAWER, OTHERS, OWNER, Stage
from tests.fakes import MONDAY, Clock

ALICE, BOB = ASKER, OTHERS[0]
Press = Callable[[Stage], int]


@dataclass
class Worlds:
    """The same days, lived again and again."""

    runtime: Runtime
    clock: Clock
    monkeypatch: pytest.MonkeyPatch
    press: Press = scenarios.to_one
    answered: int = 200
    plant: Callable[[Stage, pytest.MonkeyPatch], None] | None = None
    """Something that gives whoever presses away, for the test of this test."""

    def unlike(self, one: str, other: str) -> list[str]:
        """How the world in which one pressed differs from that in which the other did."""
        return unlike(self.lived(one), self.lived(other))

    def lived(self, presser: str) -> dict[str, bytes]:
        """What is left of a week in which this one pressed."""
        with self.monkeypatch.context() as patch:
            rings = self._begun_anew(patch)
            with stores.logged(patch, logging.INFO) as log:  # as installed: lines of DEBUG say when, if not who
                stage = stages.built(self.runtime, self.clock, create_app(self.runtime), log, redis_url="")
                if self.plant is not None:
                    self.plant(stage, patch)
                self._week(stage, presser)
                kept = {"log": log.getvalue().encode(), "dump": stores.dump(self.runtime.engine)}
                return {**kept, "rings": repr(rings).encode(), **self._pages(stage), **self._files()}

    def _begun_anew(self, patch: pytest.MonkeyPatch) -> list[str]:
        self.clock.at = MONDAY
        with self.runtime.engine.begin() as connection:
            for table in reversed(tables.metadata().sorted_tables):
                connection.execute(table.delete())
        entropy = random.Random(7).randbytes
        patch.setattr(db, "entropy", random.Random(8).randbytes)
        patch.setattr(os, "urandom", entropy)
        patch.setattr(random, "_urandom", entropy)
        patch.setattr(secrets, "token_bytes", entropy)
        patch.setattr(time, "time", lambda: self.clock().timestamp())
        patch.setattr(structlog.processors, "TimeStamper", lambda **_: self._stamp)
        patch.setattr(slipping, "counted", type(slipping.counted)())
        self.runtime.random = random.Random(9)
        rings: list[str] = []
        self.runtime.wake = lambda: rings.append(self.clock().isoformat())
        return rings

    def _stamp(self, _logger: object, _method: str, fields: dict[str, object]) -> dict[str, object]:
        return {**fields, "timestamp": self.clock().isoformat()}

    def _week(self, stage: Stage, presser: str) -> None:
        for name in (ALICE, BOB, OWNER, DRAWER):
            stage.signs_in(stage.team, name)
        self._passes(stage, days=2)
        for name in (ALICE, BOB):
            self._visit(stage, name, presses=name == presser)
            self.clock.move(hours=2)  # between two draws and two nights: those are chance, and chance is not in turn
        self._passes(stage, days=7)

    def _visit(self, stage: Stage, name: str, *, presses: bool) -> None:
        """Opens the form, presses or does not, and leaves: at the same moments either way."""
        browser = stage.browsers[name]
        assert browser.opens(scenarios.FORM).status_code == 200
        self.clock.move(minutes=2)
        if presses:
            stage.browsers[ASKER], kept = browser, stage.browsers[ASKER]
            try:
                assert self.press(stage) == self.answered
            finally:
                stage.browsers[ASKER] = kept
        self.clock.move(minutes=3)

    def _passes(self, stage: Stage, **by: float) -> None:
        """Every six hours a worker looks what is due; rounds are called in turn."""
        until = self.clock() + timedelta(**by)
        while self.clock() < until:
            self.clock.move(hours=6)
            jobs.walk(stage.runtime)
        self.clock.at = until

    def _pages(self, stage: Stage) -> dict[str, bytes]:
        return {
            f"{path} for {name}": stage.browsers[name].opens(path).get_data()
            for name in (OWNER, DRAWER)
            for path in ("/today", "/cards", "/inbox", "/people", scenarios.FORM)
        }

    def _files(self) -> dict[str, bytes]:
        state = self.runtime.settings.state_dir
        return stores.folder(state) if state.exists() else {}


def unlike(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The stores in which two worlds differ, each with the first line that does."""
    found = []
    for name in sorted(one.keys() | other.keys()):
        here, there = (world.get(name, b"").split(b"\n") for world in (one, other))
        if here != there:
            first = next((pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]), (b"", b""))
            found.append(f"{name}: {first[0]!r} against {first[1]!r}")
    return found
