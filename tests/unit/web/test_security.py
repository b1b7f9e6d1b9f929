"""What every answer says to browsers, and where changes may come from."""

from types import SimpleNamespace

import pytest
from flask import Flask, session

from service.web import problems, security

ANY = {
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
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTTPS = ANY | {"Strict-Transport-Security": "max-age=31536000"}
PLAIN = {"Content-Type", "Content-Length", "Cache-Control", "Vary", "Set-Cookie", "Allow", "Location"}


def application(public_url: str) -> Flask:
    app = Flask("service.web", static_folder=None)
    app.secret_key = "made up for tests"
    security.guard(app, SimpleNamespace(public_url=public_url))
    problems.plug(app)

    @app.route("/", methods=["GET", "POST"])
    def page() -> str:
        return "here"

    @app.get("/sign-in")
    def sign_in() -> str:
        session["who"] = "somebody"
        return "signed in"

    return app


@pytest.mark.parametrize(("public_url", "told"), [("http://127.0.0.1:8000", ANY), ("https://home.example", HTTPS)])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("HEAD", "/"), ("OPTIONS", "/"), ("POST", "/"), ("PUT", "/"), ("GET", "/none")]
)
def test_every_answer_carries_exactly_these_headers(
    public_url: str, told: dict[str, str], method: str, path: str
) -> None:
    answer = application(public_url).test_client().open(path, method=method)
    assert {name: value for name, value in answer.headers.items() if name not in PLAIN} == told


def test_a_page_is_not_kept_once_somebody_is_signed_in() -> None:
    client = application("http://127.0.0.1").test_client()
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert client.get("/").headers["Cache-Control"] == "no-store"


HOME, LAN = "https://home.example", "http://192.168.1.20:8000"


@pytest.mark.parametrize(
    ("public_url", "sent", "status"),
    [
        (HOME, {}, 200),
        (HOME, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        (HOME, {"Sec-Fetch-Site": "none"}, 200),
        (HOME, {"Sec-Fetch-Site": "same-site"}, 403),
        (HOME, {"Sec-Fetch-Site": "cross-site", "Origin": HOME}, 403),
        (HOME, {"Origin": HOME}, 200),
        (HOME, {"Origin": "https://evil.example"}, 403),
        (HOME, {"Origin": "http://home.example"}, 403),
        (HOME, {"Origin": "https://home.example.evil.example"}, 403),
        (HOME, {"Origin": "https://evil.example", "Host": "evil.example"}, 403),
        (HOME, {"Origin": "null"}, 403),
        (LAN, {"Origin": "null"}, 200),
        (LAN, {"Origin": LAN}, 200),
        (LAN, {"Origin": "http://kitchen.local:8000", "Host": "kitchen.local:8000"}, 200),
        (LAN, {"Origin": "https://evil.example"}, 403),
    ],
)
def test_a_change_comes_from_a_page_of_ours(public_url: str, sent: dict[str, str], status: int) -> None:
    client = application(public_url).test_client()
    assert client.post("/", headers=sent).status_code == status
    assert client.get("/", headers=sent).status_code == 200
