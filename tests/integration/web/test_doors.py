"""Every form asks for its token, and each role is shown the rooms that are theirs."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from service.people.rules import Role
from service.runtime import Runtime
from service.web import entry
from tests.builders import Home, always_open, family
from tests.visitors import HTML, Visitor, signed_in, visitor


def household(runtime: Runtime, name: str) -> Home:
    roles = {"Maja": Role.ADULT, "Ben": Role.ADULT, "Theo": Role.TEEN, "Kim": Role.CHILD, "Ruth": Role.RELATIVE}
    home = family(runtime, **{f"{who}{name}": role for who, role in roles.items()})  # type: ignore[arg-type]  # roles by name
    always_open(runtime, home)
    return home


CLOSED: dict[str, str] = {
    "kind": "ask_waiting",
    "which": "word",
    "way": "mine",
    "feature": "thanks",
    "token": "none",
}


def address(app: Flask, rule: Rule, ids: dict[str, str]) -> str:
    values: dict[str, Any] = {name: ids.get(name, CLOSED.get(name, "")) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("").build(rule.endpoint, values, "POST" if "POST" in (rule.methods or ()) else "GET")


def test_nothing_is_sent_without_the_token_of_its_form(runtime: Runtime) -> None:
    home = household(runtime, "")
    one = signed_in(runtime, home.id, home["Maja"])
    app = one.client.application
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and entry.policy_of(app.view_functions[rule.endpoint]) is not None:
            path = address(app, rule, dict.fromkeys(rule.arguments, "x") | CLOSED)
            assert one.client.post(path, headers=HTML).status_code == 400, path


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
