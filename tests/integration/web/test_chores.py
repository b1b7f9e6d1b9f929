"""Jobs at home and work that was noticed, by their forms."""

import re

from service.efforts import queries as efforts
from service.people import actions as people
from service.people.rules import Role
from service.runtime import Runtime
from tests.builders import Home, family
from tests.visitors import Visitor, signed_in


def made(runtime: Runtime, home: Home) -> str:
    with runtime.transaction(home.id) as db:
        return efforts.chores(db, home.circle)[-1].id


def test_a_job_is_made_done_thanked_for_and_undone(runtime: Runtime, home: Home, maja: Visitor, ben: Visitor) -> None:
    assert "No jobs here yet" in maja.opens("/chores")
    page = maja.is_refused("/chores", {"title": " ", "often": "once", "whose": home["Ben"]})
    assert 'href="#title"' in page
    assert f'value="{home["Ben"]}" selected' in page
    page = maja.does("/chores", {"title": "", "job": "laundry", "often": "back", "whose": home["Ben"]})
    assert "On the list: Doing the laundry" in page
    assert "Ben has this one" in page
    chore = made(runtime, home)
    page = ben.does(f"/chores/{chore}/done")
    assert "Done: Doing the laundry" in page
    effort = re.findall(r'name="effort" value="(\w+)"', page)[0]
    page = maja.opens("/chores")
    assert "Ben: Doing the laundry" in page
    assert f"/thanks/new?to={home['Ben']}&effort={effort}" in page
    assert "does a job at home" in maja.opens(f"/thanks/new?to={home['Ben']}&effort={effort}")
    maja.does("/thanks", {"recipients": [home["Ben"]], "did": "The laundry!", "effort": [effort], "token": "t"})
    assert "Thanked" in maja.opens("/chores")
    ben.does(f"/chores/{chore}/undo", {"effort": effort})  # what was thanked for stays
    assert "Somebody thanked you for it" in ben.opens("/noticed")


def test_a_single_job_waits_again_after_an_undo(runtime: Runtime, home: Home, maja: Visitor) -> None:
    maja.does("/chores", {"title": "Fix the tap", "often": "once", "whose": ""})
    chore = made(runtime, home)
    page = maja.does(f"/chores/{chore}/done")
    assert "Fix the tap" not in page.partition("Add a job")[0].partition("To do")[2]
    effort = re.findall(r'name="effort" value="(\w+)"', page)[0]
    assert "Back on the list." in maja.does(f"/chores/{chore}/undo", {"effort": effort})
    with runtime.transaction(home.id) as db:
        assert efforts.of_member(db, home["Maja"]) == []
        assert [one.id for one in efforts.chores(db, home.circle)] == [chore]


def test_a_job_is_taken_over_ended_and_brought_back(runtime: Runtime, home: Home, maja: Visitor, ben: Visitor) -> None:
    maja.does("/chores", {"title": "Walk the dog", "often": "back", "whose": home["Ben"]})
    chore = made(runtime, home)
    assert "Yours now: Walk the dog" in maja.does(f"/chores/{chore}/take")
    assert "Maja has this one" in ben.opens("/chores")
    assert f"/chores/{chore}/again" in ben.does(f"/chores/{chore}/end")
    assert "Walk the dog" in ben.does(f"/chores/{chore}/again")


def test_somebody_else_did_it(runtime: Runtime, home: Home, maja: Visitor) -> None:
    maja.does("/chores", {"title": "Set the table", "often": "back", "whose": ""})
    chore = made(runtime, home)
    assert "Who did it?" in maja.opens(f"/chores/{chore}/done")
    assert "Choose at least one person." in maja.is_refused(f"/chores/{chore}/done", {"named": "yes"})
    assert "Noted for Kim: Set the table" in maja.does(f"/chores/{chore}/done", {"named": "yes", "doer": home["Kim"]})
    kim = signed_in(runtime, home.id, home["Kim"])
    assert ">Set the table<" in kim.opens("/noticed")
    with runtime.transaction(home.id) as db:  # keeping apart says nothing to anybody
        people.keep_apart(db, home["Ben"], home["Maja"])
    maja.does(f"/chores/{chore}/done", {"named": "yes", "doer": home["Ben"]})
    with runtime.transaction(home.id) as db:
        assert efforts.of_member(db, home["Ben"]) == []


def test_jobs_of_another_home_are_not_here(runtime: Runtime, home: Home, maja: Visitor) -> None:
    other = family(runtime, Zoe=Role.ADULT)
    zoe = signed_in(runtime, other.id, other["Zoe"])
    zoe.does("/chores", {"title": "Water the plants", "often": "back", "whose": ""})
    chore = made(runtime, other)
    maja.opens(f"/chores/{chore}/done", status=404)
    for verb in ("done", "undo", "take", "end", "again"):
        maja.is_refused(f"/chores/{chore}/{verb}", status=404)
    ruth = signed_in(runtime, home.id, home["Ruth"])
    ruth.opens("/chores", status=403)


def test_what_somebody_did_is_noted_and_may_be_thanked_for(
    runtime: Runtime, home: Home, maja: Visitor, ben: Visitor
) -> None:
    assert "Choose at least one person." in maja.is_refused("/noticed", {"words": "Waited up for Kim"})
    assert "Waited up for Kim" in maja.is_refused("/noticed", {"words": "Waited up for Kim", "doer": "nobody"})
    fields = {"doer": home["Ben"], "words": "Waited up for Kim", "token": "once"}
    page = maja.does("/noticed", fields)
    assert "Noted for Ben." in page
    assert f"/thanks/new?to={home['Ben']}&effort=" in page
    maja.does("/noticed", fields)
    with runtime.transaction(home.id) as db:
        (effort,) = efforts.of_member(db, home["Ben"])
    assert "Waited up for Kim" in ben.opens("/noticed")
    assert "Waited up for Kim" not in maja.opens("/noticed")
    maja.is_refused(f"/noticed/{effort.id}/delete", status=404)
    assert "Waited up for Kim" not in ben.does(f"/noticed/{effort.id}/delete")
    assert "Noted." in ben.does("/noticed", {"doer": home["Ben"], "words": "Mended the tap", "token": "mine"})
