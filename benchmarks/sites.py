"""Servers to measure: our web and workers as an operator starts them, and peers behind the same server."""

import contextlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import conversation, events, peers, stores
from integrations.slack import installations
from integrations.slack.installations import Grant
from service import bootstrap, schema
from service.people import actions as people
from service.people.rules import IdentityKind, PlaceKind, WorkspaceKind
from service.runtime import DEMO_CLOCK, Runtime
from service.sealing import new_key
from service.settings import Settings
from tests import processes

NO_REDIS = "redis://127.0.0.1:1"
WEB = 2
THREADS = 8
JOINED = 200
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Site:
    """An installation of ours: its database, and how its processes are started."""

    runtime: Runtime
    environment: dict[str, str]
    folder: Path

    @property
    def port(self) -> int:
        """Where its web listens."""
        return self.runtime.settings.port

    @contextlib.contextmanager
    def running(self, name: str, **more: str) -> Iterator[processes.Process]:
        """One of its processes for as long as it is needed; a web once it answers."""
        given = {**self.environment, **{key.upper(): value for key, value in more.items()}}
        with processes.running(name, given, self.folder / f"{name}.log") as process:
            if name == "web":
                until_it_answers(self.port)
            yield process


@contextlib.contextmanager
def site(url: str, *, slack_api: str = "http://127.0.0.1:1/api/", redis: str = NO_REDIS, **more: str) -> Iterator[Site]:
    """An installation over this empty database, with a Slack app and nobody in it."""
    with TemporaryDirectory() as folder:
        port = str(processes.free_port())
        given = {
            "database_url": url,
            "state_dir": folder,
            "secret_keys": new_key(),
            "port": port,
            "public_url": f"http://127.0.0.1:{port}",
            "redis_url": redis,
            "web_concurrency": str(WEB),
            "web_threads": str(THREADS),
            "integrations": "slack",
            "slack_signing_secret": events.SECRET,
            "slack_client_id": "1000.2000",
            "slack_client_secret": "benchmark-client-secret",
            "slack_api_url": slack_api,
            **more,
        }
        runtime = bootstrap.runtime(Settings.model_validate(given))
        try:
            schema.upgrade(runtime.engine)
            yield Site(runtime, {name.upper(): value for name, value in given.items()}, Path(folder))
        finally:
            runtime.engine.dispose()


def to_working_hours(ours: Site) -> None:
    """Let the installation's clock show ten in the morning of a Tuesday, whenever it is measured."""
    here = datetime.now(UTC)
    there = (here + timedelta(days=(1 - here.weekday()) % 7 + 7)).replace(hour=10, minute=0)
    (ours.folder / DEMO_CLOCK).write_text(str((there - here).total_seconds()))


def settle(runtime: Runtime, team: str = events.TEAM, channels: Sequence[str] = events.CHANNELS) -> str:
    """A team with the app, a circle that listens in these channels, and those who write most in it; its workspace."""
    now = datetime.now(UTC)
    with runtime.housekeeping() as db:
        home = people.open_workspace(db, WorkspaceKind.TEAM, "Bench", now)
        grant = Grant(team, "Bench", events.BOT, peers.TOKEN, app=events.APP, bot="B0BENCH01")
        installations.keep(db, runtime.keyring, home, grant, now)
    with runtime.transaction(home) as db:
        joined = []
        for name, _ in Counter(row["user"] for row in conversation.rows()).most_common(JOINED):
            member = people.meet(db, name, now, known=(IdentityKind.SLACK, name))
            people.join(db, member, now)
            joined.append(member)
        circle = people.make_circle(db, "Bench", now, members=joined)
        for channel in channels:
            people.listen(db, circle, PlaceKind.CHANNEL, channel, now)
    stores.looked_over(runtime.engine)
    return home


@contextlib.contextmanager
def peer(which: str, url: str = "") -> Iterator[int]:
    """One of the peers for as long as it is needed, behind the server we use; yields its port."""
    port = processes.free_port()
    if url:
        engine = peers.opened(url)
        peers.Base.metadata.create_all(engine)
        engine.dispose()
    with _running([sys.executable, "-m", "benchmarks.peers", which, str(port), str(WEB), str(THREADS)], url):
        until_it_answers(port)
        yield port


@contextlib.contextmanager
def _running(command: list[str], url: str) -> Iterator[None]:
    environment = {"PATH": os.environ["PATH"], peers.DATABASE: url}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until_it_answers(port: int) -> None:
    """Wait for a server to be up."""
    processes.until(lambda: processes.answers(f"http://127.0.0.1:{port}/healthz"), what="the web")
