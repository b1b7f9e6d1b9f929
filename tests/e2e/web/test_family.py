"""A family of four in a real browser: from the first page to thanks, an answer, a card of the house, a birthday."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from service.runtime import Runtime
from tests.browsing import PHONE, SMALL_TARGETS, opened, unrolled, violations
from tests.e2e.web.conftest import Site
from tests.e2e.web.hands import Finger, Hand, Keys
from tests.fakes import Clock
from tests.visitors import delivered

pytestmark = pytest.mark.browser

HURRIED = "Transition was aborted"
"""What Chromium says where somebody goes on before the page has faded in."""
SUNDAY_EVENING = datetime(2026, 3, 8, 18, 5, tzinfo=UTC)
"""After the hour at which a home draws its card."""


def holds_up(page: Page, *, scripts: bool = True) -> None:
    """What any page of the walk must hold; without scripts only what can be seen without them."""
    if not scripts:
        return
    assert violations(unrolled(page, PHONE)) == [], page.url
    assert page.evaluate(SMALL_TARGETS) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # its two sides


@pytest.mark.walk
@pytest.mark.parametrize(
    "how", ["scripted", *(pytest.param(how, marks=pytest.mark.soak) for how in ("plain", "keyboard"))]
)
def test_a_family_of_four(browser: Browser, site: Site, runtime: Runtime, clock: Clock, how: str) -> None:
    scripts = how != "plain"
    complaints: list[str] = []

    def hand(path: str = "") -> Hand:
        page, said = opened(browser, site.address + path, viewport=PHONE, java_script_enabled=scripts)
        page.on("close", lambda _: complaints.extend(said))
        return Keys(page) if how == "keyboard" else Finger(page)

    def comes_in(inviter: Hand, role: str, name: str) -> Hand:
        """Somebody opens a link that was shown to them."""
        inviter.page.goto(site.address + "/invite")
        inviter.choose("radio", role)
        inviter.press("Make a Link")
        link = inviter.page.locator(".address").inner_text()
        guest = hand(urlsplit(link).path)
        expect(guest.page.get_by_text("Maja invites you to The Lindgrens")).to_be_visible()
        guest.fill("What are you called here?", name)
        guest.press("Join")
        expect(guest.page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()
        holds_up(guest.page, scripts=how == "scripted")
        return guest

    maja = hand()
    maja.follow("Begin with a Family")
    maja.press("Start")
    expect(maja.page.get_by_role("alert")).to_be_visible()  # what is in the way, and nothing lost
    maja.fill("What is your home called?", "The Lindgrens")
    maja.fill("What are you called here?", "Maja")
    maja.press("Start")
    ben = comes_in(maja, "adult", "Ben")
    theo = comes_in(maja, "13 to 17", "Theo")
    maja.page.goto(site.address + "/people")
    maja.fill("What is the child called?", "Kim")
    maja.fill("Their number, four to eight digits", "2468")
    maja.press("Add a Child")
    expect(maja.page.get_by_text("Kim has a page here now.")).to_be_visible()
    holds_up(maja.page, scripts=how == "scripted")

    _thanks(ben)
    delivered(runtime, clock)
    maja.page.goto(site.address + "/today")
    expect(maja.page.get_by_text("You set all of this up.")).to_be_visible()

    maja.follow("Questions")
    maja.fill("Your question", "Are you free on Sunday?")
    maja.choose("checkbox", "Ben")
    maja.press("Ask")
    delivered(runtime, clock)
    ben.page.goto(site.address + "/today")
    expect(ben.page.get_by_text("Are you free on Sunday?")).to_be_visible()
    with ben.page.expect_navigation():
        ben.page.get_by_role("link", name=re.compile("^Answer")).press("Enter")
    ben.press("Yes.")
    delivered(runtime, clock)
    maja.page.goto(site.address + "/today")
    expect(maja.page.get_by_role("heading", name="Ben answered you:")).to_be_visible()

    _birthday(maja)
    holds_up(maja.page, scripts=how == "scripted")
    clock.at = SUNDAY_EVENING
    delivered(runtime, clock)
    theo.page.goto(site.address + "/cards")
    expect(theo.page.locator(".deck-card")).to_have_count(1)
    holds_up(theo.page, scripts=how == "scripted")
    clock.at = SUNDAY_EVENING + timedelta(hours=14, minutes=10)
    delivered(runtime, clock)
    for hears in (maja, theo):
        hears.page.goto(site.address + "/inbox")
        expect(hears.page.get_by_role("heading", name="Ben's day is on Tuesday.")).to_be_visible()
    ben.page.goto(site.address + "/inbox")
    expect(ben.page.get_by_text("day is on Tuesday")).to_have_count(0)

    _child(maja)
    holds_up(maja.page, scripts=how == "scripted")
    for each in (maja, ben, theo):
        each.page.close()
    assert [said for said in complaints if "422" not in said and HURRIED not in said] == []


def _thanks(ben: Hand) -> None:
    ben.follow("Say Thanks")
    ben.choose("checkbox", "Maja")
    ben.fill("What did they do?", "You set all of this up.")
    ben.press("See It First")
    ben.press("Change It")
    expect(ben.page.get_by_label("What did they do?")).to_have_value("You set all of this up.")
    ben.fill("What did it make easier?", "I only had to press a link.")
    ben.press("See It First")
    ben.press("Send Thanks")
    expect(ben.page.get_by_text("On its way to Maja")).to_be_visible()


def _birthday(maja: Hand) -> None:
    maja.follow("Days")
    maja.pick("Whose day is it?", "Ben")
    maja.day("When is it?", 3, 10, 2026)
    maja.press("Add a Day")
    expect(maja.page.get_by_text("Kept for 10 March.")).to_be_visible()


def _child(maja: Hand) -> None:
    """Kim opens their own page on the family's device, and thanks by a picture."""
    maja.follow("People")
    maja.press("Leave It to the Household")
    maja.follow("Who Is Using This?")
    maja.choose("radio", "Kim")
    maja.fill("Their number, four to eight digits", "2468")
    maja.press("Sign In")
    expect(maja.page.get_by_role("heading", name="Hello, Kim")).to_be_visible()
    maja.follow("Say Thanks")
    maja.choose("checkbox", "Maja")
    maja.choose("radio", "Cooking")
    maja.press("See It First")
    maja.press("Send Thanks")
    expect(maja.page.get_by_text("On its way to Maja")).to_be_visible()


def test_the_first_tab_skips_to_the_content(browser: Browser, site: Site) -> None:
    page, _ = opened(browser, site.address + "/start/family", viewport=PHONE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What is your home called?")).to_be_focused()


def test_a_refused_form_leads_to_what_is_in_the_way(browser: Browser, site: Site) -> None:
    page, complaints = opened(browser, site.address + "/start/team", viewport=PHONE)
    Finger(page).press("Start")
    problems = page.get_by_role("alert")
    expect(problems).to_be_focused()
    problems.get_by_role("link").first.click()
    expect(page.locator(":focus")).to_have_attribute("id", re.compile("founder|name"))
    assert [said for said in complaints if "422" not in said] == []
