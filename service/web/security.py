"""What every answer tells browsers to refuse, and where a change may come from."""

from typing import Protocol
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request, session

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

# Everything comes from our own address, and no line of script or style stands inside a page.
CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)
ALWAYS = {
    "Content-Security-Policy": CONTENT,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
YEAR = 365 * 24 * 60 * 60


class Address(Protocol):
    """What is needed of the settings."""

    @property
    def public_url(self) -> str:
        """The address people open."""


class Headers(Protocol):
    """Headers as Flask and WhiteNoise keep them."""

    def __setitem__(self, name: str, value: str) -> None:
        """Set one header, once."""


def stamp(headers: Headers, public_url: str) -> None:
    """Set what every answer carries, files included."""
    for name, value in ALWAYS.items():
        headers[name] = value
    if public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"


def guard(app: Flask, settings: Address) -> None:
    """Have every answer carry the headers, and refuse changes that another site asks for."""
    # Without a referrer there is nothing for Flask-WTF to compare; the Origin check below stands in its place.
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)

    @app.before_request
    def from_here() -> None:
        if request.method not in SAFE and not _from_here(settings.public_url):
            abort(403)

    @app.after_request
    def dressed(answer: Response) -> Response:
        stamp(answer.headers, settings.public_url)
        if "Cache-Control" not in answer.headers:
            answer.headers["Cache-Control"] = "no-store" if _personal(app, answer) else "no-cache"
        return answer


def _from_here(public_url: str) -> bool:
    """Whether a page of ours asks, or something that is no browser.

    Servers send neither header; they sign what they send, and forms carry a token besides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    https = public_url.startswith("https://")
    if origin is None:
        return True
    if origin == "null":
        # Under no-referrer a browser hides the origin of our own forms, and over plain http in a home it
        # does not send Sec-Fetch-Site either (Fetch standard, "append a request Origin header").
        return not https
    here = {_origin(public_url)} if https else {_origin(public_url), _origin(request.host_url)}
    return origin in here


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _personal(app: Flask, answer: Response) -> bool:
    """Whether the answer is for one visitor: they brought a session, or are handed one or another cookie."""
    brought = app.config["SESSION_COOKIE_NAME"] in request.cookies
    return brought or bool(session) or "Set-Cookie" in answer.headers
