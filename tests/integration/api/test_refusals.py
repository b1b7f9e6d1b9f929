"""Every way in which the document says an operation may be declined, made to happen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from service.access import actions as access
from service.access import queries as tokens
from service.access.rules import API_ACTS
from service.api import blueprint as api
from service.api import limits
from service.api.operations import Operation
from service.people import actions as people
from service.people.rules import Feature
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import Clock
from tests.integration.api.conftest import Caller, token_of
from tests.integration.api.test_operations import thanks, work

ABSENT = "aaaaaaaaaaaaaaaa"
EACH = [(operation, status) for operation in api.OPERATIONS for status in operation.refusals]


def filled(operation: Operation, home: Home, given: str | None = None) -> tuple[str, str, object]:
    """Method, path and body of a call that would be answered."""
    ids = {"member": home["Ada"], "circle": home.circle, "appreciation": given or ABSENT}
    path = operation.path
    for name, found in ids.items():
        path = path.replace("{" + name + "}", found)
    bodies: dict[str, object] = {
        "appreciations.give": thanks(home),
        "appreciations.edit": {"did": "covered two shifts"},
        "efforts.notice": work(home),
    }
    query = "?reference=none" if operation.id == "efforts.forget" else ""
    return operation.method, path + query, bodies.get(operation.id)


@contextmanager
def away(runtime: Runtime) -> Iterator[None]:
    """For a while the database is away."""
    engine = runtime.engine
    runtime.engine = sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    try:
        yield
    finally:
        runtime.engine = engine


def declined(operation: Operation, status: int, runtime: Runtime, call: Caller, home: Home) -> TestResponse:  # noqa: C901 - one line for each status
    """Call an operation so that it is declined with this status."""
    method, path, body = filled(operation, home)
    match status:
        case 400:
            return call(method, path, data=b"{", content_type="application/json")
        case 401:
            return replace(call, token="gs_nothing")(method, path, body)
        case 403:
            others = [act for act in API_ACTS if act is not operation.act]
            return replace(call, token=token_of(runtime, home, others))(method, path, body)
        case 404 if operation.repeats:
            headers = {"Idempotency-Key": "k"}
            given = call("POST", "/appreciations", body, headers=headers).get_json()["id"]
            call("DELETE", f"/appreciations/{given}")
            return call(method, path, body, headers=headers)
        case 404:
            ids = {home["Ada"], home.circle}
            return call(method, "/".join(ABSENT if part in ids else part for part in path.split("/")), body)
        case 409:
            given = call("POST", "/appreciations", thanks(home)).get_json()["id"]
            assert isinstance(runtime.now, Clock)
            runtime.now.move(minutes=11)
            return call(*filled(operation, home, given))
        case 413:
            return call(method, path, data=b" " * (1 << 20) + b"{}", content_type="application/json")
        case 415:
            return call(method, path, data=b"<did/>", content_type="application/xml")
        case 422:
            return unfit(operation, call, home)
        case 429:
            answers = (call(method, path, body) for _ in range(limits.AT_ONCE + 1))
            return next(answer for answer in answers if answer.status_code == 429)
        case 503:
            with away(runtime):
                return call(method, path, body)
    raise AssertionError(f"nobody knows how to be declined with {status}")


def unfit(operation: Operation, call: Caller, home: Home) -> TestResponse:
    """A call that is well formed and cannot be carried out."""
    method, path, body = filled(operation, home)
    if body is not None:
        return call(method, path, {"no such field": 1})
    if operation.query:
        return call(method, path.partition("?")[0] + ("?limit=0" if method == "GET" else ""))
    return call(method, path + "?surprise=1")


@pytest.mark.parametrize(("operation", "status"), EACH, ids=[f"{one.id}-{status}" for one, status in EACH])
def test_each_documented_refusal(runtime: Runtime, call: Caller, home: Home, operation: Operation, status: int) -> None:
    answer = declined(operation, status, runtime, call, home)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    told = answer.get_json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert answer.headers["Cache-Control"] == "no-store"
    if status in (429, 503):
        assert int(answer.headers["Retry-After"]) >= 1
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_what_is_absent_and_what_is_another_workspace_s_look_the_same(
    runtime: Runtime, call: Caller, home: Home
) -> None:
    other = builders.team(runtime, "Zoe")
    theirs = Caller(call.client, token_of(runtime, other))
    given = theirs("POST", "/appreciations", {"giver": other["Zoe"], "recipients": [other["Zoe"]], "did": "x"})
    assert given.status_code == 422
    for path, foreign in (("/members", other["Zoe"]), ("/circles", other.circle)):
        answers = [call("GET", f"{path}/{one}") for one in (foreign, ABSENT, "no-id", "\N{SNOWMAN}" * 16)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.data for answer in answers}) == 1
    listed = call("GET", f"/circles/{other.circle}/appreciations")
    assert listed.data == call("GET", f"/circles/{ABSENT}/appreciations").data


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"recipients": []}, "recipients"),
        ({"recipients": ["x"]}, None),
        ({"recipients": ABSENT}, None),
        ({"recipients": [ABSENT]}, "recipients"),
        ({"giver": ABSENT}, "giver"),
        ({"did": "…"}, "did"),
        ({"did": "x" * 1001}, None),
        ({"sharing": "everywhere"}, None),
        ({"sharing": "circle"}, "circle"),
        ({"sharing": "channel"}, "place"),
        ({"sharing": "circle", "circle": ABSENT}, "circle"),
        ({"values": ["a,b"]}, "values"),
        ({"values": ["a", "b", "c", "d"]}, None),
        ({"surprise": 1}, None),
    ],
)
def test_a_document_that_does_not_fit_says_where(
    call: Caller, home: Home, change: dict[str, Any], at: str | None
) -> None:
    answer = call("POST", "/appreciations", {**thanks(home), **change})
    assert answer.status_code == 422
    told = answer.get_json()
    assert told["detail"]
    assert [fault["at"] for fault in told["errors"]] == ([at] if at else [])


@pytest.mark.parametrize(
    "path",
    [
        "/members?limit=0",
        "/members?limit=101",
        "/members?limit=x",
        "/members?limit=\N{SUPERSCRIPT TWO}",
        "/members?cursor=x",
        "/circles?cursor=",
    ],
)
def test_a_page_that_cannot_be_is_refused(call: Caller, path: str) -> None:
    assert call("GET", path).status_code == 422


def test_words_no_database_can_hold_are_no_error_of_ours(call: Caller, home: Home) -> None:
    bodies: list[Callable[[], TestResponse]] = [
        lambda: call("POST", "/appreciations", thanks(home, did="tea\0\x07", eased="\0", link="\0", values=["\0"])),
        lambda: call("POST", "/efforts", work(home, reference="\0", title="\0", link="\0")),
        lambda: call("POST", "/efforts", work(home, doer={"kind": "github", "name": "\0"})),
        lambda: call("POST", "/efforts", work(home, done_at="0001-01-01T00:00:00+23:59")),
        lambda: call("POST", "/efforts", work(home, done_at="9999-12-31T23:59:59-23:59")),
        lambda: call("DELETE", "/efforts?reference=%00"),
        lambda: call("POST", "/efforts", data=b'{"reference": "\\ud800"}', content_type="application/json"),
        lambda: call("GET", "/members?cursor=%00"),
        lambda: call("POST", "/appreciations", thanks(home), headers={"Idempotency-Key": "a b"}),
    ]
    assert [ask().status_code for ask in bodies] == [201, 202, 202, 422, 422, 204, 400, 422, 422]


def test_a_token_is_believed_until_it_is_revoked_and_its_days_are_noted(
    runtime: Runtime, call: Caller, clock: Clock, home: Home
) -> None:
    def card() -> tokens.ApiCard:
        with runtime.housekeeping(writes=False) as db:
            found = tokens.api_token(db, call.token)
            assert found is not None
            return found

    assert card().seen_on is None
    assert call("GET", "/circles").status_code == 200
    assert card().seen_on == clock().date()
    clock.move(days=1)
    assert call("GET", "/circles").status_code == 200
    assert card().seen_on == clock().date()
    with runtime.transaction(home.id) as db:
        access.revoke_api_token(db, card().id)
    assert call("GET", "/circles").status_code == 401


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Basic gs_x", "bearer {}", "Bearer {} {}", "Bearer \u00e9"])
def test_a_token_that_is_none_opens_nothing(call: Caller, sent: str) -> None:
    answer = call("GET", "/circles", headers={"Authorization": sent.format(call.token, call.token)})
    assert answer.status_code == 401


def test_each_token_has_its_own_allowance_and_it_grows_back(
    runtime: Runtime, call: Caller, clock: Clock, home: Home
) -> None:
    for _ in range(limits.AT_ONCE):
        assert call("GET", "/circles").status_code == 200
    late = call("GET", "/circles")
    assert (late.status_code, late.headers["Retry-After"]) == (429, "1")
    assert replace(call, token=token_of(runtime, home))("GET", "/circles").status_code == 200
    clock.move(seconds=1)
    assert call("GET", "/circles").status_code == 200


def test_a_switched_off_feature_is_said_to_be_off(runtime: Runtime, call: Caller, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.THANKS, on=False)
    answer = call("POST", "/appreciations", thanks(home))
    assert (answer.status_code, answer.get_json()["errors"][0]["kind"]) == (403, "switched_off")


def test_browsers_of_other_sites_and_other_methods_are_turned_away(call: Caller, home: Home) -> None:
    cross = call("POST", "/efforts", work(home), headers={"Sec-Fetch-Site": "cross-site"})
    assert (cross.status_code, cross.content_type) == (403, "application/problem+json")
    wrong = call("PUT", "/efforts", work(home))
    assert (wrong.status_code, "POST" in wrong.headers["Allow"]) == (405, True)


def test_tokens_may_do_exactly_what_operations_ask_for() -> None:
    assert {operation.act for operation in api.OPERATIONS} == {*API_ACTS}
