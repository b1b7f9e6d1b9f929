"""Every page there is, in the made-up language: no word on it stands outside the catalogue."""

from service.app import create_app
from service.people import actions as people
from service.runtime import Runtime
from service.wording import catalogues
from tests.e2e.web import examples
from tests.fakes import Clock
from tests.untranslated import DAYS, of_page, untranslated
from tests.visitors import HTML, signed_in, visitor

WORDS = (
    *("Are you free on Sunday?", "Can you pick Kim up?", "You waited up.", "I slept.", "You set the table."),
    *("I was short with you.", "The plan for the weekend", "The laundry", "Write first.", "Phone"),
    "Sat with Kim until the homework was done.",
)
NAMES = (
    *WORDS,
    *DAYS,
    "UTC",
    "Maja",
    "Ben",
    "Theo",
    "Kim",
    "Lindgren",
    "Slack",
    "GitHub",
    "GitLab",
    "Firefox, Linux",
    "The grown-ups",
)


def test_no_page_says_a_word_from_outside_the_catalogue(runtime: Runtime, clock: Clock) -> None:
    there = examples.furnished(runtime, clock)
    with runtime.transaction(there.home.id) as db:
        people.speak_here(db, there.home.id, catalogues.PSEUDO)
    inside, outside = signed_in(runtime, there.home.id, there.home["Maja"]), visitor(runtime)
    made_up = {**HTML, "Accept-Language": catalogues.PSEUDO}
    found = {}
    for shown in examples.pages(create_app(runtime), there):
        client = (inside if shown.inside else outside).client
        page = client.get(shown.path, headers=made_up, follow_redirects=True).text
        found[shown.path] = untranslated(of_page(page), NAMES)
    assert {path: said for path, said in found.items() if said} == {}
