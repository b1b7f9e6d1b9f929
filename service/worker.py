"""A worker: it waits for the doorbell and walks what is due; without Redis it walks by itself."""

import signal
import threading
from types import FrameType
from typing import Any, Final

import redis
import structlog
from rq import Queue, Worker
from rq.exceptions import StopRequested

from service import bootstrap, jobs, queue
from service.settings import Settings

LISTENS_S: Final = 30
"""How long a silent Redis is trusted, in seconds: half of it until the next look, then it counts as away."""
TRIES_EVERY_S: Final = 2.0
TIDIES_EVERY_S: Final = 60

log = structlog.get_logger("worker")


class _Line(Queue):
    """A queue that says at once when Redis is away, where rq would wait in silence for up to a minute."""

    @classmethod
    def dequeue_any(cls, *arguments: Any, **named: Any) -> Any:
        try:
            return super().dequeue_any(*arguments, **named)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            raise StopRequested from error


class _Walker(Worker):
    """rq's worker, without its second door: it takes no commands from Redis."""

    told: threading.Event

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.told.set()
        self._stop_requested = True  # rq leaves by an exception alone, and one raised in a finalizer is lost
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def subscribe(self) -> None:
        """Whoever can write into Redis can wake us, and nothing more."""


def run(settings: Settings) -> None:
    """Work until told to stop, whether Redis is there or not; a round that has begun is finished first."""
    told = threading.Event()
    bootstrap.read_ahead(settings)
    while not told.is_set():
        _listen(told)  # rq's own way of leaving holds only while it works
        try:
            _made(settings, told).work(logging_level="WARNING")
        except (redis.RedisError, OSError) as error:
            log.warning("redis is away; walking without it", error=type(error).__name__)
        except StopRequested:
            log.info("told to stop while rq was starting")
        _listen(told)
        if not told.is_set():
            jobs.work_due(told.is_set)
            told.wait(min(TRIES_EVERY_S, settings.clock_period))


def _listen(told: threading.Event) -> None:
    """Note a signal and go on: an exception raised by one could be lost in a finalizer, and the signal with it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())


def _made(settings: Settings, told: threading.Event) -> _Walker:
    connection = queue.connected(queue.address(settings), within=LISTENS_S)
    line = _Line(queue.NAME, connection=connection, job_class=queue.Errand, serializer="json")
    walker = _Walker(
        [line],
        connection=connection,
        job_class=queue.Errand,
        queue_class=_Line,
        serializer="json",
        worker_ttl=LISTENS_S,
        maintenance_interval=TIDIES_EVERY_S,
        log_job_description=False,
    )
    walker.told = told
    return walker
