"""Everything an installation keeps or says, read as whoever holds the machine could read it."""

import contextlib
import gc
import io
import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
import sqlalchemy as sa
from structlog._config import BoundLoggerLazyProxy

from service import logs
from service.runtime import Runtime

SOURCES = [path for name in ("service", "integrations") for path in Path(name).rglob("*.py")]
PURPOSES = re.compile(r"derived\(f?\"([^\"]+)\"\)|fingerprint\(f?\"([^\"]+)\"")


def secrets_of(runtime: Runtime, *, workspace: str) -> dict[str, bytes]:
    """Every secret of an installation: its keys, all that is derived from them, and the secrets of its settings."""
    found: dict[str, bytes] = {}
    for number, key in enumerate(runtime.keyring.keys):
        found[f"key {number}"] = key.encode()
    for purpose in _purposes(workspace):
        derived = runtime.keyring.derived(purpose)
        found[purpose] = derived
        found[f"{purpose} in hex"] = derived.hex().encode()
    for name in ("slack_signing_secret", "slack_client_secret"):
        secret = getattr(runtime.settings, name)
        if secret is not None:
            found[name] = secret.get_secret_value().encode()
    return found


def _purposes(workspace: str) -> set[str]:
    """What keys are derived for, as our own code says it."""
    said = {one or two for path in SOURCES for one, two in PURPOSES.findall(path.read_text())}
    return {re.sub(r"\{[^}]*\}", workspace, one) for one in said}


def rows(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, with columns as the database has them rather than as the models name them."""
    found = {}
    with engine.connect().execution_options(reads_only=True) as connection:
        inspector = sa.inspect(connection)
        for table in sorted(inspector.get_table_names()):
            names = sorted(column["name"] for column in inspector.get_columns(table))
            quoted = ", ".join(f'"{name}"' for name in names)
            everything = connection.exec_driver_sql(f'SELECT {quoted} FROM "{table}"')  # noqa: S608 - our own names
            found[f"{table} ({quoted})"] = sorted((tuple(row) for row in everything), key=repr)
    return found


def dump(engine: sa.Engine) -> bytes:
    """The same as text; bytes are written as they are."""
    lines = []
    for table, there in rows(engine).items():
        lines.append(table.encode())
        lines += [b" | ".join(_cell(cell) for cell in row) for row in there]
    return b"\n".join(lines)


def _cell(cell: object) -> bytes:
    return cell if isinstance(cell, bytes) else str(cell).encode()


def database_files(engine: sa.Engine) -> dict[str, bytes]:
    """The files the database lies in, as they stand on the disk."""
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        return {one.name: one.read_bytes() for one in sorted(path.parent.glob(f"{path.name}*"))}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        cluster = Path(str(connection.exec_driver_sql("SHOW data_directory").scalar_one()))
        number = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
    folders = (cluster / "base" / str(number), cluster / "global", cluster / "pg_wal", cluster / "pg_stat_tmp")
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    log = cluster.parent / "log"
    found = {f"postgresql/{path.relative_to(cluster.parent)}": _bytes(path) for path in [*files, log]}
    return {name: there for name, there in found.items() if there}


def _bytes(path: Path) -> bytes:
    with contextlib.suppress(FileNotFoundError):  # PostgreSQL removes files of its own while we look
        return path.read_bytes().rstrip(b"\0")
    return b""


def in_redis(url: str) -> dict[str, bytes]:
    """All keys with what they hold, compressed jobs inflated; and the files Redis keeps."""
    with redis.Redis.from_url(url) as client:
        client.config_set("rdbcompression", "no")
        client.save()
        folder = Path(client.config_get("dir")["dir"])
        live = b"\n".join(piece for key in sorted(client.scan_iter()) for piece in _pieces(client, key))
    files = {
        f"redis/{path.relative_to(folder)}": path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {"redis": live, **files}


def _pieces(client: redis.Redis, key: bytes) -> Iterator[bytes]:
    yield key
    store: Any = client  # its types are those of every protocol at once
    match store.type(key):
        case b"string":
            held = [store.get(key) or b""]
        case b"hash":
            held = [piece for pair in store.hgetall(key).items() for piece in pair]
        case b"list":
            held = store.lrange(key, 0, -1)
        case b"set":
            held = sorted(store.smembers(key))
        case b"zset":
            held = [piece for piece, _ in store.zrange(key, 0, -1, withscores=True)]
        case b"stream":
            held = [piece for _, pairs in store.xrange(key) for pair in pairs.items() for piece in pair]
        case b"none":
            held = []  # it ran out while we looked
        case kind:
            raise AssertionError(f"nobody has looked into a {kind!r} yet")
    for piece in held:
        yield piece
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(piece)


def folder(path: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {
        f"{path.name}/{one.relative_to(path)}": one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()
    }


def _look_anew() -> None:
    """Let every logger of ours ask again how lines are written, which each remembers from its first line on."""
    for each in gc.get_objects():
        if type(each) is BoundLoggerLazyProxy:
            each.__dict__.pop("bind", None)


@contextlib.contextmanager
def logged(monkeypatch: pytest.MonkeyPatch, level: int) -> Iterator[io.StringIO]:
    """Our log as it is written; at DEBUG with every logger of every library at DEBUG."""
    said = io.StringIO()
    root = logging.getLogger()
    handlers, root_level = root.handlers[:], root.level
    names = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    levels = [(each, each.level) for each in names]
    with monkeypatch.context() as patch:
        # Not sys.stderr, which pytest puts back between a fixture and its test.
        patch.setattr(logs._ToStandardError, "stream", property(lambda _: said, lambda _, __: None))
        logs.begin("json", level=level)
        _look_anew()
        for each in names if level == logging.DEBUG else ():
            each.setLevel(level)
        try:
            yield said
        finally:
            logs.begin("json")
            _look_anew()
            root.handlers[:], root.level = handlers, root_level
            for each, before in levels:
                each.setLevel(before)
