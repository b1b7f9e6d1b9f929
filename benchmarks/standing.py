"""Rows 12 and 13: what an installation weighs while it stands, and how soon its first page is there."""

import os
import signal
import statistics
import subprocess
import time
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from benchmarks import events, load, sites, stores
from benchmarks.rows import Row, under
from benchmarks.sites import Site
from service.rounds import RoundRow
from tests import processes

WEB_MB = 180
WORKER_MB = 100
FIRST_PAGE_S = 5.0
WITHIN_S = 90.0
EVENTS = 200


def measure(*, quick: bool) -> list[Row]:
    """Megabytes once there was something to do, and seconds until a page came."""
    web, worker = _weights()
    soon = statistics.median(_first_page() for _ in range(1 if quick else 3))
    return [
        under(f"12 memory of a web with {sites.WEB} processes", web, WEB_MB, "MB"),
        under("12 memory of a worker", worker, WORKER_MB, "MB"),
        under("13 from make run to the first page", soon, FIRST_PAGE_S, "s"),
    ]


def _weights() -> tuple[float, float]:
    with stores.sqlite() as urls, stores.valkey() as valkey, sites.site(next(urls), redis=valkey) as ours:
        sites.settle(ours.runtime)
        stream = events.stream(time.time())
        with ours.running("web") as web, ours.running("worker") as worker:
            requests = [events.request(next(stream).body) for _ in range(EVENTS)]
            load.send(ours.port, requests, connections=16)
            for _ in range(16):
                assert processes.answers(f"http://127.0.0.1:{ours.port}/")
            before = _walked(ours)
            ours.runtime.soon()
            processes.until(lambda: _walked(ours) != before, what="a round")
            time.sleep(1)
            return _megabytes(web.pid), _megabytes(worker.pid)


def _walked(ours: Site) -> list[datetime]:
    """When the rounds come next: it changes with each walk."""
    with ours.runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(RoundRow.next_at).order_by(RoundRow.name)))


def _megabytes(pid: int) -> float:
    """What a process and all it started weigh; what several share counts for each by its part (PSS)."""
    kept = next(
        int(line.split()[1])
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        if line.startswith("Pss:")
    )
    return kept / 1024 + sum(_megabytes(child) for child in processes.offspring(pid))


def _first_page() -> float:
    """`make run` in a checkout that was set up before, with nothing in its state folder yet."""
    port = processes.free_port()
    with TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "STATE_DIR": folder,
        }
        began = time.perf_counter()
        # The environment is up to date whatever the files' times say: nothing is installed while it is measured.
        run = subprocess.Popen(
            ["make", "--old-file=.venv/.run", "run"],
            cwd=sites.ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            processes.until(lambda: processes.answers(f"http://127.0.0.1:{port}/"), within=WITHIN_S, what="a page")
            return time.perf_counter() - began
        finally:
            os.killpg(run.pid, signal.SIGTERM)
            run.wait(30)
