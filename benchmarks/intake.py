"""Rows 1 to 4: events over HTTP, committed before they are answered, beside Bolt on the same server."""

import os
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack

import sqlalchemy as sa

from benchmarks import events, load, sites, stores
from benchmarks.events import Event
from benchmarks.load import Answer
from benchmarks.rows import Row, exact, faster, under
from benchmarks.sites import Site
from service.asks.models import HeardTurn
from tests import processes

CONNECTIONS = 32
LEAST = 2.0
LEAST_OF_IDLE = 0.5
PACE = 300.0
P99_MS = 50.0
WORST_S = 3.0
FORGED_EACH = 20
"""One in so many events is signed by somebody else."""
TRIES = 5
"""Slack sends an event that was not acknowledged again."""


def measure(*, quick: bool) -> list[Row]:
    """Seconds for the same number of events on each side, on both databases."""
    found = []
    for row, name, store in ((1, "sqlite", stores.sqlite), (2, "postgresql", stores.lasting)):
        with store() as urls, sites.site(next(urls)) as ours:
            sites.settle(ours.runtime)
            stream = events.stream(time.time() - 20_000 * events.APART_S)
            found += _beside(row, name, ours, next(urls), stream, quick=quick)
            with ours.running("web"):
                found += _paced(name, ours, stream, seconds=4 if quick else 20)
            found.append(_exact(name, ours, stream, 600 if quick else 4_000))
    return found


def _beside(row: int, name: str, ours: Site, url: str, stream: Iterator[Event], *, quick: bool) -> list[Row]:
    """The three in turn: ours, a listener that keeps each event, and one that does nothing."""
    many, rounds = (300, 2) if quick else (1_500, 6)
    took: dict[str, list[float]] = {"ours": [], "naive": [], "idle": []}
    with ExitStack() as stack:
        stack.enter_context(ours.running("web"))
        ports = {
            "ours": ours.port,
            "naive": stack.enter_context(sites.peer("naive", url)),
            "idle": stack.enter_context(sites.peer("idle")),
        }
        for turn in range(rounds + 1):
            for which, port in ports.items():
                requests = [events.request(next(stream).body) for _ in range(many)]
                began = time.perf_counter()
                answers = load.send(port, requests, connections=CONNECTIONS)
                if turn:
                    took[which].append(time.perf_counter() - began)
                assert all(answer.status == 200 for answer in answers), which
    mine, naive, idle = (statistics.median(seconds) for seconds in took.values())
    of = f"{many:,} events, read, linked and committed before the answer, {name}"
    found = [faster(f"{row} {of}, beside a commit per event", mine, naive, LEAST)]
    if row == 1:
        found.append(faster(f"{row} {of}, beside a Bolt that keeps nothing", mine, idle, LEAST_OF_IDLE))
    return found


def _paced(name: str, ours: Site, stream: Iterator[Event], *, seconds: int) -> list[Row]:
    """How late answers are where events come at a steady pace, whether or not earlier ones were answered."""
    warm = [events.request(next(stream).body) for _ in range(int(PACE))]
    load.send(ours.port, warm, connections=CONNECTIONS, a_second=PACE)
    requests = [events.request(next(stream).body) for _ in range(int(PACE * seconds))]
    answers = load.send(ours.port, requests, connections=CONNECTIONS * 2, a_second=PACE)
    assert all(answer.status == 200 for answer in answers)
    of = f"{PACE:g} events a second for {seconds} s, {name}"
    return [
        under(f"3 99 in 100 of {of}", load.worst(answers, 0.99) * 1000, P99_MS, "ms"),
        under(f"3 the slowest of {of}", load.worst(answers, 1.0), WORST_S, "s"),
    ]


def _exact(name: str, ours: Site, stream: Iterator[Event], many: int) -> Row:
    """What was acknowledged is kept once and what was forged is not, also where a process is killed in the middle."""
    signed = [next(stream) for _ in range(many)]
    forged = [next(stream) for _ in range(many // FORGED_EACH)]
    before = _kept(ours)
    acknowledged: set[tuple[str, str]] = set()
    let_in = 0
    with ours.running("web") as web:
        waiting = signed
        for turn in range(TRIES):
            sent = [*waiting, *(forged if turn == 0 else ())]
            sent.sort(key=lambda event: event.ts)
            others = {event.ts for event in forged}
            requests = [
                events.request(one.body, secret="somebody-else" if one.ts in others else events.SECRET) for one in sent
            ]
            victim = _Victim(web.pid, len(sent) // 2) if turn == 0 else None
            answers = load.send(
                ours.port, requests, connections=CONNECTIONS, meanwhile=victim or (lambda _answered: None)
            )
            assert victim is None or victim.is_dead
            let_in += sum(_taken(answer) for one, answer in zip(sent, answers, strict=True) if one.ts in others)
            acknowledged |= {
                (one.channel, one.ts)
                for one, answer in zip(sent, answers, strict=True)
                if _taken(answer) and one.ts not in others
            }
            # As Slack does: what was not acknowledged comes again, and now and then what was.
            waiting = [one for one in signed if (one.channel, one.ts) not in acknowledged] + signed[turn::50]
        assert len(acknowledged) == many
    kept = [one for one in _kept(ours) if one not in set(before)]
    wrong = len(acknowledged.symmetric_difference(kept)) + len(kept) - len(set(kept)) + let_in
    return exact(f"4 {many:,} events and a process killed in the middle: lost, doubled or forged, {name}", wrong)


class _Victim:
    """Kills one process of the web once so many requests were answered."""

    def __init__(self, web: int, after: int) -> None:
        self._web = web
        self._after = after
        self.is_dead = False

    def __call__(self, answered: int) -> None:
        if answered >= self._after and not self.is_dead:
            os.kill(processes.offspring(self._web)[-1], signal.SIGKILL)
            self.is_dead = True


def _taken(answer: Answer) -> bool:
    return answer.status == 200


def _kept(ours: Site) -> list[tuple[str, str]]:
    """Every message that is kept, by channel and moment."""
    from service.people.models import Place

    rows = sa.select(Place.external, HeardTurn.ts).join(Place, Place.id == HeardTurn.place_id)
    with ours.runtime.housekeeping(writes=False) as db:
        return [(channel, ts) for channel, ts in db.execute(rows)]
