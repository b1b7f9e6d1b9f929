"""The pictures of the documentation are there, small, and drawn from the demo."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from service.app import create_app
from service.runtime import Runtime
from tests import browsing, processes
from tests.conftest import CHROMIUM
from tests.e2e.demo import everything, pictures
from tests.e2e.demo.visiting import Demo, Visitor

README = pictures.ALBUM.parents[1] / "README.md"


def test_every_picture_is_there_and_small() -> None:
    """Whoever adds a line to the list draws it too."""
    drawn = [path for picture in pictures.WEB for path in pictures.files(picture)]
    drawn += [pictures.FOLDER / "slack" / f"{shown.name}.png" for shown in pictures.SLACK]
    assert [path.name for path in drawn if not path.is_file()] == []
    assert set(pictures.FOLDER.rglob("*.png")) == set(drawn), "a picture nobody draws"
    assert [path.name for path in drawn if path.stat().st_size > pictures.MOST_BYTES] == []
    assert pictures.ALBUM.read_text() == pictures.album()
    shown = re.findall(r'src="docs/pictures/(web/[^"]+)"', README.read_text())
    assert len(shown) == 4
    assert all((pictures.FOLDER / path).is_file() for path in shown)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The application is asked for its list of pages alone; what is on them comes from the demo."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=browsing.QUIET)
        yield browser
        browser.close()


@pytest.mark.screenshots
@pytest.mark.browser
def test_they_are_drawn(demo: Demo, browser: Browser) -> None:
    """Everything of the first morning, then what Thursday brings."""
    pictures.ALBUM.write_text(pictures.album())
    visitor = Visitor(demo.address)
    visitor.be("ada")
    processes.until(lambda: "asked you something" in visitor.open("/inbox")[1], what="the ask that waited")
    for on_thursday in (False, True):
        if on_thursday:
            _wait_for_thursday(demo, browser.new_page(base_url=demo.address))
        for picture in pictures.WEB:
            if picture.on_thursday is on_thursday:
                pictures.draw(browser, demo.address, picture)
        for shown in pictures.SLACK:
            if shown.on_thursday is on_thursday:
                pictures.draw_shown(browser, demo.address, shown)


@pytest.mark.screenshots
@pytest.mark.browser
def test_every_page_is_drawn(runtime: Runtime, demo: Demo, browser: Browser) -> None:
    """Into a folder to look through; a page that is not answered, or does not fit, fails."""
    visit = everything.Visit(browser, demo.address)
    assert everything.draw(visit, everything.found(create_app(runtime), visit)) == []


def _wait_for_thursday(demo: Demo, page: Page) -> None:
    page.goto("/demo")
    page.get_by_role("button", name="Next Thursday").click()
    visitor = Visitor(demo.address)
    visitor.be("ines")
    processes.until(lambda: "No thanks seen yet" in visitor.open("/inbox")[1], what="the word to the lead")
    page.close()
