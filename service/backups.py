"""Backups: taken while everything runs, looked through before they count, put back without sending anything twice."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from service import db as database
from service import schema
from service.asks.models import Ask
from service.belongings import actions as belongings
from service.belongings.models import Tombstone
from service.errors import StartRefused
from service.failpoints import fp
from service.nudges.models import Nudge
from service.nudges.rules import NudgeState
from service.people.models import Member
from service.runtime import Runtime
from service.suggestions.models import Hat

ERASED = "erased-before-restore"
"""The file that remembers whom to erase again while a restore is under way: hashes, and nothing else."""
RESTORED = "restored"
"""Why a nudge expired: after a restore nobody can say whether it had been sent."""


def name(runtime: Runtime, now: datetime) -> Path:
    """Where a backup of this moment goes when nobody says where."""
    kind = "db" if _is_sqlite(runtime) else "dump"
    return runtime.settings.state_dir / "backups" / f"goldseam-{now:%Y-%m-%dT%H-%M-%S}.{kind}"


def save(runtime: Runtime, target: Path) -> None:
    """Write a backup and look it through; nothing is there under its name until it is good."""
    if target.exists():
        raise StartRefused(f"{target} is there already; nothing was overwritten.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f"{target.name}.draft")
    try:
        draft.touch(mode=0o600)
        if _is_sqlite(runtime):
            with closing(sqlite3.connect(_file(runtime))) as here, closing(sqlite3.connect(draft)) as there:
                here.backup(there)
                there.execute("PRAGMA journal_mode=DELETE")
            _step_of(draft)
            _leave_out_hats(draft)
        else:
            left_out = f"--exclude-table-data={Hat.__tablename__}"
            _postgres("pg_dump", runtime, "--format=custom", left_out, f"--file={draft}")
            _run([_program("pg_restore"), "--list", str(draft)], {})
        fp("backup.written")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _leave_out_hats(draft: Path) -> None:
    """What lies in hats is in no backup: from copy after copy one could see when a card was set."""
    with closing(sqlite3.connect(draft)) as backup:
        backup.execute(f"DELETE FROM {Hat.__tablename__}")  # noqa: S608 - our own name
        backup.commit()
        backup.execute("VACUUM")  # so that no byte of them is left


def restore(runtime: Runtime, source: Path, now: datetime) -> int:
    """Put a backup back. Members erased since then are erased again; returns how many nudges were let go of.

    A nudge that was waiting when the backup was taken may have been sent since: it expires, and no ask is told again.
    Hats are given out anew by the next round. Whoever works meanwhile, and whoever comes after a power cut, finds the
    database as it was, or one that fits no version until all of this is done: nothing is sent from a half restored one.
    """
    kept = runtime.settings.state_dir / ERASED
    erased = _tombstones(runtime) | _remembered(kept)
    kept.parent.mkdir(parents=True, exist_ok=True)
    # The database that knows them is about to be replaced.
    kept.write_text("".join(f"{digest} {on.isoformat()}\n" for digest, on in sorted(erased.items())))
    doubted = (_restore_sqlite if _is_sqlite(runtime) else _restore_postgres)(runtime, source, erased, now)
    kept.unlink()
    return doubted


def _restore_sqlite(runtime: Runtime, source: Path, erased: Mapping[str, date], now: datetime) -> int:
    """Everything is done to a copy, which then takes the place of the database in one step."""
    if _step_of(source) not in schema.known():
        raise StartRefused(f"{source} comes from a newer version; install that one first.")
    draft = Path(f"{_file(runtime)}.restoring")
    _remove(draft)
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(draft)) as here:
        there.backup(here)
    beside = replace(runtime, engine=database.engine(f"sqlite:///{draft}"))
    try:
        schema.upgrade(beside.engine)
        _erase_again(beside, erased, now)
        with beside.housekeeping() as db:
            doubted = _doubt(db.connection(), now)
        beside.engine.dispose()
        fp("restore.prepared")
        with closing(sqlite3.connect(draft)) as there, closing(sqlite3.connect(_file(runtime))) as here:
            there.backup(here)
            here.execute("PRAGMA journal_mode=WAL")
        fp("restore.put_back")
    finally:
        beside.engine.dispose()
        _remove(draft)
    runtime.engine.dispose()
    return doubted


def _remove(draft: Path) -> None:
    for end in ("", "-wal", "-shm", ".gate"):
        Path(f"{draft}{end}").unlink(missing_ok=True)


def _restore_postgres(runtime: Runtime, source: Path, erased: Mapping[str, date], now: datetime) -> int:
    """Its step is held back until nothing in it is due, so that no worker touches it before."""
    listed = _run([_program("pg_restore"), "--list", str(source)], {}).splitlines()
    step = _step_in(source)
    if step not in schema.known():
        raise StartRefused(f"{source} comes from a newer version; install that one first.")
    with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
        chosen.write("\n".join(line for line in listed if not _is_step(line)))
        chosen.flush()
        fp("restore.prepared")
        whole = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        _postgres("pg_restore", runtime, *whole, f"--use-list={chosen.name}", str(source))
    fp("restore.put_back")
    runtime.engine.dispose()
    with runtime.engine.begin() as connection:
        doubted = _doubt(connection, now)
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:step)"), {"step": step})
    schema.upgrade(runtime.engine)
    _erase_again(runtime, erased, now)
    return doubted


def _is_step(line: str) -> bool:
    return "TABLE DATA" in line and " alembic_version " in line


def _step_in(source: Path) -> str | None:
    """The step a dump of PostgreSQL is at."""
    wanted = ("--data-only", "--table=alembic_version", "--file=-")
    rows = _run([_program("pg_restore"), *wanted, str(source)], {}).splitlines()
    steps = [rows[number + 1] for number, row in enumerate(rows[:-1]) if row.startswith("COPY ")]
    return steps[0] if steps else None


def _remembered(kept: Path) -> dict[str, date]:
    """Who is still to be erased after a restore that was cut short."""
    rows = [row.split() for row in kept.read_text().splitlines()] if kept.exists() else []
    return {digest: date.fromisoformat(on) for digest, on in rows}


def _tombstones(runtime: Runtime) -> dict[str, date]:
    """Who was erased and when, as the database knows it that is about to be replaced; nobody where there is none."""
    if schema.look(runtime.engine)[0] is not schema.Fit.FITS:
        return {}
    with runtime.housekeeping(writes=False) as db:
        return {row.digest: row.erased_on for row in db.scalars(sa.select(Tombstone))}


def _erase_again(runtime: Runtime, erased: Mapping[str, date], now: datetime) -> None:
    with runtime.housekeeping() as db:
        for digest, on in erased.items():
            db.merge(Tombstone(digest=digest, erased_on=on))  # an older backup may be put back one day
        back = [
            (member, home)
            for member, home in db.execute(sa.select(Member.id, Member.workspace_id))
            if belongings.digest(member) in erased
        ]
    for member, home in back:
        with runtime.transaction(home) as db:
            belongings.erase(db, member, now, in_any_case=True)


def _doubt(connection: sa.Connection, now: datetime) -> int:
    """Let go of what may have been sent since; what was under way is asked after by the next round."""
    surfaced = sa.update(Ask).where(Ask.surfaced_at.is_(None), Ask.surfaces_at <= now).values(surfaced_at=now)
    connection.execute(surfaced)
    doubtful = sa.update(Nudge).where(Nudge.state == NudgeState.WAITING, Nudge.due_at <= now)
    return connection.execute(doubtful.values(state=NudgeState.EXPIRED, why=RESTORED)).rowcount


def _step_of(path: Path) -> str | None:
    """The step a SQLite backup is at; raises StartRefused where it is damaged or none of ours."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as backup:
            if backup.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise StartRefused(f"{path} is damaged.")
            row = backup.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if row is None else str(row[0])
    except sqlite3.Error:
        raise StartRefused(f"{path} is no backup of Goldseam.") from None


def _is_sqlite(runtime: Runtime) -> bool:
    return runtime.engine.dialect.name == "sqlite"


def _file(runtime: Runtime) -> str:
    return str(runtime.engine.url.database)


def _postgres(program: str, runtime: Runtime, *options: str) -> None:
    url = runtime.engine.url.set(drivername="postgresql")
    password = {"PGPASSWORD": str(url.password)} if url.password else {}  # not where `ps` shows it
    address = url.set(password=None).render_as_string()
    _run([_program(program), "--no-password", f"--dbname={address}", *options], password)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise StartRefused(f"{name} is not on the PATH: install PostgreSQL's client programs, as new as the server.")
    return found


def _run(command: list[str], more: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, with arguments of ours
        command, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or "it did not say why").splitlines()[0]
        raise StartRefused(f"{Path(command[0]).name} failed: {said}")
    return done.stdout
