"""A real browser for tests: how it is started, and what any page must hold in it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from service.web import assets

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
VIOLATIONS = """async () => (await axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).join(", ")}`)"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, select, input, label.choice")]
  .filter(e => !e.closest(".choice *, .problems, [hidden], .skip") && e.checkVisibility() && e.type !== "hidden")
  .filter(e => getComputedStyle(e).display !== "inline")
  .map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


def is_built() -> bool:
    """Whether the pages' own files are built, and axe is there."""
    return AXE.exists() and assets.shelf().built


def opened(browser: Browser, url: str, **how: Any) -> tuple[Page, list[str]]:
    """A page of a fresh device, with what its console complained about."""
    # axe is put into the page by the test, which the policy would rightly refuse.
    page, complaints = heard(browser.new_context(**how))
    page.goto(url)
    return page, complaints


PASSING = "Transition was aborted"
"""What Chromium says of itself when a page is left while it fades in; nothing on the page is wrong."""


def heard(context: BrowserContext) -> tuple[Page, list[str]]:
    """A new page, with what its console complains about."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)) if PASSING not in str(error) else None)
    return page, complaints


def with_passkeys(page: Page) -> tuple[CDPSession, str]:
    """Put a device behind a page that keeps passkeys and knows its holder; returns the line to it, and its name."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    made = line.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return line, made["authenticatorId"]


def unrolled(page: Page, viewport: dict[str, int]) -> Page:
    """A page on a screen as high as itself, where nothing lies below the rooms at its foot for want of scrolling."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": viewport["width"], "height": max(height, viewport["height"])})
    return page


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(VIOLATIONS)
    return found
