"""Ways in: founding, links that work once, codes, invitations, fresh sign-ins, and leaving."""

import re

import pytest

from service.access import actions as access
from service.access import posting
from service.access.postman import Ready
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import IdentityKind, Joined, Role
from service.runtime import Runtime
from service.web import unsent
from service.wording import access as words
from service.wording.voice import Voice
from tests.builders import Home, family, team
from tests.fakes import Clock
from tests.visitors import HTML, bare, signed_in, visitor

ADDRESS = "maja@example.org"
VOICE = Voice()


class Postman:
    """Keeps the letters it is given."""

    def __init__(self) -> None:
        self.letters: list[Ready] = []

    def send(self, letter: Ready) -> None:
        self.letters.append(letter)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Kim=Role.CHILD)
    with runtime.transaction(home.id) as db:
        people_acts.identify(db, home["Maja"], IdentityKind.MAIL, ADDRESS, runtime.now())
    return home


def letters(runtime: Runtime) -> list[Ready]:
    postman = Postman()
    posting.deliver_letters(runtime.housekeeping, runtime.keyring, postman, runtime.now())
    return postman.letters


def test_founding_signs_in_and_leads_to_inviting(runtime: Runtime) -> None:
    somebody = visitor(runtime)
    fields = {"name": "The Lindgrens", "founder": "Maja", "address": "", "zone": "Europe/Stockholm"}
    page = somebody.does("/start/family", fields)
    assert "The Lindgrens" in page
    assert "Hello, Maja" in somebody.opens("/today")
    with runtime.housekeeping() as db:
        homes = people.workspaces(db)
        db.enter(homes[0].id)
        (maja,) = people.everybody(db)
        assert (homes[0].zone, maja.role, maja.is_owner, maja.joined) == (
            "Europe/Stockholm", Role.ADULT, True, Joined.WHOLE,
        )  # fmt: skip


def test_a_founder_who_slips_loses_nothing(runtime: Runtime) -> None:
    fields = {"name": "The Lindgrens", "founder": "", "address": "not an address", "zone": "Europe/Stockholm"}
    page = visitor(runtime).is_refused("/start/family", fields)
    assert 'value="The Lindgrens"' in page
    assert 'href="#founder"' in page
    with runtime.housekeeping() as db:
        assert people.workspaces(db) == []


def test_a_link_shows_a_button_and_works_once(runtime: Runtime, home: Home) -> None:
    somebody = visitor(runtime)
    somebody.does("/sign-in", {"address": ADDRESS})
    (letter,) = letters(runtime)
    other = visitor(runtime)
    for _ in range(3):  # programs that look at mail open links by themselves
        assert words.one_press(VOICE) in other.opens(letter.words.path)
        assert other.client.head(letter.words.path, headers=HTML).status_code == 200
    assert "Hello, Maja" in other.does(letter.words.path)
    assert words.link_used_up(VOICE) in visitor(runtime).is_refused(letter.words.path)


def test_the_answer_is_the_same_for_an_address_nobody_has(runtime: Runtime, home: Home) -> None:
    known, unknown = visitor(runtime), visitor(runtime)
    pages = [known.does("/sign-in", {"address": ADDRESS}), unknown.does("/sign-in", {"address": "x@example.org"})]
    assert bare(pages[0]) == bare(pages[1])
    assert len(letters(runtime)) == 1


def test_a_code_works_in_the_browser_that_asked_and_no_other(runtime: Runtime, home: Home) -> None:
    asked, other = visitor(runtime), visitor(runtime)
    asked.does("/sign-in", {"address": ADDRESS})
    code = letters(runtime)[0].words.code
    assert code is not None
    other.is_refused("/sign-in/code", {"code": code})
    assert words.code_wrong(VOICE) in asked.is_refused("/sign-in/code", {"code": "0000 0000"})
    assert "Hello, Maja" in asked.does("/sign-in/code", {"code": f" {code[:4]} {code[4:]} "})


def test_a_session_that_is_ended_elsewhere_is_over(runtime: Runtime, home: Home) -> None:
    phone, desk = (signed_in(runtime, home.id, home["Maja"]) for _ in range(2))
    page = desk.opens("/sessions")
    assert page.count("Firefox, Linux") == 2 + 1  # once more for a screen reader
    desk.does("/sessions/end-others")
    assert phone.client.get("/today", headers=HTML).location.startswith("/sign-in")
    desk.opens("/today")
    desk.does("/sign-out")
    assert desk.client.get("/today", headers=HTML).location.startswith("/sign-in")


def test_the_switcher_leads_to_whom_i_surely_am_and_no_further(runtime: Runtime, home: Home) -> None:
    work = team(runtime, "Ada", "Mal")
    for who, known_for in (("Ada", runtime.now()), ("Mal", None)):
        with runtime.transaction(work.id) as db:
            people_acts.identify(db, work[who], IdentityKind.MAIL, ADDRESS if known_for else "m@example.org", known_for)
    maja = signed_in(runtime, home.id, home["Maja"])
    page = maja.opens("/sessions")
    assert "Harbour" in page
    for other in (work["Mal"], home["Ben"], "nobody"):
        maja.is_refused(f"/sessions/as/{other}", status=404)
    assert "Hello, Ada" in maja.does(f"/sessions/as/{work['Ada']}")
    assert maja.client.get("/leave", headers=HTML).location.startswith("/sign-in/again")  # no fresh sign-in comes of it


def test_what_was_typed_comes_back_after_a_fresh_sign_in(runtime: Runtime, home: Home, clock: Clock) -> None:
    maja = signed_in(runtime, home.id, home["Maja"])
    clock.move(minutes=20)
    led = maja.sends("/settings/close", {"name": "The Lindgrens of old"})
    assert led.location == "/sign-in/again?next=/settings/close"
    with maja.client.session_transaction() as session:
        assert "Lindgrens of old" not in str(dict(session))
    maja.opens(led.location)
    maja.does("/sign-in", {"address": ADDRESS})
    (letter,) = letters(runtime)
    page = maja.does(letter.words.path)
    assert words.written_is_back(VOICE) in page
    assert 'value="The Lindgrens of old"' in page
    assert 'value="The Lindgrens of old"' not in maja.opens("/settings/close")


def test_what_was_typed_comes_back_to_nobody_else_and_not_late(runtime: Runtime, home: Home, clock: Clock) -> None:
    for later, who in ((0, "Ben"), (20, "Maja")):
        maja = signed_in(runtime, home.id, home["Maja"])
        clock.move(minutes=20)
        maja.sends("/settings/close", {"name": "The Lindgrens of old"})
        with maja.client.session_transaction() as session:
            kept = session[unsent.KEY]
        clock.move(minutes=later)
        there = signed_in(runtime, home.id, home[who])
        with there.client.session_transaction() as session:
            session[unsent.KEY] = kept
        assert "The Lindgrens of old" not in there.opens("/settings/close")
        with there.client.session_transaction() as session:
            assert unsent.KEY not in session


def test_an_invitation_says_what_joining_means_and_works_once(runtime: Runtime, home: Home) -> None:
    maja, ruth = signed_in(runtime, home.id, home["Maja"]), visitor(runtime)
    shown = maja.sends("/invite", {"role": "relative", "uses": "1"})
    path = re.findall(r"/join/[\w-]+", shown.text)[0]
    page = ruth.opens(path)
    assert "Maja invites you to Lindgren" in page
    assert "Not noticed: hours online" in page
    assert "checked" not in page
    assert 'href="#name"' in ruth.is_refused(path, {"name": " "})
    assert "Hello, Ruth" in ruth.does(path, {"name": "Ruth"})
    visitor(runtime).opens(path, status=404)
    assert "relative" in maja.opens("/people")


def test_an_invitation_may_be_taken_back(runtime: Runtime, home: Home) -> None:
    maja = signed_in(runtime, home.id, home["Maja"])
    path = re.findall(r"/join/[\w-]+", maja.sends("/invite", {"role": "adult", "uses": "5"}).text)[0]
    revoke = re.findall(r"/invite/\w+/revoke", maja.opens("/invite"))[0]
    maja.does(revoke)
    visitor(runtime).opens(path, status=404)


def test_joining_and_choosing_for_somebody_known_already(runtime: Runtime) -> None:
    work = team(runtime, "Ada", "Bo", joined=False)
    bo = signed_in(runtime, work.id, work["Bo"])
    assert 'href="/join"' in bo.opens("/today")
    assert "Ada leads this circle." in bo.opens("/join")
    bo.is_refused("/join/choose", {})
    bo.does("/join/choose", {"what": "some", "sources": ["note"]})
    with runtime.transaction(work.id) as db:
        assert people.the_member(db, work["Bo"]).joined is Joined.WHOLE
        off = people.boundary_view(db, work["Bo"]).sources_off
    assert "github" in off
    assert "note" not in off


def test_what_is_weighty_asks_for_a_fresh_sign_in_and_leads_back(runtime: Runtime, home: Home, clock: Clock) -> None:
    ben = signed_in(runtime, home.id, home["Ben"])
    ben.opens("/leave")
    clock.move(hours=1)
    assert ben.client.get("/leave", headers=HTML).location == "/sign-in/again?next=/leave"
    assert words.again(VOICE) in ben.opens("/leave")
    with runtime.transaction(home.id) as db:
        token = access.make_way_in(db, runtime.keyring, home["Ben"], runtime.now())
    assert "Leave" in ben.does(f"/sign-in/{token}")
    page = ben.does("/leave")
    assert "You have left." in page
    with runtime.transaction(home.id) as db:
        assert people.member(db, home["Ben"]) is None


def test_the_last_adult_hands_over_or_closes_the_home(runtime: Runtime) -> None:
    home, other = family(runtime, Maja=Role.ADULT, Theo=Role.TEEN), family(runtime, Ada=Role.ADULT)
    maja = signed_in(runtime, home.id, home["Maja"])
    assert "Hand over to another adult" in maja.is_refused("/leave")
    assert "Hand over to another adult" in maja.is_refused(f"/people/{home['Maja']}/role", {"role": "teen"})
    maja.is_refused("/settings/close", {"name": "Another"})
    assert "It is closed" in maja.does("/settings/close", {"name": "lindgren "})
    with runtime.housekeeping() as db:
        assert [card.id for card in people.workspaces(db)] == [other.id]
        assert people.members(db, [*home]) == {}


def test_roles_are_changed_leads_named_and_people_removed(runtime: Runtime) -> None:
    work = team(runtime, "Ada", "Bo", "Cy")
    ada, bo = (signed_in(runtime, work.id, work[who]) for who in ("Ada", "Bo"))
    ada.does(f"/people/{work['Bo']}/lead/{work.circle}", {"yes": "yes"})
    bo.is_refused(f"/people/{work['Bo']}/owner", {"yes": "yes"}, status=403)
    bo.is_refused(f"/people/{work['Ada']}/remove", status=403)
    bo.does(f"/people/{work['Cy']}/remove")  # a lead lets somebody out of the circle, and no further
    with runtime.transaction(work.id) as db:
        assert people.the_member(db, work["Cy"]).active
        assert work["Cy"] not in people.circles(db)[0].members
    ada.does(f"/people/{work['Cy']}/remove")
    ada.does(f"/people/{work['Bo']}/owner", {"yes": "yes"})
    ada.does(f"/people/{work['Ada']}/owner", {"yes": "no"})
    bo.is_refused(f"/people/{work['Bo']}/owner", {"yes": "no"})
    bo.does(f"/people/{work['Ada']}/role", {"role": "guest"})
    with runtime.transaction(work.id) as db:
        found = {card.name: (card.role, card.is_owner) for card in people.everybody(db)}
    assert found == {"Ada": (Role.GUEST, False), "Bo": (Role.MEMBER, True)}


def test_a_child_and_an_adult_share_a_device(runtime: Runtime, home: Home) -> None:
    maja = signed_in(runtime, home.id, home["Maja"])
    maja.does("/people/household", {"yes": "yes"})
    maja.does("/people/household/pin", {"my_pin": "8642"})
    maja.does(f"/people/{home['Kim']}/pin", {"pin": "1357"})
    maja.does(f"/people/{home['Kim']}/kin", {"yes": "yes"})
    assert "may thank one another" in maja.opens(f"/people/{home['Kim']}/profile")
    assert "Hello, Kim" in maja.does("/profiles", {"child": home["Kim"], "pin": "1357"})
    maja.is_refused("/profiles", {"child": home["Maja"], "pin": "1357"})
    assert "Hello, Maja" in maja.does("/profiles", {"child": home["Maja"], "pin": "8642"})
    assert maja.client.get("/leave", headers=HTML).location.startswith("/sign-in/again")


def test_an_adult_shows_a_way_in_and_makes_a_page_for_a_child(runtime: Runtime, home: Home) -> None:
    maja = signed_in(runtime, home.id, home["Maja"])
    shown = maja.sends(f"/people/{home['Ben']}/way-in")
    path = re.findall(r"/sign-in/[\w-]{40,}", shown.text)[0]
    assert "Hello, Ben" in visitor(runtime).does(path)
    maja.is_refused("/people/children", {"name": "Lo", "pin": "abc"})
    maja.does("/people/children", {"name": "Lo", "pin": "2468"})
    assert maja.client.get("/profiles", headers=HTML).status_code == 404
    maja.does("/people/household", {"yes": "yes"})
    page = maja.opens("/profiles")
    lo = re.findall(r'name="child" value="(\w+)"[^>]*>\s*<span class="avatar[^>]*>L<', page)[0]
    maja.is_refused("/profiles", {"child": lo, "pin": "1111"})
    assert "Hello, Lo" in maja.does("/profiles", {"child": lo, "pin": "2468"})
