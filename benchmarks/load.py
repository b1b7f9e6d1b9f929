"""The load that benchmarks bring: a client of our own, on loopback alone, bounded in number and in time."""

import contextlib
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

MOST: Final = 100_000
WITHIN_S: Final = 120.0
BROKEN: Final = 0
"""The status of a request whose connection ended before it was answered."""
_AGAIN_AFTER_S: Final = 0.02


class TooMuch(Exception):  # noqa: N818 - a refusal
    """More than a benchmark may send."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request was answered, and how many seconds after it was due."""

    status: int
    seconds: float


@dataclass(slots=True, eq=False)
class _Line:
    """One connection that is kept open, and the request it carries."""

    port: int
    socket: "socket.socket | None" = None
    carries: int = -1
    got: bytearray = field(default_factory=bytearray)

    def opened(self) -> "socket.socket | None":
        """The connection, made anew where it was lost; None where nobody listens just now."""
        if self.socket is None:
            try:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=1)
            except OSError:
                return None
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket = None
        self.carries = -1
        self.got.clear()

    def status(self) -> int | None:
        """The status of the answer, once all of it is here."""
        head = self.got.find(b"\r\n\r\n")
        if head < 0:
            return None
        lines = bytes(self.got[:head]).lower().split(b"\r\n")
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
        return int(lines[0].split(b" ")[1]) if len(self.got) >= head + 4 + length else None


def send(
    port: int,
    requests: Sequence[bytes],
    *,
    connections: int,
    a_second: float | None = None,
    meanwhile: Callable[[int], None] = lambda _answered: None,
) -> list[Answer]:
    """Send each request once to this port of this machine; returns the answers in the same order.

    Each connection carries one request at a time. With `a_second` requests are due at that pace whether or not
    earlier ones were answered, and their seconds count from when they were due: who answers slowly makes the next
    ones late as well. Otherwise each is due as soon as a connection is free. `meanwhile` hears how many are answered.
    """
    if len(requests) > MOST:
        raise TooMuch(f"No more than {MOST:,} requests are sent at once.")
    answers = [Answer(BROKEN, 0.0)] * len(requests)
    due = [0.0] * len(requests)
    free = deque(_Line(port) for _ in range(connections))
    lines = list(free)
    began = time.perf_counter()
    after, answered = 0, 0
    with selectors.DefaultSelector() as selector:
        while answered < len(requests):
            now = time.perf_counter()
            if now > began + WITHIN_S:
                break
            while free and after < len(requests) and (a_second is None or began + after / a_second <= now):
                line = free.popleft()
                if not _carry(line, requests[after], selector):
                    free.append(line)
                    time.sleep(_AGAIN_AFTER_S)  # nobody listens just now
                    break
                line.carries = after
                due[after] = now if a_second is None else began + after / a_second
                after += 1
            pause = 0.05
            if a_second is not None and free and after < len(requests):
                pause = max(0.0, min(pause, began + after / a_second - time.perf_counter()))
            for key, _ in selector.select(pause):
                line = key.data
                status = _heard(line)
                if status is None:
                    continue
                answers[line.carries] = Answer(status, time.perf_counter() - due[line.carries])
                answered += 1
                selector.unregister(key.fileobj)
                if status == BROKEN:
                    line.close()
                line.carries = -1
                line.got.clear()
                free.append(line)
                meanwhile(answered)
        for line in lines:
            line.close()
    return answers


def _carry(line: _Line, request: bytes, selector: selectors.BaseSelector) -> bool:
    opened = line.opened()
    if opened is None:
        return False
    try:
        opened.sendall(request)
    except OSError:
        line.close()
        return False
    selector.register(opened, selectors.EVENT_READ, line)
    return True


def _heard(line: _Line) -> int | None:
    """The status once the answer is here, BROKEN where the connection ended before."""
    assert line.socket is not None
    with contextlib.suppress(OSError):
        part = line.socket.recv(65_536)
        line.got += part
        return line.status() if part else BROKEN
    return BROKEN


def worst(answers: Iterable[Answer], share: float) -> float:
    """The seconds within which this share of the requests was answered."""
    seconds = sorted(answer.seconds for answer in answers)
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))]
