"""Every page for everybody: each route, each role, with what is their own, another's here, and another workspace's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.people import policy
from service.people.acts import Act
from service.runtime import Runtime
from service.web import entry
from service.web.entry import Audience, Policy
from tests.integration.web import worlds
from tests.integration.web.worlds import ABSENT, ACTORS, CLOSED, World
from tests.visitors import bare

SHUT = frozenset({401, 403, 404, 405})


@pytest.fixture
def database_url(_sqlite_pattern: Path, tmp_path: Path) -> str:
    """What decides here is the policy, not the database: the slices' own tests try both. A file is soon put back."""
    path = tmp_path / "goldseam.db"
    shutil.copyfile(_sqlite_pattern, path)
    return f"sqlite:///{path}"


@pytest.fixture
def world(runtime: Runtime) -> World:
    return worlds.made(runtime)


NOTHING_NAMED = {
    "households.profiles": "on a household device alone",
    "households.open_profile": "the same",
    "tools.revoke_token": "no token of the API is called none",
    "coach.send": "to whom stands in the form",
    "starting.started": "with whom stands in the form",
    "starting.dismiss": "which one stands in the form",
    "suggestions.unkind": "which card stands in the form",
    "suggestions.omit": "the same",
}
"""Pages that are not found when nothing more is named, although somebody may open them, and why."""
NOT_THEIRS = {
    "keepsakes.week": "of whoever leads the circle",
    "doors.change": "leads to oneself elsewhere",
    "nudges.already": "of a digest alone",
    "nudges.skip": "of a digest alone",
    "nudges.keep_monthly": "of a digest alone",
    "nudges.keep_none": "of a digest alone",
    "roles.remove": "of another alone",
    "roles.form": "a lead is named and changed by owners and adults alone",
    "roles.change": "the same",
    "roles.owner": "the same",
    "roles.lead": "the same",
    "households.child": "of a child alone",
    "households.set_pin": "of a child alone",
    "households.allow_kin": "of a child alone",
}
"""What is one's own, and yet not acted on so, and why."""
SAID_ALIKE = {
    "boundaries.end_apart": "there is nobody any more from whom one keeps apart",
    "devices.end": "nothing is shown there any more",
}
"""What is answered alike, whether or not there was anything to end."""


def doors(app: Flask) -> Iterator[tuple[Rule, str, Policy]]:
    """Each route and method, with its policy."""
    for rule in app.url_map.iter_rules():
        marked = entry.policy_of(app.view_functions[rule.endpoint])
        if marked is not None:
            for method in sorted({"GET", "POST"} & (rule.methods or set())):
                yield rule, method, marked


def test_every_argument_of_an_address_is_somebodys_or_of_a_closed_list(world: World) -> None:
    known = CLOSED.keys() | world.things["adult", "own"].keys()
    assert {name for rule, _, _ in doors(world.app) for name in rule.arguments} <= known


def test_a_visitor_is_led_to_the_way_in(world: World) -> None:
    ids = dict.fromkeys(world.things["adult", "own"], ABSENT)
    for rule, method, marked in doors(world.app):
        answer = world.asks("visitor", rule, method, ids)
        if marked.audience is not Audience.MEMBERS:
            assert answer.status_code not in {401, 403}, rule
        elif method == "GET":
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in"), rule
        else:
            assert answer.status_code == 401, rule


@pytest.mark.parametrize("who", ACTORS)
def test_each_page_opens_for_whom_the_table_says(world: World, who: str) -> None:
    wrong = [said for door in doors(world.app) for said in tried(world, who, *door)]
    assert not wrong, "\n".join(wrong)


def tried(world: World, who: str, rule: Rule, method: str, marked: Policy) -> Iterator[str]:
    """What one door does otherwise than the table says, to one actor."""
    names = rule.arguments & world.things[who, "own"].keys()
    absent = world.asks(who, rule, method, dict.fromkeys(names, ABSENT))
    if marked.act is None:
        wrong = [str(absent.status_code)] if absent.status_code >= 500 or absent.status_code in SHUT - {404} else []
    elif not names:
        may = policy.allows(marked.act, world.actor(who))
        excused = may and rule.endpoint in NOTHING_NAMED
        wrong = [] if is_open(absent) == may or excused else [str(absent.status_code)]
    else:
        each = (far, own, near)
        wrong = [said for look in each for said in look(world, who, rule, method, marked.act, absent)]
    return (f"{method} {rule.rule}: {said}" for said in wrong)


def far(world: World, who: str, rule: Rule, method: str, act: Act, absent: TestResponse) -> Iterator[str]:
    """What is missing, and what is another workspace's, are answered alike."""
    if policy.allows(act, world.actor(who)) and absent.status_code != 404 and rule.endpoint not in SAID_ALIKE:
        yield f"what is missing is answered {absent.status_code}"
    for answer in answers(world, who, rule, method, ("abroad", "other")):
        if (answer.status_code, bare(answer.text)) != (absent.status_code, bare(absent.text)):
            yield "another workspace's is told from what is missing"


def own(world: World, who: str, rule: Rule, method: str, act: Act, _absent: TestResponse) -> Iterator[str]:
    """What is somebody's own is open to them, where the act is theirs at all."""
    may, found = policy.allows(act, world.actor(who)), answers(world, who, rule, method, (who, "own"))
    # Of what passes between two, some roles only give or only receive; what they do not have opens nothing to them.
    has_all = len(found) == (2 if rule.arguments & worlds.BETWEEN_TWO else 1)
    if has_all and may != any(map(is_open, found)) and not (may and rule.endpoint in NOT_THEIRS):
        yield f"one's own is answered {[each.status_code for each in found]}"
    if any(each.status_code >= 500 for each in found):
        yield "one's own breaks it"


def near(world: World, who: str, rule: Rule, method: str, act: Act, absent: TestResponse) -> Iterator[str]:
    """What is another's in the same workspace opens as far as the table says, and else is as if it were missing."""
    where = ACTORS[who][0]
    found = answers(world, who, rule, method, (where, "same"))
    if any(each.status_code >= 500 for each in found):
        yield "another's breaks it"
    thing = world.thing(where, rule.arguments)
    if rule.endpoint in SAID_ALIKE or policy.allows(act, world.actor(who), thing):
        return
    for answer in found:
        if is_open(answer):
            yield f"another's opens, {answer.status_code}"
        if answer.status_code == 404 == absent.status_code and bare(answer.text) != bare(absent.text):
            yield "another's is told from what is missing"


def is_open(answer: TestResponse) -> bool:
    """Whether somebody came in, whatever they found there."""
    return answer.status_code not in SHUT and answer.status_code < 500


def answers(world: World, who: str, rule: Rule, method: str, whose: tuple[str, str]) -> list[TestResponse]:
    """What each of these things is answered: one after the other where there are several of a kind."""
    things = world.things[whose]
    names = rule.arguments & things.keys()
    turns = max(len(things[name]) for name in names) if all(things[name] for name in names) else 0
    several = [{name: things[name][turn % len(things[name])] for name in names} for turn in range(turns)]
    return [world.asks(who, rule, method, ids) for ids in several]
