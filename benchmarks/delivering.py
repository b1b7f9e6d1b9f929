"""Row 10: nudges delivered by one worker, beside one job of rq for each."""

import statistics
import time
from collections.abc import Callable

import redis
import sqlalchemy as sa
from rq import Queue

from benchmarks import answering, jobs, sites, stores
from benchmarks.answering import Slack
from benchmarks.rows import Row, faster
from benchmarks.sites import Site
from service import queue
from service.nudges import actions as nudges
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState, Told
from service.people import actions as people
from service.people.rules import IdentityKind
from service.runtime import Runtime

LEAST = 10.0
WITHIN_S = 120.0


def measure(*, quick: bool) -> list[Row]:
    """Seconds until every nudge was posted and written down as sent."""
    many, rounds = (60, 1) if quick else (500, 4)
    with stores.sqlite() as urls, answering.slack() as slack, stores.valkey() as valkey:
        mine, theirs = [], []
        with sites.site(next(urls), slack_api=slack.api_url, redis=valkey, goldseam_demo="true") as ours:
            home = sites.settle(ours.runtime)
            sites.to_working_hours(ours)
            readers = _readers(ours.runtime, home, many)
            url = next(urls)
            with ours.running("worker"), jobs.worker(valkey, url, slack.api_url):
                for turn in range(rounds + 1):
                    took = _ours(ours, home, readers, slack, turn), _one_by_one(valkey, url, readers, slack)
                    if turn:
                        mine.append(took[0])
                        theirs.append(took[1])
    ours_s, peer_s = statistics.median(mine), statistics.median(theirs)
    return [faster(f"10 {many:,} nudges posted by one worker, beside a job for each", ours_s, peer_s, LEAST)]


def _readers(runtime: Runtime, home: str, many: int) -> list[tuple[str, str]]:
    """So many members who joined and read in Slack: each one's id, and their name there."""
    now, found = runtime.now(), []
    with runtime.transaction(home) as db:
        for number in range(many):
            name = f"U1{number:08d}"
            member = people.meet(db, f"Reader {number}", now, known=(IdentityKind.SLACK, name), courier="slack")
            people.join(db, member, now)
            found.append((member, name))
    return found


def _ours(ours: Site, home: str, readers: list[tuple[str, str]], slack: Slack, turn: int) -> float:
    now = ours.runtime.now()
    with ours.runtime.transaction(home) as db:
        for member, _ in readers:
            told = Told(who=readers[0][0], words="You covered my shift on Friday.")
            assert nudges.offer(db, NudgeKind.WELCOME, member, f"{turn}", told, now, not_before=now)
    time.sleep(queue.SLOT_S)  # so that the next ring is a new one
    before = slack.asked["chat.postMessage"]
    began = time.perf_counter()
    ours.runtime.soon()
    _until(lambda: slack.asked["chat.postMessage"] - before >= len(readers))
    _until(lambda: _sent(ours.runtime, str(turn)) == len(readers))
    return time.perf_counter() - began


def _sent(runtime: Runtime, subject: str) -> int:
    with runtime.housekeeping(writes=False) as db:
        sent = sa.and_(Nudge.subject == subject, Nudge.state == NudgeState.SENT)
        return db.scalar(sa.select(sa.func.count()).select_from(Nudge).where(sent)) or 0


def _one_by_one(valkey: str, url: str, readers: list[tuple[str, str]], slack: Slack) -> float:
    rows = jobs.wait(url, [name for _, name in readers])
    line = Queue(jobs.NAME, connection=redis.Redis.from_url(valkey))
    before = slack.asked["chat.postMessage"]
    began = time.perf_counter()
    line.enqueue_many([Queue.prepare_data(jobs.send, (row,)) for row in rows])
    _until(lambda: slack.asked["chat.postMessage"] - before >= len(readers))
    _until(lambda: jobs.waiting(url) == 0)
    return time.perf_counter() - began


def _until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not found():
        if time.monotonic() > end:
            raise AssertionError("not everything was delivered in time")
        time.sleep(0.005)
