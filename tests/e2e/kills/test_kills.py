"""kill -9 at chosen points: nothing acknowledged is lost, nothing is posted twice, nothing is left half done."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from service.asks.models import HeardTurn
from service.nudges import queries as nudges
from tests import processes
from tests.e2e.kills.conftest import Site
from tests.e2e.kills.sendings import almost_due, asked, told
from tests.invariants import broken
from tests.slack import about_asks


@pytest.fixture(autouse=True)
def _monday(site: Site) -> Iterator[None]:
    """Each test begins on a Monday of its own and leaves nothing waiting."""
    site.clock.to(weekday=0, hour=10)
    yield
    site.town.passes(days=8, look_every_s=12 * 3600)


def nothing_is_stuck(site: Site) -> None:
    """Every invariant holds, and nothing was given up."""
    assert broken(site.town.runtime, site.town.slack.posts()) == []
    with site.town.runtime.housekeeping(writes=False) as db:
        assert nudges.stuck(db) == []


def test_a_web_killed_under_load_acknowledges_nothing_it_has_not_kept(site: Site) -> None:
    web = site.start("web")
    try:
        with site.town.slack.holding() as held:
            said = [site.team.ada.says(site.team.ops, f"that was number {number}") for number in range(60)]
        (serving,) = processes.children(web.pid).values()
        end = threading.Timer(0.1, os.kill, (serving, signal.SIGKILL))
        end.start()
        first = held.deliver(at_once=True)
        end.join()
        acknowledged = {message.ts for message, answer in zip(said, first, strict=True) if answer.ok}
        assert acknowledged <= turns(site)
        processes.until(lambda: processes.answers(f"{site.environment['PUBLIC_URL']}/healthz"), what="the web")
        assert all(answer.ok for answer in held.deliver(at_once=True))
    finally:
        web.kill()
    assert {message.ts for message in said} <= turns(site)


def turns(site: Site) -> set[str]:
    """The messages that were heard."""
    with site.town.runtime.transaction(site.town.workspace(site.team.ops.team), writes=False) as db:
        return set(db.scalars(sa.select(HeardTurn.ts)))


@pytest.mark.parametrize("redis_url", ["redis"], indirect=True)
def test_a_clock_that_is_killed_is_made_good_by_the_next(site: Site, redis_url: str) -> None:
    before = len(about_asks(site.team.ben))
    asked(site, "can you bring the spare keys?")
    almost_due(site, before)
    worker = site.start("worker", with_redis=redis_url)
    clocks = [site.start("clock", with_redis=redis_url)]
    clocks[0].kill()
    try:
        clocks.append(site.start("clock", with_redis=redis_url))
        processes.until(lambda: told(site, before), what="the digest")
    finally:
        for each in (worker, *clocks):
            each.kill()
    assert len(told(site, before)) == 1
    nothing_is_stuck(site)


def test_no_word_that_was_said_is_left_anywhere(site: Site) -> None:
    """After everything above: not in the database's files, not in a log."""
    asked(site, "could you rehang the marmalade lantern?")
    for word in ("marmalade", "lantern"):
        # Another process looks: to close a file of SQLite's here would take our own locks on it away.
        looked = subprocess.run(["grep", "-rla", word, str(site.folder)], capture_output=True, text=True, check=False)
        assert (looked.returncode, looked.stdout) == (1, "")
