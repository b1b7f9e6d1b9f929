"""Days brought from a file, and a private address that shows what its owner may see, and no more."""

import re
from io import BytesIO

import pytest

from service.occasions import actions as occasions
from service.occasions import queries
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people
from service.people.rules import Role
from service.runtime import Runtime
from tests.builders import Home, family, team
from tests.unit.calendar.test_payloads import file
from tests.visitors import HTML, Visitor, signed_in, visitor

OMA = "UID:oma|SUMMARY:Oma Inge|DTSTART;VALUE=DATE:19480229|RRULE:FREQ=YEARLY|CATEGORIES:BIRTHDAY"
MOVING = "UID:move|SUMMARY:Moving day|DTSTART;VALUE=DATE:20260310"


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Theo=Role.TEEN, Kim=Role.CHILD)


@pytest.fixture
def maja(runtime: Runtime, home: Home) -> Visitor:
    return signed_in(runtime, home.id, home["Maja"])


def looks(somebody: Visitor, content: bytes, status: int = 200) -> str:
    token = re.search(r'name="csrf_token" value="([^"]+)"', somebody.opens("/days/calendar"))
    assert token is not None
    fields = {"csrf_token": token[1], "file": (BytesIO(content), "days.ics")}
    answer = somebody.client.post("/days/calendar/look", data=fields, headers=HTML)
    assert answer.status_code == status
    return answer.text


def fields_of(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(\w+-\d+)" value="([^"]*)"', page))


def test_days_are_looked_at_first_and_kept_once(runtime: Runtime, home: Home, maja: Visitor) -> None:
    page = looks(maja, file(OMA, MOVING, "UID:d|SUMMARY:Dentist|DTSTART:20260310T090000Z"))
    assert "Oma Inge" in page
    assert "Dentist" not in page
    assert "1 entry was left out" in page
    with runtime.transaction(home.id) as db:
        assert queries.seen_by(db, home["Maja"], [home.circle]) == []
    rows = fields_of(page)
    assert "Choose one of those on offer" in maja.is_refused("/days/calendar/keep", {**rows, "kind": "milestone"})
    for _ in range(2):
        maja.does("/days/calendar/keep", {**rows, "take": ["0", "1"], "kind": "milestone"})
    with runtime.transaction(home.id) as db:
        cards = queries.seen_by(db, home["Maja"], [home.circle])
    assert sorted((card.name, card.kind, card.yearly) for card in cards) == [
        ("Moving day", OccasionKind.MILESTONE, False),
        ("Oma Inge", OccasionKind.BIRTHDAY, True),
    ]


def test_a_file_that_cannot_be_read_is_refused_in_words(maja: Visitor) -> None:
    for content in (b"", b"hello", b"BEGIN:VCALENDAR\r\n"):
        assert "could not be read" in looks(maja, content, status=422)


def test_at_work_days_from_a_file_are_ones_own(runtime: Runtime) -> None:
    home = team(runtime, "Ada", "Ben")
    for name in ("Ada", "Ben"):
        somebody = signed_in(runtime, home.id, home[name])
        somebody.does("/days/calendar/keep", {**fields_of(looks(somebody, file(OMA))), "take": ["0"], "kind": ""})
    with runtime.transaction(home.id) as db:
        cards = queries.seen_by(db, home["Ada"], [home.circle])
    assert {(card.member, card.title) for card in cards} == {(home["Ada"], "Oma Inge"), (home["Ben"], "Oma Inge")}


def address_of(somebody: Visitor) -> str:
    page = somebody.does("/days/calendar/open")
    return str(re.findall(r"(/calendar/\w+\.ics)", page)[0])


def test_an_address_shows_what_its_owner_sees_until_it_is_closed(runtime: Runtime, home: Home, maja: Visitor) -> None:
    now = runtime.now()
    with runtime.transaction(home.id) as db:
        occasions.add(db, home["Maja"], home.circle, OccasionKind.BIRTHDAY, Day(3, 9), now, of=home["Ben"])
        hidden = occasions.add(db, home["Maja"], home.circle, OccasionKind.MILESTONE, Day(4, 1), now, of=home["Theo"])
        occasions.hide(db, home["Theo"], hidden, hidden=True)
        unwanted = occasions.add(db, home["Maja"], home.circle, OccasionKind.HARD_DAY, Day(5, 1), now, name="Ole")
        occasions.want(db, home["Maja"], unwanted, wants=False)
    other = family(runtime, Zoe=Role.ADULT)
    with runtime.transaction(other.id) as db:
        occasions.add(db, other["Zoe"], other.circle, OccasionKind.BIRTHDAY, Day(3, 9), now, of=other["Zoe"])
    path = address_of(maja)
    assert path not in maja.opens("/days/calendar")  # shown once
    stranger = visitor(runtime).client
    answer = stranger.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "Ben · Birthday" in answer.text
    for absent in ("Theo", "Ole", "Zoe"):
        assert absent not in answer.text
    newer = address_of(maja)
    assert [stranger.get(one).status_code for one in (path, newer)] == [404, 200]
    unknown = stranger.get("/calendar/unknown.ics")
    assert (unknown.status_code, unknown.text) == (404, stranger.get(path).text)
    maja.does("/days/calendar/close")
    assert stranger.get(newer).status_code == 404


def test_an_address_shows_nothing_once_its_owner_is_gone(runtime: Runtime, home: Home) -> None:
    ben = signed_in(runtime, home.id, home["Ben"])
    path, stranger = address_of(ben), visitor(runtime).client
    assert stranger.get(path).status_code == 200
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Ben"])
    assert stranger.get(path).status_code == 404


def test_the_secret_is_not_kept(runtime: Runtime, home: Home, maja: Visitor) -> None:
    secret = address_of(maja).removeprefix("/calendar/").removesuffix(".ics")
    with runtime.housekeeping() as db:
        assert queries.feed_of(db, secret) == (home.id, home["Maja"])
        held = db.connection().exec_driver_sql("SELECT hash FROM occasion_feed").scalars().all()
    assert len(held) == 1
    assert secret not in held[0]


def test_children_have_no_address(runtime: Runtime, home: Home) -> None:
    kim = signed_in(runtime, home.id, home["Kim"])
    kim.opens("/days/calendar", status=404)
    kim.is_refused("/days/calendar/open", status=404)
