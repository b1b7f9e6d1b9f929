"""The process that wakes workers: it rings, again and again, and knows nothing else."""

import threading

import redis
import structlog

from service import queue
from service.settings import Settings

WITHIN_S = 2.0

log = structlog.get_logger("clock")


def run(settings: Settings, stopped: threading.Event) -> None:
    """Ring every CLOCK_PERIOD seconds until told to stop, whether Redis is there or not."""
    connection = queue.connected(queue.address(settings), within=WITHIN_S)
    away = False
    while not stopped.wait(settings.clock_period):
        try:
            queue.ring(connection)
        except (redis.RedisError, OSError) as error:
            if not away:
                log.warning("redis is away; ringing goes on", error=type(error).__name__)
            away = True
        else:
            if away:
                log.info("redis is back")
            away = False
