"""What guards the stand-in's pages: the token every form carries so that no other page can send one, and headers."""

import hmac
import secrets

from flask import Response, abort, request

FIELD = "form_token"
_TOKEN = secrets.token_urlsafe(24)


def guarded(response: Response) -> Response:
    """The page with the headers that keep it to itself; the consent page alone sends its form's answer elsewhere."""
    policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    away = request.endpoint is not None and request.endpoint.startswith("consent.")
    response.headers.update({
        "Content-Security-Policy": policy if away else f"{policy}; form-action 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    })  # fmt: skip
    return response


def token() -> str:
    """This process's token."""
    return _TOKEN


def check() -> None:
    """Answer 403 where the form did not come from one of our pages."""
    if not hmac.compare_digest(request.form.get(FIELD, ""), _TOKEN):
        abort(403)
