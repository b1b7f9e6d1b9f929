"""The token that every form of the stand-in's pages carries, so that no other page can send one."""

import hmac
import secrets

from flask import Request, abort

FIELD = "form_token"
_TOKEN = secrets.token_urlsafe(24)


def token() -> str:
    """This process's token."""
    return _TOKEN


def check(request: Request) -> None:
    """Answer 403 where the form did not come from one of our pages."""
    if not hmac.compare_digest(request.form.get(FIELD, ""), _TOKEN):
        abort(403)
