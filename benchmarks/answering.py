"""A Slack that answers every call at once, and counts them."""

import contextlib
import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from benchmarks import events

PATIENCE_S: Final = 5.0
_LINES: Final = 16


@dataclass
class Slack:
    """What was asked of it, by method."""

    port: int
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def api_url(self) -> str:
        """Where its methods are."""
        return f"http://127.0.0.1:{self.port}/api/"


@contextlib.contextmanager
def slack() -> Iterator[Slack]:
    """One for as long as it is needed, in threads of this process."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
        door.settimeout(0.1)
        found = Slack(door.getsockname()[1])
        over = threading.Event()
        threads = [threading.Thread(target=_serve, args=(door, found, over), daemon=True) for _ in range(_LINES)]
        for thread in threads:
            thread.start()
        try:
            yield found
        finally:
            over.set()
            for thread in threads:
                thread.join()


def _serve(door: socket.socket, slack: Slack, over: threading.Event) -> None:
    while not over.is_set():
        try:
            line, _ = door.accept()
        except TimeoutError:
            continue
        with line, contextlib.suppress(OSError):
            line.settimeout(PATIENCE_S)
            while (method := _asked(line)) is not None:
                slack.asked[method] += 1
                line.sendall(_answer(method, slack.asked[method]))


def _asked(line: socket.socket) -> str | None:
    """The method of the next request on this connection; None where it ended."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = line.recv(65_536)
        if not part:
            return None
        got += part
    head, _, body = got.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    length = next((int(one.split(b":")[1]) for one in lines if one.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += line.recv(65_536)
    return lines[0].split(b" ")[1].rpartition(b"/")[2].decode()


def _answer(method: str, number: int) -> bytes:
    said: dict[str, object] = {"ok": True}
    match method:
        case "conversations.open":
            said["channel"] = {"id": f"D{number:08d}"}
        case "chat.postMessage":
            said |= {"channel": f"D{number:08d}", "ts": f"1700000000.{number:06d}"}
        case "auth.test":
            said |= {
                "team_id": events.TEAM,
                "user_id": events.BOT,
                "bot_id": "B0BENCH01",
                "team": "Bench",
                "user": "bot",
            }
            said["url"] = "https://bench.slack.com/"
    body = json.dumps(said).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body
