"""The doorbell of the workers: Redis and rq wake them, and carry nothing that matters."""

import time
from collections.abc import Callable
from typing import Any, Final

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.job import Job, JobStatus

from service import embedded
from service.settings import Settings

NAME: Final = "goldseam"
WORK_DUE: Final = "service.jobs.work_due"
ERRANDS: Final = frozenset({WORK_DUE})
"""The only functions a worker ever calls, whatever was written into Redis."""

SLOT_S: Final = 2
"""One ring is taken in each slot of so many seconds, and again once it was answered.

A single fixed id would stay taken for minutes after a worker was killed in the middle of its job.
"""
WAITS_S: Final = 30
MOST_WAITING: Final = 20
LONGEST_S: Final = 600

RING_WITHIN_S: Final = 0.1
"""How long one command to Redis may take while somebody waits for a page."""
DEAF_FOR_S: Final = 5.0

log = structlog.get_logger("queue")


class NotOurs(Exception):  # noqa: N818 - a refusal
    """Somebody wrote a job into Redis that is none of ours."""


class Errand(Job):
    """A job that can only be one of ours: rq would import and call any dotted name found in Redis."""

    @property
    def func(self) -> Callable[..., Any] | None:
        """The function to call, where it is one of ours."""
        if self.func_name not in ERRANDS:
            raise NotOurs("a job in Redis names a function that is not ours")
        found: Callable[..., Any] | None = super().func
        return found

    @property
    def success_callback(self) -> None:
        """Nothing is called back."""
        return

    @property
    def failure_callback(self) -> None:
        """Nothing is called back."""
        return

    @property
    def stopped_callback(self) -> None:
        """Nothing is called back."""
        return

    def send_webhooks(self, status: str | JobStatus, *, exc_string: str | None = None) -> None:
        """No address found in Redis is ever called."""


def address(settings: Settings) -> str:
    """The Redis of this installation: the one that is named, or the one that `goldseam up` runs."""
    return settings.redis_url or embedded.url_in(embedded.folder_in(settings.state_dir))


def connected(url: str, *, within: float) -> redis.Redis:
    """A client that waits so many seconds for each command and tries nothing twice."""
    return redis.Redis.from_url(
        url, socket_timeout=within, socket_connect_timeout=within, retry=Retry(NoBackoff(), 0), health_check_interval=0
    )


def ring(connection: redis.Redis) -> None:
    """Let one worker look for due work soon; raises redis.RedisError where Redis is away."""
    queue = Queue(NAME, connection=connection, job_class=Errand, serializer="json")
    if queue.count >= MOST_WAITING:
        return
    try:
        queue.enqueue(
            WORK_DUE,
            job_id=f"work_due-{int(time.time() / SLOT_S)}",
            unique=True,
            ttl=WAITS_S,
            result_ttl=0,
            failure_ttl=60,
            job_timeout=LONGEST_S,
            description="work_due",
        )
    except DuplicateJobError:
        return


def answers(url: str) -> bool:
    """Whether Redis is there, asked for no longer than a page may wait."""
    try:
        with connected(url, within=RING_WITHIN_S) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


class Doorbell:
    """Rings without ever failing or making anybody wait: a ring that is lost is made good by the next round."""

    def __init__(self, url: str) -> None:
        self._connection = connected(url, within=RING_WITHIN_S)
        self._deaf_until = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self._deaf_until:
            return
        try:
            ring(self._connection)
        except (redis.RedisError, OSError) as error:
            # Nobody waits for a Redis that hangs more than once in a while.
            self._deaf_until = time.monotonic() + DEAF_FOR_S
            log.warning("redis is away", error=type(error).__name__)
