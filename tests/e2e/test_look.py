"""The living style page in a real browser: every piece, both themes, phone and desk."""

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, redirect
from flask_wtf import CSRFProtect
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from service.web import living, look, problems, security
from tests import browsing
from tests.browsing import CHROMIUM, DESK, PHONE, QUIET, SMALL_TARGETS, opened, violations

pytestmark = pytest.mark.browser

BUDGET = 45_000
"""Bytes of files a first page may transfer: of 60 kB, the rest is left to the page itself."""

SHIFT = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 500))"""
WEIGHT = """() => performance.getEntriesByType("resource").reduce((sum, entry) => sum + entry.transferSize, 0)"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = Flask("service.web", static_folder=None)
    app.secret_key = "made up for tests"
    settings = SimpleNamespace(public_url="http://127.0.0.1")
    CSRFProtect(app)
    security.guard(app, settings)
    look.dress(app, settings)
    problems.plug(app)
    living.show(app)
    app.add_url_rule("/pressed", view_func=lambda: redirect("/look?pressed", 303), methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    if not browsing.is_built():
        pytest.skip("the assets are not built; `make assets` builds them")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["/look", "/look?language=ar", "/nowhere"])
def test_no_piece_shuts_anybody_out(
    browser: Browser, address: str, path: str, viewport: dict[str, int], scheme: str
) -> None:
    page, complaints = opened(browser, address + path, viewport=viewport, color_scheme=scheme)
    for disclosure in page.locator("details > summary").all():
        disclosure.click()
    assert violations(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    if path != "/nowhere":
        assert complaints == []
    page.context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_text_at_twice_its_size_stays_on_the_page(browser: Browser, address: str, viewport: dict[str, int]) -> None:
    page, _ = opened(browser, address + "/look", viewport=viewport)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_first_page_is_light_and_stands_still(browser: Browser, address: str, viewport: dict[str, int]) -> None:
    page, _ = opened(browser, address + "/look", viewport=viewport)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0
    assert 0 < page.evaluate(WEIGHT) <= BUDGET
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "plain"])
def test_the_theme_changes_with_and_without_scripts(browser: Browser, address: str, *, scripts: bool) -> None:
    page, complaints = opened(
        browser, address + "/look", viewport=PHONE, color_scheme="light", java_script_enabled=scripts
    )
    ground = "getComputedStyle(document.body).backgroundColor"
    session = page.context.new_cdp_session(page)

    def colour() -> str:
        return str(session.send("Runtime.evaluate", {"expression": ground})["result"]["value"])

    assert colour() == "rgb(232, 237, 231)"
    with page.expect_response("**/theme"):
        page.get_by_role("button", name="Dark", exact=True).click()
    page.wait_for_load_state()
    assert colour() == "rgb(18, 23, 22)"
    page.reload()
    assert colour() == "rgb(18, 23, 22)"
    assert page.get_by_role("button", name="Dark", exact=True).get_attribute("aria-pressed") == "true"
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripted", "plain"])
def test_a_press_leads_to_the_next_page_and_with_scripts_stays_in_place(
    browser: Browser, address: str, *, scripts: bool
) -> None:
    page, complaints = opened(browser, address + "/look", viewport=PHONE, java_script_enabled=scripts)
    session = page.context.new_cdp_session(page)

    def ask(expression: str) -> Any:
        return session.send("Runtime.evaluate", {"expression": expression})["result"].get("value")

    ask("document.kept = true; document.querySelector('.notices form').action = '/pressed'; 0")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Take It Back").click()
    page.wait_for_url("**/look?pressed")
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", name="Waiting for you", exact=True).is_visible()
    assert bool(ask("document.kept")) is scripts
    assert complaints == []
    page.context.close()


def test_a_long_list_of_people_narrows_and_keeps_who_is_chosen(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "/look", viewport=PHONE)
    page.get_by_role("searchbox").fill("zoe")
    shown = page.locator("#to .choice:visible .choice-label").all_inner_texts()
    assert shown == ["Jonas Wendt", "Zoë Maré-Castellanos"]
    page.context.close()


def test_the_first_tab_skips_to_the_page(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "/look", viewport=PHONE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"
    page.context.close()


def test_paper_is_white_and_has_no_buttons(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "/look", viewport=DESK, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 36, 34)"
    assert page.locator(".ways:visible, .actions:visible, .foot:visible, .notices:visible").count() == 0
    assert page.locator(".keepsake").is_visible()
    page.context.close()


def test_nothing_moves_for_whoever_asked_for_stillness(browser: Browser, address: str) -> None:
    page, _ = opened(browser, address + "/look", viewport=PHONE, reduced_motion="reduce")
    moving = "[...document.getAnimations()].filter(a => a.effect.getComputedTiming().duration > 1).length"
    assert page.evaluate(moving) == 0
    page.context.close()
