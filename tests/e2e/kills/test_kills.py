"""kill -9 at chosen points: nothing acknowledged is lost, nothing is posted twice, nothing is left half done."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from integrations.slack.standin.nouns import Message
from service.asks import queries as asks
from service.asks.models import HeardTurn
from service.asks.rules import AskState
from service.nudges import queries as nudges
from service.nudges.models import Nudge
from service.nudges.rules import NudgeState
from tests import processes
from tests.e2e.kills.conftest import Site
from tests.slack import about_asks, texts

POINTS = [
    "delivery.claimed",
    "delivery.before_send",
    "delivery.after_send",
    "delivery.recorded",
    "round.begun",
    "round.done",
]
QUICK = {
    ("delivery.claimed", "no redis"),
    ("delivery.before_send", "redis"),
    ("delivery.after_send", "no redis"),
    ("round.begun", "redis"),
}
"""The rest are tried in the long profile."""

ways = [
    pytest.param(point, redis, marks=[] if (point, redis) in QUICK else [pytest.mark.soak], id=f"{point} with {redis}")
    for point in POINTS
    for redis in ("redis", "no redis")
]


@pytest.fixture(autouse=True)
def _monday(site: Site) -> Iterator[None]:
    """Each test begins on a Monday of its own and leaves nothing waiting."""
    site.clock.to(weekday=0, hour=10)
    yield
    site.town.passes(days=8, look_every_s=12 * 3600)


def asked(site: Site, words: str) -> Message:
    """Ada asks Ben in #ops, while the web runs."""
    web = site.start("web")
    try:
        return site.team.ada.says(site.team.ops, f"@ben {words}")
    finally:
        web.kill()


def almost_due(site: Site, before: int) -> None:
    """It is the morning on which Ben is told, and nothing else is due."""
    site.town.passes(days=1, hours=4)
    assert told(site, before) == []
    site.clock.to(weekday=2, hour=9)


def told(site: Site, before: int) -> list[Message]:
    """What Ben was told of asks since he had been told `before` times."""
    return about_asks(site.team.ben)[before:]


def died(process: processes.Process) -> bool:
    """Whether the process met its point: itself, or the child that works for it."""
    return process.status is not None or "Work horse killed" in process.said


def nothing_is_stuck(site: Site) -> None:
    """No lease outlives its holder, no nudge lies between two states, and each was posted once."""
    with site.town.runtime.housekeeping(writes=False) as db:
        between = sa.select(Nudge.id).where(Nudge.state.in_([NudgeState.SENDING, NudgeState.UNKNOWN]))
        assert list(db.scalars(between)) == []
        assert nudges.stuck(db) == []
    posts = site.town.slack.posts()
    ids = [each for post in posts for each in post.delivery_ids]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("point", "redis_url"), ways, indirect=["redis_url"])
def test_a_worker_killed_on_its_way_loses_and_doubles_nothing(site: Site, point: str, redis_url: str) -> None:
    before = len(about_asks(site.team.ben))
    asked(site, "could you look at the backup job?")
    almost_due(site, before)
    armed = site.start("worker", dies_at=point, with_redis=redis_url)
    clock = site.start("clock", with_redis=redis_url)
    try:
        processes.until(lambda: died(armed), what=f"dying at {point}")
        armed.kill()
        next_one = site.start("worker", with_redis=redis_url)
        try:
            processes.until(lambda: _moved_on(site, before), what="the digest")
            site.clock.move(minutes=10)
            site.town.passes(minutes=10, look_every_s=120)
        finally:
            next_one.kill()
    finally:
        clock.kill()
        armed.kill()
    (digest,) = told(site, before)
    assert site.team.ada.mention in texts(digest)
    nothing_is_stuck(site)


def _moved_on(site: Site, before: int) -> bool:
    """Time passes while we look: leases end, and what is unknown is traced."""
    site.clock.move(seconds=15)
    return bool(told(site, before))


def test_a_web_killed_after_the_commit_hears_once(site: Site) -> None:
    before = len(about_asks(site.team.ben))
    armed = site.start("web", dies_at="hear.committed")
    try:
        with site.town.slack.holding() as held:
            question = site.team.ada.says(site.team.ops, "@ben which day suits you for the move?")
        assert not any(answer.ok for answer in held.deliver())
    finally:
        armed.kill()
    web = site.start("web")
    try:
        assert all(answer.ok for answer in held.deliver(times=3))
    finally:
        web.kill()
    assert [each.state for each in kept(site, question)] == [AskState.OPEN]
    almost_due(site, before)
    site.town.passes(minutes=2)
    assert len(told(site, before)) == 1
    nothing_is_stuck(site)


def kept(site: Site, message: Message) -> list[asks.AskCard]:
    """The asks kept of a message."""
    with site.town.runtime.transaction(site.town.workspace(site.team.ops.team), writes=False) as db:
        return asks.of_message(db, site.team.ops.id, message.ts)


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
