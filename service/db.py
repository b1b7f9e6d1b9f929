"""The database: types, random ids, and sessions that see one workspace and no other."""

import fcntl
import functools
import secrets
import sqlite3
import time
from base64 import b32encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Final, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import event, orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from service.errors import StoreAway

SQLITE_WAIT_S: Final = 10.0
"""How long a writer waits for the one before it, in seconds."""

EVERY_WORKSPACE: Final = "*"
"""The scope of rounds, which work for all workspaces at once."""

E = TypeVar("E", bound=StrEnum)

entropy: Callable[[int], bytes] = secrets.token_bytes


def new_id() -> str:
    """A random id: 80 bits in 16 lower-case letters and digits, so that no sequence leaks order."""
    return b32encode(entropy(10)).decode().lower()


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; a naive value is refused rather than guessed at."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs its time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(sa.types.TypeDecorator[E], Generic[E]):
    """A StrEnum kept as its value, so that a renamed member changes no stored row."""

    impl = sa.String(32)
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> E | None:
        return None if value is None else self.kind(value)


class Base(orm.DeclarativeBase):
    """What every table shares."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, dict[str, Any]: sa.JSON}


class Scoped:
    """A table whose rows belong to one workspace; sessions show no other workspace's rows."""

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspace.id", ondelete="CASCADE"), index=True)


class OutOfScope(Exception):  # noqa: N818 - a fault of ours, meant to fail loudly
    """A statement reached for rows outside the workspace of its session."""


def engine(url: str) -> sa.Engine:
    """An engine for SQLite or PostgreSQL that keeps the product's rules; parameters never reach a log."""
    made = sa.create_engine(url, hide_parameters=True, **_pool(url))
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _open_sqlite)
        event.listen(made, "close", _close_gate)
        event.listen(made, "begin", _begin_sqlite)
        event.listen(made, "commit", _let_go)
        event.listen(made, "rollback", _let_go)
    return made


def _pool(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False, "timeout": SQLITE_WAIT_S}, "pool_size": 16}
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8, "pool_timeout": 5}


def _open_sqlite(raw: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - narrows the driver's type
    raw.isolation_level = None  # we send BEGIN ourselves: the driver's deferred one loses updates
    cursor = raw.cursor()
    path = cursor.execute("PRAGMA database_list").fetchone()[2]
    # SQLite's own busy handler sleeps and starves writers; a file lock in front of BEGIN IMMEDIATE does not.
    gate = Path(f"{path}.gate").open("ab") if path else None  # noqa: SIM115 - lives with the connection
    entry.info["gate"] = gate
    if gate is not None and cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        # Of two connections that change it at once, SQLite refuses one on the spot, without waiting.
        _wait_for(gate.fileno())
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        finally:
            fcntl.flock(gate.fileno(), fcntl.LOCK_UN)
    for pragma in (
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={int(SQLITE_WAIT_S * 1000)}",
        "secure_delete=ON",  # what a member erases leaves no byte behind
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _close_gate(_raw: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    gate = entry.info.pop("gate", None)
    if gate is not None:
        gate.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    if connection.get_execution_options().get("reads_only"):
        connection.exec_driver_sql("BEGIN")
        return
    gate = connection.info.get("gate")
    if gate is not None:
        _wait_for(gate.fileno())
        connection.info["gate_held"] = True
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        _let_go(connection)
        raise


def _wait_for(gate: int) -> None:
    until = time.monotonic() + SQLITE_WAIT_S
    pause = 0.0002
    while True:
        try:
            fcntl.flock(gate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise StoreAway("another writer holds the database") from None
            time.sleep(pause)
            pause = min(pause * 1.5, 0.001)
        else:
            return


def _let_go(connection: sa.Connection) -> None:
    if connection.info.pop("gate_held", False):
        fcntl.flock(connection.info["gate"].fileno(), fcntl.LOCK_UN)


class Session(orm.Session):
    """A session that knows whose rows it may see."""

    def scope(self) -> str:
        """The workspace whose rows this session sees, or EVERY_WORKSPACE."""
        try:
            return str(self.info["scope"])
        except KeyError:
            raise OutOfScope("A session needs a workspace before it may read or write.") from None

    def enter(self, workspace: str) -> None:
        """See this workspace's rows from now on, and no others."""
        self.flush()
        self.expunge_all()
        self.info["scope"] = workspace


@event.listens_for(Session, "do_orm_execute")
def _see_one_workspace(state: orm.ORMExecuteState) -> None:
    session = state.session
    assert isinstance(session, Session)  # noqa: S101 - registered for this class alone
    scope = session.scope()
    if scope == EVERY_WORKSPACE or state.execution_options.get("unscoped"):
        return
    if not state.is_orm_statement:
        raise OutOfScope("Raw SQL and bare tables cannot be scoped to a workspace; say it with the models.")
    if state.is_insert:
        _own_rows_only(state, scope)
        return
    if state.is_update and isinstance(state.parameters, list):
        raise OutOfScope("Updates by key alone cannot be scoped to a workspace; say it with a condition.")
    if not state.is_column_load and not state.is_relationship_load:
        state.statement = state.statement.options(
            orm.with_loader_criteria(Scoped, lambda table: table.workspace_id == scope, include_aliases=True)
        )


def _own_rows_only(state: orm.ORMExecuteState, scope: str) -> None:
    mapper = state.bind_mapper
    if mapper is None or not issubclass(mapper.class_, Scoped):
        return
    given = state.parameters or {}
    if any(row.get("workspace_id") != scope for row in ([given] if isinstance(given, Mapping) else given)):
        raise OutOfScope("A row of another workspace cannot be written here.")


@event.listens_for(Session, "before_flush")
def _write_one_workspace(session: orm.Session, _context: object, _instances: object) -> None:
    assert isinstance(session, Session)  # noqa: S101 - registered for this class alone
    scope = session.scope()
    for row in session.new:
        if isinstance(row, Scoped):
            belongs: str | None = row.workspace_id
            if belongs is None and scope != EVERY_WORKSPACE:
                row.workspace_id = belongs = scope
            if belongs is None or scope not in (EVERY_WORKSPACE, belongs):
                raise OutOfScope("A row of another workspace cannot be written here.")
    for row in session.dirty:
        if isinstance(row, Scoped) and scope not in (EVERY_WORKSPACE, row.workspace_id):
            raise OutOfScope("A row cannot be moved to another workspace.")


def insert_into(db: orm.Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what happens to a row that is there already."""
    return sqlite.insert(table) if db.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


def upsert(db: orm.Session, table: type[Base], rows: Sequence[Mapping[str, Any]], *, keys: Sequence[str]) -> None:
    """Write rows at once; one that is there already, by these keys, takes the new values."""
    _write(db, table, rows, tuple(keys), renews=True)


def write_once(db: orm.Session, table: type[Base], rows: Sequence[Mapping[str, Any]], *, keys: Sequence[str]) -> None:
    """Write rows at once; one that is there already, by these keys, stays as it is."""
    _write(db, table, rows, tuple(keys), renews=False)


def _write(
    db: orm.Session, table: type[Base], rows: Sequence[Mapping[str, Any]], keys: tuple[str, ...], *, renews: bool
) -> None:
    if not rows:
        return
    assert isinstance(db, Session)  # noqa: S101 - every session of ours is one
    scope = db.scope()
    if scope != EVERY_WORKSPACE and issubclass(table, Scoped) and any(row.get("workspace_id") != scope for row in rows):
        raise OutOfScope("A row of another workspace cannot be written here.")
    db.flush()
    names = tuple(name for name in rows[0] if name not in keys) if renews else ()
    db.connection().execute(_inserting(db.get_bind().dialect.name, table, names, keys), list(rows))


@functools.lru_cache(maxsize=256)
def _inserting(dialect: str, table: type[Base], renewed: tuple[str, ...], keys: tuple[str, ...]) -> sa.Insert:
    """Made once: to make a statement costs more than to run it."""
    bare = table.__table__
    assert isinstance(bare, sa.Table)  # noqa: S101 - narrows what an ORM class may stand for
    insert = sqlite.insert(bare) if dialect == "sqlite" else postgresql.insert(bare)
    if not renewed:
        return insert.on_conflict_do_nothing(index_elements=list(keys))
    return insert.on_conflict_do_update(
        index_elements=list(keys), set_={name: insert.excluded[name] for name in renewed}
    )
