"""A small mail server over a real socket, with a fault at any step."""

import socket
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

OK = {
    "CONNECT": "220 ready",
    "EHLO": "250-here\r\n250-AUTH PLAIN\r\n250 8BITMIME",
    "AUTH": "235 in",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 taken",
    "QUIT": "221 bye",
}
DROP = "drop"
"""In place of an answer: the connection ends."""


@dataclass
class Mailbox:
    """What a server answers to each step, and what it took."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=lambda: dict(OK))
    once: dict[str, deque[str]] = field(default_factory=dict)
    """Answers that are given once, before those above."""
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    context: ssl.SSLContext | None = None
    last: str = ""
    """The code it answered last."""

    def answer(self, step: str) -> str:
        """What to say to a step."""
        waiting = self.once.get(step)
        return waiting.popleft() if waiting else self.answers[step]


@contextmanager
def mail_server(context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """A mail server on a free port; with a context it offers STARTTLS."""
    box = Mailbox(context=context)
    if context is not None:
        box.answers["EHLO"] = "250-here\r\n250-STARTTLS\r\n250-AUTH PLAIN\r\n250 8BITMIME"
        box.answers["STARTTLS"] = "220 go on"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        box.port = listening.getsockname()[1]
        serving = threading.Thread(target=_serve, args=(listening, box), daemon=True)
        serving.start()
        yield box
        listening.shutdown(socket.SHUT_RDWR)
    serving.join(5)


def _serve(listening: socket.socket, box: Mailbox) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        connection.settimeout(10)
        with suppress(OSError):
            _Conversation(box, connection).hold()


class _Conversation:
    def __init__(self, box: Mailbox, connection: socket.socket) -> None:
        self.box = box
        self.connection = connection
        self.lines = connection.makefile("rb")

    def hold(self) -> None:
        """Answer step after step."""
        try:
            step, to = "CONNECT", ""
            while step and self._answered(step, to):
                line = self.lines.readline().decode()
                step = line.split(" ", 1)[0].strip().upper()
                to = line.split("<", 1)[-1].split(">", 1)[0] if step == "RCPT" else to
                if step == "AUTH":
                    self.box.signed_in.append(line.split(" ", 2)[-1].strip())
        finally:
            self.lines.close()
            self.connection.close()

    def _answered(self, step: str, to: str) -> bool:
        if not self._said(step) or step == "QUIT":
            return False
        if step == "STARTTLS" and self.box.context is not None:
            self.lines.close()
            self.connection = self.box.context.wrap_socket(self.connection, server_side=True)
            self.lines = self.connection.makefile("rb")
        if step == "DATA" and self.box.last == "354":
            letter = self._letter()
            if not self._said("."):
                return False
            if self.box.last == "250":
                self.box.taken.append((to, letter))
        return True

    def _said(self, step: str) -> bool:
        answer = self.box.answer(step)
        if answer == DROP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.box.last = answer[:3]
        self.connection.sendall(answer.encode() + b"\r\n")
        return True

    def _letter(self) -> bytes:
        written = b""
        while (line := self.lines.readline()) not in (b".\r\n", b""):
            written += line.removeprefix(b".")
        return written
