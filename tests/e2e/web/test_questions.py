"""Every button of a question in a real browser, from both sides: the one asked, and whoever asked."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from service.asks import actions as asks
from service.asks import home as at_home
from service.asks import queries
from service.asks.rules import AskState, Mark, Said, SettledBy
from service.people.rules import Role
from service.runtime import Runtime
from tests import builders
from tests.browsing import PHONE, opened
from tests.builders import Home
from tests.e2e.web.conftest import Site
from tests.e2e.web.hands import Finger
from tests.e2e.web.test_family import holds_up
from tests.fakes import MONDAY, Clock
from tests.visitors import delivered

pytestmark = pytest.mark.browser

Opens = Callable[[Home, str], Page]


@pytest.fixture
def phone(browser: Browser, site: Site) -> Opens:
    """A phone on which somebody looks at their questions."""

    def opens(home: Home, name: str) -> Page:
        page, _ = opened(browser, site.address, viewport=PHONE)
        site.lets_in(page.context, home.id, home[name])
        page.goto(site.address + "/questions")
        return page

    return opens


def _card(page: Page, words: str) -> Locator:
    return page.get_by_role("article").filter(has_text=words)


def _tap(page: Page, words: str, name: str, then: str) -> None:
    """Press a button on the card with these words, and read what was done."""
    _card(page, words).get_by_role("button", name=re.compile(f"^{name}")).click()
    expect(page.get_by_text(then).first).to_be_visible()


def _follow(page: Page, words: str, name: str) -> None:
    """Follow a button that leads to a form."""
    with page.expect_navigation():
        _card(page, words).get_by_role("link", name=re.compile(f"^{name}")).click()


def _done(page: Page, name: str, then: str) -> None:
    """Send the form, and read what was done."""
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(then).first).to_be_visible()


def _put(runtime: Runtime, home: Home, *questions: str) -> dict[str, str]:
    """Maja asks Ben each of these; returns the asks by their words."""
    put = {}
    for number, words in enumerate(questions):
        with runtime.transaction(home.id) as db:
            now = MONDAY.replace(minute=number)
            (put[words],) = at_home.put(db, home["Maja"], home.circle, [home["Ben"]], words, now)
    return put


def test_whoever_is_asked_at_home_answers_in_every_way(
    site: Site, runtime: Runtime, clock: Clock, phone: Opens
) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Tove=Role.TEEN)
    _put(runtime, home, "Are you in on Sunday?", "Who fetches Tove?", "Can you mend the tap?", "Where is the ladder?")
    _put(runtime, home, "Cake or pie?")
    clock.move(minutes=10)
    delivered(runtime, clock)
    ben = phone(home, "Ben")
    holds_up(ben)

    _follow(ben, "Are you in on Sunday?", "Answer")
    ben.get_by_label("Your answer").fill("From noon, yes.")
    _done(ben, "Answer", "Your answer is on its way to Maja.")
    _follow(ben, "Who fetches Tove?", "Give a Day")
    ben.get_by_label("By which day?").fill("2026-03-01")
    _done(ben, "Give a Day", "That day has passed.")
    ben.get_by_label("By which day?").fill("2026-03-05")
    _done(ben, "Give a Day", "Thursday it is. This one rests until then.")
    _tap(ben, "Can you mend the tap?", "Can't Help", "No is a full answer.")
    _follow(ben, "Where is the ladder?", "Not for Me")
    ben.get_by_label("Tove").check()
    _done(ben, "Not for Me", "This one is off your list.")
    _tap(ben, "Cake or pie?", "Later", "This one rests until Tuesday.")
    expect(ben.get_by_role("article")).to_have_count(2)

    delivered(runtime, clock)
    maja = phone(home, "Maja")
    expect(_card(maja, "Who fetches Tove?")).to_contain_text("Ben gave you Thursday.")
    expect(_card(maja, "Where is the ladder?")).to_contain_text("passed on to somebody who may know")
    expect(_card(maja, "Cake or pie?")).to_contain_text("is still open")
    expect(maja.get_by_role("article")).to_have_count(3)
    tove = phone(home, "Tove")
    _tap(tove, "Where is the ladder?", "I'll Take It", "This one is on your list now.")
    maja.reload()
    expect(_card(maja, "Where is the ladder?")).to_contain_text("You asked Tove")
    clock.move(days=1)
    delivered(runtime, clock)
    maja.goto(site.address + "/inbox")
    expect(maja.get_by_text("From noon, yes.")).to_be_visible()
    expect(maja.get_by_role("heading", name="Ben will get back to you by Thursday.")).to_be_visible()


def test_whoever_asked_marks_asks_again_and_lets_go(runtime: Runtime, clock: Clock, phone: Opens) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.ADULT)
    put = _put(runtime, home, "Shall we paint?", "Who locks up?", "May we talk?", "The bus was late.", "Soup?")
    clock.move(minutes=10)
    maja = phone(home, "Maja")
    marks = ("No rush", "A reply by a day", "It is personal", "No reply needed")
    for words, mark in zip(put, marks, strict=False):
        _follow(maja, words, "How It May Wait")
        maja.get_by_label(mark).check()
        if mark == "A reply by a day":
            maja.get_by_role("button", name="Save", exact=True).click()
            expect(maja.get_by_role("alert")).to_be_visible()
            expect(maja.get_by_label(mark)).to_be_checked()
            maja.get_by_label("By which day?").fill("2026-03-06")
        _done(maja, "Save", "It waits as you said.")
    with runtime.transaction(home.id, writes=False) as db:
        kept = [found.mark for ask in put.values() if (found := queries.ask(db, ask)) is not None]
    assert kept == [Mark.NO_RUSH, Mark.REPLY_BY, Mark.PERSONAL, Mark.NO_REPLY_NEEDED, Mark.NONE]
    expect(_card(maja, "May we talk?")).to_contain_text("A call may be easier for both of you.")

    _tap(maja, "Shall we paint?", "Let It Go", "Nobody was told.")
    _follow(maja, "Soup?", "Ask Again")
    holds_up(maja)
    Finger(maja).follow("Make It Smaller")
    expect(maja.get_by_label("Your question")).to_have_value(re.compile("^One small part .*: Soup[?]$"))
    maja.get_by_label("Your question").fill("Soup today?")
    _done(maja, "Ask", "Your question is on its way.")
    delivered(runtime, clock)
    ben = phone(home, "Ben")
    expect(_card(ben, "Soup today?")).to_be_visible()
    expect(_card(ben, "May we talk?")).to_contain_text("Maja marked this as personal.")
    expect(_card(ben, "Shall we paint?")).to_have_count(0)
    expect(_card(ben, "Soup?")).to_have_count(0)


def test_what_was_asked_in_a_channel_is_seen_to_on_the_web(
    site: Site, runtime: Runtime, clock: Clock, phone: Opens
) -> None:
    team = builders.team(runtime, "Ada", "Bob", "Cy")
    builders.channel(runtime, team)
    askers = {"Ada": "could you look at the figures?", "Cy": "which key opens the store?"}
    said = [
        Said("C0HARBOUR", f"{MONDAY.timestamp() + 900 * number:.6f}", f"U{name.upper()}", words, ("UBOB",))
        for number, (name, words) in enumerate(askers.items())
    ]
    clock.move(hours=1)
    with runtime.transaction(team.id) as db:
        asks.hear(db, runtime.ears, said, clock())
    for _ in range(6):
        clock.move(hours=12)
        delivered(runtime, clock)
    cy = phone(team, "Cy")
    _follow(cy, "You asked Bob", "Ask Again")
    _done(cy, "I Asked Again", "This one is closed.")
    bob = phone(team, "Bob")
    expect(_card(bob, "Cy asked you something")).to_have_count(0)
    _follow(bob, "Ada asked you something", "Start a Repair")
    expect(bob.get_by_label("Ada")).to_be_checked()
    Finger(bob).press("Go On")
    bob.get_by_label("In your own words").first.fill("They are right.")
    Finger(bob).press("See It First")
    expect(bob.get_by_text(re.compile("^Sorry for the wait, that's on me. .* They are right.$"))).to_be_visible()
    expect(bob.get_by_text("You can copy it and send it yourself, too.")).to_be_visible()
    bob.goto(site.address + "/questions")  # nothing of it was sent
    _tap(bob, "Ada asked you something", "I Answered", "This one is closed.")
    with runtime.transaction(team.id, writes=False) as db:
        (first,) = queries.of_message(db, "C0HARBOUR", said[0].ts)
    assert (first.state, first.settled_by) == (AskState.SETTLED, SettledBy.TAP)
    clock.move(minutes=1)
    again = Said("C0HARBOUR", f"{clock().timestamp():.6f}", "UADA", "could you send the list?", ("UBOB",))
    with runtime.transaction(team.id) as db:
        asks.hear(db, runtime.ears, [again], clock())
    for _ in range(4):
        clock.move(hours=12)
        delivered(runtime, clock)
    bob.reload()
    _tap(bob, "Ada asked you something", "Not an Ask", "we will read such messages differently")
    with runtime.transaction(team.id, writes=False) as db:
        (second,) = queries.of_message(db, "C0HARBOUR", again.ts)
    assert second.state is AskState.NOT_AN_ASK
