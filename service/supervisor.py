"""Runs the processes of an installation in one terminal, and brings back the one that dies."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import structlog

from service import tied
from service.errors import StartRefused

STOP_WITHIN_S: Final = 15.0
STEADY_AFTER_S: Final = 10.0
"""A process that ran so long has started well; when it dies, it is brought back at once."""
LONGEST_PAUSE_S: Final = 30.0
LOOK_EVERY_S: Final = 0.2
ANSWERS_WITHIN_S: Final = 60.0

log = structlog.get_logger("supervisor")


@dataclass(slots=True)
class Child:
    """One process we keep running."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it, so that it ends when we end, however that happens."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            preexec_fn=tied.to_me(),  # noqa: PLW1509 - no threads run here yet
            start_new_session=True,  # Ctrl-C reaches us alone, and we tell them in turn
        )

    def stop(self, number: int) -> None:
        """Tell it and whatever it started."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def run(
    children: Iterable[Child],
    *,
    address: tuple[str, int],
    meanwhile: Callable[[], None],
    ready: Callable[[], None],
) -> None:
    """Keep these running until told to stop; `ready` is called once the first answers at its address.

    While the first one starts we do something else `meanwhile`, and the others wait until it answers and `ready` is
    done, so that the first page is there soon. Raises StartRefused where the first one does not come up.
    """
    first, *others = children
    with _told() as told:
        try:
            first.start()
            meanwhile()
            _until_it_answers(first, address, told)
            if not told:
                ready()
                for child in others:
                    child.start()
            while not told:
                time.sleep(LOOK_EVERY_S)
                for child in (first, *others):
                    _bring_back(child)
        finally:
            _stop_all((first, *others))


@contextlib.contextmanager
def _told() -> Iterator[list[int]]:
    told: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: told.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _until_it_answers(child: Child, address: tuple[str, int], told: list[int]) -> None:
    host, port = address
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what to ask where it listens everywhere
    until = time.monotonic() + ANSWERS_WITHIN_S
    while not told:
        if child.process is None or child.process.poll() is not None or time.monotonic() > until:
            raise StartRefused(f"The {child.name} did not start; the lines above say why.")
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.03)


def _bring_back(child: Child) -> None:
    if child.process is None or child.process.poll() is None:
        return
    now = time.monotonic()
    if not child.not_before:
        child.pause = 0.0 if now - child.started > STEADY_AFTER_S else min(LONGEST_PAUSE_S, child.pause * 2 or 0.5)
        child.not_before = now + child.pause
        log.warning("a process ended and is brought back", name=child.name, code=child.process.returncode)
    if now >= child.not_before:
        child.not_before = 0.0
        child.start()


def _stop_all(children: Iterable[Child]) -> None:
    children = [child for child in children if child.process is not None]
    for child in reversed(children):
        child.stop(signal.SIGTERM)
    until = time.monotonic() + STOP_WITHIN_S
    for child in children:
        assert child.process is not None  # noqa: S101 - chosen above
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, until - time.monotonic()))
        child.stop(signal.SIGKILL)
        child.process.wait()
