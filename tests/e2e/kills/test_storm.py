"""Everything at once for a while: load, and kill -9 at random in every kind of process. Nothing lost, nothing twice."""

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from integrations.slack.standin.actor import Actor
from service.asks.models import Ask
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind
from tests import processes
from tests.e2e.kills.conftest import Site
from tests.e2e.kills.sendings import thank
from tests.invariants import broken
from tests.slack import texts

SECONDS = float(os.environ.get("GOLDSEAM_STORM_S", "600"))
WEBS, WORKERS, CLOCKS = 4, 4, 2
AT_ONCE = 40
ASKS_EVERY = 10


class Crew:
    """The processes of an installation, and what kills them."""

    def __init__(self, site: Site, redis_url: str) -> None:
        self.site, self.redis_url = site, redis_url
        self.chance = random.Random(7)
        self.kills: Counter[str] = Counter()
        self.running = {f"worker {number}": self._start("worker") for number in range(WORKERS)}
        self.running |= {f"clock {number}": self._start("clock") for number in range(CLOCKS)}
        self.running["web"] = self._start("web")

    def _start(self, name: str) -> processes.Process:
        return self.site.start(name, with_redis=self.redis_url)

    def strike(self) -> None:
        """Kill one of them, with all it started or only one that serves; whoever is gone is started again.

        So is a web that gave up: granian ends where one that serves dies twice within seconds, and leaves it to
        whoever started it, as `goldseam up` and systemd do.
        """
        for name, process in self.running.items():
            if process.status is not None:
                self.running[name] = self._start(name.split()[0])
        name = self.chance.choice(sorted(self.running))
        kind = name.split()[0]
        self.kills[kind] += 1
        if kind == "web":
            serving = sorted(processes.children(self.running[name].pid).values())
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(self.chance.choice(serving), signal.SIGKILL)
            return
        self.running[name].kill()
        self.running[name] = self._start(kind)

    def end(self) -> None:
        """Everybody ends."""
        for each in self.running.values():
            each.kill()


@pytest.mark.soak
@pytest.mark.parametrize("site", ["postgresql"], indirect=True)
@pytest.mark.parametrize("redis_url", ["redis"], indirect=True)
def test_nothing_is_lost_or_doubled_in_a_storm(
    site: Site, redis_url: str, record_property: Callable[[str, object], None]
) -> None:
    site.environment["WEB_CONCURRENCY"] = str(WEBS)
    site.clock.to(weekday=1, hour=9)
    site.town.passes(minutes=1)
    crew = Crew(site, redis_url)
    over = threading.Event()
    striking = threading.Thread(target=_strike, args=(crew, over))
    striking.start()
    # Of who has not joined nothing is kept, so that no line of theirs is one of a burst: each asks for itself.
    zoe = site.town.slack.person("zoe", team=site.town.slack.team("Maple"))
    zoe.joins(site.team.ops)
    began = time.monotonic()
    heard: list[str] = []
    thanked: list[str] = []
    total = 0
    try:
        try:
            while time.monotonic() - began < SECONDS:
                total += AT_ONCE
                heard += _asked(site, zoe, len(heard))
                thanked.append(f"you held on in the storm, thanks number {len(thanked)}.")
                thank(site, thanked[-1])
                if len(thanked) == 3:
                    site.clock.move(hours=2)  # the weekly slot comes while everything is falling over
        finally:
            lasted = time.monotonic() - began
            over.set()
            striking.join()
        processes.until(lambda: _arrived(site, thanked), within=120, what="the last thanks")
        site.clock.move(minutes=10)
        site.town.passes(minutes=10, look_every_s=120)
    finally:
        crew.end()
    with site.town.runtime.housekeeping(writes=False) as db:
        kept = Counter(db.scalars(sa.select(Ask.ts)))
        cards = Counter(db.scalars(sa.select(Nudge.member_id).where(Nudge.kind == NudgeKind.HOUSE_CARD)))
    assert {ts: kept[ts] for ts in heard} == dict.fromkeys(heard, 1)
    said = [texts(each) for each in site.team.ben.inbox]
    assert [sum(words in each for each in said) for words in thanked] == [1] * len(thanked)
    assert set(cards.values()) == {1}
    assert broken(site.town.runtime, site.town.slack.posts()) == []
    record_property("storm, seconds", round(lasted))
    record_property(
        "storm, events", f"{total} ({total / lasted:.0f} a second, every one of them acknowledged in the end)"
    )
    record_property("storm, kills", ", ".join(f"{kind} {times}" for kind, times in sorted(crew.kills.items())))


def _strike(crew: Crew, over: threading.Event) -> None:
    while not over.wait(crew.chance.uniform(0.5, 4)):
        crew.strike()


def _asked(site: Site, who: Actor, before: int) -> list[str]:
    """Say much at once, and again what was not acknowledged; returns the messages that ask."""
    with site.town.slack.holding() as held:
        said = [
            who.says(site.team.ops, f"@ben could you look at number {before + number}?")
            if number % ASKS_EVERY == 0
            else site.team.ada.says(site.team.ops, f"that is {number}")
            for number in range(AT_ONCE)
        ]
    until = time.monotonic() + 120
    while not all(answer.ok for answer in held.deliver(at_once=True)):
        assert time.monotonic() < until, "what was said is not acknowledged"
        time.sleep(0.5)
    return [message.ts for message in said[::ASKS_EVERY]]


def _arrived(site: Site, thanked: list[str]) -> bool:
    site.clock.move(seconds=1)
    said = [texts(each) for each in site.team.ben.inbox]
    return all(any(words in each for each in said) for words in thanked)
