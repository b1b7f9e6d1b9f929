"""A push service of ours, on this machine: it takes messages as browsers' services do, and opens them as a device."""

import http.client
import os
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.access.rules import Screen


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class Phone:
    """A device with keys of its own."""

    def __init__(self, endpoint: str = "https://fcm.googleapis.com/fcm/send/maja") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.screen = Screen(endpoint, text(point), text(self._secret))

    @property
    def form(self) -> dict[str, str]:
        """What its browser puts into the form."""
        return {"endpoint": self.screen.endpoint, "key": self.screen.key, "secret": self.screen.secret}

    def opens(self, body: bytes) -> dict[str, Any]:
        """What it shows."""
        said = http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret, version="aes128gcm")
        return dict(msgspec.json.decode(said))


@dataclass
class Service:
    """What arrived, and what is answered."""

    port: int = 0
    asked_for: list[str] = field(default_factory=list)
    """The hosts that were to be reached."""
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: deque[tuple[int, dict[str, str]]] = field(default_factory=deque)

    def connect(self, host: str) -> http.client.HTTPConnection:
        """The way here, whichever host is meant."""
        self.asked_for.append(host)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)


@contextmanager
def push_service() -> Iterator[Service]:
    service = Service()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = service.answers.popleft() if service.answers else (201, {})
            service.taken.append((self.path, dict(self.headers.items()), body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is written to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    service.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield service
    server.shutdown()
    thread.join()
    server.server_close()


def opened(token: str, part: int) -> dict[str, Any]:
    """One part of the token that says who hands in."""
    body = token.split(".")[part]
    return dict(msgspec.json.decode(urlsafe_b64decode(body + "=" * (-len(body) % 4))))
