"""The whole application on a port of this machine, and a browser that opens it."""

import contextlib
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import make_server

from service.access import actions as access
from service.access.rules import Entrance
from service.app import create_app
from service.runtime import Runtime
from service.web import entry
from tests import browsing
from tests.browsing import CHROMIUM, QUIET


@pytest.fixture
def database_url(_sqlite_pattern: Path, tmp_path: Path) -> str:
    """A browser is slow, and what it sees is the same on both databases: here is one."""
    path = tmp_path / "goldseam.db"
    shutil.copyfile(_sqlite_pattern, path)
    return f"sqlite:///{path}"


@dataclass
class Site:
    """The application as it is served."""

    address: str
    app: Flask
    runtime: Runtime
    seal: Callable[[str], str]

    def lets_in(self, context: BrowserContext, workspace: str, member: str) -> None:
        """Sign a member in, in this browser."""
        with self.runtime.housekeeping() as db:
            now = self.runtime.now()
            cookie = access.open_session(db, self.runtime.keyring, Entrance(workspace, member), "Chrome, Linux", now)
        context.add_cookies([{"name": "session", "value": self.seal(cookie), "url": self.address}])


@pytest.fixture
def site(runtime: Runtime) -> Iterator[Site]:
    with served(runtime, "127.0.0.1", itself=False) as found:
        yield found


@contextlib.contextmanager
def served(runtime: Runtime, name: str, *, itself: bool = True) -> Iterator[Site]:
    """The application on a free port under this name, which it knows as its own address where it is `itself`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://{name}:{port}"
    if itself:
        runtime.settings = runtime.settings.model_copy(update={"public_url": address})
    app = create_app(runtime)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    yield Site(address, app, runtime, lambda cookie: signer.dumps({entry.COOKIE_KEY: cookie}))
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    if not browsing.is_built():
        pytest.skip("the assets are not built; `make assets` builds them")
