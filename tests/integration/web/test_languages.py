"""Every page in other languages: no word on it stands outside the catalogue, and none breaks a page."""

import pytest

from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft, Sharing
from service.asks import home as questions
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people
from service.repairs import actions as repairs
from service.repairs.rules import Direction
from service.repairs.rules import Draft as Repair
from service.runtime import Runtime
from service.ruptures import Rupture
from service.wording import catalogues
from tests.builders import Home
from tests.e2e.web import examples
from tests.fakes import Clock
from tests.untranslated import DAYS, of_page, untranslated
from tests.visitors import HTML, Visitor, delivered, visitor

WORDS = ("You waited up.", "I slept.", "Set the table.", "Sunday?", "Pick Kim up?", "I was short.", "The plan")
NAMES = (*DAYS, "UTC", "Maja", "Ben", "Kim", "Ruth", "Lindgren", "Goldseam", "Firefox, Linux", *WORDS)


@pytest.fixture
def lived_in(runtime: Runtime, clock: Clock, home: Home) -> Home:
    """A family with one of everything."""
    maja, ben, now = home["Maja"], home["Ben"], runtime.now()
    with runtime.transaction(home.id) as db:
        questions.put(db, ben, home.circle, [maja], "Sunday?", now)
        questions.put(db, maja, home.circle, [ben], "Pick Kim up?", now)
        said = Draft(ben, (maja,), "You waited up.", "I slept.", sharing=Sharing.CIRCLE, circle=home.circle)
        appreciations.give(db, said, now)
        appreciations.give(db, Draft(maja, (home["Kim"],), "Set the table."), now)
        repairs.send(db, Repair(ben, maja, Direction.MINE, Rupture.SHARP_TONE, words="I was short."), now)
        occasions.add(db, maja, home.circle, OccasionKind.BIRTHDAY, Day(3, 9), now, of=ben)
        moments.note(db, runtime.keyring, maja, Moment(Rupture.LEFT_OUT, ben, "The plan"), now)
    delivered(runtime, clock)
    return home


def speak(runtime: Runtime, home: Home, language: str) -> None:
    with runtime.transaction(home.id) as db:
        people.speak(db, home["Maja"], language=language)


def test_no_page_says_a_word_from_outside_the_catalogue(runtime: Runtime, lived_in: Home, maja: Visitor) -> None:
    speak(runtime, lived_in, catalogues.PSEUDO)
    inside = [shown.path for shown in examples.as_they_are(maja.client.application) if shown.inside]
    found = {path: untranslated(of_page(maja.opens(path)), NAMES) for path in inside}
    assert {path: said for path, said in found.items() if said} == {}


def test_no_page_for_visitors_says_a_word_from_outside_the_catalogue(runtime: Runtime) -> None:
    client = visitor(runtime).client
    made_up = {**HTML, "Accept-Language": catalogues.PSEUDO}
    outside = [shown.path for shown in examples.as_they_are(client.application) if not shown.inside]
    found = {path: untranslated(of_page(client.get(path, headers=made_up).text), NAMES) for path in outside}
    assert {path: said for path, said in found.items() if said} == {}
