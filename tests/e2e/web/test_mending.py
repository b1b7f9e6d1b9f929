"""Mending at home on a phone, in a real browser: a card for all, a repair to settled, a moment to a word."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from service.people.rules import Role
from service.runtime import Runtime
from service.suggestions import actions as suggestions
from service.web import slipping
from tests import builders
from tests.browsing import PHONE, opened
from tests.builders import Home
from tests.e2e.web.conftest import Site
from tests.e2e.web.hands import Finger
from tests.e2e.web.test_family import holds_up
from tests.fakes import Clock
from tests.visitors import delivered

pytestmark = pytest.mark.browser

Opens = Callable[[str], Page]


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Tove=Role.TEEN, Pim=Role.CHILD)
    with runtime.transaction(home.id) as db:
        suggestions.hats_for_all(db, runtime.now())
    slipping.counted.__init__()  # type: ignore[misc]  # a fresh day
    return home


@pytest.fixture
def phone(browser: Browser, site: Site, home: Home) -> Opens:
    """A phone on which somebody of the family is signed in."""

    def opens(name: str) -> Page:
        page, _ = opened(browser, site.address, viewport=PHONE)
        site.lets_in(page.context, home.id, home[name])
        page.goto(site.address + "/today")
        return page

    return opens


def _about(page: Page, name: str) -> None:
    """Press a button that also says, to whoever listens, what it is about."""
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()
    page.wait_for_load_state("networkidle")


def test_a_card_for_all_of_us_is_slipped_drawn_and_answered_in_ones_own_words(
    site: Site, runtime: Runtime, clock: Clock, home: Home, phone: Opens
) -> None:
    maja = phone("Maja")
    maja.goto(site.address + "/suggestions")
    holds_up(maja)
    expect(maja.get_by_label("For one person")).to_be_disabled()
    expect(maja.get_by_text("Fewer than five others could have sent this")).to_be_visible()
    maja.get_by_label("For all of us").check()
    maja.get_by_label("A look or a sigh").check()
    Finger(maja).press("Show the Cards")
    holds_up(maja)
    maja.get_by_role("radio").first.check()
    Finger(maja).press("Slip the Card")
    expect(maja.get_by_text("You will hear no more about it from us")).to_be_visible()
    holds_up(maja)

    clock.move(days=6, hours=9)  # Sunday evening, when a family draws
    delivered(runtime, clock)
    ben = phone("Ben")
    ben.goto(site.address + "/cards")
    holds_up(ben)
    expect(ben.get_by_text("A card for all of us")).to_be_visible()
    expect(ben.get_by_label(re.compile("What will you try"))).to_have_count(0)
    clock.move(days=1)
    ben.reload()
    ben.get_by_label(re.compile("What will you try")).fill("I will say it in words.")
    Finger(ben).press("Share What I Will Try")
    clock.move(days=1)
    delivered(runtime, clock)
    maja.goto(site.address + "/inbox")
    expect(maja.get_by_text("I will say it in words.")).to_be_visible()


def test_from_a_question_that_waited_to_settled(
    site: Site, runtime: Runtime, clock: Clock, home: Home, phone: Opens
) -> None:
    maja, ben = phone("Maja"), phone("Ben")
    Finger(maja).follow("Questions")
    maja.get_by_label("Your question").fill("Are you free on Sunday?")
    maja.get_by_label("Ben").check()
    Finger(maja).press("Ask")
    clock.move(days=2)
    delivered(runtime, clock)
    ben.goto(site.address + "/questions")
    ben.get_by_role("link", name=re.compile("^Start a Repair")).first.click()
    ben.wait_for_load_state("networkidle")
    holds_up(ben)
    expect(ben.get_by_label("Maja")).to_be_checked()
    expect(ben.get_by_label("A message left waiting")).to_be_checked()
    Finger(ben).press("Go On")
    holds_up(ben)
    ben.get_by_label("In your own words").first.fill("Yes, all day.")
    Finger(ben).press("See It First")
    expect(ben.get_by_text("Sorry I took so long to reply. Yes, all day.")).to_be_visible()
    holds_up(ben)
    Finger(ben).press("Send It")
    delivered(runtime, clock)
    maja.goto(site.address + "/repairs")
    expect(maja.get_by_text("Yes, all day.")).to_be_visible()
    holds_up(maja)
    _about(maja, "Thank You")
    expect(maja.get_by_text("Whichever you choose is a full answer.").first).to_be_visible()
    _about(maja, "Call It Settled")
    expect(maja.get_by_text("Settled.").first).to_be_visible()
    delivered(runtime, clock)
    ben.goto(site.address + "/inbox")
    expect(ben.get_by_role("heading", name="For Maja this is settled.")).to_be_visible()


def test_from_a_moment_to_a_pattern_to_a_repair(
    site: Site, runtime: Runtime, clock: Clock, home: Home, phone: Opens
) -> None:
    maja = phone("Maja")
    for _ in range(3):
        maja.goto(site.address + "/moments")
        maja.get_by_label("Talked over").check()
        maja.get_by_label("With whom?").select_option(label="Ben")
        maja.get_by_label("A note to yourself").fill("At the table again.")
        Finger(maja).press("Note a Moment")
        clock.move(days=1)
        delivered(runtime, clock)
    holds_up(maja)
    maja.goto(site.address + "/inbox")
    expect(maja.get_by_role("heading", name="You have noted this kind of moment on three days.")).to_be_visible()
    maja.goto(site.address + "/moments")
    _about(maja, "Say Something")
    expect(maja.get_by_label("Ben")).to_be_checked()
    Finger(maja).press("Go On")
    for each in maja.get_by_role("combobox").all():
        each.select_option(index=1)
    Finger(maja).press("See It First")
    holds_up(maja)
    Finger(maja).press("Send It")
    expect(maja.get_by_role("heading", name="It waits until tomorrow morning")).to_be_visible()
    maja.goto(site.address + "/repairs/help")
    holds_up(maja)
    expect(maja.get_by_role("link", name="Leave This Page")).to_be_visible()
