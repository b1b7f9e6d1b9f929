"""What `goldseam doctor` looks at: each finding says how it is, and what to do where it is not well."""

import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import redis
import sqlalchemy as sa
from rq import Worker

from service import queue, rounds, schema
from service.errors import StoreAway
from service.nudges import queries as nudges
from service.runtime import Finding, Plug, Runtime

LITTLE_ROOM: Final = 500 * 1024 * 1024
MOST_DRIFT: Final = timedelta(seconds=30)
WALKED_WITHIN: Final = timedelta(minutes=15)


def examine(runtime: Runtime, plugs: Iterable[Plug]) -> list[Finding]:
    """Look at everything once; nothing is changed."""
    found = [*_settings(runtime), *_state_folder(runtime)]
    there = _database(runtime)
    found.append(there)
    if there.well:
        found += [*_rounds(runtime), _stuck(runtime), _database_clock(runtime), *_statement_log(runtime)]
    found += _redis(runtime)
    for plug in plugs:
        for check in plug.checks:
            found += check()
    return found


def _well(what: str, said: str, remedy: str | None = None) -> Finding:
    return Finding(what, well=True, said=said, remedy=remedy)


def _ill(what: str, said: str, remedy: str) -> Finding:
    return Finding(what, well=False, said=said, remedy=remedy)


def _settings(runtime: Runtime) -> Iterator[Finding]:
    chosen = runtime.settings
    if chosen.is_https or chosen.is_loopback:
        yield _well("address", f"People open {chosen.public_url}.")
    else:
        yield _ill(
            "address",
            f"{chosen.public_url} is open to others without https: what they send can be read on the way.",
            "At home that may do. Otherwise put a proxy with a certificate in front and set PUBLIC_URL to https.",
        )
    yield _well("integrations", f"Plugged in: {', '.join(chosen.plugged)}.")
    assets = Path(__file__).parent / "web" / "static" / "vendor"
    if not assets.exists():
        yield _well(
            "assets", "Pages come without their finishing touches; everything works.", "With Node: make assets."
        )


def _state_folder(runtime: Runtime) -> Iterator[Finding]:
    folder = runtime.settings.state_dir
    room = shutil.disk_usage(folder).free
    yield Finding(
        "state folder",
        room > LITTLE_ROOM,
        f"{folder} has {room // 1024**2} MiB to spare.",
        None if room > LITTLE_ROOM else "Make room, or move STATE_DIR to a larger disk.",
    )


def _database(runtime: Runtime) -> Finding:
    try:
        fit, at = schema.look(runtime.engine)
    except StoreAway as away:
        return _ill("database", f"It does not answer: {away}", "Start it, and check DATABASE_URL.")
    kind = runtime.engine.dialect.name
    match fit:
        case schema.Fit.FITS:
            return _well("database", f"{kind}, at step {at}.")
        case schema.Fit.BEHIND:
            return _ill("database", f"{kind}, behind this version.", "Run `goldseam db upgrade`.")
        case schema.Fit.NEWER:
            return _ill("database", f"{kind}, newer than this version.", "Install the version that made it.")


def _rounds(runtime: Runtime) -> Iterator[Finding]:
    now = runtime.now()
    with runtime.housekeeping(writes=False) as db:
        walked, failing = rounds.last_walked(db), rounds.failing(db)
        waiting = nudges.waiting(db, now)
    if walked is None or abs(now - walked) > WALKED_WITHIN:
        yield _ill(
            "rounds",
            f"Nothing has been walked for a while; {waiting} nudges are due.",
            "Start `goldseam worker` and `goldseam clock`, or everything with `goldseam up`.",
        )
    else:
        yield _well("rounds", f"Last walked {round((now - walked).total_seconds())} s ago; {waiting} are due.")
    for name, failure in failing.items():
        yield _ill("rounds", f"The round {name} ended with {failure}.", "The log says where.")


def _stuck(runtime: Runtime) -> Finding:
    with runtime.housekeeping(writes=False) as db:
        stuck = nudges.stuck(db)
    if not stuck:
        return _well("nudges", "None is parked.")
    shown = ", ".join(f"{one.id} ({one.kind}, {one.state}: {one.why})" for one in stuck[:5])
    return _ill(
        "nudges",
        f"{len(stuck)} parked or failed: {shown}",
        "Nobody knows whether these arrived: ask the reader.",
    )


def _database_clock(runtime: Runtime) -> Finding:
    if runtime.engine.dialect.name == "sqlite":
        return _well("clocks", "The database shares this machine's clock.")
    with runtime.engine.connect() as connection:
        theirs = connection.scalar(sa.select(sa.func.clock_timestamp()))
    drift = abs(datetime.now(UTC) - theirs) if isinstance(theirs, datetime) else timedelta(0)
    well = drift < MOST_DRIFT
    return Finding(
        "clocks",
        well,
        f"The database's clock differs by {drift.total_seconds():.1f} s.",
        None if well else "Let both machines keep the time of the network.",
    )


QUIET: Final = {
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_parameter_max_length_on_error": ("0",),
}
"""What keeps statements and their values out of PostgreSQL's log; so it is unless somebody changed it."""


def _statement_log(runtime: Runtime) -> Iterator[Finding]:
    """Whether the database writes down who asks for what: the values of statements are ids of members."""
    if runtime.engine.dialect.name == "sqlite":
        return
    with runtime.engine.connect() as connection:
        told = [name for name, quiet in QUIET.items() if connection.scalar(sa.text(f"SHOW {name}")) not in quiet]
    yield Finding(
        "statements",
        not told,
        f"The database logs them: {', '.join(told)}." if told else "The database logs none of them.",
        "Set these back: its log would say who opened the form of unsigned cards, and when." if told else None,
    )


def _redis(runtime: Runtime) -> Iterator[Finding]:
    try:
        with queue.connected(queue.address(runtime.settings), within=2) as client:
            version = client.info("server").get("valkey_version") or client.info("server").get("redis_version")
            keeps = client.info("memory").get("maxmemory_policy")
            workers = Worker.count(connection=client)
    except (redis.RedisError, OSError) as error:
        yield _ill(
            "redis",
            f"It does not answer: {type(error).__name__}. Nothing is lost; workers look for work by themselves.",
            "Start it, or leave REDIS_URL unset and run `goldseam up`.",
        )
        return
    yield Finding(
        "redis",
        keeps == "noeviction",
        f"Version {version}, {workers} {'worker' if workers == 1 else 'workers'} listening.",
        None if keeps == "noeviction" else "Set maxmemory-policy noeviction, so that it forgets nothing by itself.",
    )
