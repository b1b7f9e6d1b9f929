"""What needs an operator's hand: `goldseam doctor` and the page for owners look through the same eyes."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import redis
from rq import Worker

from service import queue, rounds, schema
from service.db import Session
from service.nudges import queries as nudges
from service.nudges.rules import NudgeState
from service.people import queries as people
from service.runtime import Runtime
from service.troubles import Seen, Trouble

LITTLE_ROOM: Final = 500 * 1024 * 1024
WALKED_WITHIN: Final = timedelta(minutes=15)
LATE_BY: Final = timedelta(minutes=30)
"""How far beyond its pace a round may be before it is called late."""
BACKUP_WITHIN: Final = timedelta(days=8)
BACKUPS: Final = "backups"
"""The folder of the state folder that `goldseam backup` writes into where nobody says where."""
_MIB: Final = 1024 * 1024
_OF_STATE: Final = {
    NudgeState.PARKED: Trouble.PARKED,
    NudgeState.FAILED: Trouble.FAILED,
    NudgeState.UNKNOWN: Trouble.UNKNOWN,
    NudgeState.WAITING: Trouble.HELD_BACK,
}


def of_workspace(db: Session, now: datetime) -> list[Seen]:
    """What of the workspaces this session sees is stuck or held back."""
    found = []
    for troubled in nudges.troubled(db, now):
        facts: dict[str, str | int] = {"count": troubled.count, "kind": troubled.kind.value, "why": troubled.why or ""}
        found.append(Seen(_OF_STATE[troubled.state], facts))
    return found


def suspended(db: Session) -> list[Seen]:
    """Workspaces nothing is sent to, because whoever carries it was turned away."""
    return [
        Seen(Trouble.SUSPENDED, {"name": home.name}) for home in people.workspaces(db) if home.suspended_at is not None
    ]


def of_rounds(db: Session, now: datetime) -> list[Seen]:
    """Rounds that stand still, failed, or are late."""
    walked = rounds.last_walked(db)
    if walked is None or abs(now - walked) > WALKED_WITHIN:
        return [Seen(Trouble.ROUNDS_STAND, {"count": nudges.waiting(db, now)})]
    failing = rounds.failing(db)
    found = [Seen(Trouble.ROUND_FAILED, {"name": name, "why": failure}) for name, failure in failing.items()]
    late = rounds.late(db, now - LATE_BY)
    return [*found, *(Seen(Trouble.ROUND_LATE, {"name": name}) for name in late if name not in failing)]


def of_installation(runtime: Runtime, *, within: float) -> Iterator[Seen]:
    """What concerns the whole installation; Redis is given so many seconds to answer."""
    yield from of_store(runtime)
    yield from of_machine(runtime, within=within)


def of_machine(runtime: Runtime, *, within: float) -> Iterator[Seen]:
    """The address, the disk, the backups and Redis."""
    chosen, now = runtime.settings, runtime.now()
    if chosen.is_loopback:
        yield Seen(Trouble.LOOPBACK, {"address": chosen.public_url})
    elif not chosen.is_https:
        yield Seen(Trouble.WITHOUT_HTTPS, {"address": chosen.public_url})
    room = shutil.disk_usage(chosen.state_dir).free if chosen.state_dir.exists() else LITTLE_ROOM + 1
    if room <= LITTLE_ROOM:
        yield Seen(Trouble.LITTLE_ROOM, {"count": room // _MIB})
    if not chosen.goldseam_demo:
        yield from _backups(runtime, now)
    yield from _redis(runtime, within)


def of_store(runtime: Runtime) -> Iterator[Seen]:
    """What the database knows of rounds, and of workspaces that were turned away."""
    with runtime.housekeeping(writes=False) as db:
        if schema.fit_of(schema.at(db.connection())) is not schema.Fit.FITS:
            yield Seen(Trouble.DATABASE_BEHIND)
            return
        found = [*of_rounds(db, runtime.now()), *suspended(db)]
    yield from found


def _backups(runtime: Runtime, now: datetime) -> Iterator[Seen]:
    """Only what lies in the folder is known: backups written elsewhere are the operator's own."""
    folder = runtime.settings.state_dir / BACKUPS
    taken = [one.stat().st_mtime for one in folder.glob("goldseam-*") if one.suffix in {".db", ".dump"}]
    if not taken:
        yield Seen(Trouble.NO_BACKUP, {"folder": str(folder)})
        return
    age = now - datetime.fromtimestamp(max(taken), UTC)
    if age > BACKUP_WITHIN:
        yield Seen(Trouble.BACKUP_OLD, {"count": age.days})


def _redis(runtime: Runtime, within: float) -> Iterator[Seen]:
    try:
        with queue.connected(queue.address(runtime.settings), within=within) as client:
            keeps = client.info("memory").get("maxmemory_policy")
            workers = Worker.count(connection=client)
    except (redis.RedisError, OSError) as error:
        yield Seen(Trouble.REDIS_AWAY, {"why": type(error).__name__})
        return
    if keeps != "noeviction":
        yield Seen(Trouble.REDIS_FORGETS)
    if not workers:
        yield Seen(Trouble.NO_WORKER)
