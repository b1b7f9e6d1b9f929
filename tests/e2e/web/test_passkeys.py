"""Passkeys in a real browser, with a device that Chromium plays: kept, used, named, removed; and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Request, expect

from service.people.rules import Role
from service.runtime import Runtime
from tests.browsing import PHONE, SMALL_TARGETS, heard, unrolled, violations, with_passkeys
from tests.builders import Home, family
from tests.e2e.web.conftest import Site, served

pytestmark = pytest.mark.browser


@pytest.fixture
def named(runtime: Runtime) -> Iterator[Site]:
    """The application under an address with a name, which passkeys take."""
    with served(runtime, "localhost") as site:
        yield site


@dataclass
class Phone:
    """A browser with a device behind it."""

    page: Page
    cdp: CDPSession
    authenticator: str
    complaints: list[str]

    def verifies(self, *, yes: bool) -> None:
        """Whether the device makes sure who holds it."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.authenticator, "isUserVerified": yes})


def phone(browser: Browser, **how: Any) -> Phone:
    page, complaints = heard(browser.new_context(viewport=PHONE, **how))  # type: ignore[arg-type]  # its two sides
    return Phone(page, *with_passkeys(page), complaints)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def keeps(on: Phone, site: Site, home: Home) -> None:
    """Keep a passkey, from the settings on."""
    page = on.page
    site.lets_in(page.context, home.id, home["Maja"])
    page.goto(f"{site.address}/settings")
    page.get_by_role("link", name="Passkeys").click()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    page.get_by_role("link", name="Add a Passkey").click()
    assert violations(unrolled(page, PHONE)) == []
    assert page.evaluate(SMALL_TARGETS) == []
    press(page, "Add a Passkey")
    expect(page.get_by_text("Your passkey is kept.")).to_be_visible()


def test_a_passkey_is_kept_used_named_and_removed(browser: Browser, named: Site, runtime: Runtime) -> None:
    home = family(runtime, Maja=Role.ADULT)
    mine = phone(browser)
    page = mine.page
    keeps(mine, named, home)
    page.goto(f"{named.address}/sessions")
    press(page, "Sign Out")
    expect(page).not_to_have_url(f"{named.address}/sessions")
    page.goto(f"{named.address}/sign-in")
    assert violations(unrolled(page, PHONE)) == []
    press(page, "Sign In with a Passkey")
    expect(page.get_by_role("heading", name="Hello, Maja")).to_be_visible()
    page.goto(f"{named.address}/passkeys")
    page.get_by_role("link", name="Change").click()
    page.get_by_label("What do you call this passkey?").fill("The kitchen phone")
    press(page, "Save")
    expect(page.get_by_text("The kitchen phone", exact=True).first).to_be_visible()
    assert violations(unrolled(page, PHONE)) == []
    page.get_by_role("link", name="Change").click()
    press(page, "Remove This Passkey")
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{named.address}/sign-in")
    press(page, "Sign In with a Passkey")
    expect(page.get_by_text("This passkey is not known here any more.")).to_be_visible()
    assert [said for said in mine.complaints if "422" not in said] == []


def test_a_device_that_does_not_know_its_holder_lets_nobody_in(browser: Browser, named: Site, runtime: Runtime) -> None:
    mine = phone(browser)
    keeps(mine, named, family(runtime, Maja=Role.ADULT))
    page = mine.page
    page.context.clear_cookies()
    mine.verifies(yes=False)
    page.goto(f"{named.address}/sign-in")
    press(page, "Sign In with a Passkey")
    expect(page.get_by_text("Your device did not answer.")).to_be_visible()
    mine.verifies(yes=True)
    press(page, "Sign In with a Passkey")
    expect(page.get_by_role("heading", name="Hello, Maja")).to_be_visible()


def test_an_answer_sent_twice_or_from_another_address_is_refused(
    browser: Browser, named: Site, runtime: Runtime
) -> None:
    mine = phone(browser)
    keeps(mine, named, family(runtime, Maja=Role.ADULT))
    page, sent = mine.page, list[Request]()
    page.context.clear_cookies()
    page.goto(f"{named.address}/sign-in")
    page.on("request", lambda asked: sent.append(asked) if asked.url.endswith("/sign-in/passkey") else None)
    press(page, "Sign In with a Passkey")
    expect(page.get_by_role("heading", name="Hello, Maja")).to_be_visible()
    answer = (sent[0].post_data_json or {})["answer"]
    page.goto(f"{named.address}/sign-in/again")
    page.evaluate(
        """answer => {
          const form = document.querySelector("form[data-passkey]");
          form.elements.answer.value = answer;
          form.submit();
        }""",
        answer,
    )
    expect(page.get_by_text("This has run out. Open it once more and go on from there.")).to_be_visible()
    with served(runtime, "localhost", itself=False) as elsewhere:
        page.context.clear_cookies()
        page.goto(f"{elsewhere.address}/sign-in")
        press(page, "Sign In with a Passkey")
        expect(page.get_by_text("This passkey was asked for at another address.")).to_be_visible()


def test_without_scripts_the_page_says_what_works(browser: Browser, named: Site) -> None:
    page, _ = heard(browser.new_context(viewport=PHONE, java_script_enabled=False))  # type: ignore[arg-type]  # its two sides
    page.goto(f"{named.address}/sign-in")
    expect(page.get_by_text("Passkeys need scripts in the browser")).to_be_visible()
    expect(page.get_by_role("button", name="Sign In with a Passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Send Me a Link")).to_be_visible()
