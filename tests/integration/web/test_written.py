"""What somebody wrote is not lost where their form cannot be taken, and nobody else speaks through our pages."""

import sqlalchemy as sa

from service.access.models import OpenSession
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import database_away
from tests.visitors import HTML, Visitor

WORDS = "You took the bins out in the rain."
FORM = {"to": "daniel", "words": WORDS, "pin": "2468"}


def test_it_is_shown_to_whose_session_has_ended(runtime: Runtime, home: Home, maja: Visitor) -> None:
    with runtime.housekeeping() as db:
        db.execute(sa.delete(OpenSession))
    page = maja.is_refused("/thanks", FORM, status=401)
    assert WORDS in page
    assert "Copy it" in page
    assert "2468" not in page


def test_it_is_shown_while_the_database_is_away(runtime: Runtime, home: Home, maja: Visitor) -> None:
    token = maja.client.get("/thanks/new", headers=HTML).text.split('name="csrf_token" value="')[1].split('"')[0]
    with database_away(runtime):
        answer = maja.client.post("/thanks", data={**FORM, "csrf_token": token}, headers=HTML)
    assert answer.status_code == 503
    assert WORDS in answer.text


def test_words_that_another_site_sends_are_not_repeated(home: Home, maja: Visitor) -> None:
    for token in ({}, {"csrf_token": "made up"}):
        answer = maja.client.post("/thanks", data={**FORM, **token}, headers=HTML)
        assert answer.status_code in {400, 403}
        assert WORDS not in answer.text


def test_what_is_written_stays_text(runtime: Runtime, home: Home, maja: Visitor) -> None:
    answer = maja.sends("/nowhere", {"words": "</textarea><script>alert(1)</script> and more"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


def test_what_is_too_long_to_be_read_is_refused_all_the_same(home: Home, maja: Visitor) -> None:
    much = {"words": "very " * 400_000}
    assert maja.sends("/thanks", much).status_code == 413
    assert maja.sends("/nowhere", much).status_code in {404, 413}
    foreign = maja.client.post("/thanks", data=much, headers=HTML | {"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code in {403, 413}
