"""Every page of ours: who may open it, and that it tells nothing of what is another's."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from service.app import create_app
from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft as Thanks
from service.asks import home as questions
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people.rules import Role
from service.repairs import actions as repairs
from service.repairs.rules import Direction, Draft
from service.runtime import Runtime
from service.ruptures import Rupture
from service.web import entry
from service.web.entry import Audience
from tests.builders import Home, always_open, family
from tests.visitors import HTML, Visitor, bare, signed_in, visitor

OF_MEMBERS = {Role.ADULT, Role.TEEN, Role.CHILD, Role.RELATIVE}


def rules(app: Flask, audience: Audience) -> list[Rule]:
    """The addresses of views for these."""
    found = ((rule, entry.policy_of(app.view_functions[rule.endpoint])) for rule in app.url_map.iter_rules())
    return [rule for rule, policy in found if policy is not None and policy.audience is audience]


def household(runtime: Runtime, name: str) -> Home:
    roles = {"Maja": Role.ADULT, "Ben": Role.ADULT, "Theo": Role.TEEN, "Kim": Role.CHILD, "Ruth": Role.RELATIVE}
    home = family(runtime, **{f"{who}{name}": role for who, role in roles.items()})  # type: ignore[arg-type]  # roles by name
    always_open(runtime, home)
    return home


def lived_in(runtime: Runtime, home: Home, name: str) -> dict[str, str]:
    """One of everything between the two adults, by the names that addresses have for it."""
    one, other = home[f"Maja{name}"], home[f"Ben{name}"]
    now = runtime.now()
    with runtime.transaction(home.id) as db:
        ask = questions.put(db, other, home.circle, [one], "Are you free on Sunday?", now)[0]
        thanks = appreciations.give(db, Thanks(other, (one,), "You waited up."), now)
        repair = repairs.send(db, Draft(other, one, Direction.MINE, Rupture.SHARP_TONE, words="I was short."), now)
        moment = moments.note(db, runtime.keyring, one, Moment(Rupture.LEFT_OUT, other, "The plan"), now)
        day = occasions.add(db, one, home.circle, OccasionKind.BIRTHDAY, Day(5, 1), now, of=one)
    found = {"ask": ask, "appreciation": thanks, "repair": repair, "moment": moment, "occasion": day}
    return found | {"member": one, "other": one, "nudge": ask, "invite_id": ask, "session_id": ask}


CLOSED: dict[str, str] = {
    "kind": "ask_waiting",
    "which": "word",
    "way": "mine",
    "feature": "thanks",
    "token": "none",
}


FILLED = {
    "answer": "thank",
    "words": "Yes.",
    "on": "2026-06-01",
    "mark": "no_rush",
    "did": "You came.",
    "how": "let_be",
}
"""What forms ask for, so that nothing but whose it is stands in the way."""


def address(app: Flask, rule: Rule, ids: dict[str, str]) -> str:
    values: dict[str, Any] = {name: ids.get(name, CLOSED.get(name, "")) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("").build(rule.endpoint, values, "POST" if "POST" in (rule.methods or ()) else "GET")


def method(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or ()) else "GET"


def test_a_visitor_is_led_to_the_way_in_and_changes_nothing(runtime: Runtime) -> None:
    app = create_app(runtime)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    for rule in rules(app, Audience.MEMBERS):
        path = address(app, rule, dict.fromkeys(rule.arguments, "abcdefghijklmnop") | CLOSED)
        answer = client.open(path, method=method(rule), headers=HTML)
        if method(rule) == "GET":
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in"), path
        else:
            assert answer.status_code == 401, path


def test_nothing_is_sent_without_the_token_of_its_form(runtime: Runtime) -> None:
    home = household(runtime, "")
    one = signed_in(runtime, home.id, home["Maja"])
    app = one.client.application
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and entry.policy_of(app.view_functions[rule.endpoint]) is not None:
            path = address(app, rule, dict.fromkeys(rule.arguments, "x") | CLOSED)
            assert one.client.post(path, headers=HTML).status_code == 400, path


def test_another_home_is_answered_as_if_it_were_not_there(runtime: Runtime) -> None:
    mine, theirs = household(runtime, ""), household(runtime, "2")
    ids = lived_in(runtime, theirs, "2")
    one = signed_in(runtime, mine.id, mine["Maja"])
    app = one.client.application
    app.config["WTF_CSRF_ENABLED"] = False
    tried = 0
    for rule in rules(app, Audience.MEMBERS):
        if not rule.arguments & ids.keys():
            continue
        absent = address(app, rule, dict.fromkeys(ids, "abcdefghijklmnop") | CLOSED)
        foreign = address(app, rule, ids | CLOSED)
        answers = [one.client.open(path, method=method(rule), data=FILLED, headers=HTML) for path in (foreign, absent)]
        assert answers[0].status_code in {303, 404}, foreign
        assert answers[0].status_code == answers[1].status_code, foreign
        if answers[0].status_code == 404:
            assert bare(answers[0].text) == bare(answers[1].text), foreign
            tried += 1
    assert tried >= 20


@pytest.mark.parametrize("who", ["Maja", "Ben", "Theo", "Kim", "Ruth"])
def test_no_page_breaks_for_anybody(runtime: Runtime, who: str) -> None:
    home = household(runtime, "")
    ids = lived_in(runtime, home, "")
    one = signed_in(runtime, home.id, home[who])
    app = one.client.application
    app.config["WTF_CSRF_ENABLED"] = False
    for rule in app.url_map.iter_rules():
        if rule.endpoint in {"access.sign_out", "settings.leave", "sessions.end"}:
            continue
        if entry.policy_of(app.view_functions[rule.endpoint]) is None:
            continue
        for each in sorted({"GET", "POST"} & (rule.methods or set())):
            answer = one.client.open(address(app, rule, ids | CLOSED), method=each, headers=HTML)
            assert answer.status_code < 500, (each, rule.rule)


@pytest.mark.parametrize(
    ("who", "shut"),
    [
        ("Theo", ["/invite"]),
        ("Kim", ["/invite", "/moments", "/questions", "/kept", "/leave", "/join"]),
        ("Ruth", ["/invite", "/moments", "/questions", "/repairs", "/suggestions"]),
    ],
)
def test_each_role_sees_only_what_it_may(runtime: Runtime, who: str, shut: list[str]) -> None:
    home = household(runtime, "")
    one = signed_in(runtime, home.id, home[who])
    for path in ("/today", "/thanks", "/thanks/new", "/keepsakes", "/cards", "/days", "/settings"):
        one.opens(path)
    page = one.opens("/today")
    for path in shut:
        assert one.client.get(path, headers=HTML).status_code in {403, 404}, path
        assert f'href="{path}"' not in page


def test_pages_for_all_open_for_all(runtime: Runtime) -> None:
    stranger: Visitor = visitor(runtime)
    for path in ("/", "/privacy", "/start/family", "/start/team", "/sign-in", "/sign-in/code", "/sign-in/none"):
        stranger.opens(path)
    for path in ("/start/state", "/join/none", "/nowhere"):
        stranger.opens(path, status=404)
