"""Themes, faces, directions, and colours that can be read."""

import re
from itertools import product
from types import SimpleNamespace

import pytest
from flask import Flask
from flask_wtf import CSRFProtect
from hypothesis import given
from hypothesis import strategies as st

from service.web import assets, living, look, problems, security

Tokens = dict[str, str]
TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")


def tokens(name: str) -> Tokens:
    return dict(TOKEN.findall((assets.FOLDER / name).read_text()))


LIGHT = tokens("css/tokens.css")
DARK = LIGHT | tokens("dark.css")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


READ = [
    *product(("ink", "ink-soft", "pine", "clay", "gold-ink"), ("ground", "sheet", "glaze")),
    *product(("ink",), ("pine-wash", "gold-wash", "clay-wash", *(f"tone-{n}" for n in range(1, 7)))),
    *product(("ink-soft",), ("pine-wash", "gold-wash")),
    ("on-pine", "pine"),
    ("on-pine", "pine-deep"),
    ("clay", "clay-wash"),
    ("gold-ink", "gold-wash"),
    ("ground", "ink"),
]
"""What is written in which colour on which ground: WCAG 2.2, 1.4.3."""
SEEN = [*product(("edge", "gold", "pine", "clay"), ("ground", "sheet")), ("ink", "ground"), ("gold", "gold-wash")]
"""Edges of controls, seams and focus: WCAG 2.2, 1.4.11."""


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_words_can_be_read(theme: Tokens, text: str, ground: str) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), SEEN)
def test_lines_that_mean_something_can_be_seen(theme: Tokens, line: str, ground: str) -> None:
    assert contrast(theme[line], theme[ground]) >= 3


def test_night_has_every_colour_of_the_day() -> None:
    assert tokens("dark.css").keys() == LIGHT.keys()


@given(st.text())
def test_initials_are_short_for_any_name(name: str) -> None:
    assert len(look.initials(name)) <= 6


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ada Lund", "AL"), ("Zoë Maré-Castellanos", "ZM"), ("Ruth", "R"), ("Juan de la Cruz", "JC"), ("", "")],
)
def test_initials_are_of_the_first_and_last_word(name: str, letters: str) -> None:
    assert look.initials(name) == letters


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("en-XA", "ltr")])
def test_direction_follows_the_script(language: str, direction: str) -> None:
    assert look.direction(language) == direction


@pytest.fixture
def app() -> Flask:
    app = Flask("service.web", static_folder=None)
    app.secret_key = "made up for tests"
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    settings = SimpleNamespace(public_url="http://127.0.0.1:8000")
    CSRFProtect(app)
    security.guard(app, settings)
    look.dress(app, settings)
    problems.plug(app)
    living.show(app)
    return app


@pytest.mark.parametrize(
    ("back", "where"),
    [
        ("/asks?page=2", "/asks?page=2"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_the_theme_is_kept_and_leads_back_to_a_page_of_ours(app: Flask, back: str, where: str) -> None:
    client = app.test_client()
    answer = client.post("/theme", data={"theme": "dark", "back": back})
    assert (answer.status_code, answer.location) == (303, where)
    assert 'data-theme="dark"' in client.get("/look").text


def test_a_theme_we_do_not_have_is_refused(app: Flask) -> None:
    assert app.test_client().post("/theme", data={"theme": "neon"}).status_code == 400


def test_a_made_up_cookie_is_auto(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("theme", '"><script>')
    assert 'data-theme="auto"' in client.get("/look").text


def test_pages_hold_no_script_or_style_of_their_own(app: Flask) -> None:
    text = app.test_client().get("/look").text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]+src=)|javascript:|hx-on", text)


def test_files_are_served_for_a_year_and_say_the_same_to_browsers(app: Flask) -> None:
    client = app.test_client()
    address = re.findall(r'href="(/static/[^"]+goldseam\.css)"', client.get("/look").text)[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert {name: answer.headers[name] for name in security.ALWAYS} == security.ALWAYS
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()
