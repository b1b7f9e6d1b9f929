"""An installation of real processes beside the Slack stand-in, to be killed at chosen points."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from integrations.slack import manifest
from integrations.slack.standin import server
from service import bootstrap, db, embedded, schema
from service.runtime import DEMO_CLOCK, demo_time
from service.sealing import new_key
from service.settings import Settings
from tests import processes, servers
from tests.fakes import Clock
from tests.integration.mail.server import Mailbox, mail_server
from tests.slack import SECRET, Street, Team, settled_in, with_slack

NO_REDIS = "redis://127.0.0.1:1"


class MovedClock(Clock):
    """The clock of all processes of an installation: this machine's, ahead by what a file in its state folder says."""

    def __init__(self, state_dir: Path) -> None:
        self._state_dir = state_dir

    def __call__(self) -> datetime:
        return demo_time(self._state_dir)

    @property
    def at(self) -> datetime:
        """What it shows."""
        return self()

    @at.setter
    def at(self, moment: datetime) -> None:
        ahead = (moment - datetime.now(UTC)).total_seconds()
        draft = self._state_dir / f"{DEMO_CLOCK}.draft"
        draft.write_text(str(ahead))
        draft.replace(self._state_dir / DEMO_CLOCK)

    def to(self, weekday: int, hour: int) -> datetime:
        """Move on to the next such weekday, Monday is 0, at that hour."""
        here = self.at
        days = (weekday - here.weekday() - 1) % 7 + 1
        self.at = (here + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        return self.at


class Site:
    """One installation: a database, settings for its processes, and the street between it and Slack."""

    team: Team
    newest: processes.Process

    def __init__(
        self, environment: dict[str, str], town: Street, clock: MovedClock, folder: Path, mailbox: Mailbox
    ) -> None:
        self.environment = environment
        self.town = town
        self.clock = clock
        self.folder = folder
        self.mailbox = mailbox
        self.count = 0

    @property
    def home(self) -> str:
        """The workspace of its team."""
        return self.town.workspace(self.team.ops.team)

    def member(self, name: str) -> str:
        """Who somebody of the team is to us."""
        return self.town.member(getattr(self.team, name)).id

    def start(self, name: str, *, dies_at: str = "", with_redis: str = NO_REDIS) -> processes.Process:
        """Start one of its processes, armed to die at a point."""
        self.count += 1
        environment = {**self.environment, "REDIS_URL": with_redis, "GOLDSEAM_FAILPOINTS": dies_at}
        log = self.folder / f"{self.count}-{name.split(maxsplit=1)[0]}.log"
        self.newest = process = processes.Process(name, environment, log)
        if name == "web":
            processes.until(lambda: processes.answers(f"{self.environment['PUBLIC_URL']}/healthz"), what="the web")
        return process


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A team that has settled in, on either database; nothing of it runs until a test starts it."""
    folder = tmp_path_factory.mktemp("site")
    state_dir = folder / "var"
    state_dir.mkdir()
    if request.param == "sqlite":
        url = f"sqlite:///{state_dir / 'goldseam.db'}"
    else:
        postgres: servers.Postgres = request.getfixturevalue("postgres")
        url = postgres.create(f"site_{db.new_id()}")
    port = str(processes.free_port())
    given = {
        "database_url": url,
        "state_dir": str(state_dir),
        "secret_keys": new_key(),
        "port": port,
        "public_url": f"http://127.0.0.1:{port}",
        "redis_url": NO_REDIS,
        "clock_period": "0.2",
        "web_concurrency": "1",
        "goldseam_demo": "true",
    }
    clock = MovedClock(state_dir)
    clock.to(weekday=0, hour=10)
    described = manifest.manifest(with_slack(Settings.model_validate(given)))
    with (
        mail_server() as mailbox,
        server.running(
            given["public_url"], signing_secret=SECRET, described=described, now=lambda: clock().timestamp()
        ) as slack,
    ):
        given |= {
            "integrations": "slack,mail",
            "mail_url": f"smtp://127.0.0.1:{mailbox.port}?tls=none&from=goldseam@example.org",
            "slack_signing_secret": SECRET,
            "slack_client_id": "1000.2000",
            "slack_client_secret": "stand-in-client-secret",
            "slack_api_url": slack.api_url,
            "slack_authorize_url": slack.authorize_url,
        }
        runtime = bootstrap.runtime(Settings.model_validate(given))
        environment = {name.upper(): value for name, value in given.items()}
        server_programs: servers.Postgres = request.getfixturevalue("postgres")
        environment["PATH"] = f"{server_programs.binaries}{os.pathsep}{os.environ['PATH']}"
        try:
            schema.upgrade(runtime.engine)
            town = Street(slack, runtime, clock, bootstrap.plugs(runtime))
            yield _settled(Site(environment, town, clock, folder, mailbox))
        finally:
            runtime.engine.dispose()


def _settled(site: Site) -> Site:
    web = site.start("web")
    try:
        site.team = settled_in(site.town)
    finally:
        web.kill()
    return site


@pytest.fixture
def redis_url(request: pytest.FixtureRequest, valkey: embedded.Server) -> str:
    """A Redis that is there, or one that is not."""
    if request.param == "no redis":
        return NO_REDIS
    with redis.Redis.from_url(valkey.url) as client:
        client.flushall()
    return valkey.url
