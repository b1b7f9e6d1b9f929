"""Socket Mode: the app comes to us by a web socket, and what happened goes to one of those that are open."""

import base64
import contextlib
import hashlib
import itertools
import json
import secrets
import socket
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import parse_qs

from flask import Request

from integrations.slack.standin.deliver import ACK_SECONDS, Answer
from integrations.slack.standin.envelopes import JSON_TYPE
from integrations.slack.standin.nouns import Json
from integrations.slack.standin.world import World

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


@dataclass(slots=True)
class _Waiting:
    """An envelope that was sent and not acknowledged yet."""

    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer = field(default_factory=lambda: Answer(0, reason="http_timeout"))


@dataclass(slots=True)
class Sockets:
    """The open sockets of the app. `door` stands where an HTTP door would."""

    world: World
    seconds: float = ACK_SECONDS
    connections: list[socket.socket] = field(default_factory=list)
    waiting: dict[str, _Waiting] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    _turns: "itertools.count[int]" = field(default_factory=itertools.count)

    def door(self, _method: str, _path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Hand one request to one of the open sockets, in turn, and wait for its acknowledgement."""
        envelope = _envelope(headers, body)
        waiting = _Waiting()
        with self.lock:
            if not self.connections:
                return Answer(0, reason="connection_failed")
            connection = self.connections[next(self._turns) % len(self.connections)]
            self.waiting[envelope["envelope_id"]] = waiting
            try:
                _send(connection, TEXT, json.dumps(envelope).encode())
            except OSError:
                waiting.answer = Answer(0, reason="connection_failed")
                waiting.done.set()
        waiting.done.wait(self.seconds)
        self.waiting.pop(envelope["envelope_id"], None)
        return waiting.answer

    def serve(self, request: Request) -> NoReturn:
        """Talk over one socket until it is closed."""
        ticket, key = request.args.get("ticket", ""), request.headers.get("Sec-WebSocket-Key", "")
        connection: socket.socket = request.environ["werkzeug.socket"]
        if ticket not in self.world.tickets or not key:
            raise ConnectionAbortedError("no ticket")
        self.world.tickets.discard(ticket)
        accepted = base64.b64encode(hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest())
        connection.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accepted + b"\r\n\r\n"
        )
        _send(connection, TEXT, json.dumps({"type": "hello", "num_connections": 1, "debug_info": {}}).encode())
        connection.settimeout(None)
        with self.lock:
            self.connections.append(connection)
        try:
            self._listen(connection)
        finally:
            with self.lock:
                self.connections.remove(connection)
        raise ConnectionAbortedError("closed")

    def close(self) -> None:
        """Ask every client to go, and hang up."""
        with self.lock:
            for connection in self.connections:
                with contextlib.suppress(OSError):
                    _send(connection, CLOSE, struct.pack(">H", 1001))
                    connection.shutdown(socket.SHUT_RDWR)

    def refresh(self) -> None:
        """Tell every client to open another socket, as Slack does every few hours before it closes one."""
        with self.lock:
            for connection in self.connections:
                _send(connection, TEXT, json.dumps({"type": "disconnect", "reason": "refresh_requested"}).encode())

    def cut(self) -> None:
        """End every socket without a word, as a network does."""
        with self.lock:
            for connection in self.connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _listen(self, connection: socket.socket) -> None:
        while True:
            try:
                kind, content = _received(connection)
            except OSError:
                return
            if kind == CLOSE:
                return
            if kind == PING:
                with self.lock:
                    _send(connection, PONG, content)
            elif kind == TEXT and content.startswith(b"{"):
                self._acknowledged(json.loads(content))

    def _acknowledged(self, said: Json) -> None:
        waiting = self.waiting.get(said.get("envelope_id", ""))
        if waiting is not None:
            payload = said.get("payload")
            waiting.answer = Answer(200, json.dumps(payload).encode() if payload else b"")
            waiting.done.set()


def _envelope(headers: Mapping[str, str], body: bytes) -> Json:
    """The request as Socket Mode wraps it; what is said about retries moves from the headers into it."""
    envelope: Json = {"envelope_id": secrets.token_hex(16), "accepts_response_payload": True}
    if headers["Content-Type"] == JSON_TYPE:
        retry = {
            "retry_attempt": int(headers.get("X-Slack-Retry-Num", "0")),
            "retry_reason": headers.get("X-Slack-Retry-Reason", ""),
        }
        return envelope | retry | {"type": "events_api", "payload": json.loads(body), "accepts_response_payload": False}
    form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    if "payload" in form:
        return envelope | {"type": "interactive", "payload": json.loads(form["payload"])}
    return envelope | {"type": "slash_commands", "payload": form}


def _send(connection: socket.socket, kind: int, content: bytes) -> None:
    """One whole frame, unmasked, as a server sends it (RFC 6455, 5.2)."""
    size = len(content)
    if size < 126:
        head = struct.pack(">BB", 0x80 | kind, size)
    elif size < 65_536:
        head = struct.pack(">BBH", 0x80 | kind, 126, size)
    else:
        head = struct.pack(">BBQ", 0x80 | kind, 127, size)
    connection.sendall(head + content)


def _received(connection: socket.socket) -> tuple[int, bytes]:
    """One frame of a client, unmasked; the fragments of a long one put together."""
    kind, whole = 0, b""
    while True:
        first, second = _exactly(connection, 2)
        size = second & 0x7F
        if size == 126:
            (size,) = struct.unpack(">H", _exactly(connection, 2))
        elif size == 127:
            (size,) = struct.unpack(">Q", _exactly(connection, 8))
        mask = _exactly(connection, 4) if second & 0x80 else b"\0\0\0\0"
        content = _exactly(connection, size)
        whole += bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))
        kind = kind or first & 0x0F
        if first & 0x80:
            return kind, whole


def _exactly(connection: socket.socket, size: int) -> bytes:
    pieces = b""
    while len(pieces) < size:
        piece = connection.recv(size - len(pieces))
        if not piece:
            raise ConnectionAbortedError("the client hung up")
        pieces += piece
    return pieces
