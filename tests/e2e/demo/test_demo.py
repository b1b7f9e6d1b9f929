"""One command, and within half a minute the question that waited has reached Slack and the inbox."""

import re

import pytest
from playwright.sync_api import Page, expect

from service.demo import casting
from tests import processes
from tests.e2e.demo.visiting import Demo, Visitor, links

WAITED = "asked you something"


def test_it_prints_ways_in_that_work(demo: Demo) -> None:
    ways = re.findall(r"(http://\S+/demo/as/\w+) ", demo.process.said)
    assert len(ways) == sum(len(cast) for _, cast in casting.HOMES)
    for way in ways:
        status, first_page = Visitor(demo.address).open(way)
        assert status == 200, way
        assert "This is a demo with made-up people" in first_page
    assert demo.home_after_s < processes.WITHIN_S


@pytest.mark.parametrize("key", ["ines", "theo", "lily", "kim", "noah"])
def test_every_link_leads_somewhere(visitor: Visitor, key: str) -> None:
    waiting, seen = sorted(links(visitor.be(key))), set()
    broken = {}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        status, shown = visitor.open(path)
        if status != 200:
            broken[path] = status
        if len(seen) < 40:
            waiting += sorted(links(shown) - seen - set(waiting))
    assert broken == {}
    assert len(seen) > 5


@pytest.mark.browser
def test_a_walk_through_the_demo(demo: Demo, visitor: Visitor, page: Page) -> None:
    """From the question that waited to the button that settles it, the clock, and the beginning again."""
    visitor.be("ada")
    processes.until(lambda: WAITED in visitor.open("/inbox")[1], within=30, what="the ask in the inbox")
    page.goto("/demo")
    page.get_by_role("link", name="Open Its Slack").last.click()
    told = page.locator("article, li", has_text=WAITED).last
    processes.until(lambda: page.reload() and told.count() > 0, within=30, what="the ask in Slack")

    page.get_by_role("button", name="Can't Help").last.click()
    processes.until(lambda: WAITED not in visitor.open("/questions")[1], within=20, what="the same on the web")

    page.get_by_label("You are").select_option("Ines Duarte")
    page.get_by_role("button", name="Switch").click()
    page.get_by_role("button", name="Next Thursday").click()
    expect(page.get_by_text("stayed with the supplier until the last box was in").last).to_be_visible(timeout=30_000)

    page.goto("/demo")
    expect(page.get_by_text(re.compile("It is .*Thursday|It is Thursday"))).to_be_visible()
    page.get_by_role("button", name="Start Over").last.click()
    expect(page.get_by_text("Everything is as it was at the start.")).to_be_visible(timeout=60_000)
    visitor.be("ada")
    processes.until(lambda: WAITED in visitor.open("/questions")[1], within=30, what="the same question again")
