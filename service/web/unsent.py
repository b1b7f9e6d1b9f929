"""What was typed into a form that then asked for a fresh sign-in: sealed in that browser, put back afterwards."""

from datetime import datetime
from typing import Final

import msgspec
from flask import current_app, g, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from service.access.rules import FRESH_FOR
from service.web.forms import PROOF
from service.web.here import Here
from service.web.notices import tell
from service.wording import access as words

KEY: Final = "unsent"
"""Under this name the browser keeps it, for whom it is and until when; only we can open it."""
PURPOSE: Final = "web.unsent"
MOST_CHARACTERS: Final = 2000
"""How long it may be once sealed: a cookie holds little more. What asks for a fresh sign-in is short."""


class _Unsent(msgspec.Struct, frozen=True):
    member: str
    page: str
    until: datetime
    fields: dict[str, list[str]]


def keep(here: Here) -> str:
    """Keep what this request brought; returns the page whose form it came from."""
    page = _page()
    fields = {name: values for name, values in request.form.lists() if name != PROOF and any(values)}
    kept = _Unsent(here.me.id, page, here.now + FRESH_FOR, fields)
    sealed = here.runtime.keyring.seal(PURPOSE, msgspec.to_builtins(kept))
    session.pop(KEY, None)
    if fields and len(sealed) <= MOST_CHARACTERS:
        session[KEY] = sealed
    return page


def _page() -> str:
    """The nearest page at or above the address a form is sent to; no referrer says where it stood."""
    addresses = current_app.url_map.bind("")
    path = request.path
    while path:
        try:
            addresses.match(path, method="GET")
        except (HTTPException, RequestRedirect):
            path = path.rpartition("/")[0]
        else:
            return path
    return "/today"


def put_back(here: Here) -> None:
    """Begin the forms of this page with what the same person had typed there, and say so; it is put back once."""
    sealed = session.get(KEY)
    if not isinstance(sealed, str) or request.method != "GET":
        return
    try:
        kept = msgspec.convert(here.runtime.keyring.opened(PURPOSE, sealed), _Unsent)
    except msgspec.ValidationError:
        session.pop(KEY)
        return
    if kept.member != here.me.id or here.now >= kept.until:
        session.pop(KEY)
    elif kept.page == request.path:
        session.pop(KEY)
        g.unsent = kept.fields
        tell(words.written_is_back(here.voice))
