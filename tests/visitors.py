"""Somebody with a browser, as far as HTTP goes: pages are opened, forms are filled in and sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import jobs
from service.access import actions as access
from service.access.rules import Entrance
from service.app import create_app
from service.runtime import Runtime
from service.web import entry
from tests.fakes import Clock

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')

Fields = Mapping[str, Sequence[str]]


@dataclass
class Visitor:
    """A browser of somebody."""

    client: FlaskClient

    def opens(self, path: str, *, status: int = 200) -> str:
        """Open a page, and follow where it leads."""
        answer = self.client.get(path, headers=HTML, follow_redirects=True)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return unescape(answer.text)

    def sends(self, path: str, fields: Fields | None = None) -> TestResponse:
        """Send a form of some page, with its token."""
        token = _TOKEN.search(self.client.get("/sign-in/code", headers=HTML).text)
        assert token is not None
        return self.client.post(path, data={**(fields or {}), "csrf_token": token[1]}, headers=HTML)

    def does(self, path: str, fields: Fields | None = None) -> str:
        """Send a form that is taken, and read the page it leads to."""
        answer = self.sends(path, fields)
        assert answer.status_code == 303, f"{path}: {answer.status_code}\n{answer.text[-2000:]}"
        return self.opens(answer.location)

    def is_refused(self, path: str, fields: Fields | None = None, *, status: int = 422) -> str:
        """Send a form that is not taken, and read the page that says why."""
        answer = self.sends(path, fields)
        assert answer.status_code == status, f"{path}: {answer.status_code}"
        return unescape(answer.text)


def bare(page: str) -> str:
    """A page without what differs each time it is opened: the tokens of its forms, and where they lead back to."""
    return re.sub(r'name="(back|csrf_token)" value="[^"]*"', "", page)


def visitor(runtime: Runtime) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(create_app(runtime).test_client())


def signed_in(runtime: Runtime, workspace: str, member: str) -> Visitor:
    """A member in a browser of their own."""
    somebody = visitor(runtime)
    with runtime.housekeeping() as db:
        entrance = Entrance(workspace, member)
        cookie = access.open_session(db, runtime.keyring, entrance, "Firefox, Linux", runtime.now())
    with somebody.client.session_transaction() as session:
        session[entry.COOKIE_KEY] = cookie
    return somebody


def delivered(runtime: Runtime, clock: Clock) -> None:
    """A worker does what is due."""
    for _ in range(2):
        jobs.walk(runtime, [])
        clock.move(seconds=10)
