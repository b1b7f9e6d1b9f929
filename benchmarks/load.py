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
_LOOK_EVERY_S: Final = 0.05


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
    link: socket.socket | None = None
    carries: int = -1
    got: bytearray = field(default_factory=bytearray)

    def opened(self) -> socket.socket | None:
        """The connection, made anew where it was lost; None where nobody listens just now."""
        if self.link is None:
            try:
                self.link = socket.create_connection(("127.0.0.1", self.port), timeout=1)
            except OSError:
                return None
            self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.link

    def close(self) -> None:
        if self.link is not None:
            self.link.close()
        self.link = None
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
    return _Sending([_Line(port) for _ in range(connections)], requests, a_second, meanwhile).done()


class _Sending:
    """Requests on their way."""

    def __init__(
        self, lines: list[_Line], requests: Sequence[bytes], a_second: float | None, meanwhile: Callable[[int], None]
    ) -> None:
        self._lines = lines
        self._free = deque(lines)
        self._requests = requests
        self._pace = a_second
        self._meanwhile = meanwhile
        self._answers = [Answer(BROKEN, 0.0)] * len(requests)
        self._due = [0.0] * len(requests)
        self._sent = self._answered = 0
        self._began = time.perf_counter()

    def done(self) -> list[Answer]:
        """The answers, once all are here or time is up."""
        try:
            with selectors.DefaultSelector() as selector:
                while self._answered < len(self._requests) and time.perf_counter() < self._began + WITHIN_S:
                    self._send(selector)
                    for key, _ in selector.select(self._pause()):
                        self._hear(key.data, selector)
        finally:
            for line in self._lines:
                line.close()
        return self._answers

    def _next_due(self) -> float:
        return self._began + self._sent / self._pace if self._pace is not None else time.perf_counter()

    def _pause(self) -> float:
        if self._pace is None or not self._free or self._sent == len(self._requests):
            return _LOOK_EVERY_S
        return max(0.0, min(_LOOK_EVERY_S, self._next_due() - time.perf_counter()))

    def _send(self, selector: selectors.BaseSelector) -> None:
        while self._free and self._sent < len(self._requests) and (due := self._next_due()) <= time.perf_counter():
            line = self._free.popleft()
            if not _carry(line, self._requests[self._sent], selector):
                self._free.append(line)
                time.sleep(_AGAIN_AFTER_S)  # nobody listens just now
                return
            line.carries = self._sent
            self._due[self._sent] = due
            self._sent += 1

    def _hear(self, line: _Line, selector: selectors.BaseSelector) -> None:
        status = _heard(line)
        if status is None or line.link is None:
            return
        self._answers[line.carries] = Answer(status, time.perf_counter() - self._due[line.carries])
        self._answered += 1
        selector.unregister(line.link)
        if status == BROKEN:
            line.close()
        line.got.clear()
        self._free.append(line)
        self._meanwhile(self._answered)


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
    assert line.link is not None
    with contextlib.suppress(OSError):
        part = line.link.recv(65_536)
        line.got += part
        return line.status() if part else BROKEN
    return BROKEN


def worst(answers: Iterable[Answer], share: float) -> float:
    """The seconds within which this share of the requests was answered."""
    seconds = sorted(answer.seconds for answer in answers)
    return seconds[min(len(seconds) - 1, int(len(seconds) * share))]
