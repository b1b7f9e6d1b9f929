"""What every answer of the whole application tells browsers, and that no other site can have anything changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.access import actions as access
from service.access.rules import Entrance
from service.app import create_app
from service.people.rules import Role
from service.runtime import Runtime
from service.web import entry
from tests.builders import family
from tests.slack import with_slack
from tests.visitors import HTML

EXACTLY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
        "gyroscope=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OF_THE_ANSWER = {
    *("Allow", "Content-Disposition", "Content-Length", "Content-Type", "Location", "Retry-After", "Set-Cookie"),
    *("Vary", "WWW-Authenticate"),
}
"""Headers that belong to one answer."""
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture
def database_url(_sqlite_pattern: Path, tmp_path: Path) -> str:
    """Headers do not depend on the database."""
    path = tmp_path / "goldseam.db"
    shutil.copyfile(_sqlite_pattern, path)
    return f"sqlite:///{path}"


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """Everything there is, behind https."""
    runtime.settings = with_slack(
        runtime.settings, public_url="https://home.example", integrations=("mail", "slack", "github", "gitlab")
    )
    return create_app(runtime)


def addresses(app: Flask) -> Iterator[tuple[str, set[str]]]:
    """Every address there is, with some id in it, and what may be done there."""
    bound = app.url_map.bind("")
    for rule in app.url_map.iter_rules():
        methods = set(rule.methods or ())
        ids = dict.fromkeys(rule.arguments, "abcdefghijklmnop")
        yield bound.build(rule.endpoint, ids, min(methods)), methods


def told(answer: TestResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_ANSWER}


def test_every_route_method_and_error_carries_exactly_these_headers(runtime: Runtime, app: Flask) -> None:
    home = family(runtime, Maja=Role.ADULT)
    member, stranger = app.test_client(), app.test_client()
    with runtime.housekeeping() as db:
        entrance = Entrance(home.id, home["Maja"])
        cookie = access.open_session(db, runtime.keyring, entrance, "", runtime.now())
    with member.session_transaction(base_url="https://home.example") as session:
        session[entry.COOKIE_KEY] = cookie
    wrong = set()
    for path, methods in addresses(app):
        for client in (member, stranger):
            for method in (*sorted(methods), "TRACE"):
                answer = client.open(path, method=method, headers=HTML, base_url="https://home.example")
                kept = answer.headers.get("Cache-Control")
                may_be_kept = client is stranger and "Set-Cookie" not in answer.headers
                if told(answer) != EXACTLY | {"Cache-Control": kept}:
                    wrong.add((method, path, str(set(told(answer).items()) ^ set(EXACTLY.items()))))
                if kept is None or (kept != "no-store" and not may_be_kept and not path.startswith(SIGNED)):
                    wrong.add((method, path, f"Cache-Control: {kept}"))
    assert wrong == set()


SIGNED = ("/api/", "/slack/", "/github/", "/gitlab/", "/healthz", "/readyz", "/metrics")
"""Where no browser is signed in; what they say is nobody's, or says itself that it is not to be kept."""


def test_errors_carry_them_too(runtime: Runtime, app: Flask) -> None:
    @app.get("/broken")
    @entry.open_to_all
    def broken() -> str:
        raise ZeroDivisionError

    client = app.test_client()
    asked = {
        404: client.get("/nowhere", headers=HTML),
        405: client.put("/today", headers=HTML),
        400: client.post("/sign-in", headers=HTML),
        413: client.post("/sign-in", data=b"x" * (1024 * 1024 + 1), headers=HTML),
        401: client.post("/slack/events"),
        500: client.get("/broken", headers=HTML),
    }
    for status, answer in asked.items():
        assert answer.status_code == status
        assert told(answer) == EXACTLY | {"Cache-Control": answer.headers["Cache-Control"]}, status


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://home.example"},
    ],
    ids=str,
)
def test_no_other_site_has_anything_changed(runtime: Runtime, app: Flask, sent: dict[str, str]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # a token of a form is asked for besides
    client: FlaskClient = app.test_client()
    tried = 0
    for path, methods in addresses(app):
        for method in sorted(methods & UNSAFE):
            answer = client.open(path, method=method, headers={**HTML, **sent}, base_url="https://home.example")
            assert answer.status_code == 403, (method, path)
            tried += 1
    assert tried > 100
