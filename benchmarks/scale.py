"""`python -m benchmarks.scale`: a simulated installation with years of rows behind it, and one, two and four processes.

No part of `goldseam bench`: to fill it takes minutes.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks import answering, crowd, events, load, sites, stores
from benchmarks.crowd import Crowd
from benchmarks.events import Event
from benchmarks.sites import Site
from service.asks import rounds
from service.nudges.rules import NudgeState

PROCESSES = (1, 2, 4)
CONNECTIONS = 64
ACTIVE = 200
"""So many workspaces are talking while it is measured."""
WITHIN_S = 300.0


def main() -> None:
    """Fill a PostgreSQL of its own, measure, and print a table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    asked.add_argument("--workspaces", type=int, default=10_000)
    asked.add_argument("--members", type=int, default=50, help="of each workspace")
    asked.add_argument("--rows", type=int, default=10_000_000, help="closed rows in all, over a year")
    asked.add_argument("--events", type=int, default=5_000, help="sent to each number of processes")
    asked.add_argument("--nudges", type=int, default=1_000, help="delivered by each number of processes")
    given = asked.parse_args()
    with ExitStack() as stack:
        urls = stack.enter_context(stores.lasting())
        valkey, slack = stack.enter_context(stores.valkey()), stack.enter_context(answering.slack())
        ours = stack.enter_context(
            sites.site(next(urls), slack_api=slack.api_url, redis=valkey, goldseam_demo="true")  # a clock that moves
        )
        began = time.perf_counter()
        there = crowd.move_in(ours.runtime, given.workspaces, given.members, given.rows)
        print(
            f"{given.workspaces:,} workspaces of {given.members}, {given.rows:,} closed rows: "
            f"{there.gigabytes:.1f} GB, filled in {time.perf_counter() - began:.0f} s"
        )
        print(f"a round that looks for asks that are due: {_round(ours) * 1000:.1f} ms\n", flush=True)
        stream = _stream(there)
        heard = {number: _intake(ours, stream, number, given.events) for number in PROCESSES}
        sites.to_working_hours(ours)
        sent = {number: _delivery(ours, there, number, given.nudges) for number in PROCESSES}
        print("| processes | events a second | 99 in 100 within | nudges a second |")
        print("|--:|--:|--:|--:|")
        for number, (rate, slow) in heard.items():
            print(f"| {number} | {rate:.0f} | {slow * 1000:.0f} ms | {sent[number]:.0f} |")


def _stream(there: Crowd) -> Iterator[Event]:
    """The talk of several workspaces, a message of each in turn."""
    began = time.time() - 100_000 * events.APART_S
    talks = [events.stream(began, team, channels) for team, channels in there.talking(ACTIVE)]
    while True:
        for talk in talks:
            yield next(talk)


def _intake(ours: Site, stream: Iterator[Event], number: int, many: int) -> tuple[float, float]:
    """Events a second, and the seconds within which ninety-nine in a hundred are answered."""
    with ours.running("web", web_concurrency=str(number)):
        warm = [events.request(next(stream).body) for _ in range(many // 5)]
        load.send(ours.port, warm, connections=CONNECTIONS)
        requests = [events.request(next(stream).body) for _ in range(many)]
        began = time.perf_counter()
        answers = load.send(ours.port, requests, connections=CONNECTIONS)
        took = time.perf_counter() - began
    assert all(answer.status == 200 for answer in answers)
    return many / took, load.worst(answers, 0.99)


def _delivery(ours: Site, there: Crowd, number: int, many: int) -> float:
    """Nudges a second until all are written down as sent."""
    with ExitStack() as stack:
        for _ in range(number):
            stack.enter_context(ours.running("worker"))
        time.sleep(5)  # until all of them listen
        crowd.offer(ours.runtime, there, many)
        began = time.perf_counter()
        while crowd.nudges_in(ours.runtime, NudgeState.WAITING, NudgeState.SENDING):
            for _ in range(number):
                ours.runtime.soon()
            time.sleep(0.02)
            if time.perf_counter() - began > WITHIN_S:
                raise AssertionError("not everything was delivered in time")
        return many / (time.perf_counter() - began)


def _round(ours: Site) -> float:
    """Seconds of the round that looks through every workspace for asks that are due, with nothing due."""
    now = ours.runtime.now()
    began = time.perf_counter()
    with ours.runtime.housekeeping() as db:
        rounds.surface_due(db, now)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
