"""Row 6: hearing in batches, beside a loop that reads and links as well and commits each message."""

import statistics
from collections import Counter
from datetime import UTC, datetime
from functools import partial

import sqlalchemy as sa

from benchmarks import conversation, stores
from benchmarks.rows import Row, as_python_does, faster, seconds
from migrations import tables
from service import db
from service.asks import actions as asks
from service.asks import reading, settling, windows
from service.asks.linking import Window
from service.asks.models import Ask, HeardTurn
from service.asks.rules import AskForm, AskState, Said
from service.asks.settling import Where
from service.people import actions as people
from service.people import queries as here
from service.people.rules import IdentityKind, PlaceKind, WorkspaceKind
from service.runtime import Runtime
from service.sealing import keyring, new_key
from service.settings import Settings

BATCH = 500
LEAST = {"sqlite": 2.5, "postgresql": 6.0}
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WHO_JOINED = 200


def measure(*, quick: bool) -> list[Row]:
    """Seconds for the same messages, on both databases."""
    said = list(conversation.repeated(1_000 if quick else 3_000))
    found = []
    for name, store in (("sqlite", stores.sqlite), ("postgresql", stores.lasting)):
        with store() as urls:
            ours, peer = _times(next(urls), said, rounds=3 if quick else 6)
            found.append(faster(f"6 hear in batches of {BATCH}, {name}", ours, peer, LEAST[name]))
    return found


def _times(url: str, said: list[Said], rounds: int) -> tuple[float, float]:
    """The medians of both, each run in a workspace of its own."""
    engine = db.engine(url)
    tables.metadata().create_all(engine)
    settings = Settings.model_validate({"database_url": url})
    runtime = Runtime(settings, engine, keyring([new_key()]), now=lambda: NOW)
    mine, theirs = [], []
    for turn in range(rounds + 1):
        home, _ = _opened(runtime, said)
        ours = seconds(partial(_in_batches, runtime, home, said))
        other, place = _opened(runtime, said)
        peer = seconds(partial(_one_by_one, runtime, other, place, said))
        if turn:
            mine.append(ours)
            theirs.append(peer)
    engine.dispose()
    return statistics.median(mine), statistics.median(theirs)


def _opened(runtime: Runtime, said: list[Said]) -> tuple[str, str]:
    """A workspace that listens, in which those who write most have joined."""
    with runtime.housekeeping() as db:
        home = people.open_workspace(db, WorkspaceKind.TEAM, "Bench", NOW)
    with runtime.transaction(home) as db:
        joined = []
        for name, _ in Counter(one.author for one in said).most_common(WHO_JOINED):
            member = people.meet(db, name, NOW, known=(IdentityKind.SLACK, name))
            people.join(db, member, NOW)
            joined.append(member)
        circle = people.make_circle(db, "Bench", NOW, members=joined)
        place = people.listen(db, circle, PlaceKind.CHANNEL, conversation.PLACE, NOW)
    stores.looked_over(runtime.engine)
    return home, place


def _in_batches(runtime: Runtime, home: str, said: list[Said]) -> None:
    for start in range(0, len(said), BATCH):
        with runtime.transaction(home) as db:
            asks.hear(db, runtime.ears, said[start : start + BATCH], NOW)


@as_python_does()
def _one_by_one(runtime: Runtime, home: str, place: str, said: list[Said]) -> None:
    """What one would write first: read, link, ORM rows for message, ask and reply, and a commit for each message."""
    window = Window()
    numbers: dict[str, int] = {}
    for one in said:
        author = numbers.setdefault(one.author, len(numbers) + 1)
        named = [numbers.setdefault(name, len(numbers) + 1) for name in one.named]
        read = reading.read(one.text)
        turn = windows.turn(read, float(one.ts), author, named, b"bench", bot=one.by_bot)
        heard = window.hear(turn)
        with runtime.transaction(home) as db:
            db.add(HeardTurn(place_id=place, ts=one.ts, at=turn.at, thread=None, kept=turn.encode()))
            known = here.known_as(db, IdentityKind.SLACK, [one.author, *one.named])
            if read.asks and (named or heard.linked is None or heard.linked.parent is None):
                window.watch(turn.at)
                for name in one.named:
                    if name in known:
                        where = Where(one.place, one.ts, place)
                        home_kind = WorkspaceKind.TEAM
                        settling.open_ask(db, where, AskForm.NAMED, asker=None, asked=known[name].id, home=home_kind)
            for answer in heard.answered:
                for row in db.scalars(sa.select(Ask).where(Ask.place_id == place, Ask.ts == f"{answer.ask_at:.6f}")):
                    row.state = AskState.SETTLED
