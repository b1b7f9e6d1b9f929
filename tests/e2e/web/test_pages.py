"""Every page in a real browser: it shuts nobody out, whatever the width, the look and the size of its letters."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice, product
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from service.people import actions as people
from service.runtime import Runtime
from tests.browsing import DESK, PHONE, SMALL_TARGETS, heard, unrolled, violations
from tests.e2e.web import examples
from tests.e2e.web.conftest import Site
from tests.e2e.web.examples import Furnished, Shown
from tests.fakes import Clock

pytestmark = pytest.mark.browser

Look = tuple[dict[str, int], str]
LOOKS: tuple[Look, ...] = tuple(product((PHONE, DESK), ("light", "dark")))
FIRST_PAGE_BYTES = 60_000
SHIFTS = """() => new Promise(done => {
  let moved = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) moved += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


@pytest.fixture
def there(runtime: Runtime, clock: Clock) -> Furnished:
    return examples.furnished(runtime, clock)


@pytest.fixture
def everything(site: Site, there: Furnished) -> list[Shown]:
    return list(examples.pages(site.app, there))


def test_no_page_shuts_anybody_out(browser: Browser, site: Site, there: Furnished, everything: list[Shown]) -> None:
    """Each page in one of the looks, another one each day."""
    turn = there.day.toordinal() % len(LOOKS)
    _hold(browser, site, there, zip(everything, islice(cycle(LOOKS), turn, None), strict=False))


@pytest.mark.soak
def test_no_page_shuts_anybody_out_in_any_look(
    browser: Browser, site: Site, there: Furnished, everything: list[Shown]
) -> None:
    _hold(browser, site, there, product(everything, LOOKS))


def _hold(browser: Browser, site: Site, there: Furnished, tried: Iterable[tuple[Shown, Look]]) -> None:
    found: list[str] = []
    by_look: dict[tuple[int, str, bool], list[Shown]] = {}
    for shown, (viewport, scheme) in tried:
        by_look.setdefault((LOOKS.index((viewport, scheme)), scheme, shown.inside), []).append(shown)
    for (at, scheme, inside), shown_so in by_look.items():
        viewport = LOOKS[at][0]
        with _device(browser, site, there, inside=inside, viewport=viewport, color_scheme=scheme) as context:
            page, complaints = heard(context)
            for shown in shown_so:
                page.set_viewport_size(viewport)  # type: ignore[arg-type]  # its two sides
                faults = _faults(page, site, shown, viewport, complaints)
                found += [f"{shown.path} {viewport['width']} {scheme}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@contextmanager
def _device(browser: Browser, site: Site, there: Furnished, *, inside: bool, **how: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(**how)
    if inside:
        site.lets_in(context, there.home.id, there.home["Maja"])
        page = context.new_page()  # a device of the household, so that its page of profiles is there
        page.goto(site.address + "/people")
        page.get_by_role("button", name="Leave It to the Household").click()
        page.get_by_role("link", name="Who Is Using This?").wait_for()
        page.close()
    yield context
    context.close()


def _faults(page: Page, site: Site, shown: Shown, viewport: dict[str, int], complaints: list[str]) -> list[str]:
    """What is wrong with a page, its console's complaints among it; a policy that is broken is one of them."""
    complaints.clear()
    answer = page.goto(site.address + shown.path)
    expected = 404 if shown.path == "/nowhere" else 200
    if answer is None or (answer.url, answer.status) != (site.address + shown.path, expected):
        return [f"leads to {answer and answer.url}, {answer and answer.status}"]
    for disclosure in page.locator("details > summary").all():
        disclosure.click()
    faults = [*violations(unrolled(page, viewport)), *page.evaluate(SMALL_TARGETS)]
    if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
        faults.append("wider than the screen")
    return faults if shown.path == "/nowhere" else [*faults, *complaints]  # a 404 is complained of, and rightly


def test_text_at_twice_its_size_stays_on_the_page(
    browser: Browser, site: Site, there: Furnished, everything: list[Shown]
) -> None:
    """A fifth of the pages, another one each day."""
    _at_twice_the_size(browser, site, there, everything[there.day.toordinal() % 5 :: 5])


@pytest.mark.soak
def test_text_at_twice_its_size_stays_on_every_page(
    browser: Browser, site: Site, there: Furnished, everything: list[Shown]
) -> None:
    _at_twice_the_size(browser, site, there, everything)


def _at_twice_the_size(browser: Browser, site: Site, there: Furnished, tried: list[Shown]) -> None:
    found: list[str] = []
    for inside in (True, False):
        with _device(browser, site, there, inside=inside, viewport=PHONE) as context:
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
            for shown in (one for one in tried if one.inside is inside):
                page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # its two sides
                page.goto(site.address + shown.path)
                if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
                    found.append(f"{shown.path}: wider than the screen")
                found += [f"{shown.path}: {fault}" for fault in violations(unrolled(page, PHONE))]
    assert found == []


@pytest.mark.parametrize("path", ["/", "/today", "/thanks"])
def test_a_first_page_is_light_and_stands_still(browser: Browser, site: Site, there: Furnished, path: str) -> None:
    """Everything a fresh browser fetches for it, as it was packed, and how far anything on it moves while it loads."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    if path != "/":
        site.lets_in(context, there.home.id, there.home["Maja"])
    page, complaints = heard(context)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    fetched: list[float] = []
    unpacked: list[str] = []
    session.on("Network.loadingFinished", lambda done: fetched.append(done["encodedDataLength"]))
    page.on("response", lambda answer: None if _is_packed(answer) else unpacked.append(answer.url))
    page.goto(site.address + path, wait_until="networkidle")
    assert 0 < sum(fetched) <= FIRST_PAGE_BYTES
    assert unpacked == []
    assert page.evaluate(SHIFTS) == 0
    assert complaints == []
    context.close()


def _is_packed(answer: Response) -> bool:
    """Whether a sheet or a script of ours came compressed, as it was built."""
    is_text = answer.url.partition("?")[0].endswith((".css", ".js", ".svg")) and "/static/" in answer.url
    return not is_text or answer.headers.get("content-encoding") in {"br", "gzip"}


@pytest.mark.parametrize("language", ["de", "en-XA"])
def test_longer_words_stay_on_the_page(browser: Browser, site: Site, there: Furnished, language: str) -> None:
    """The pages with most on them, in German and in the made-up language, which is longer than any."""
    with site.runtime.transaction(there.home.id) as db:
        people.speak(db, there.home["Maja"], language=language)
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    site.lets_in(context, there.home.id, there.home["Maja"])
    page = context.new_page()
    for path in ("/today", "/thanks/new", "/questions", "/boundary", "/people", "/repairs/new/mine", "/settings"):
        page.goto(site.address + path)
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()
