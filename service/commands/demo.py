"""`goldseam demo`: everything with made-up people, on a stand-in for Slack that runs beside us."""

import contextlib
import io
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from service import bootstrap, tied
from service.commands import processes
from service.demo import casting, filling
from service.demo.standin import StandIn
from service.errors import StartRefused
from service.settings import Settings

STOP_WITHIN_S: Final = 5.0
MARK: Final = "made-up"
"""The file that says that a state folder holds the demo's people, and may be emptied."""


@click.command()
def demo() -> None:
    """Run everything with a made-up team and family, on a stand-in for Slack. It begins anew each time."""
    _prepare()
    chosen = processes.begun()
    with _stand_in(chosen):
        processes.together(chosen, lambda: _fill(chosen))


def _prepare() -> None:
    """Settings of the demo; what is set already stays, but its people live in a folder of their own."""
    port = os.environ.setdefault("PORT", "8000")
    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")
    os.environ["GOLDSEAM_DEMO"] = "true"
    os.environ.setdefault("CLOCK_PERIOD", "1")
    folder = Path(os.environ.get("STATE_DIR", "var")) / "demo"
    if folder.exists() and not (folder / MARK).exists():
        raise StartRefused(f"STATE_DIR: {folder} is not the demo's; move it away first.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    os.environ["STATE_DIR"] = str(folder)
    for name in ("DATABASE_URL", "REDIS_URL", "INTEGRATIONS", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "MAIL_URL"):
        os.environ.pop(name, None)
    base = f"http://127.0.0.1:{_free_port()}"
    os.environ["SLACK_SIGNING_SECRET"] = secrets.token_hex(16)
    os.environ["SLACK_CLIENT_ID"] = "1000.2000"
    os.environ["SLACK_CLIENT_SECRET"] = secrets.token_hex(16)
    os.environ["SLACK_API_URL"] = f"{base}/api/"
    os.environ["SLACK_AUTHORIZE_URL"] = f"{base}/oauth/v2/authorize"


@contextlib.contextmanager
def _stand_in(chosen: Settings) -> Iterator[None]:
    assert chosen.slack_signing_secret and chosen.slack_client_secret and chosen.slack_client_id  # noqa: S101, PT018
    command = [
        *(sys.executable, "-m", "integrations.slack.standin"),
        *("--port", chosen.slack_api_url.rsplit(":", 1)[1].split("/", 1)[0]),
        *("--events-url", f"{chosen.public_url}/slack/events"),
        *("--signing-secret", chosen.slack_signing_secret.get_secret_value()),
        *("--client-id", chosen.slack_client_id),
        *("--client-secret", chosen.slack_client_secret.get_secret_value()),
        *("--clock-url", f"{chosen.public_url}/demo/clock"),
    ]
    process = subprocess.Popen(  # noqa: S603 - our own program; no threads run here yet
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        preexec_fn=tied.to_me(),  # noqa: PLW1509 - no threads run here yet
        start_new_session=True,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - asked for above
        if not process.stdout.readline():
            raise StartRefused("The stand-in for Slack did not start; the lines above say why.")
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _fill(chosen: Settings) -> None:
    StandIn.of(chosen).tell("/manifest", **_manifest(chosen))
    filling.fill(chosen)
    _say_where(chosen)


def _manifest(chosen: Settings) -> dict[str, Any]:
    """What the app tells Slack about itself, as `goldseam slack manifest` prints it."""
    runtime = bootstrap.runtime(chosen)
    command = next(one for one in bootstrap.commands_of(runtime, "slack") if one.name == "manifest")
    runtime.engine.dispose()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        command.main([], standalone_mode=False)
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


def _say_where(chosen: Settings) -> None:
    click.echo(f"\nGoldseam's demo is at {chosen.public_url}/demo and its Slack at {chosen.public_url}/demo/slack\n")
    for home, cast in casting.HOMES:
        click.echo(f"{home}: each address is a way in.")
        for figure in cast:
            click.echo(f"  {chosen.public_url}/demo/as/{figure.key:<8}{figure.name:<18}{figure.about}")
        click.echo()
    click.echo("Look first: be Ada, and see on both pages what arrives within half a minute.")
    click.echo("Everybody here is made up. Stop it with Ctrl-C.\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
