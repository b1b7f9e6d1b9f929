"""Two adults in a real browser, from the first page to the first thanks and an answered question."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from service.runtime import Runtime
from tests.browsing import PHONE, SMALL_TARGETS, opened, unrolled, violations
from tests.e2e.web.conftest import Site
from tests.fakes import Clock
from tests.visitors import delivered

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    """Press a button, and wait for where it leads."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def follow(page: Page, name: str) -> None:
    """Follow a link."""
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def holds_up(page: Page, *, scripts: bool) -> None:
    """What any page of the walk must hold; without scripts only what can be seen without them."""
    if not scripts:
        return
    assert violations(unrolled(page, PHONE)) == [], page.url
    assert page.evaluate(SMALL_TARGETS) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # its two sides


@pytest.mark.walk
@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "plain"])
def test_from_the_first_page_to_thanks_and_an_answer(
    browser: Browser, site: Site, runtime: Runtime, clock: Clock, *, scripts: bool
) -> None:
    maja, of_maja = opened(browser, site.address, viewport=PHONE, java_script_enabled=scripts)
    holds_up(maja, scripts=scripts)
    follow(maja, "Begin with a Family")
    press(maja, "Start")
    expect(maja.get_by_role("alert")).to_be_visible()  # what is in the way, and nothing lost
    maja.get_by_label("What is your home called?").fill("The Lindgrens")
    press(maja, "Start")
    expect(maja.get_by_label("What is your home called?")).to_have_value("The Lindgrens")
    maja.get_by_label("What are you called here?").fill("Maja")
    press(maja, "Start")
    holds_up(maja, scripts=scripts)
    press(maja, "Make a Link")
    holds_up(maja, scripts=scripts)
    link = maja.locator(".address").inner_text()

    ben, of_ben = opened(browser, site.address + urlsplit(link).path, viewport=PHONE, java_script_enabled=scripts)
    expect(ben.get_by_text("Maja invites you to The Lindgrens")).to_be_visible()
    holds_up(ben, scripts=scripts)
    ben.get_by_label("What are you called here?").fill("Ben")
    press(ben, "Join")
    expect(ben.get_by_role("heading", name="Hello, Ben")).to_be_visible()
    holds_up(ben, scripts=scripts)

    follow(ben, "Say Thanks")
    ben.get_by_label("Maja").check()
    ben.get_by_label("What did they do?").fill("You set all of this up.")
    press(ben, "See It First")
    holds_up(ben, scripts=scripts)
    press(ben, "Change It")
    expect(ben.get_by_label("What did they do?")).to_have_value("You set all of this up.")
    ben.get_by_label("What did it make easier?").fill("I only had to press a link.")
    press(ben, "See It First")
    press(ben, "Send Thanks")
    expect(ben.get_by_text("On its way to Maja")).to_be_visible()
    holds_up(ben, scripts=scripts)

    delivered(runtime, clock)
    maja.goto(site.address + "/today")
    expect(maja.get_by_text("You set all of this up.")).to_be_visible()
    holds_up(maja, scripts=scripts)
    follow(maja, "Questions")
    maja.get_by_label("Your question").fill("Are you free on Sunday?")
    maja.get_by_label("Ben").check()
    press(maja, "Ask")
    holds_up(maja, scripts=scripts)

    delivered(runtime, clock)
    ben.goto(site.address + "/today")
    expect(ben.get_by_text("Are you free on Sunday?")).to_be_visible()
    ben.get_by_role("link", name=re.compile("^Answer")).click()
    holds_up(ben, scripts=scripts)
    press(ben, "Yes.")
    expect(ben.get_by_text("Your answer is on its way to Maja.")).to_be_visible()
    holds_up(ben, scripts=scripts)

    delivered(runtime, clock)
    maja.goto(site.address + "/today")
    expect(maja.get_by_role("heading", name="Ben answered you:")).to_be_visible()
    refused = [said for said in of_maja if "422" in said]  # the form that was sent empty, twice
    assert (len(refused), len(of_maja), of_ben) == (2, 2, [])


def test_the_same_by_keyboard_alone(browser: Browser, site: Site, runtime: Runtime) -> None:
    page, _ = opened(browser, site.address + "/start/family", viewport=PHONE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for words in ("The Lindgrens", "Maja"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/invite")
    page.goto(site.address + "/boundary")
    page.get_by_label("Not before").focus()
    page.keyboard.type("0730AM")
    page.keyboard.press("Enter")
    expect(page.get_by_text("From now on we follow these hours.")).to_be_visible()


def test_a_refused_form_leads_to_what_is_in_the_way(browser: Browser, site: Site) -> None:
    page, complaints = opened(browser, site.address + "/start/team", viewport=PHONE)
    press(page, "Start")
    problems = page.get_by_role("alert")
    expect(problems).to_be_focused()
    problems.get_by_role("link").first.click()
    expect(page.locator(":focus")).to_have_attribute("id", re.compile("founder|name"))
    assert [said for said in complaints if "422" not in said] == []
