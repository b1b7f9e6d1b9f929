"""What one would otherwise write to deliver: one job of rq for each message, on rq's own worker."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final

import redis
import sqlalchemy as sa
from rq import Queue, Worker
from slack_sdk import WebClient
from sqlalchemy import orm

from benchmarks import peers, sites

NAME: Final = "one-by-one"
API: Final = "BENCH_API"
REDIS: Final = "BENCH_REDIS"


class Message(peers.Base):
    """One message that is to be posted."""

    __tablename__ = "message"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    reader: orm.Mapped[str] = orm.mapped_column(sa.String(24))
    sent_at: orm.Mapped[datetime | None] = orm.mapped_column(sa.DateTime(timezone=True))


@cache
def _engine(url: str) -> sa.Engine:
    return peers.opened(url)


def send(row: int) -> None:
    """Post one message, and write down that it was sent."""
    with orm.Session(_engine(os.environ[peers.DATABASE])) as db:
        message = db.get_one(Message, row)
        client = WebClient(peers.TOKEN, base_url=os.environ[API])
        channel = client.conversations_open(users=message.reader)["channel"]["id"]
        client.chat_postMessage(channel=channel, text="You covered my shift on Friday.")
        message.sent_at = datetime.now(UTC)
        db.commit()


def wait(url: str, readers: Sequence[str]) -> list[int]:
    """Write down a message for each of these readers."""
    with orm.Session(_engine(url)) as db:
        rows = [Message(reader=name) for name in readers]
        db.add_all(rows)
        db.commit()
        return [row.id for row in rows]


def waiting(url: str) -> int:
    """How many wait."""
    with orm.Session(_engine(url)) as db:
        unsent = sa.select(sa.func.count()).select_from(Message).where(Message.sent_at.is_(None))
        return db.scalar(unsent) or 0


@contextlib.contextmanager
def worker(valkey: str, url: str, api: str) -> Iterator[None]:
    """rq's default worker for as long as it is needed; what its jobs need was imported before it forks."""
    engine = _engine(url)
    peers.Base.metadata.create_all(engine)
    environment = {"PATH": os.environ["PATH"], REDIS: valkey, peers.DATABASE: url, API: api}
    process = subprocess.Popen(
        [sys.executable, "-c", "from benchmarks import jobs; jobs.work()"],
        cwd=sites.ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()
        _engine.cache_clear()
        engine.dispose()


def work() -> None:
    """Work off jobs until told to stop."""
    connection = redis.Redis.from_url(os.environ[REDIS])
    Worker([Queue(NAME, connection=connection)], connection=connection).work(logging_level="ERROR")
