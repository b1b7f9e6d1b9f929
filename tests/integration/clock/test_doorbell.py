"""The doorbell: it wakes one worker, carries nothing, and never makes anybody wait."""

import json
import socket
import threading
import time
import zlib
from collections.abc import Iterator

import pytest
import redis
from rq import Queue, SimpleWorker
from rq.job import Job

from service import clock, embedded, queue
from service.settings import Settings


@pytest.fixture
def connection(valkey: embedded.Server) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()
        yield client


def test_many_rings_bring_one_job(connection: redis.Redis) -> None:
    for _ in range(50):
        queue.ring(connection)
    assert 1 <= connection.llen("rq:queue:goldseam") <= 2  # two where the slot ended in between


def test_a_job_names_one_function_and_holds_nothing_else(connection: redis.Redis) -> None:
    queue.ring(connection)
    [key] = [key for key in connection.keys("rq:job:*") if connection.type(key) == b"hash"]
    data = connection.hget(key, "data")
    assert isinstance(data, bytes)
    assert json.loads(zlib.decompress(data)) == ["service.jobs.work_due", None, [], {}]
    assert 0 < connection.ttl(key) <= queue.WAITS_S


def test_rings_nobody_hears_do_not_pile_up(connection: redis.Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    for second in range(200):
        monkeypatch.setattr("time.time", lambda second=second: second * 2.0)
        queue.ring(connection)
    assert connection.llen("rq:queue:goldseam") == queue.MOST_WAITING


@pytest.mark.parametrize("name", ["os.system", "service.queue.ring", "service.commands.keys._put_in_front", ""])
def test_a_worker_calls_nothing_but_our_errands(connection: redis.Redis, name: str) -> None:
    planted = Queue(queue.NAME, connection=connection, serializer="json")
    job = Job.create("os.getpid", connection=connection, serializer="json", origin=queue.NAME)
    job.func_name = name
    job.webhooks = []
    planted.enqueue_job(job)
    worker = SimpleWorker([queue.NAME], connection=connection, job_class=queue.Errand, serializer="json")
    worker.work(burst=True, logging_level="CRITICAL")
    found = queue.Errand.fetch(job.id, connection=connection, serializer="json")
    assert found.is_failed
    result = found.latest_result()
    assert result is not None
    assert "NotOurs" in str(result.exc_string)


def test_a_pickle_is_never_opened(connection: redis.Redis) -> None:
    planted = Queue(queue.NAME, connection=connection)  # rq's own choice is pickle
    job = planted.enqueue("os.getpid")
    worker = SimpleWorker([queue.NAME], connection=connection, job_class=queue.Errand, serializer="json")
    worker.work(burst=True, logging_level="CRITICAL")
    assert Job.fetch(job.id, connection=connection).get_status() != "finished"


def test_callbacks_and_addresses_found_in_redis_are_left_alone(connection: redis.Redis) -> None:
    job = queue.Errand.create(queue.WORK_DUE, connection=connection, serializer="json", origin=queue.NAME)
    job._success_callback_name = job._failure_callback_name = job._stopped_callback_name = "os.getpid"
    job.save()
    found = queue.Errand.fetch(job.id, connection=connection, serializer="json")
    assert [found.success_callback, found.failure_callback, found.stopped_callback] == [None, None, None]


def test_a_redis_that_is_away_costs_nothing(tmp_path: object) -> None:
    doorbell = queue.Doorbell("redis://127.0.0.1:1")
    began = time.monotonic()
    for _ in range(100):
        doorbell()
    assert time.monotonic() - began < 2


def test_a_redis_that_hangs_is_waited_for_once_and_briefly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        doorbell = queue.Doorbell(f"redis://127.0.0.1:{deaf.getsockname()[1]}")
        began = time.monotonic()
        for _ in range(100):
            doorbell()
        assert time.monotonic() - began < 0.25


def test_a_redis_that_only_reads_is_no_error(valkey: embedded.Server, connection: redis.Redis) -> None:
    connection.config_set("min-replicas-to-write", 1)
    try:
        queue.Doorbell(valkey.url)()
        assert connection.llen("rq:queue:goldseam") == 0
    finally:
        connection.config_set("min-replicas-to-write", 0)


def test_the_clock_rings_on_and_survives_a_flush(valkey: embedded.Server, connection: redis.Redis) -> None:
    settings = Settings.model_validate({"redis_url": valkey.url, "clock_period": 0.05})
    stopped = threading.Event()
    ticking = threading.Thread(target=clock.run, args=(settings, stopped))
    ticking.start()
    try:
        for _ in range(3):
            connection.flushall()
            until = time.monotonic() + 5
            while not connection.llen("rq:queue:goldseam") and time.monotonic() < until:
                time.sleep(0.01)
            assert connection.llen("rq:queue:goldseam")
    finally:
        stopped.set()
        ticking.join(5)
    assert not ticking.is_alive()


def test_the_clock_goes_on_without_redis() -> None:
    settings = Settings.model_validate({"redis_url": "redis://127.0.0.1:1", "clock_period": 0.01})
    stopped = threading.Event()
    ticking = threading.Thread(target=clock.run, args=(settings, stopped))
    ticking.start()
    time.sleep(0.3)
    assert ticking.is_alive()
    stopped.set()
    ticking.join(5)
    assert not ticking.is_alive()
