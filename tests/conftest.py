"""What every test shares: Hypothesis profiles, both databases, a clock, and no network beyond this machine."""

import os
import random
import shutil
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import flask
import hypothesis
import jinja2
import pytest
import sqlalchemy as sa
from jinja2.bccache import Bucket
from pytest_socket import socket_allow_hosts

from migrations import tables
from service import db, embedded, heap, logs, schema
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings
from tests import servers
from tests.fakes import Clock

hypothesis.settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=5000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

logs.begin("json")


class Translated(jinja2.BytecodeCache):
    """Templates once they are translated, for every application of a run: each test makes its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


flask.Flask.jinja_options = {"bytecode_cache": Translated()}

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


EDGES = (
    "tests/e2e/",
    "tests/integration/api/",
    "tests/integration/push/",
    "tests/integration/slack/",
    "tests/integration/web/",
)
"""What comes in here is answered alike whatever keeps it: the short profile tries half of it on each database."""


LONG = ("tests/e2e/kills/", "tests/e2e/", "tests/anonymity/", "tests/integration/demo/", "tests/integration/asks/")
"""Folders whose tests take longest, the longest first."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; leave the other database to the long profile; without Chromium skip what needs it."""
    items.sort(key=_length)
    by_id = {item.nodeid: item for item in items}
    for item in items:
        if item.nodeid.startswith(EDGES) or item.get_closest_marker("one_database"):
            _on_one_database(item, by_id)
    if CHROMIUM is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="THERE IS NO CHROMIUM HERE: nothing was tried in a browser"))


def _length(item: pytest.Item) -> int:
    """The place of a folder among those that take longest, so that short tests are left to even out the workers."""
    return next((place for place, folder in enumerate(LONG) if item.nodeid.startswith(folder)), len(LONG))


def _on_one_database(item: pytest.Item, by_id: Mapping[str, pytest.Item]) -> None:
    """Leave a test to the long profile where the short one tries it on the other database."""
    call = getattr(item, "callspec", None)
    database = call.params.get("database_url") if call is not None else None
    if database is None:
        return
    chosen = ("sqlite", "postgresql")[zlib.crc32(item.nodeid.replace(database, "").encode()) % 2]
    instead = by_id.get(item.nodeid.replace(database, chosen))
    if database != chosen and instead is not None and instead.get_closest_marker("soak") is None:
        item.add_marker(pytest.mark.soak)


def pytest_collection_finish() -> None:
    """What collecting made stays for the whole run, and need not be walked in each test."""
    heap.settle()


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    """A test that reaches beyond loopback fails."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until the test moves it."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Postgres]:
    """A PostgreSQL of this run's own, started when the first test asks for it."""
    with servers.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def valkey() -> Iterator[embedded.Server]:
    """A Valkey of this run's own, started when the first test asks for it."""
    with servers.valkey() as server:
        yield server


@pytest.fixture(scope="session")
def _sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite with every table, to be copied."""
    path = tmp_path_factory.mktemp("pattern") / "pattern.db"
    engine = db.engine(f"sqlite:///{path}")
    _filled(engine)
    with engine.connect() as connection:
        connection.execution_options(reads_only=True).exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def _filled(engine: sa.Engine) -> None:
    """Every table the models name, marked as the last step; tests/integration/database shows that both agree."""
    tables.metadata().create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:last)"), {"last": schema.known()[-1]})


@pytest.fixture(scope="session")
def _postgres_filled(postgres: servers.Postgres) -> str:
    """The address of a PostgreSQL database with every table; tests leave it empty."""
    url = postgres.create("goldseam")
    engine = db.engine(url)
    _filled(engine)
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database with every table: each test that asks runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "goldseam.db"
        shutil.copyfile(request.getfixturevalue("_sqlite_pattern"), path)
        yield f"sqlite:///{path}"
        return
    url: str = request.getfixturevalue("_postgres_filled")
    yield url
    _emptied(url)


def _emptied(url: str) -> None:
    """Delete every row; this is many times faster than to truncate or to clone."""
    names = [f'"{table.name}"' for table in tables.metadata().sorted_tables]
    engine = db.engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("SET session_replication_role = replica"))  # no foreign key stands in the way
        connection.execute(sa.text(";".join(f"DELETE FROM {name}" for name in names)))  # noqa: S608 - our own names
        connection.execute(sa.text("RESET session_replication_role"))
    engine.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation that reaches nobody."""
    return Settings.model_validate(
        {"database_url": database_url, "state_dir": tmp_path / "var", "secret_keys": (new_key(),)}
    )


@pytest.fixture
def runtime(settings: Settings, clock: Clock) -> Iterator[Runtime]:
    """A runtime on an empty database, with the test's clock and with chance that repeats."""
    engine = db.engine(settings.database)
    made = Runtime(
        settings=settings,
        engine=engine,
        keyring=keyring([key.get_secret_value() for key in settings.secret_keys]),
        random=random.Random(7),
        now=clock,
    )
    yield made
    engine.dispose()


@pytest.fixture
def repeating_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids that are the same in each run of a test."""
    monkeypatch.setattr(db, "entropy", random.Random(7).randbytes)
