"""A week at home on a phone: a job is done, the Thursday says so, it is thanked, and the week after is silent."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from service.people import actions as people
from service.people.rules import Role, ThanksWish
from service.runtime import Runtime
from tests import builders
from tests.browsing import PHONE, opened
from tests.e2e.efforts.test_week import THURSDAY, comes, digests
from tests.e2e.web.conftest import Site
from tests.e2e.web.hands import Finger
from tests.e2e.web.test_family import holds_up
from tests.fakes import Clock
from tests.visitors import delivered

pytestmark = pytest.mark.browser


@pytest.mark.walk
def test_a_job_at_home_is_thanked_within_the_week(browser: Browser, site: Site, runtime: Runtime, clock: Clock) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Jon=Role.ADULT)
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Jon"], thanks_wish=ThanksWish.CIRCLE)

    def phone(name: str, path: str) -> Page:
        page, _ = opened(browser, site.address, viewport=PHONE)
        site.lets_in(page.context, home.id, home[name])
        page.goto(site.address + path)
        return page

    comes(runtime, clock, THURSDAY + timedelta(days=6))
    jon = phone("Jon", "/chores")
    for job in ("Clear out the cellar", "Wash the car", "Sort the bottles"):
        jon.get_by_label("What is the job?").fill(job)
        jon.get_by_label("Just once").check()
        Finger(jon).press("Add It")
        jon.get_by_role("button", name=re.compile("^Done")).first.click()
        expect(jon.get_by_text(f"Done: {job}")).to_be_visible()
        clock.move(minutes=1)
    holds_up(jon)

    comes(runtime, clock, THURSDAY + timedelta(weeks=2))
    maja = phone("Maja", "/inbox")
    expect(maja.get_by_text("Sort the bottles").first).to_be_visible()
    holds_up(maja)
    with maja.expect_navigation():
        maja.get_by_role("link", name=re.compile("^Say Thanks")).first.click()
    expect(maja.get_by_label("Jon")).to_be_checked()
    expect(maja.get_by_text("Sort the bottles")).to_be_visible()
    maja.get_by_label("What did they do?").fill("The cellar can breathe again.")
    maja.get_by_label(re.compile("Lindgren")).last.check()
    Finger(maja).press("See It First")
    Finger(maja).press("Send Thanks")
    expect(maja.get_by_text("On its way to Jon")).to_be_visible()
    delivered(runtime, clock)
    for path in ("/inbox", "/keepsakes", "/thanks"):
        jon.goto(site.address + path)
        assert jon.get_by_text("The cellar can breathe again.").count() == 1, path
    maja.goto(site.address + "/thanks")
    expect(maja.get_by_text("The cellar can breathe again.")).to_have_count(1)

    comes(runtime, clock, THURSDAY + timedelta(weeks=3, days=1))
    assert len(digests(runtime, home, "Maja")) == 1, "nothing of it the week after"
