"""What is counted for an operator: requests by route, and what waits. Nothing is counted about a person."""

import os
import time
from collections.abc import Iterable, Iterator
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service import rounds
from service.asks import queries as asks
from service.nudges import queries as nudges
from service.runtime import Runtime

__all__ = ["CONTENT_TYPE", "counts", "exposed"]

SHARED: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The folder that web processes count into together; `service.serve` names it before this file is read."""
UNCOUNTED: Final = ("/repairs", "/suggestions")
"""Routes without a series: how often these are used is nobody's business."""

REQUESTS = Counter("goldseam_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "goldseam_request_seconds",
    "How long an answer took.",
    ["route"],
    buckets=(0.005, 0.015, 0.05, 0.15, 0.5, 1.5, 3),
)


def counts(app: Flask) -> None:
    """Count what an application answers."""

    @app.before_request
    def began() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def counted(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule is not None else "none"
        if not route.startswith(UNCOUNTED):
            REQUESTS.labels(request.method, route, answer.status_code).inc()
            if "began" in g:
                SECONDS.labels(route).observe(time.perf_counter() - g.began)
        return answer


class _Waiting(Collector):
    """What waits, as the database knows it."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def collect(self) -> Iterable[Metric]:
        with self._runtime.housekeeping(writes=False) as db:
            now = self._runtime.now()
            yield _one("goldseam_nudges_due", "Nudges that are due.", nudges.waiting(db, now))
            yield _one("goldseam_nudges_stuck", "Nudges that were parked or failed.", len(nudges.stuck(db)))
            walked = rounds.last_walked(db)
            if walked is not None:
                yield _one("goldseam_walked", "When a round was last walked.", walked.timestamp())
            yield _one("goldseam_rounds_failing", "Rounds that last ended with an error.", len(rounds.failing(db)))
            open_asks = GaugeMetricFamily("goldseam_asks", "Asks by state.", labels=["state"])
            for state, count in asks.counted(db).items():
                open_asks.add_metric([state.value], count)
            yield open_asks


def _one(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=value)


def exposed(runtime: Runtime) -> bytes:
    """Everything counted, in Prometheus' words."""
    return b"".join(_texts(runtime))


def _texts(runtime: Runtime) -> Iterator[bytes]:
    waiting = CollectorRegistry(auto_describe=False)
    waiting.register(_Waiting(runtime))
    yield generate_latest(waiting)
    if SHARED in os.environ:
        all_processes = CollectorRegistry()
        MultiProcessCollector(all_processes)  # type: ignore[no-untyped-call]
        yield generate_latest(all_processes)
    else:
        yield generate_latest()
