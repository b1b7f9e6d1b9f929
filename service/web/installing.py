"""Goldseam on a home screen: what it is called there, and a page for when there is no network."""

import json
from typing import cast

from flask import Blueprint, Response, current_app, g, render_template
from flask.typing import ResponseReturnValue

from service.web.assets import Shelf
from service.web.entry import open_to_all
from service.wording import installing as words
from service.wording.look import PRODUCT

room = Blueprint("installing", __name__)
AWAY = "/offline"
WORKER = "worker.js"
GROUND = "#e8ede7"
"""The colour of a page before it is there, as in static/css/tokens.css."""
PICTURES = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "maskable"))


def _shelf() -> Shelf:
    return cast("Shelf", current_app.extensions["shelf"])


@room.get("/manifest.webmanifest")
@open_to_all
def manifest() -> ResponseReturnValue:
    """What a device asks before it puts us on its home screen."""
    shelf, voice = _shelf(), g.voice
    icons = [{"src": shelf.address("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    icons += [
        {"src": shelf.address(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for name, sizes, purpose in PICTURES
        if shelf.has(name)
    ]
    said = {
        "id": "/",
        "name": PRODUCT,
        "short_name": PRODUCT,
        "description": words.description(voice),
        "lang": voice.language,
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": icons,
    }
    return Response(json.dumps(said, ensure_ascii=False), content_type="application/manifest+json; charset=utf-8")


@room.app_context_processor
def _stands_by() -> dict[str, bool]:
    """Pages ask for the script that stands by where it is served."""
    return {"stands_by": True}


@room.get("/sw.js")
@open_to_all
def worker() -> ResponseReturnValue:
    """The script that stands by, with the names of the few files it keeps."""
    shelf = _shelf()
    sheets = [shelf.address(name) for name in ("goldseam.css", "dark.css", "favicon.svg")]
    about = {"version": shelf.digest[:16], "page": AWAY, "files": [AWAY, *sheets], "icon": shelf.address("favicon.svg")}
    script = (shelf.folder / WORKER).read_text("utf-8")
    said = f"const SHELF = {json.dumps(about)};\n{script}"
    return Response(said, content_type="text/javascript; charset=utf-8")


@room.get(AWAY)
@open_to_all
def away() -> ResponseReturnValue:
    """The page for when there is no network, the same for everybody."""
    return render_template("errors/offline.html", voice=g.voice, words=words)
