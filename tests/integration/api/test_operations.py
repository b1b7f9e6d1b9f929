"""What other tools can do: know members and circles, tell of work, give thanks, and take them back."""

from datetime import timedelta

import pytest

from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft, Sharing
from service.efforts import actions as efforts
from service.efforts.rules import EffortKind, Source
from service.people import actions as people
from service.people.rules import Feature, IdentityKind, ThanksWish
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY, Clock
from tests.integration.api.conftest import Caller
from tests.integration.appreciations.given import deliver, inbox
from tests.integration.efforts.work import rows, witnesses

AT = MONDAY.isoformat()


def thanks(home: Home, **more: object) -> dict[str, object]:
    """The body of thanks from Ada to Ben."""
    return {"giver": home["Ada"], "recipients": [home["Ben"]], "did": "covered my shift", **more}


def work(home: Home, **more: object) -> dict[str, object]:
    """The body of an effort of Ben's."""
    return {"reference": "ticket-7", "kind": "help", "doer": home["Ben"], "done_at": AT, **more}


@pytest.fixture
def open_home(runtime: Runtime, home: Home) -> Home:
    """A home whose members like to be thanked anywhere."""
    with runtime.transaction(home.id) as db:
        for member in home:
            people.set_wishes(db, member, thanks_wish=ThanksWish.ANYWHERE)
    return home


def test_members_and_circles_come_page_by_page(call: Caller, home: Home) -> None:
    found: list[str] = []
    cursor = ""
    while True:
        page = call("GET", f"/members?limit=2{cursor}").get_json()
        found += [one["name"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert sorted(found) == ["Ada", "Ben", "Cleo"]
    one = call("GET", f"/members/{home['Ada']}").get_json()
    assert one == {"id": home["Ada"], "name": "Ada", "role": "member", "circles": [home.circle]}
    (circle,) = call("GET", "/circles").get_json()["items"]
    assert circle == call("GET", f"/circles/{home.circle}").get_json()
    assert (circle["members"], circle["leads"]) == (sorted(home), [home["Ada"]])


def test_work_is_told_of_once_and_what_becomes_of_it_is_not(runtime: Runtime, call: Caller, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.identify(db, home["Cleo"], IdentityKind.GITHUB, "cleo", MONDAY)
        stranger = people.meet(db, "Eve", MONDAY)
    saw = [home["Ada"], {"kind": "github", "name": "Cleo"}, stranger]
    answers = [call("POST", "/efforts", work(home, saw=saw, title="Mended the gate")) for _ in range(2)]
    answers.append(call("POST", "/efforts", work(home, reference="other", doer=stranger)))
    answers.append(call("POST", "/efforts", work(home, reference="none", doer={"kind": "slack", "name": "U0"})))
    assert [answer.status_code for answer in answers] == [202] * 4
    assert [answer.get_json() for answer in answers[1:3]] == [{"reference": "ticket-7"}, {"reference": "other"}]
    (row,) = rows(runtime)
    assert (row.member_id, row.source, row.kind, row.title) == (
        home["Ben"],
        Source.API,
        EffortKind.HELP,
        "Mended the gate",
    )
    assert witnesses(runtime, row.id) == {home["Ada"], home["Cleo"]}


def test_work_told_of_by_mistake_is_forgotten(runtime: Runtime, call: Caller, home: Home) -> None:
    call("POST", "/efforts", work(home))
    with runtime.transaction(home.id) as db:
        efforts.note(db, home["Ada"], home["Ben"], "made tea", MONDAY)
    assert [call("DELETE", "/efforts?reference=ticket-7").status_code for _ in range(2)] == [204, 204]
    assert [row.source for row in rows(runtime)] == [Source.NOTE]


@pytest.mark.parametrize("days", [-91, 1])
def test_work_is_told_of_when_it_was_done_lately(call: Caller, home: Home, days: int) -> None:
    at = (MONDAY + timedelta(days=days)).isoformat()
    answer = call("POST", "/efforts", work(home, done_at=at))
    assert (answer.status_code, [one["at"] for one in answer.get_json()["errors"]]) == (422, ["done_at"])


def test_thanks_are_given_in_a_member_s_own_words(runtime: Runtime, call: Caller, open_home: Home) -> None:
    home = open_home
    with runtime.transaction(home.id) as db:
        people.value(db, home.id, "care")
    body = thanks(home, eased="I slept", sharing="circle", circle=home.circle, values=["care"], job="listening")
    answer = call("POST", "/appreciations", body)
    assert answer.status_code == 201
    told = answer.get_json()
    assert {name: told[name] for name in body} == body
    deliver(runtime)
    assert [card.told.words for card in inbox(runtime, home, "Ben")] == ["covered my shift"]
    assert call("GET", f"/appreciations/{told['id']}").get_json() == told
    assert call("GET", f"/circles/{home.circle}/appreciations").get_json() == {"items": [told], "next": None}


def test_a_whole_circle_is_thanked(runtime: Runtime, call: Caller, home: Home) -> None:
    whole = {"giver": home["Ada"], "everybody": home.circle, "did": "carried the boxes"}
    told = call("POST", "/appreciations", whole).get_json()
    assert (told["everybody"], sorted(told["recipients"])) == (home.circle, sorted({*home} - {home["Ada"]}))
    deliver(runtime)
    assert [card.told.words for card in inbox(runtime, home, "Ben")] == ["carried the boxes"]
    refusals = [call("POST", "/appreciations", {**whole, "everybody": where}) for where in (None, "a" * 16)]
    assert [one.get_json()["errors"][0]["at"] for one in refusals] == ["recipients", "everybody"]


def test_the_recipient_s_wish_wins_here_too_and_private_words_are_not_read_again(call: Caller, home: Home) -> None:
    told = call("POST", "/appreciations", thanks(home, sharing="circle", circle=home.circle)).get_json()
    assert told["sharing"] == "private"
    assert call("GET", f"/appreciations/{told['id']}").status_code == 404
    assert call("GET", f"/circles/{home.circle}/appreciations").get_json()["items"] == []


def test_thanks_are_said_better_and_taken_back(runtime: Runtime, call: Caller, clock: Clock, home: Home) -> None:
    one = f"/appreciations/{call('POST', '/appreciations', thanks(home)).get_json()['id']}"
    assert call("PATCH", one, {"did": "covered two shifts"}).get_json()["did"] == "covered two shifts"
    edited = call("PATCH", one, {"eased": "I slept"}).get_json()
    assert (edited["did"], edited["eased"]) == ("covered two shifts", "I slept")
    clock.move(minutes=10)
    assert call("PATCH", one, {"did": "too late"}).status_code == 409
    assert [call("DELETE", one).status_code for _ in range(2)] == [204, 404]
    assert call("PATCH", one, {"did": "gone"}).status_code == 404
    deliver(runtime, clock())
    assert inbox(runtime, home, "Ben") == []


def test_thanks_given_elsewhere_are_not_a_tool_s_to_change(runtime: Runtime, call: Caller, open_home: Home) -> None:
    home = open_home
    draft = Draft(home["Ada"], (home["Ben"],), "tea", sharing=Sharing.CIRCLE, circle=home.circle)
    with runtime.transaction(home.id) as db:
        given = appreciations.give(db, draft, MONDAY)
    assert call("GET", f"/appreciations/{given}").status_code == 200
    assert call("PATCH", f"/appreciations/{given}", {"did": "coffee"}).status_code == 404
    assert call("DELETE", f"/appreciations/{given}").status_code == 404


def test_no_tool_joins_anybody(runtime: Runtime, call: Caller, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        eve = people.meet(db, "Eve", MONDAY)
    answer = call("POST", "/appreciations", {**thanks(home), "giver": eve})
    assert (answer.status_code, answer.get_json()["errors"][0]["kind"]) == (422, "not_joined")


def test_asking_again_under_the_same_key_gives_once(runtime: Runtime, call: Caller, home: Home) -> None:
    headers = {"Idempotency-Key": "k-1"}
    first, again = (call("POST", "/appreciations", thanks(home), headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code, first.get_json()) == (201, 201, again.get_json())
    other = call("POST", "/appreciations", thanks(home, did="made tea"), headers=headers)
    assert (other.status_code, other.get_json()["errors"][0]["at"]) == (422, "Idempotency-Key")
    assert call("POST", "/appreciations", thanks(home)).get_json()["id"] != first.get_json()["id"]
    refused = call("POST", "/appreciations", thanks(home, did="…"), headers={"Idempotency-Key": "k-2"})
    mended = call("POST", "/appreciations", thanks(home), headers={"Idempotency-Key": "k-2"})
    assert (refused.status_code, mended.status_code) == (422, 201)
    call("DELETE", f"/appreciations/{first.get_json()['id']}")
    assert call("POST", "/appreciations", thanks(home), headers=headers).status_code == 404
    deliver(runtime)
    assert len(inbox(runtime, home, "Ben")) == 2


def test_a_feed_that_is_switched_off_is_empty(runtime: Runtime, call: Caller, open_home: Home) -> None:
    home = open_home
    told = call("POST", "/appreciations", thanks(home, sharing="circle", circle=home.circle)).get_json()
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.FEED, on=False)
    assert call("GET", f"/circles/{home.circle}/appreciations").get_json() == {"items": [], "next": None}
    assert call("GET", f"/appreciations/{told['id']}").status_code == 404
    again = call("POST", "/appreciations", thanks(home, sharing="circle", circle=home.circle))
    assert again.status_code == 403


def test_the_feed_turns_pages(call: Caller, open_home: Home, clock: Clock) -> None:
    ids = []
    for _ in range(5):
        body = thanks(open_home, sharing="circle", circle=open_home.circle)
        ids.append(call("POST", "/appreciations", body).get_json()["id"])
        clock.move(minutes=1)
    found: list[str] = []
    path = f"/circles/{open_home.circle}/appreciations?limit=2"
    page = call("GET", path).get_json()
    found += [one["id"] for one in page["items"]]
    while page["next"] is not None:
        page = call("GET", f"{path}&cursor={page['next']}").get_json()
        found += [one["id"] for one in page["items"]]
    assert found == ids[::-1]
