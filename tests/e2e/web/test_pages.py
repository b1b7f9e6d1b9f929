"""Every page in a real browser: it shuts nobody out, whatever the width and the look."""

from datetime import date
from itertools import cycle, product

import msgspec
import pytest
from playwright.sync_api import Browser

from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft, Sharing
from service.asks import home as questions
from service.db import Session
from service.insights.models import Insight
from service.insights.rules import Burden, Figures, Measure, Silence, Thanked, Waits
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people
from service.people.rules import Role, ThanksWish
from service.repairs import actions as repairs
from service.repairs.rules import Direction
from service.repairs.rules import Draft as Repair
from service.runtime import Runtime
from service.ruptures import Rupture
from tests.browsing import DESK, PHONE, SMALL_TARGETS, heard, unrolled, violations
from tests.builders import Home, always_open, family
from tests.e2e.web.conftest import Site
from tests.fakes import MONDAY, Clock
from tests.visitors import delivered

pytestmark = pytest.mark.browser

OF_VISITORS = ("/", "/start/family", "/start/team", "/sign-in", "/sign-in/code", "/sign-in/none", "/nowhere")
OF_MEMBERS = (
    *("/today", "/inbox", "/questions", "/thanks", "/thanks/new", "/keepsakes", "/given", "/people", "/cards"),
    *("/suggestions", "/repairs", "/repairs/new/mine", "/repairs/new/hurt", "/repairs/new/saw", "/moments", "/days"),
    *(
        "/boundary",
        "/settings",
        "/sessions",
        "/invite",
        "/join",
        "/join/choose",
        "/kept",
        "/leave",
        "/insights",
        "/digest",
        "/attention",
        "/circles",
    ),
)
LOOKS = tuple(product((PHONE, DESK), ("light", "dark")))
ROTATED = [(path, *look) for path, look in zip((*OF_VISITORS, *OF_MEMBERS), cycle(LOOKS), strict=False)]
ALL = [(path, *look) for path in (*OF_VISITORS, *OF_MEMBERS) for look in LOOKS]


@pytest.fixture
def home(runtime: Runtime, clock: Clock) -> Home:
    """A family with one of everything."""
    home = family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Theo=Role.TEEN, Kim=Role.CHILD)
    always_open(runtime, home)
    maja, ben, now = home["Maja"], home["Ben"], runtime.now()
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, maja, thanks_wish=ThanksWish.CIRCLE, raise_with_me="Write first.")
        questions.put(db, ben, home.circle, [maja], "Are you free on Sunday?", now)
        questions.put(db, maja, home.circle, [ben], "Can you pick Kim up?", now)
        said = Draft(ben, (maja,), "You waited up.", "I slept.", sharing=Sharing.CIRCLE, circle=home.circle)
        appreciations.give(db, said, now)
        appreciations.give(db, Draft(maja, (home["Kim"],), "You set the table."), now)
        repairs.send(db, Repair(ben, maja, Direction.MINE, Rupture.SHARP_TONE, words="I was short with you."), now)
        occasions.add(db, maja, home.circle, OccasionKind.BIRTHDAY, Day(3, 9), now, of=ben)
        for figures in (Thanked(5, 60, 25), Waits({1: 4, 5: 3}, {9: 2}, 2, 9), Burden(150, 31, 0, 5, 0)):
            _reckoned(db, home, figures)
        moments.note(db, runtime.keyring, maja, Moment(Rupture.LEFT_OUT, ben, "The plan for the weekend"), now)
    delivered(runtime, clock)
    return home


def _reckoned(db: Session, home: Home, figures: Figures) -> None:
    """What January came to, and why there is nothing to say of December."""
    measure = {Thanked: Measure.THANKED, Waits: Measure.ANSWERED, Burden: Measure.BURDEN}[type(figures)]
    kept = {"circle_id": home.circle, "measure": measure, "written_at": MONDAY}
    first, next_month = date(2026, 1, 1), date(2026, 2, 1)
    said = msgspec.to_builtins(figures, str_keys=True)
    db.add(Insight(**kept, begins_on=date(2025, 12, 1), ends_on=first, silence=Silence.TOO_FEW, figures={}))
    db.add(Insight(**kept, begins_on=first, ends_on=next_month, figures=said))


def test_no_page_shuts_anybody_out(browser: Browser, site: Site, home: Home) -> None:
    _hold(browser, site, home, ROTATED)


@pytest.mark.soak
def test_no_page_shuts_anybody_out_in_any_look(browser: Browser, site: Site, home: Home) -> None:
    _hold(browser, site, home, ALL)


def _hold(browser: Browser, site: Site, home: Home, tried: list[tuple[str, dict[str, int], str]]) -> None:
    found = []
    for path, viewport, scheme in tried:
        context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
        if path in OF_MEMBERS:
            site.lets_in(context, home.id, home["Maja"])
        page, complaints = heard(context)
        page.goto(site.address + path)
        for disclosure in page.locator("details > summary").all():
            disclosure.click()
        faults = [*violations(unrolled(page, viewport)), *page.evaluate(SMALL_TARGETS)]
        if page.evaluate("document.documentElement.scrollWidth") > viewport["width"]:
            faults.append("wider than the screen")
        if path != "/nowhere":
            faults += complaints
        found += [f"{path} {viewport['width']} {scheme}: {fault}" for fault in faults]
        context.close()
    assert found == []


def test_text_at_twice_its_size_stays_on_the_page(browser: Browser, site: Site, home: Home) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    site.lets_in(context, home.id, home["Maja"])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for path in ("/today", "/thanks/new", "/questions", "/boundary", "/people", "/repairs/new/mine", "/settings"):
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert violations(unrolled(page, PHONE)) == [], path
    context.close()
