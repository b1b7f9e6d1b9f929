"""Error pages say what happened and what to do, and tell nothing else."""

from types import SimpleNamespace

import pytest
from flask import Flask, abort, redirect
from flask_wtf import CSRFProtect
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from service.errors import ProblemKind, StoreAway, refused
from service.web import look, problems, security
from service.wording import problems as words
from service.wording.voice import Voice

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
STATUSES = (400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 503)


@pytest.fixture
def app() -> Flask:
    app = Flask("service.web", static_folder=None)
    app.secret_key = "made up for tests"
    settings = SimpleNamespace(public_url="http://127.0.0.1:8000")
    CSRFProtect(app)
    security.guard(app, settings)
    look.dress(app, settings)
    problems.plug(app)

    @app.get("/status/<int:status>")
    def fail(status: int) -> str:
        abort(status)

    @app.get("/asks/<ask>")
    def foreign(ask: str) -> str:
        abort(404, f"{ask} is another workspace's")

    @app.get("/store")
    def store() -> str:
        raise StoreAway

    @app.get("/often")
    def often() -> str:
        raise TooManyRequests(retry_after=30)

    @app.get("/refused")
    def declined() -> str:
        raise refused(ProblemKind.LEAD_OF_THEM)

    @app.get("/foreign")
    def not_here() -> str:
        raise refused(ProblemKind.NOT_FOUND)

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a secret word")

    @app.get("/elsewhere")
    def elsewhere() -> Response:
        return redirect("/", 303)

    return app


@pytest.mark.parametrize("status", STATUSES)
def test_each_status_has_its_page_in_the_look(app: Flask, status: int) -> None:
    answer = app.test_client().get(f"/status/{status}", headers=BROWSER)
    assert answer.status_code == status
    page = words.page(Voice(), status)
    assert f"<h1>{page.title}</h1>" in answer.text
    assert "goldseam.css" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_titles_are_told_apart() -> None:
    assert len({words.page(Voice(), status).title for status in STATUSES}) == len(STATUSES)


@pytest.mark.parametrize("headers", [BROWSER, {}])
def test_absent_and_foreign_are_one_page(app: Flask, headers: dict[str, str]) -> None:
    client = app.test_client()
    foreign, absent = client.get("/asks/k3v9", headers=headers), client.get("/nowhere", headers=headers)
    assert foreign.status_code == absent.status_code == 404
    assert foreign.data == absent.data
    assert foreign.headers == absent.headers


def test_what_asks_for_no_page_is_told_in_json(app: Flask) -> None:
    answer = app.test_client().get("/status/404")
    assert answer.json == {"status": 404, "problem": words.page(Voice(), 404).what}


def test_the_store_away_says_when_to_ask_again(app: Flask) -> None:
    answer = app.test_client().get("/store")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_headers_of_the_error_stay(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/often").headers["Retry-After"] == "30"
    assert set(client.post("/store").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_refusal_nobody_caught_still_says_its_sentence(app: Flask) -> None:
    answer = app.test_client().get("/refused")
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["problem"] != words.page(Voice(), 422).what


def test_what_broke_is_told_by_a_mark_alone(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    answer = app.test_client().get("/broken", headers=BROWSER)
    assert answer.status_code == 500
    assert "secret word" not in answer.text
    mark = answer.text.split("quote ")[1].split(".")[0]
    assert mark in caplog.text


def test_what_a_rule_does_not_find_is_the_page_of_what_is_absent(app: Flask) -> None:
    client = app.test_client()
    foreign, absent = client.get("/foreign", headers=BROWSER), client.get("/nowhere", headers=BROWSER)
    assert (foreign.status_code, foreign.data) == (404, absent.data)


def test_a_missing_token_is_told_as_a_form_that_aged(app: Flask) -> None:
    assert app.test_client().post("/theme", headers=BROWSER).status_code == 400


def test_what_is_no_error_passes(app: Flask) -> None:
    assert app.test_client().get("/elsewhere").status_code == 303
