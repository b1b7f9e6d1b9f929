"""What every page looks like, whatever is on it: its files, its theme, the frame around it."""

import zlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import segno
from babel import Locale, UnknownLocaleError
from flask import Flask, abort, g, redirect, request
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.wrappers import Response
from whitenoise import WhiteNoise

from service.web import assets, notices, security
from service.web.pieces import Act
from service.wording import look as words
from service.wording import pages, rooms
from service.wording.voice import Voice

THEME_COOKIE = "theme"
TONES = 6
"""How many colours avatars have."""

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
NIGHT: dict[Theme, str] = {
    "auto": "screen and (prefers-color-scheme: dark)",
    "light": "not all",
    "dark": "screen",
}
"""When the dark sheet applies; on paper never."""


@dataclass(frozen=True, slots=True)
class Way:
    """One room in the navigation; `icon` is a name of macros/icons.html, `waiting` marks it with a dot."""

    href: str
    label: str
    icon: str
    current: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Banner:
    """The line above everything, for the demo: a sentence and what can be done."""

    text: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: nothing but the mark for a visitor."""

    ways: tuple[Way, ...] = ()
    where: str | None = None
    me: str | None = None
    me_key: str = ""
    me_href: str = "/"
    banner: Banner | None = None
    links: tuple[tuple[str, str], ...] = ()


def dress(app: Flask, settings: security.Address) -> None:
    """Give an application its static files, the theme switch, and what templates call by name.

    Views may set `g.voice` (the words' Voice) and `g.frame` (Frame) for the request; without them a page
    speaks English and has no navigation.
    """
    shelf = app.extensions["shelf"] = assets.shelf()
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(shelf.folder),
        prefix=shelf.prefix,
        max_age=int(timedelta(days=365).total_seconds()),
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=lambda sent, _path, _url: security.stamp(sent, settings.public_url),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        asset=shelf.address,
        has_asset=shelf.has,
        csrf_token=generate_csrf,
        themes=THEMES,
        night=NIGHT,
        told=notices.take,
    )
    app.jinja_env.filters.update(initials=initials, tone=tone)
    app.context_processor(_around)
    app.add_url_rule("/theme", "look.theme", _change_theme, methods=["POST"])


def theme() -> Theme:
    """The look this device chose."""
    chosen = request.cookies.get(THEME_COOKIE)
    return next((theme for theme in THEMES if theme == chosen), "auto")


def initials(name: str) -> str:
    """Up to two letters that stand for a name: the first of its first and of its last word."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def tone(key: str) -> int:
    """Which of the avatar colours belongs to somebody, by id; the same on every page and device."""
    return zlib.crc32(key.encode()) % TONES + 1


def code(address: str, title: str) -> Markup:
    """An address as a code to scan, drawn as SVG; the title says what scanning it does."""
    drawn = segno.make(address, error="m").svg_inline(
        border=0, title=title, svgclass=None, lineclass=None, omitsize=True
    )
    return Markup(drawn.replace("<svg", '<svg role="img"', 1))  # noqa: S704 - segno escapes the title, and an address is only modules in it


def direction(language: str) -> str:
    """Whether a language is written from the left or from the right."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _around() -> dict[str, object]:
    voice = g.get("voice", Voice())
    frame = g.get("frame", Frame())
    return {
        "frame": frame,
        "theme": theme(),
        "language": voice.language,
        "direction": direction(voice.language),
        "product": words.PRODUCT,
        "around": {
            "skip": pages.skip_to_content(voice),
            "first_page": words.first_page(voice),
            "ways": words.ways(voice),
            "waiting": words.waiting(voice),
            "me": words.me(voice, frame.me) if frame.me else "",
            "theme": words.theme(voice),
            "auto": words.theme_auto(voice),
            "light": words.theme_light(voice),
            "dark": words.theme_dark(voice),
            "to_mend": words.to_mend(voice),
            "optional": words.optional(voice),
            "back": rooms.back(voice),
            "save": rooms.save(voice),
        },
    }


def _change_theme() -> Response:
    chosen = request.form.get("theme")
    if chosen not in THEMES:
        abort(400)
    answer = redirect(own_path(request.form.get("back", "/")), 303)
    answer.set_cookie(
        THEME_COOKIE, chosen, max_age=timedelta(days=365), secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return answer


def own_path(back: str) -> str:
    """A path of ours, never an address elsewhere (browsers read a backslash as a slash)."""
    inside = back.startswith("/") and not back.startswith("//") and "\\" not in back
    return back if inside and back.isprintable() else "/"
