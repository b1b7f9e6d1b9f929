"""A worker: it waits for the doorbell and walks what is due; without Redis it walks by itself."""

import signal
import sys
import time
from types import FrameType
from typing import Any, Final

import redis
import structlog
from rq import Queue, Worker
from rq.exceptions import StopRequested

from service import jobs, queue
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

    told_to_stop = False

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.told_to_stop = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]

    def subscribe(self) -> None:
        """Whoever can write into Redis can wake us, and nothing more."""


def run(settings: Settings) -> None:
    """Work until told to stop, whether Redis is there or not."""
    while True:
        _leave_when_told()  # rq's own way of leaving holds only while it works
        worker = None
        try:
            worker = _made(settings)
            worker.work(logging_level="WARNING")
        except (redis.RedisError, OSError) as error:
            log.warning("redis is away; walking without it", error=type(error).__name__)
        if worker is not None and worker.told_to_stop:
            return
        _leave_when_told()
        jobs.work_due()
        time.sleep(min(TRIES_EVERY_S, settings.clock_period))


def _leave_when_told() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _made(settings: Settings) -> _Walker:
    connection = queue.connected(queue.address(settings), within=LISTENS_S)
    line = _Line(queue.NAME, connection=connection, job_class=queue.Errand, serializer="json")
    return _Walker(
        [line],
        connection=connection,
        job_class=queue.Errand,
        queue_class=_Line,
        serializer="json",
        worker_ttl=LISTENS_S,
        maintenance_interval=TIDIES_EVERY_S,
        log_job_description=False,
    )
