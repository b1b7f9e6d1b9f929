"""For those who lead: the weekly list, quiet time, and how it goes in a circle; each only for whom it is meant."""

import re
from datetime import date

import msgspec
import pytest

from service import jobs
from service.efforts import actions as efforts
from service.efforts.rules import EffortKind
from service.insights.models import Insight
from service.insights.rules import Burden, Measure, Silence, Thanked, Waits
from service.people import actions as people
from service.people import queries
from service.people.rules import Role
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.visitors import signed_in

NAMES = ("Ada", "Ben", "Cleo", "Dora", "Eve", "Finn")


@pytest.fixture
def harbour(runtime: Runtime) -> Home:
    made = builders.team(runtime, *NAMES)
    builders.always_open(runtime, made)
    return made


def reckoned(runtime: Runtime, home: Home, measure: Measure, said: Thanked | Waits | Burden | Silence) -> None:
    figures = {} if isinstance(said, Silence) else msgspec.to_builtins(said, str_keys=True)
    with runtime.transaction(home.id) as db:
        db.add(
            Insight(
                circle_id=home.circle,
                measure=measure,
                begins_on=date(2026, 1, 1),
                ends_on=date(2026, 2, 1),
                silence=said if isinstance(said, Silence) else None,
                figures=figures,
                written_at=MONDAY,
            )
        )


def cells(page: str, chart: str) -> list[str]:
    """The numbers beside one chart."""
    (figure,) = re.findall(rf'<figure[^>]*id="chart-{chart}".*?</figure>', page, re.DOTALL)
    return re.findall(r"<td[^>]*>(.*?)</td>", figure)


def test_a_chart_says_the_same_in_numbers_and_how_they_are_reckoned(runtime: Runtime, harbour: Home) -> None:
    reckoned(runtime, harbour, Measure.THANKED, Thanked(6, 55, 20))
    reckoned(runtime, harbour, Measure.ANSWERED, Waits({1: 2, 4: 6}, {42: 2}, 2, 10))
    reckoned(runtime, harbour, Measure.BURDEN, Silence.TOO_ALIKE)
    page = signed_in(runtime, harbour.id, harbour["Ada"]).opens("/insights")
    assert cells(page, "thanked") == ["55 %", "20 %"]
    assert cells(page, "answered") == ["4 working hours", "20 %"]
    assert cells(page, "burden") == [
        "Another circle here has nearly the same people. Side by side, the two could tell about one of them."
    ]
    assert "within 7 days" in page
    assert "Kaplan–Meier" in page
    assert "<desc" in page
    assert not [name for name in NAMES[1:] if name in page]


def test_an_empty_page_teaches(runtime: Runtime, harbour: Home) -> None:
    ada = signed_in(runtime, harbour.id, harbour["Ada"])
    assert "The first whole month comes about Sunday 10 May" in ada.opens("/insights")
    alone = builders.team(runtime, "Olu", "Pia")
    page = signed_in(runtime, alone.id, alone["Olu"]).opens("/insights")
    assert "Fewer than 5 people have joined this circle" in page


def test_only_those_the_policy_names_may_look(runtime: Runtime, harbour: Home) -> None:
    family = builders.family(runtime, Maja=Role.ADULT, Kim=Role.CHILD, Ruth=Role.RELATIVE)
    with runtime.transaction(harbour.id) as db:
        other = people.make_circle(db, "Other", MONDAY, leads=[harbour["Eve"]], members=[harbour["Finn"]])

    def status(home: Home, name: str, path: str) -> int:
        client = signed_in(runtime, home.id, home[name]).client
        return client.get(path, headers={"Accept": "text/html"}).status_code

    insights, foreign = f"/insights/{harbour.circle}", f"/insights/{other}"
    assert [status(harbour, name, insights) for name in ("Ada", "Ben")] == [200, 200]
    assert [status(harbour, name, foreign) for name in ("Ada", "Eve", "Finn", "Ben")] == [200, 200, 200, 404]
    assert status(family, "Maja", insights) == 404
    assert [status(family, name, f"/insights/{family.circle}") for name in ("Maja", "Kim", "Ruth")] == [200, 403, 403]
    assert [status(harbour, name, "/digest") for name in ("Ada", "Ben")] == [200, 403]
    assert [status(harbour, name, f"/circles/{other}") for name in ("Ada", "Eve", "Finn")] == [200, 200, 403]
    assert [status(family, name, "/digest") for name in ("Maja", "Kim")] == [200, 403]
    assert [status(harbour, name, "/insights/nowhere") for name in ("Ada", "Ben")] == [404, 404]


def worked(runtime: Runtime, home: Home, name: str, words: str) -> None:
    with runtime.transaction(home.id) as db:
        efforts.note(db, home["Finn"], home[name], words, runtime.now(), kind=EffortKind.COVER)


def test_a_lead_reads_the_list_on_the_web_and_acts_on_it(runtime: Runtime, harbour: Home, clock: Clock) -> None:
    ada = signed_in(runtime, harbour.id, harbour["Ada"])
    assert "Nothing waits for a word" in ada.opens("/digest")
    for _ in range(3 * 7 * 2):
        if clock.at.date() == date(2026, 3, 10):
            worked(runtime, harbour, "Ben", "took the late boat")
            worked(runtime, harbour, "Cleo", "kept the harbour open")
        jobs.walk(runtime, [])
        clock.move(hours=12)
    ada = signed_in(runtime, harbour.id, harbour["Ada"])
    page = ada.opens("/digest")
    assert "took the late boat" in page
    assert "At most three are named a week" in page
    assert "weight: 3 for a note" in page
    actions = re.findall(r'action="(/nudges/[a-z2-7]{16}/already)"', page)
    hidden = dict(re.findall(r'name="(member|effort)" value="([^"]+)"', page))
    left = ada.does(actions[0], {**{name: [value] for name, value in hidden.items()}, "back": ["/digest"]})
    assert "This one is off the list" in left


def test_a_lead_chooses_when_the_list_comes(runtime: Runtime, harbour: Home, clock: Clock) -> None:
    clock.move(days=3)
    jobs.notice_unthanked(runtime)
    ada = signed_in(runtime, harbour.id, harbour["Ada"])
    typed = {"weekday": ["1"], "at": ["08:30"], "wish": ["monthly"]}
    page = ada.does(f"/digest/{harbour.circle}", typed)
    assert 'value="1" selected' in page
    assert 'value="08:30"' in page
    assert re.search(r'value="monthly"[^>]*checked', page)
    for name, value in (("weekday", "9"), ("at", "soon"), ("wish", "daily")):
        refused = ada.is_refused(f"/digest/{harbour.circle}", {**typed, name: [value]})
        assert 'role="alert"' in refused


def test_quiet_time_is_set_said_undone_and_needs_no_reason(runtime: Runtime, harbour: Home) -> None:
    ada = signed_in(runtime, harbour.id, harbour["Ada"])
    at = f"/circles/{harbour.circle}"
    page = ada.does(f"{at}/quiet", {"until": ["2026-03-20"]})
    assert "This circle is quiet until" in page

    def quiet() -> bool:
        with runtime.transaction(harbour.id, writes=False) as db:
            card = queries.circle(db, harbour.circle)
        return card is not None and card.quiet_until is not None

    assert quiet()
    for until in ("2026-03-02", "2028-01-01", "0001-01-01", "soon"):
        assert f'value="{until}"' in ada.is_refused(f"{at}/quiet", {"until": [until]})
    ada.does(f"{at}/quiet", {"until": [""]})
    assert not quiet()


def test_what_is_kept_about_me_can_be_read(runtime: Runtime, harbour: Home) -> None:
    worked(runtime, harbour, "Ada", "took the late boat")
    page = signed_in(runtime, harbour.id, harbour["Ada"]).opens("/kept")
    assert "Work of yours that was noticed: 1 entry" in page
    assert "took the late boat" in page
    assert "Monday, 10:00" in page
    assert "T10:00:00" not in page
    assert not [member for member in harbour if member in page]
