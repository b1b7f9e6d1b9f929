"""Every page there is, drawn from the demo to be looked at; git keeps none of it."""

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path
from typing import Any, Final

from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule

from service.demo import casting
from tests import browsing
from tests.browsing import DESK, PHONE, unrolled
from tests.e2e.demo.pictures import THEMES
from tests.e2e.demo.visiting import links
from tests.e2e.web import examples
from tests.e2e.web.hands import Finger

FOLDER: Final = Path(__file__).parents[3] / ".pictures"
NOBODY: Final = ""
"""Whoever is not signed in."""
FIRST: Final = ("amara", "ines")
"""Who is asked for a page before everybody else: they began the home and the team, and see most."""
MOST_EXAMPLES: Final = 12
"""How many pages of one kind a person opens to find what they lead to."""
BY_NAME: Final = "/passkeys/new"
"""A page that is there under an address with a name alone, as the demo has here."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page, and by whom it is seen."""

    path: str
    who: str


class Visit:
    """Everybody of the demo, each signed in on a device of their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        keys = [figure.key for _, cast in casting.HOMES for figure in cast]
        self.people = (NOBODY, *FIRST, *(key for key in keys if key not in FIRST))
        self._devices = {key: browser.new_context(base_url=address) for key in self.people}
        for key in self.people[1:]:
            assert self._devices[key].request.get(f"/demo/as/{key}").ok

    def prepared(self) -> dict[str, Seen]:
        """Do what the demo leaves to whoever tries it, and hand back the pages that are there only afterwards."""
        who = FIRST[0]
        page = self._devices[who].new_page()
        hand = Finger(page)
        page.goto("/people")
        hand.press("Leave It to the Household")
        page.goto("/invite")
        hand.press("Make a Link")
        link = re.search(r"/join/[\w.~-]+", page.content())
        page.goto("/thanks/new")
        hand.choose("checkbox", "Daniel")
        hand.fill("What did they do?", "You took the bins out in the rain.")
        hand.press("See It First")
        hand.press("Send Thanks")
        given = page.url.removeprefix(self._address)
        page.goto("/repairs/new/mine")
        hand.choose("radio", "Daniel")
        hand.choose("radio", "A message left waiting")
        hand.press("Go On")
        page.get_by_label("In your own words").first.fill("Sunday works.")
        hand.press("See It First")
        hand.press("Send It")
        repair = page.url.removeprefix(self._address)
        browsing.with_passkeys(page)
        page.goto(BY_NAME)
        hand.press("Add a Passkey")
        page.get_by_role("link", name="Change").click()
        passkey = page.url.removeprefix(self._address)
        page.close()
        assert link is not None
        return {
            "/join/<token>": Seen(link[0], NOBODY),
            "/passkeys/<passkey>": Seen(passkey, who),
            BY_NAME: Seen(BY_NAME, who),
            "/repairs/<repair>": Seen(repair, who),
            "/thanks/<appreciation>/edit": Seen(f"{given}/edit", who),
        }

    def opened(self, one: Seen) -> tuple[int, str]:
        """What a page answers, which leads nowhere else, and what it says."""
        answer = self._devices[one.who].request.get(one.path, max_redirects=0)
        return answer.status, answer.text() if "text/html" in answer.headers.get("content-type", "") else ""

    def device(self, who: str, **how: Any) -> BrowserContext:
        """Another device of the same person."""
        kept = self._devices[who].storage_state()
        return self._browser.new_context(base_url=self._address, storage_state=kept, reduced_motion="reduce", **how)


def found(app: Flask, visit: Visit) -> list[Seen]:
    """Every page of ours, and somebody of the demo who sees it; fails where nobody does."""
    wanted = [rule for rule, _ in examples.rules(app)]
    met = {**visit.prepared(), "/sign-in/<token>": Seen("/sign-in/none", NOBODY)}
    for who in visit.people:
        for rule in wanted:
            one = Seen(rule.rule, who)
            if not rule.arguments and rule.rule not in met and visit.opened(one)[0] == 200:
                met[rule.rule] = one
        if not all(rule.rule in met for rule in wanted):
            met = {**dict(_walked(app, visit, who, (rule.rule for rule in wanted if not rule.arguments))), **met}
    unseen = [rule.rule for rule in wanted if rule.rule not in met]
    assert unseen == [], f"pages that nobody of the demo sees: {unseen}"
    return [met[BY_NAME], *(met[rule.rule] for rule in wanted)]


def _walked(app: Flask, visit: Visit, who: str, begins: Iterable[str]) -> Iterator[tuple[str, Seen]]:
    """The pages that take an id and that somebody comes to by links, by the rules they follow."""
    addresses = app.url_map.bind("")
    waiting, visits = list(begins), Counter[str]()
    for path in waiting:
        rule = _rule(addresses, path)
        if rule is None or visits[rule.rule] >= (MOST_EXAMPLES if rule.arguments else 1):
            continue
        visits[rule.rule] += 1
        status, shown = visit.opened(Seen(path, who))
        if status == 200:
            if rule.arguments:
                yield rule.rule, Seen(path, who)
            waiting += sorted(links(shown) - set(waiting))


def _rule(addresses: Any, path: str) -> Rule | None:
    try:
        rule, _ = addresses.match(path.partition("?")[0], method="GET", return_rule=True)
    except (HTTPException, RequestRedirect):
        return None
    return rule if isinstance(rule, Rule) else None


def draw(visit: Visit, pages: list[Seen]) -> list[str]:
    """Draw each page at each width, by day and by night, with a page that shows them all; returns what went wrong."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    wrong = []
    for viewport, theme in product((PHONE, DESK), THEMES):
        for who in visit.people:
            context = visit.device(who, viewport=viewport, color_scheme=theme)
            page = context.new_page()
            for one in (each for each in pages if each.who == who):
                page.set_viewport_size(viewport)  # type: ignore[arg-type]  # its two sides
                answer = page.goto(one.path)
                if answer is None or answer.status != 200:
                    wrong.append(f"{one.path} for {who or 'nobody'}: {answer and answer.status}")
                if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
                    wrong.append(f"{one.path} is wider than {viewport['width']}")
                page.evaluate("document.querySelector('.banner-demo')?.remove()")
                unrolled(page, viewport).screenshot(path=FOLDER / _name(one, viewport, theme), animations="disabled")
            context.close()
    (FOLDER / "index.html").write_text(_index(pages))
    return wrong


def _name(one: Seen, viewport: Mapping[str, int], theme: str) -> str:
    name = "-".join(part[:24] for part in one.path.partition("?")[0].strip("/").split("/")) or "first"
    return f"{name}-{viewport['width']}-{theme}.png"


def _index(pages: list[Seen]) -> str:
    parts = ["<!doctype html><meta charset=utf-8><title>Every page</title><h1>Every page</h1>"]
    for one in pages:
        parts.append(f"<h2>{escape(one.path)}</h2><p>{escape(one.who) or 'not signed in'}</p>")
        parts += [
            f'<img loading=lazy src="{_name(one, viewport, theme)}" width="{viewport["width"] // 2}" alt="">'
            for viewport, theme in product((PHONE, DESK), THEMES)
        ]
    return "\n".join(parts) + "\n"
