"""The page of screens in a real browser: what it offers with scripts, without, and where the browser says no."""

import pytest
from playwright.sync_api import Browser, expect

from service.people.rules import Role
from service.runtime import Runtime
from tests.browsing import PHONE, heard
from tests.builders import family
from tests.e2e.web.conftest import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "plain"])
def test_a_browser_that_says_no_is_told_of_and_nothing_breaks(
    browser: Browser, site: Site, runtime: Runtime, *, scripts: bool
) -> None:
    home = family(runtime, Maja=Role.ADULT)
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)  # type: ignore[arg-type]
    site.lets_in(context, home.id, home["Maja"])
    page, complaints = heard(context)
    page.goto(site.address + "/devices")
    if scripts:
        page.get_by_role("button", name="Show Them Here").click()
        expect(page.get_by_role("alert")).to_contain_text("Your browser was told not to show them.")
        expect(page.get_by_text("Nowhere yet.")).to_be_visible()
    else:
        expect(page.get_by_text("This browser cannot show them.")).to_be_visible()
        expect(page.get_by_role("button", name="Show Them Here")).to_have_count(0)
    assert [said for said in complaints if "does not support the Push API in incognito" not in said] == []
    context.close()
