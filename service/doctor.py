"""What `goldseam doctor` looks at: each finding says how it is, and what to do where it is not well."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from service import checks, schema
from service.errors import StoreAway
from service.nudges import queries as nudges
from service.runtime import Finding, Plug, Runtime
from service.troubles import HINTS, Seen, Trouble
from service.wording import health
from service.wording.voice import Voice

MOST_DRIFT: Final = timedelta(seconds=30)
REDIS_WITHIN_S: Final = 2.0
VOICE: Final = Voice()
NAMED: Final = {
    Trouble.LOOPBACK: "address",
    Trouble.WITHOUT_HTTPS: "address",
    Trouble.LITTLE_ROOM: "state folder",
    Trouble.DATABASE_BEHIND: "database",
    Trouble.REDIS_AWAY: "redis",
    Trouble.REDIS_FORGETS: "redis",
    Trouble.NO_WORKER: "redis",
    Trouble.ROUNDS_STAND: "rounds",
    Trouble.ROUND_FAILED: "rounds",
    Trouble.ROUND_LATE: "rounds",
    Trouble.NO_BACKUP: "backup",
    Trouble.BACKUP_OLD: "backup",
    Trouble.SUSPENDED: "workspace",
    Trouble.PARKED: "nudges",
    Trouble.FAILED: "nudges",
    Trouble.UNKNOWN: "nudges",
    Trouble.HELD_BACK: "nudges",
}
"""What `goldseam doctor` calls each, so that programs find it."""


def examine(runtime: Runtime, plugs: Iterable[Plug]) -> list[Finding]:
    """Look at everything once; nothing is changed."""
    found = [*_settings(runtime), *_seen(checks.of_machine(runtime, within=REDIS_WITHIN_S), "redis")]
    there = _database(runtime)
    found.append(there)
    if there.well:
        with runtime.housekeeping(writes=False) as db:
            troubled = checks.of_workspace(db, runtime.now())
        by_themselves = [one for one in troubled if one.trouble in HINTS]
        found += [*_seen(checks.of_store(runtime), "rounds"), *_seen(by_themselves), _stuck(runtime)]
        found += [_database_clock(runtime), *_statement_log(runtime)]
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
    yield _well("address", f"People open {chosen.public_url}.")
    yield _well("integrations", f"Plugged in: {', '.join(chosen.plugged)}.")
    assets = Path(__file__).parent / "web" / "static" / "vendor"
    if not assets.exists():
        yield _well(
            "assets", "Pages come without their finishing touches; everything works.", "With Node: make assets."
        )


def _seen(seen: Iterable[Seen], *looked_at: str) -> Iterator[Finding]:
    """What the page for owners says too, in the same words; and what was looked at and is well."""
    found = [
        Finding(NAMED[one.trouble], one.trouble in HINTS, health.said(VOICE, one), health.remedy(VOICE, one))
        for one in seen
    ]
    yield from found
    yield from (_well(what, "Nothing stands out.") for what in looked_at if what not in {one.what for one in found})


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
