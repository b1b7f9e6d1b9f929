"""GitHub's deliveries: who reviewed saw the change, and what is no work is not noticed."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integrations.github import payloads
from integrations.github.plug import plug
from service.efforts import actions as efforts
from service.efforts.rules import EffortKind
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY
from tests.integration.efforts.work import rows, witnesses
from tests.tools import GITHUB, secret_of


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    app = Flask("github")
    made = plug(runtime).blueprint
    assert made is not None
    app.register_blueprint(made)
    return app.test_client()


def test_a_merge_and_a_review_are_two_people_s_work(runtime: Runtime, client: FlaskClient) -> None:
    home = builders.team(runtime, "Ada", "Ben")
    secret = secret_of(runtime, home, GITHUB)
    (change,) = payloads.noticed("pull_request", GITHUB.example("pull_request.merged"))
    (review,) = payloads.noticed("pull_request_review", GITHUB.example("pull_request_review.submitted"))
    assert change.doer is not None
    assert review.doer is not None
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ada"], GITHUB.kind, change.doer.name, MONDAY)
        efforts.claim(db, home["Ben"], GITHUB.kind, review.doer.name, MONDAY)
    for event, name in (
        ("pull_request", "pull_request.merged"),
        ("pull_request_review", "pull_request_review.submitted"),
    ):
        assert GITHUB.deliver(client, secret, event, GITHUB.example(name)).get_json() == {"noticed": 1}
    assert {(row.member_id, row.kind) for row in rows(runtime)} == {
        (home["Ada"], EffortKind.CHANGE),
        (home["Ben"], EffortKind.REVIEW),
    }
    reviewed = next(row.id for row in rows(runtime) if row.kind is EffortKind.REVIEW)
    assert witnesses(runtime, reviewed) == {home["Ada"]}


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("pull_request", "pull_request.closed_unmerged"),
        ("pull_request", "pull_request.opened"),
        ("pull_request", "pull_request.merged_by_bot_author"),
        ("pull_request_review", "pull_request_review.by_bot"),
        ("pull_request_review", "pull_request_review.by_author"),
        ("issues", "issues.not_planned"),
    ],
)
def test_what_is_no_work_is_not_noticed(runtime: Runtime, client: FlaskClient, event: str, name: str) -> None:
    home = builders.team(runtime, "Ada")
    secret = secret_of(runtime, home, GITHUB)
    assert GITHUB.deliver(client, secret, event, GITHUB.example(name)).get_json() == {"noticed": 0}
    assert rows(runtime) == []
