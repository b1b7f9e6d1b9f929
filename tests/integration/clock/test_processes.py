"""Everything in one terminal, and each process alone: what is due is done, whoever dies and whether Redis is there."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from service import db, schema
from service.nudges import actions as nudges
from service.nudges import queries
from service.nudges.rules import NudgeKind, Told
from service.people.rules import Role
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings
from tests import builders, processes
from tests.builders import Home


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation of the test's own."""
    port = str(processes.free_port())
    return {
        "STATE_DIR": str(tmp_path / "var"),
        "SECRET_KEYS": new_key(),
        "PORT": port,
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CLOCK_PERIOD": "0.2",
        "WEB_CONCURRENCY": "1",
    }


@pytest.fixture
def installed(environment: dict[str, str]) -> Iterator[Runtime]:
    """The test's own way into the installation's database."""
    settings = Settings.model_validate({name.lower(): value for name, value in environment.items()})
    settings.state_dir.mkdir()
    engine = db.engine(settings.database)
    schema.upgrade(engine)
    yield Runtime(settings=settings, engine=engine, keyring=keyring([environment["SECRET_KEYS"]]))
    engine.dispose()


class Letters:
    """Thanks that are due at once, one after the other."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.home: Home = builders.family(runtime, now=runtime.now(), Ada=Role.ADULT, Ben=Role.ADULT)
        builders.always_open(runtime, self.home)
        self.count = 0

    def offer(self) -> str:
        """One more; returns what it is about."""
        self.count += 1
        subject = f"thanks:{self.count}"
        with self.runtime.transaction(self.home.id) as session:
            told = Told(who=self.home["Ada"])
            nudges.offer(session, NudgeKind.THANKS_RECEIVED, self.home["Ben"], subject, told, self.runtime.now())
        return subject

    def arrived(self) -> list[str]:
        """What has reached the inbox, in order."""
        with self.runtime.transaction(self.home.id, writes=False) as session:
            return sorted(card.subject for card in queries.inbox(session, self.home["Ben"]))

    def offer_and_wait(self) -> None:
        """One more, until it has arrived."""
        subject = self.offer()
        processes.until(lambda: subject in self.arrived(), what=f"{subject} arriving")


def kill_and_wait(up: processes.Process, name: str) -> None:
    """Kill one of the processes with all it started, and wait for the next one."""
    before = processes.children(up.pid)[name]
    os.killpg(before, signal.SIGKILL)
    processes.until(lambda: processes.children(up.pid).get(name, before) != before, what=f"a new {name}")


def test_up_runs_everything_and_brings_back_who_dies(
    environment: dict[str, str], installed: Runtime, tmp_path: Path
) -> None:
    letters = Letters(installed)
    with processes.running("up", environment, tmp_path / "log") as up:
        up.until_it_says("Goldseam is at")
        assert processes.answers(f"{environment['PUBLIC_URL']}/readyz")
        letters.offer_and_wait()
        for name in ("worker", "clock", "web"):
            kill_and_wait(up, name)
            letters.offer_and_wait()
        processes.until(lambda: processes.answers(f"{environment['PUBLIC_URL']}/healthz"), what="the web being back")
        started = [pid for pid in processes.children(up.pid).values() if processes.alive(pid)]
        assert up.stop() == 0
        assert [pid for pid in started if processes.alive(pid)] == []
    assert letters.arrived() == sorted(f"thanks:{number}" for number in range(1, 5))


@pytest.mark.skipif(not Path("/proc").exists(), reason="the kernel tells children of their parent's death on Linux")
def test_who_was_started_ends_when_up_is_killed(
    environment: dict[str, str], installed: Runtime, tmp_path: Path
) -> None:
    with processes.running("up", environment, tmp_path / "log") as up:
        up.until_it_says("Goldseam is at")
        processes.until(lambda: len(processes.children(up.pid)) == 4, what="all four")
        started = [*processes.children(up.pid).values()]
        os.kill(up.pid, signal.SIGKILL)
        processes.until(lambda: not [pid for pid in started if processes.alive(pid)], what="their end")
    with processes.running("up", environment, tmp_path / "again") as up:
        up.until_it_says("Goldseam is at")
        assert up.stop() == 0


def test_work_goes_on_while_redis_is_away(environment: dict[str, str], installed: Runtime, tmp_path: Path) -> None:
    letters = Letters(installed)
    environment |= {"REDIS_URL": "redis://127.0.0.1:1"}
    with processes.running("worker", environment, tmp_path / "worker") as worker:
        letters.offer_and_wait()
        letters.offer_and_wait()
        assert worker.stop() == 0


def test_a_redis_that_is_flushed_and_killed_loses_nothing(
    environment: dict[str, str], installed: Runtime, tmp_path: Path
) -> None:
    letters = Letters(installed)
    with processes.running("up", environment, tmp_path / "log") as up:
        up.until_it_says("Goldseam is at")
        letters.offer_and_wait()
        with redis.Redis.from_url(f"unix://{environment['STATE_DIR']}/redis/redis.sock") as client:
            client.flushall()
            letters.offer_and_wait()
            client.shutdown(nosave=True)
        letters.offer_and_wait()
        assert processes.answers(f"{environment['PUBLIC_URL']}/readyz")
        assert up.stop() == 0


def test_a_port_that_is_taken_is_one_clear_line(environment: dict[str, str], tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", int(environment["PORT"]))),
        processes.running("up", environment, tmp_path / "log") as up,
    ):
        processes.until(lambda: up.status is not None, what="its end")
        assert up.status == 1
        assert up.said.startswith("PORT: ")
        assert len(up.said.splitlines()) == 1
