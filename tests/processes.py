"""Real processes for tests: started as an operator starts them, watched, and killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

WITHIN_S: Final = 60.0


def until(found: Callable[[], object], *, within: float = WITHIN_S, what: str = "it") -> None:
    """Wait until something is so; fails the test where it is not in time."""
    end = time.monotonic() + within
    while not found():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {within:.0f} s")
        time.sleep(0.05)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(address: str) -> bool:
    """Whether something answers there with success."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - an address of the test's own
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


class Process:
    """One of our commands, running."""

    def __init__(self, name: str, environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self._log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", *name.split()],
                env={"PATH": os.environ["PATH"], **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def said(self) -> str:
        """Everything it wrote."""
        return self._log.read_text()

    @property
    def status(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.poll()

    def until_it_says(self, words: str) -> None:
        """Wait for its words; fails the test with all it said where it ends before."""
        until(lambda: words in self.said or self.status is not None, what=f"{self.name} saying {words!r}")
        assert words in self.said, self.said

    def kill(self) -> None:
        """Power cut: it and all it started, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self, within: float = 30.0) -> int:
        """Tell it to end, as an operator does; returns how it ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        return self._process.wait(within)


@contextlib.contextmanager
def running(name: str, environment: Mapping[str, str], log: Path) -> Iterator[Process]:
    """Start one of our commands and see that nothing of it is left afterwards."""
    process = Process(name, environment, log)
    try:
        yield process
    finally:
        process.kill()


def children(pid: int) -> dict[str, int]:
    """The processes somebody started, by the last word of their command."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in listed.splitlines()[1:]:
        number, parent, command = line.split(None, 2)
        if int(parent) == pid:
            found[command.split()[-1].split("/")[-1]] = int(number)
    return found


def offspring(pid: int) -> list[int]:
    """The processes somebody started, the oldest first."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return sorted(int(number) for number in listed.split())


def alive(pid: int) -> bool:
    """Whether a process is still there, and not merely waiting to be collected."""
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(shown.strip()) and not shown.startswith("Z")
