"""On a device that put us on its home screen: without a network there is a page, and none of a member's words."""

import pytest
from playwright.sync_api import Browser, expect

from service.people.rules import Role
from service.runtime import Runtime
from tests.browsing import PHONE, heard, violations
from tests.builders import always_open, family
from tests.e2e.web.conftest import Site

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((request) => new URL(request.url).pathname);
}"""


def test_without_a_network_there_is_a_page_and_nothing_of_anybodys(
    browser: Browser, site: Site, runtime: Runtime
) -> None:
    home = family(runtime, Maja=Role.ADULT)
    always_open(runtime, home)
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    site.lets_in(context, home.id, home["Maja"])
    page, complaints = heard(context)
    page.goto(site.address + "/today")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(site.address + "/thanks")
    kept = page.evaluate(KEPT)
    assert [path for path in kept if not path.startswith("/static/")] == ["/offline"]
    assert complaints == []
    context.set_offline(True)
    page.goto(site.address + "/today")
    expect(page.get_by_role("heading", name="No network here")).to_be_visible()
    assert "Maja" not in page.content()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(232, 237, 231)"
    assert violations(page) == []
    context.close()
