"""Databases for one benchmark, and rows that they write by themselves: no edge of ours would be done in time."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import sqlalchemy as sa

from migrations import tables
from service import db as store
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings

LASTING = ("max_connections=120", "shared_buffers=256MB", "jit=off", "lock_timeout=20s")
"""Everything else, fsync above all, is as PostgreSQL has it."""


class Store(Protocol):
    """Where databases come from."""

    def __call__(self) -> AbstractContextManager[Iterator[str]]:
        """One more empty database with each step, by its address."""


@contextmanager
def sqlite() -> Iterator[Iterator[str]]:
    """Files in a folder that goes afterwards."""
    with TemporaryDirectory() as folder:
        yield (f"sqlite:///{Path(folder) / f'bench{number}.db'}" for number in range(100))


@contextmanager
def postgresql() -> Iterator[Iterator[str]]:
    """A PostgreSQL of our own."""
    from tests import servers

    with servers.postgres() as server:
        yield (server.create(f"bench{number}") for number in range(100))


@contextmanager
def lasting() -> Iterator[Iterator[str]]:
    """A PostgreSQL of our own that waits for the disk at each commit, as one that is relied on does."""
    from tests import servers

    with servers.postgres(LASTING) as server:
        yield (server.create(f"bench{number}") for number in range(100))


def looked_over(engine: sa.Engine) -> None:
    """Let PostgreSQL count what it holds, as it does by itself within a minute of many changes; SQLite never does."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def valkey() -> Iterator[str]:
    """A Valkey of our own, by its address."""
    from tests import servers

    with servers.valkey() as server:
        yield server.url


ALL: tuple[tuple[str, Store], ...] = (("sqlite", sqlite), ("postgresql", postgresql))


@contextmanager
def opened(url: str, now: datetime) -> Iterator[Runtime]:
    """A runtime over an empty database with every table."""
    engine = store.engine(url)
    tables.metadata().create_all(engine)
    with TemporaryDirectory() as folder:
        settings = Settings.model_validate({"database_url": url, "state_dir": folder, "integrations": "mail"})
        yield Runtime(settings, engine, keyring([new_key()]), now=lambda: now)
    engine.dispose()


def run(engine: sa.Engine, *statements: str) -> None:
    """Run these, each in a transaction of its own, and let the database look at what it holds now."""
    for statement in statements:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def rest(of: int, number: str = "i") -> str:
    """What is left when a number is divided, without the sign that stands for a parameter in one of the drivers."""
    return f"({number}) - ({number}) / {of} * {of}"


def one_of(each: list[str], number: str = "i") -> str:
    """One of these ids after the other."""
    names = " ".join(f"WHEN {place} THEN '{one}'" for place, one in enumerate(each))
    return f"CASE {rest(len(each), number)} {names} END"


def numbers(database: str, most: int, began: datetime) -> tuple[str, str, str]:
    """The numbers from 0 on as a table n(i); each padded to sixteen digits, and as a moment of its own, by minutes."""
    since = began.timestamp()
    if database == "sqlite":
        counted = f"SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {most - 1}"  # noqa: S608 - a number of ours
        moment = f"strftime('%Y-%m-%d %H:%M:%S.000000', {since} + 60 * i, 'unixepoch')"
        return f"WITH RECURSIVE n(i) AS ({counted})", "printf('%016d', i)", moment
    counted = f"SELECT * FROM generate_series(0, {most - 1})"  # noqa: S608 - the same
    return f"WITH n(i) AS ({counted})", "lpad(i::text, 16, '0')", f"to_timestamp({since} + 60 * i)"
