"""The byte scan over real processes: web, worker and clock, with a Redis that writes everything down."""

import http.cookiejar
import shutil
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from service import bootstrap, embedded, schema
from service import db as database
from service.runtime import Runtime
from service.sealing import new_key
from service.settings import Settings
from tests import builders, processes, servers
from tests.anonymity import canaries, stores
from tests.anonymity.canaries import Canary
from tests.anonymity.scenarios import FORM, KIND
from tests.anonymity.stage import ASKER, CARD, DRAWER, OTHERS, OWNER, TOKEN
from tests.builders import Home
from tests.processes import Process

pytestmark = pytest.mark.soak

LOUD = """
import logging
quiet = logging.Logger.setLevel
logging.Logger.setLevel = lambda logger, _level: quiet(logger, logging.DEBUG)
"""
"""Read by each process as it starts: every logger there is says all it can."""
MARKS = {
    "User-Agent": "Schwalbenschwanz/77.31 (X11; Linux) Firefox/139.0",
    "X-Forwarded-For": "198.51.100.213",
    "X-Request-Id": "rq-7c1e55d09b3f42aa",
}


class Site:
    """An installation, and somebody's browser in front of it."""

    def __init__(self, runtime: Runtime, home: Home, folder: Path) -> None:
        self.runtime, self.home, self.folder = runtime, home, folder
        self.jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.token = ""

    def opens(self, path: str, **form: str) -> int:
        """Open a page, or send a form; the status of the answer."""
        body = urllib.parse.urlencode({"csrf_token": self.token, **form}).encode() if form else None
        request = urllib.request.Request(self.runtime.settings.public_url + path, body, MARKS)  # noqa: S310 - our own
        try:
            with self.browser.open(request, timeout=60) as answer:
                page, status = answer.read().decode(), int(answer.status)
        except urllib.error.HTTPError as refused:
            page, status = refused.read().decode(), refused.code
        found = TOKEN.search(page)
        self.token = found.group(1) if found else self.token
        return status

    def canaries(self) -> list[Canary]:
        """What the asker consists of."""
        marks = [Canary(name, value) for name, value in MARKS.items()]
        cookies = [Canary("the cookie", str(one.value)) for one in self.jar if one.name == "session"]
        return [*member(self.home, ASKER), Canary("the name", ASKER), Canary("the token", self.token), *marks, *cookies]

    def kept(self) -> dict[str, bytes]:
        """All that lies on the disk or in memory."""
        return {
            "dump": stores.dump(self.runtime.engine),
            **stores.database_files(self.runtime.engine),
            **stores.in_redis(self.runtime.settings.redis_url),
            **stores.folder(self.folder),
        }


def member(home: Home, name: str) -> list[Canary]:
    """What stands in a hat to say whose it is."""
    return [Canary("the member", home[name])]


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A team of eight and their processes, told to say all they can."""
    folder, short = tmp_path / "site", Path(tempfile.mkdtemp(prefix="gs-vk-", dir="/tmp"))
    (folder / "var").mkdir(parents=True)
    (tmp_path / "loud").mkdir()
    (tmp_path / "loud" / "sitecustomize.py").write_text(LOUD)
    url = f"sqlite:///{folder / 'var' / 'goldseam.db'}"
    if request.param == "postgresql":
        server: servers.Postgres = request.getfixturevalue("postgres")
        url = server.create(f"site_{database.new_id()}")
    redis, port = embedded.start(short), processes.free_port()
    given = {
        "database_url": url,
        "state_dir": str(folder / "var"),
        "secret_keys": new_key(),
        "port": str(port),
        "public_url": f"http://127.0.0.1:{port}",
        "redis_url": redis.url,
        "clock_period": "0.5",
        "web_concurrency": "1",
        "goldseam_demo": "true",
        "log_format": "json",
    }
    runtime = bootstrap.runtime(Settings.model_validate(given))
    environment = {name.upper(): value for name, value in given.items()} | {"PYTHONPATH": str(tmp_path / "loud")}
    running: list[Process] = []
    try:
        schema.upgrade(runtime.engine)
        home = builders.team(runtime, OWNER, DRAWER, *OTHERS, ASKER, now=runtime.now())
        running += [Process(name, environment, folder / f"{name}.log") for name in ("web", "worker", "clock")]
        processes.until(lambda: processes.answers(f"{given['public_url']}/healthz"), what="the web")
        processes.until(lambda: _hats(runtime) == len(home.members) + 1, what="hats for all")
        yield Site(runtime, home, folder)
    finally:
        for each in running:
            each.kill()
        redis.stop()
        runtime.engine.dispose()
        shutil.rmtree(short, ignore_errors=True)


def _hats(runtime: Runtime) -> int:
    with runtime.engine.connect().execution_options(reads_only=True) as connection:
        return int(connection.execute(sa.text("SELECT count(*) FROM hat")).scalar_one())


def _cards(runtime: Runtime) -> set[bytes]:
    with runtime.engine.connect().execution_options(reads_only=True) as connection:
        return {bytes(row.cards) for row in connection.execute(sa.text("SELECT cards FROM hat"))}


def test_nothing_grows_with_whoever_asks(site: Site) -> None:
    """The asker has a hat like everybody: where hats lie, their id grows as that of somebody who did nothing."""
    assert site.opens("/sign-in") == 200
    assert site.opens(f"/sign-in/as/{site.home[ASKER]}", once="yes") == 200
    assert site.opens(FORM) == 200
    asker, before, cards = site.canaries(), site.kept(), _cards(site.runtime)
    one = {"for": "one", "member": site.home[DRAWER], "kind": KIND}
    assert site.opens(FORM, **one) == 200
    assert site.opens(FORM, **one, card=CARD) == 200
    assert site.opens(FORM, **one, card="no such card") == 422
    assert site.opens(FORM, **{**one, "for": "all"}, card=CARD) == 200
    assert site.opens(FORM, **one, csrf_token="forged", card=CARD) == 400
    time.sleep(4)  # meanwhile the clock rings, and the worker walks every round
    after = site.kept()
    assert _cards(site.runtime) != cards
    assert all(b"DEBUG" in after[f"site/{name}.log"].upper() for name in ("worker", "clock"))
    secrets = stores.secrets_of(site.runtime, workspace=site.home.id)
    bystander = canaries.grown(before, after, canaries.all_shapes(member(site.home, OTHERS[0]), secrets))
    grown = canaries.grown(before, after, canaries.all_shapes([*asker, *site.canaries()], secrets))
    assert set(grown) <= set(bystander)
    assert all("goldseam.db" in line or "postgresql/" in line for line in bystander)
