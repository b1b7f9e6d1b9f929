"""The OpenAPI document: made from the code, and kept by the code whatever a fuzzer sends."""

import itertools
import os
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from service.api import blueprint as api
from service.api.limits import Allowance
from service.app import create_app
from service.runtime import Runtime
from tests.builders import Home
from tests.integration.api.conftest import Caller, token_of
from tests.integration.api.test_operations import AT, thanks

EXAMPLES = 700 if os.environ.get("HYPOTHESIS_PROFILE") == "soak" else 12
"""For each operation, for what the document allows and for what it does not."""
# Left out is that all data of the right shape is accepted: thanks to somebody who is not here have the right shape.
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    missing_required_header,
    unsupported_method,
    ignored_auth,
]


PROFILE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.generate],
    database=None,
)


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    told: dict[str, Any] = answer.get_json()
    return told


def test_the_document_names_every_operation_and_every_refusal(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    told = {
        each["operationId"]: (path, method, sorted(map(int, each["responses"])))
        for path, methods in document["paths"].items()
        for method, each in methods.items()
    }
    assert told == {
        one.id: (api.AT + one.path, one.method.lower(), sorted({one.status, *one.refusals})) for one in api.OPERATIONS
    }
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+", name) for name in told)


def test_nothing_in_the_document_counts_or_compares_people(document: dict[str, Any]) -> None:
    named = {name for schema in document["components"]["schemas"].values() for name in schema.get("properties", {})}
    assert "given_at" in named
    assert not {name for name in named if re.search(r"count|total|rank|score|points|joined|seen|answered|last", name)}


@pytest.mark.parametrize("number", range(len(api.OPERATIONS)), ids=[operation.id for operation in api.OPERATIONS])
def test_whatever_a_fuzzer_sends_is_answered_as_documented(
    runtime: Runtime, home: Home, number: int, record_property: Callable[[str, object], None]
) -> None:
    app = create_app(runtime, allowance=Allowance(at_once=10**9, per_second=10**9))
    call = Caller(app.test_client(), token_of(runtime, home))
    given_here = call("POST", "/appreciations", thanks(home)).get_json()["id"]
    known = {"member": home["Ada"], "circle": home.circle, "appreciation": given_here}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    wanted = api.OPERATIONS[number]
    operation = schema[api.AT + wanted.path][wanted.method]
    here = {name: known[name] for name in known if "{" + name + "}" in wanted.path}
    bodies: dict[str, dict[str, Any]] = {
        "appreciations.give": {"giver": home["Ada"], "recipients": [home["Ben"]], "sharing": "private", "circle": None},
        "efforts.notice": {"doer": home["Ben"], "saw": [home["Ada"]], "done_at": AT},
    }
    real = bodies.get(wanted.id, {})
    answered: Counter[int] = Counter()
    for mode, at_home in itertools.product((GenerationMode.POSITIVE, GenerationMode.NEGATIVE), (False, True)):
        spoils_nothing = mode is GenerationMode.NEGATIVE and not (wanted.takes or wanted.query or here)
        if spoils_nothing or (at_home and not here and not real):
            continue
        cases = operation.as_strategy(generation_mode=mode, path_parameters=here if at_home else None)
        body = real if at_home and mode is GenerationMode.POSITIVE else {}
        PROFILE(given(case=cases)(_sender(call.token, body, answered)))()
    assert wanted.status in answered or wanted.id == "appreciations.read", "not one call came through"
    record_property("cases", answered.total())


def _sender(token: str, body: dict[str, Any], answered: Counter[int]) -> Callable[[Case[Any]], None]:
    """Send a case, with what is known to be here put into its body, and look at the answer."""

    def send(case: Case[Any]) -> None:
        assume([] not in (case.query or {}).values())  # an empty list is left out of an address, and so spoils nothing
        if isinstance(case.body, dict):
            case.body |= body
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
        answered[answer.status_code] += 1

    return send
