"""The demo as somebody starts it who has just cloned the repository: one command, real processes."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests import processes
from tests.conftest import CHROMIUM
from tests.e2e.demo.visiting import Demo, Visitor

READY = "Everybody here is made up."


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`goldseam demo`, begun anew for the tests of one file."""
    folder = tmp_path_factory.mktemp("demo")
    port = str(processes.free_port())
    address = f"http://localhost:{port}"  # browsers keep passkeys for a name alone
    environment = {"STATE_DIR": str(folder), "PORT": port, "PUBLIC_URL": address, "TZ": "Europe/Berlin"}
    started = time.monotonic()
    with processes.running("demo", environment, folder / "log") as process:
        processes.until(lambda: process.status is not None or processes.answers(f"{address}/"), what="the first page")
        home_after_s = time.monotonic() - started
        process.until_it_says(READY)
        yield Demo(address, process, home_after_s)
        assert process.stop() == 0, process.said


@pytest.fixture
def visitor(demo: Demo) -> Visitor:
    """Somebody who visits it without scripts."""
    return Visitor(demo.address)


@pytest.fixture
def page(demo: Demo) -> Iterator[Page]:
    """A page of a real browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(base_url=demo.address)
        browser.close()
