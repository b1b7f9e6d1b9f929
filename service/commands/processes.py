"""`goldseam up` and the processes it runs: web, worker, clock."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from importlib.metadata import version

import click

from service import network, settings
from service.errors import StartRefused
from service.settings import Settings


def begun() -> Settings:
    """The settings of this environment, with the log going."""
    from service import logs

    chosen = settings.read()
    logs.begin(chosen.log_format)
    if chosen.sentry_dsn is not None:
        from service import reports

        reports.begin(chosen.sentry_dsn.get_secret_value(), version("goldseam"))
    return chosen


@click.command()
def web() -> None:
    """Run the web."""
    from service import serve

    serve.run(begun())


@click.command()
def worker() -> None:
    """Run a worker: it does what is due."""
    from service import worker as process

    process.run(begun())


@click.command()
def clock() -> None:
    """Run a clock: it wakes the workers. Any number of clocks may run."""
    from service import clock as process

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    process.run(begun(), stopped)


@click.command()
@click.option("--lan", is_flag=True, help="Let phones at home open it; prints an address and a code to scan.")
def up(*, lan: bool) -> None:
    """Run everything in this terminal: web, workers, clock, and a Redis where REDIS_URL names none."""
    port = os.environ.get("PORT", "8000")
    if lan:
        os.environ["HOST"] = "0.0.0.0"  # noqa: S104 - asked for by name
    os.environ.setdefault("PUBLIC_URL", f"http://{network.address() if lan else '127.0.0.1'}:{port}")
    chosen = begun()
    together(chosen, lambda: _say_where(chosen, code=lan))


def together(chosen: Settings, ready: Callable[[], None]) -> None:
    """Run all processes until told to stop; `ready` is called once the web answers."""
    from service import embedded, supervisor

    _see_that_it_is_free(chosen.host, chosen.port)
    chosen.state_dir.mkdir(parents=True, exist_ok=True)
    redis = None if chosen.redis_url else embedded.start(embedded.folder_in(chosen.state_dir))
    environment = {**os.environ, "REDIS_URL": redis.url if redis is not None else chosen.redis_url}

    def child(name: str) -> supervisor.Child:
        return supervisor.Child(name, (sys.executable, "-m", "service.cli", name), environment)

    try:
        supervisor.run(
            [child("web"), *(child("worker") for _ in range(chosen.worker_concurrency)), child("clock")],
            address=(chosen.host, chosen.port),
            meanwhile=lambda: _up_to_date(chosen),
            ready=ready,
        )
    finally:
        if redis is not None:
            redis.stop()


def _see_that_it_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartRefused(
                f"PORT: {host}:{port} cannot be listened on ({error.strerror}); choose another."
            ) from None


def _up_to_date(chosen: Settings) -> None:
    from service import db, schema

    engine = db.engine(chosen.database)
    schema.refuse_newer(engine)
    if schema.look(engine)[0] is schema.Fit.BEHIND:
        schema.upgrade(engine)
    engine.dispose()


def _say_where(chosen: Settings, *, code: bool) -> None:
    click.echo(f"\nGoldseam is at {chosen.public_url}\nStop it with Ctrl-C.\n")
    if code:
        network.show(chosen.public_url)
