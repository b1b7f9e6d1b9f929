"""The stand-in as a program."""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from integrations.slack.standin import deliver, server


def main(arguments: Sequence[str] | None = None) -> None:
    """Run until SIGTERM or SIGINT; prints the address once it listens."""
    options = _options().parse_args(arguments)
    described = json.loads(options.manifest.read_text()) if options.manifest else None
    events = urlsplit(options.events_url)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with server.running(
        signing_secret=options.signing_secret,
        described=described,
        retries=deliver.SLACK_RETRIES,
        echoes=True,
        port=options.port,
        prefix=options.prefix,
        clock_url=options.clock_url,
        client_id=options.client_id,
        client_secret=options.client_secret,
    ) as slack:
        slack.courier.waits = False
        slack.reaches(f"{events.scheme}://{events.netloc}", path=events.path)
        sys.stdout.write(f"{slack.address}\n")
        sys.stdout.flush()
        stop.wait()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="standin", description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--events-url", default="http://127.0.0.1:8000/slack/events", help="the app's request URL")
    parser.add_argument("--signing-secret", required=True)
    parser.add_argument("--client-id", default="1000.2000")
    parser.add_argument("--client-secret", default="stand-in-client-secret")
    parser.add_argument("--manifest", type=Path, help="hold the app to this manifest (JSON)")
    parser.add_argument("--clock-url", help="where the page's clock buttons post `to`")
    parser.add_argument("--prefix", default="/demo/slack", help="where the page is served")
    return parser
