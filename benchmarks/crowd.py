"""A simulated installation: many workspaces, their members, and all that is kept of a year, written by COPY."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from benchmarks import conversation, events, peers
from integrations.slack import installations
from integrations.slack.installations import Grant
from service.nudges import actions as nudges
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState, Told
from service.runtime import Runtime

CHANNELS = 4
"""In each workspace its one circle listens in so many."""
YEAR = timedelta(days=365)
CLOSED_WITHIN = timedelta(days=25)
"""Closed asks and sent nudges are forgotten after thirty days, so no more than that is ever there."""
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many there are; everything else follows from their numbers."""

    workspaces: int
    members: int
    gigabytes: float

    def talking(self, many: int) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The teams of so many workspaces, and the channels of each."""
        for home in range(min(many, self.workspaces)):
            yield _team(home), tuple(_channel(home, number) for number in range(CHANNELS))


def move_in(runtime: Runtime, workspaces: int, members: int, rows: int) -> Crowd:
    """Write everything down; only the Slack apps, whose tokens are sealed, are kept as they always are."""
    now = runtime.now()
    authors = [name for name, _ in Counter(row["user"] for row in conversation.rows()).most_common(members)]
    for table, columns, lines in (*_people(now, workspaces, members, authors), *_year(now, workspaces, members, rows)):
        _copy(runtime.engine, table, columns, lines)
    for first in range(0, workspaces, AT_ONCE):
        with runtime.housekeeping() as db:
            for home in range(first, min(first + AT_ONCE, workspaces)):
                grant = Grant(_team(home), f"Team {home}", events.BOT, peers.TOKEN, app=events.APP, bot="B0BENCH01")
                installations.keep(db, runtime.keyring, _home(home), grant, now)
    with runtime.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
    return Crowd(workspaces, members, size / 1e9)


def offer(runtime: Runtime, there: Crowd, many: int) -> None:
    """Offer so many nudges, one workspace after the other."""
    subject = runtime.now().isoformat()
    each = -(-many // min(there.workspaces, 100))
    left = many
    for home in range(min(there.workspaces, 100)):
        with runtime.transaction(_home(home)) as db:
            for number in range(min(each, left, there.members)):
                member = _member(home, number)
                told = Told(who=_member(home, 0), words="You covered my shift on Friday.")
                assert nudges.offer(db, NudgeKind.WELCOME, member, subject, told, runtime.now())
                left -= 1
    assert not left, "more nudges than there are members to read them"


def nudges_in(runtime: Runtime, *states: NudgeState) -> bool:
    """Whether any nudge is in one of these states."""
    with runtime.housekeeping(writes=False) as db:
        return db.scalar(sa.select(Nudge.id).where(Nudge.state.in_(states)).limit(1)) is not None


def _home(number: int) -> str:
    return f"home{number:012d}"


def _member(home: int, number: int) -> str:
    return f"m{home:08d}{number:07d}"


def _place(home: int, number: int) -> str:
    return f"p{home:08d}{number:07d}"


def _circle(home: int) -> str:
    return f"circle{home:010d}"


def _team(home: int) -> str:
    return f"T{home:08d}"


def _channel(home: int, number: int) -> str:
    return f"C{home:07d}{number}"


Table = tuple[str, str, Iterator[Sequence[Any]]]


def _people(now: datetime, workspaces: int, members: int, authors: Sequence[str]) -> Iterator[Table]:
    homes, at = range(workspaces), (now - YEAR).isoformat()
    everybody = [(home, number) for home in homes for number in range(members)]
    yield (
        "workspace",
        "id,kind,name,language,zone,switched_off,valued,help_at,others_at_least,created_at",
        ((_home(home), "team", f"Team {home}", "en", "UTC", "{}", "[]", "", 0, at) for home in homes),
    )
    standing = ("member", "whole", at, False, "slack", True, at)
    yield (
        "member",
        "id,workspace_id,name,is_owner,role,joined,joined_at,refuses_thanks,courier,active,created_at",
        ((_member(home, one), _home(home), f"Member {one}", one == 0, *standing) for home, one in everybody),
    )
    yield (
        "identity",
        "id,workspace_id,member_id,kind,external,confirmed_at",
        (
            (f"i{home:08d}{one:07d}", _home(home), _member(home, one), "slack", _author(authors, one), at)
            for home, one in everybody
        ),
    )
    yield (
        "circle",
        "id,workspace_id,name,invited_times,tells_week,created_at",
        ((_circle(home), _home(home), "Harbour", 0, False, at) for home in homes),
    )
    yield (
        "circle_member",
        "circle_id,workspace_id,member_id,leads,since_on",
        ((_circle(home), _home(home), _member(home, one), one == 0, at[:10]) for home, one in everybody),
    )
    yield (
        "place",
        "id,workspace_id,circle_id,kind,external,listens,heard,revised,created_at",
        (
            (_place(home, one), _home(home), _circle(home), "channel", _channel(home, one), True, 0, 0, at)
            for home in homes
            for one in range(CHANNELS)
        ),
    )


def _author(authors: Sequence[str], number: int) -> str:
    return authors[number] if number < len(authors) else f"U9{number:07d}"


def _year(now: datetime, workspaces: int, members: int, rows: int) -> Iterator[Table]:
    """A quarter each: thanks of a year, who received them, asks that were settled, nudges that were sent."""
    quarter = rows // 4
    words = "You covered my shift on Friday, and the kitchen was clean when I came back."

    def each(span: timedelta) -> Iterator[tuple[int, int, int, str]]:
        """Number, workspace, member and moment of each row; workspaces take turns, as they do in life."""
        step = span / max(1, quarter)
        began = now - span
        return (
            (row, row % workspaces, row // workspaces % members, (began + row * step).isoformat())
            for row in range(quarter)
        )

    thanks = (words, "I slept.", "", "web")
    yield (
        "appreciation",
        "id,workspace_id,giver_id,circle_id,did,eased,value_tags,door,sharing,token,given_at",
        (
            (f"a{row:015d}", _home(home), _member(home, one), _circle(home), *thanks, "circle", row, at)
            for row, home, one, at in each(YEAR)
        ),
    )
    yield (
        "appreciation_received",
        "appreciation_id,workspace_id,member_id,given_at,invited",
        (
            (f"a{row:015d}", _home(home), _member(home, (one + 1) % members), at, False)
            for row, home, one, at in each(YEAR)
        ),
    )
    settled = ("named", "none", "settled", "reply")
    yield (
        "ask",
        (
            "id,workspace_id,place_id,channel,ts,for_whom,asked_id,"
            "form,mark,state,settled_by,asked_at,shows_at,drops_at,closed_at"
        ),
        (
            (
                *(f"q{row:015d}", _home(home), _place(home, row % CHANNELS), _channel(home, row % CHANNELS)),
                *(f"{row:010d}.000000", _member(home, one), _member(home, one), *settled, at, at, at, at),
            )
            for row, home, one, at in each(CLOSED_WITHIN)
        ),
    )
    sent = ("ask_waiting", "sent", "none", "slack", "{}", 1, 0)
    yield (
        "nudge",
        (
            "id,workspace_id,reader,member_id,subject,kind,state,change,courier,told,attempts,traces,"
            "offered_at,due_at,sent_at"
        ),
        (
            (f"n{row:015d}", _home(home), _member(home, one), _member(home, one), f"q{row:015d}", *sent, at, at, at)
            for row, home, one, at in each(CLOSED_WITHIN)
        ),
    )


def _copy(engine: sa.Engine, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows by COPY, a few thousand lines at once."""
    rows = iter(rows)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with driver.cursor() as cursor, cursor.copy(_INTO.format(sql.Identifier(table), _named(columns))) as copy:
            while some := list(itertools.islice(rows, AT_ONCE)):
                copy.write("".join("\t".join(map(str, row)) + "\n" for row in some))
        driver.commit()  # the connection above knows nothing of what went past it


_INTO = sql.SQL("COPY {} ({}) FROM STDIN")


def _named(columns: str) -> sql.Composed:
    return sql.SQL(",").join(map(sql.Identifier, columns.split(",")))
