"""Whatever a browser sends to any address of ours, the answer is never a fault of ours."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import BuildError, Rule

from service.access import actions as access
from service.access.rules import Entrance
from service.app import create_app
from service.people import queries as people
from service.runtime import Runtime
from service.web import entry
from tests.anything import TEXT
from tests.builders import Home
from tests.integration.web.test_doors import household
from tests.integration.web.worlds import CLOSED, FILLED, lived_in
from tests.slack import with_slack
from tests.visitors import HTML

ROLES = ("Maja", "Ben", "Theo", "Kim", "Ruth")
_FIELD = re.compile(r'<(?:input|button|textarea|select)\b[^>]*?\bname="([^"]+)"[^>]*>')
_VALUE = re.compile(r'<(?:input|button|option)\b[^>]*?\bvalue="([^"]*)"')
ODD = st.sampled_from(
    [
        "",
        "\0",
        "\ud800",
        "2026-02-30",
        "0000-00-00",
        "99:99",
        "-1",
        "1" * 400,
        "1e9",
        "é" * 3000,
        "on",
        "[]",
        "%00",
        "../..",
    ]
)


class Town:
    """One household and its app, with everything its pages ask for."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        runtime.settings = with_slack(
            runtime.settings,
            integrations=("slack", "mail", "github", "gitlab", "calendar"),
            slack_api_url="http://127.0.0.1:1/",
        )
        self.settle()
        self.app: Flask = create_app(runtime)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.rules: list[Rule] = sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        self.fields, self.values = self._asked_for()

    def settle(self) -> None:
        """Move in: somebody may have been sent away, or the whole household."""
        self.home: Home = household(self.runtime, "")
        with self.runtime.transaction(self.home.id) as db:
            made = lived_in(db, self.runtime, self.home, self.home["Maja"], self.home["Ben"])
        self.ids = {name: found[0] for name, found in made.items() if found}

    def browser(self, who: str) -> FlaskClient:
        """A browser somebody has just signed in with; nobody has, for a name that is none."""
        client = self.app.test_client()
        if who in ROLES and not self._is_here(who):
            self.settle()
        if who in ROLES:
            with self.runtime.housekeeping() as db:
                entrance = Entrance(self.home.id, self.home[who])
                cookie = access.open_session(db, self.runtime.keyring, entrance, "Firefox", self.runtime.now())
            with client.session_transaction() as session:
                session[entry.COOKIE_KEY] = cookie
        return client

    def _is_here(self, who: str) -> bool:
        with self.runtime.housekeeping(writes=False) as db:
            return bool(people.members(db, [self.home[who]]))

    def address(self, rule: Rule, values: Mapping[str, str]) -> str:
        """An address of this rule."""
        named: dict[str, Any] = {name: values.get(name) or "none" for name in rule.arguments}
        with self.app.test_request_context():
            return self.app.url_map.bind("").build(
                rule.endpoint, named, next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            )

    def _asked_for(self) -> tuple[list[str], list[str]]:
        """What forms of all pages call their fields, and what stands in them."""
        maja, fields, values = self.browser("Maja"), set(FILLED), {*FILLED.values(), *CLOSED.values()}
        for rule in self.rules:
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                page = maja.get(self.address(rule, self.ids | CLOSED), headers=HTML).text
                fields |= {unescape(found) for found in _FIELD.findall(page)}
                values |= {unescape(found) for found in _VALUE.findall(page)}
        return sorted(fields - {"csrf_token"}), sorted(values | {*self.ids.values()})


@pytest.fixture
def town(runtime: Runtime) -> Town:
    return Town(runtime)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_form_and_no_address_is_ever_a_fault_of_ours(town: Town, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(town.rules), label="rule")
    method = data.draw(st.sampled_from(sorted((rule.methods or set()) - {"OPTIONS"})), label="method")
    any_value = st.one_of(st.sampled_from(town.values), ODD, TEXT)
    ids = data.draw(st.fixed_dictionaries({name: _id(town, name) for name in sorted(rule.arguments)}), label="ids")
    try:
        path = town.address(rule, ids)
    except (BuildError, UnicodeError, ValueError):
        path = town.address(rule, town.ids | CLOSED)
    sent = data.draw(
        st.dictionaries(st.sampled_from(town.fields), st.lists(any_value, max_size=3), max_size=8), label="sent"
    )
    fields = {name: [_whole(each) for each in values] for name, values in sent.items()}
    client = town.browser(data.draw(st.sampled_from((*ROLES, "nobody")), label="who"))
    carried = {"query_string": fields} if method in ("GET", "HEAD") else {"data": fields}
    answer = client.open(path, method=method, headers=HTML, **carried)  # type: ignore[arg-type]  # one of two names
    assert answer.status_code < 500, (method, path, fields)


def _id(town: Town, name: str) -> st.SearchStrategy[str]:
    known = (town.ids | CLOSED).get(name, "none")
    return st.one_of(st.just(known), st.just(known), TEXT, ODD)


def _whole(text: str) -> str:
    """As it can be written into a request at all."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
