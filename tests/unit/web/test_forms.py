"""What is typed is kept, whatever it is, and what is in the way stands beside its field."""

from datetime import date, time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from service.errors import Problem, ProblemKind, Refused
from service.people.rules import Role
from service.web import forms
from service.wording import refusals
from service.wording.voice import Voice

VOICE = Voice()


def sent(**fields: str) -> forms.Typed:
    app = Flask(__name__)
    with app.test_request_context("/", method="POST", data=fields):
        return forms.sent("name", "others")


def test_only_the_fields_of_the_form_are_kept() -> None:
    typed = sent(name="Ada", stranger="x")
    assert (typed.one("name"), typed.all("others"), typed.one("stranger", "none")) == ("Ada", [], "none")


@given(st.text())
def test_any_text_can_be_kept_in_a_database(text: str) -> None:
    kept = forms._clean(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept


def test_a_problem_belongs_to_the_field_it_names_or_to_the_whole_form() -> None:
    here, elsewhere = Problem(ProblemKind.MISSING, "name"), Problem(ProblemKind.MISSING, "far")
    typed = sent(name="Ada").declined(VOICE, Refused(here, elsewhere))
    assert typed.one("name") == "Ada"
    assert [fault.id for fault in typed.faults] == ["name", None]
    assert typed.error("name") == refusals.sentence(VOICE, here)
    assert typed.error("others") is None
    assert typed.faulty("others", "Look again.").error("others") == "Look again."


def test_what_cannot_be_read_is_refused_at_its_field() -> None:
    assert forms.day("2026-02-28", "on") == date(2026, 2, 28)
    assert forms.clock("09:15", "at") == time(9, 15)
    assert forms.number("12", "count") == 12
    assert forms.choice(Role, "adult", "role") is Role.ADULT
    for read, value, kind in (
        (forms.day, "", ProblemKind.MISSING),
        (forms.day, "2026-02-30", ProblemKind.UNKNOWN_VALUE),
        (forms.clock, "25:00", ProblemKind.MISSING),
        (forms.number, "-1", ProblemKind.UNKNOWN_VALUE),
        (forms.number, "1000", ProblemKind.UNKNOWN_VALUE),
    ):
        with pytest.raises(Refused) as declined:
            read(value, "there")
        assert declined.value.problems == (Problem(kind, "there"),)
    with pytest.raises(Refused):
        forms.choice(Role, "king", "role")
