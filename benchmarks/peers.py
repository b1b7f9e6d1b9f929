"""What one would otherwise write: Bolt behind granian, with an insert and a commit for each event, or with nothing."""

import importlib
import os
import sys
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import event, orm

from benchmarks import events
from integrations.slack import manifest

DATABASE: Final = "BENCH_DATABASE"
TOKEN: Final = "xoxb-benchmark"  # noqa: S105 - opens nothing


class Base(orm.DeclarativeBase):
    """Its tables."""


class Kept(Base):
    """One event, as one would keep it."""

    __tablename__ = "kept"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    team: orm.Mapped[str] = orm.mapped_column(sa.String(24))
    channel: orm.Mapped[str] = orm.mapped_column(sa.String(24))
    ts: orm.Mapped[str] = orm.mapped_column(sa.String(24))
    author: orm.Mapped[str] = orm.mapped_column(sa.String(24))
    text: orm.Mapped[str] = orm.mapped_column(sa.Text)


def opened(url: str) -> sa.Engine:
    """An engine set up as the manual of each database advises for many small commits."""
    engine = sa.create_engine(url, pool_size=16)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune)
    return engine


def _tune(raw: Any, _entry: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
        raw.execute(f"PRAGMA {pragma}")


def naive() -> Flask:
    """A listener that keeps each event, committed before the answer."""
    engine = opened(os.environ[DATABASE])
    app = _bolt()

    @app.event("message")
    def keep(body: dict[str, Any], event: dict[str, Any]) -> None:
        with orm.Session(engine) as db:
            db.add(
                Kept(
                    team=body["team_id"],
                    channel=event["channel"],
                    ts=event["ts"],
                    author=event["user"],
                    text=event["text"],
                )
            )
            db.commit()

    return served(app)


def idle() -> Flask:
    """A listener that does nothing."""
    app = _bolt()

    @app.event("message")
    def nothing() -> None:
        """It is answered, and that is all."""

    return served(app)


def _bolt() -> App:
    """Bolt for many teams, which is told who it is instead of asking Slack for each event: the faster of its ways."""
    known = AuthorizeResult(
        enterprise_id=None, team_id=events.TEAM, bot_id="B0BENCH01", bot_user_id=events.BOT, bot_token=TOKEN
    )
    return App(
        signing_secret=events.SECRET,
        authorize=lambda: known,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
    )


def served(app: App) -> Flask:
    """This app behind the address that Slack sends to."""
    web = Flask("peer")
    answer = SlackRequestHandler(app)

    @web.post(manifest.EVENTS_AT)
    def take() -> Response:
        return answer.handle(request)

    @web.get("/healthz")
    def well() -> str:
        return "well"

    return web


def serve(which: str, port: int, processes: int, threads: int) -> None:
    """Serve one of these as `service.serve` serves ours."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    importlib.import_module("slack_bolt")
    Server(
        f"benchmarks.peers:{which}",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        websockets=False,
        factory=True,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    serve(sys.argv[1], *(int(each) for each in sys.argv[2:5]))
