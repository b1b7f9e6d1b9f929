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

from service.asks.models import Ask
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind
from tests import processes
from tests.e2e.kills.conftest import Site
from tests.e2e.kills.crowd import Crowd, places
from tests.e2e.kills.sendings import thank
from tests.invariants import broken
from tests.slack import texts

SECONDS = float(os.environ.get("GOLDSEAM_STORM_S", "600"))
WEBS, WORKERS, CLOCKS = 4, 4, 2
THANKS_EVERY_S = 2
PAUSES_S = (2.0, 8.0)
"""How long nothing is killed, in seconds: each start costs one of two cores a second or two."""
LOOKS_EVERY_S = 0.2


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

    def mend(self) -> None:
        """Start again whatever is gone, as `goldseam up` and systemd do.

        So is a web that gave up: granian ends where one that serves dies twice within seconds.
        """
        for name, process in self.running.items():
            if process.status is not None:
                self.running[name] = self._start(name.split()[0])

    def strike(self) -> None:
        """Kill one of them, with all it started or only one that serves."""
        names = sorted(self.running)
        name = self.chance.choices(names, [WEBS if each == "web" else 1 for each in names])[0]
        kind = name.split()[0]
        self.kills[kind] += 1
        if kind == "web":
            serving = processes.offspring(self.running[name].pid)
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(self.chance.choice(serving), signal.SIGKILL)
            return
        self.running[name].kill()

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
    site.environment["CLOCK_PERIOD"] = "1"
    listening = places(site)
    crew = Crew(site, redis_url)
    over = threading.Event()
    striking = threading.Thread(target=_strike, args=(crew, over))
    crowd = Crowd(site, listening)
    striking.start()
    began = time.monotonic()
    thanked: list[str] = []
    try:
        try:
            while time.monotonic() - began < SECONDS and not crowd.is_silent:
                time.sleep(THANKS_EVERY_S)
                thanked.append(f"you held on in the storm, thanks number {len(thanked)}.")
                thank(site, thanked[-1])
                if len(thanked) == 3:
                    site.clock.move(hours=2)  # the weekly slot comes while everything is falling over
        finally:
            over.set()
            striking.join()
            crowd.end()
        processes.until(lambda: _arrived(site, thanked), within=120, what="the last thanks")
        site.clock.move(minutes=10)
        site.town.passes(minutes=10, look_every_s=120)
    finally:
        crew.end()
    with site.town.runtime.housekeeping(writes=False) as db:
        kept = Counter(db.scalars(sa.select(Ask.ts)))
        cards = Counter(db.scalars(sa.select(Nudge.member_id).where(Nudge.kind == NudgeKind.HOUSE_CARD)))
    assert {ts: kept[ts] for ts in crowd.asks} == dict.fromkeys(crowd.asks, 1)
    said = [texts(each) for each in site.team.ben.inbox]
    assert [sum(words in each for each in said) for words in thanked] == [1] * len(thanked)
    assert set(cards.values()) == {1}
    assert broken(site.town.runtime, site.town.slack.posts()) == []
    record_property("storm, seconds", round(crowd.lasted))
    record_property(
        "storm, events",
        f"{crowd.said} ({crowd.said / crowd.lasted:.0f} a second, {crowd.again} sent again, every one acknowledged)",
    )
    record_property("storm, kills", ", ".join(f"{kind} {times}" for kind, times in sorted(crew.kills.items())))


def _strike(crew: Crew, over: threading.Event) -> None:
    again = time.monotonic()
    while not over.wait(LOOKS_EVERY_S):
        crew.mend()
        if time.monotonic() >= again:
            crew.strike()
            again = time.monotonic() + crew.chance.uniform(*PAUSES_S)
    crew.mend()


def _arrived(site: Site, thanked: list[str]) -> bool:
    site.clock.move(seconds=1)
    said = [texts(each) for each in site.team.ben.inbox]
    return all(any(words in each for each in said) for words in thanked)
