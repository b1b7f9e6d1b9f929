"""Backups: taken while everything runs, looked through before they count, put back without sending anything twice."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from service import schema
from service.asks.models import Ask
from service.belongings import actions as belongings
from service.belongings.models import Tombstone
from service.errors import StartRefused
from service.nudges.models import Nudge
from service.nudges.rules import NudgeState
from service.people.models import Member
from service.runtime import Runtime
from service.suggestions.models import Hat

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
    Hats are given out anew by the next round.
    """
    erased = _tombstones(runtime)
    if _is_sqlite(runtime):
        if _step_of(source) not in schema.known():
            raise StartRefused(f"{source} comes from a newer version; install that one first.")
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(_file(runtime))) as here:
            there.backup(here)
            here.execute("PRAGMA journal_mode=WAL")
    else:
        _postgres("pg_restore", runtime, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source))
    runtime.engine.dispose()
    schema.refuse_newer(runtime.engine)
    schema.upgrade(runtime.engine)
    _erase_again(runtime, erased, now)
    return _doubt(runtime, now)


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


def _doubt(runtime: Runtime, now: datetime) -> int:
    unsynced = {"synchronize_session": False}
    with runtime.housekeeping() as db:
        db.execute(
            sa.update(Ask).where(Ask.surfaced_at.is_(None), Ask.surfaces_at <= now).values(surfaced_at=now),
            execution_options=unsynced,
        )
        doubtful = (
            sa.update(Nudge)
            .where(Nudge.state == NudgeState.WAITING, Nudge.due_at <= now)
            .values(state=NudgeState.EXPIRED, why=RESTORED)
            .returning(Nudge.id)
        )
        return len(list(db.scalars(doubtful, execution_options=unsynced)))


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


def _run(command: list[str], more: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, with arguments of ours
        command, env={**os.environ, **more}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = (done.stderr.strip() or "it did not say why").splitlines()[0]
        raise StartRefused(f"{Path(command[0]).name} failed: {said}")
