"""What comes late or was edited, in one process and in several."""

import pytest

from service.asks import actions as asks
from service.asks.rules import AskForm, AskState, Heard, Unsaid
from service.people import actions as people
from service.people import queries
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.integration.asks.test_hearing import PLACE, QUESTION, START, at, ends, hear, said


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = builders.team(runtime, "Ada", "Bob", "Cy")
    builders.channel(runtime, home, PLACE)
    return home


@pytest.mark.parametrize(
    ("message", "is_of_use"),
    [
        (said(20, "ada", "and could you look at the crane?", "bob"), True),
        (said(20, "cy", "has anybody seen the ladder?"), True),
        (said(10, "bob", "which key was it?", edited_at=START + 50), False),
        (Unsaid(PLACE, at(10)), False),
    ],
)
def test_what_came_late_leaves_the_windows_of_other_processes_of_use(
    runtime: Runtime, home: Home, message: Heard, *, is_of_use: bool
) -> None:
    first, other = runtime.ears, asks.Ears(runtime.keyring)
    hear(runtime, home, QUESTION)
    runtime.ears = other
    hear(runtime, home, said(10, "bob", "yes, sending the figures now", "ada"))
    other.ended(committed=True)
    runtime.ears = first
    hear(runtime, home, said(30, "cy", "the crane is free"))
    hear(runtime, home, message)
    with runtime.transaction(home.id) as db:
        place = queries.places(db)[0].id
        assert (other.recall(place, people.take_turn(db, [place])[place]) is not None) is is_of_use


def test_an_edit_that_was_taken_back_in_the_same_moment_still_asks(runtime: Runtime, home: Home) -> None:
    gone = said(0, "ada", "never mind, found it", "bob", edited_at=START + 5)
    back = said(0, "ada", QUESTION.text, "bob", edited_at=START + 9)
    hear(runtime, home, QUESTION, gone, back)
    assert ends(runtime, home) == [(at(0), home["Bob"], AskForm.NAMED, AskState.OPEN, None)]


def test_lines_of_a_burst_are_one_ask_where_something_between_them_went(runtime: Runtime, home: Home) -> None:
    again = said(30, "ada", "which key opens the store?", "bob")
    hear(runtime, home, QUESTION, Unsaid(PLACE, at(20)), again)
    assert ends(runtime, home) == [(at(0), home["Bob"], AskForm.NAMED, AskState.OPEN, None)]
