"""What GitLab's deliveries do beyond what all webhooks do: they teach by which number GitLab knows a login."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integrations.gitlab.plug import plug
from service.efforts import actions as efforts
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY
from tests.integration.efforts.work import rows
from tests.tools import GITLAB, secret_of


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    app = Flask("gitlab")
    made = plug(runtime).blueprint
    assert made is not None
    app.register_blueprint(made)
    return app.test_client()


def test_an_author_named_by_number_is_known_once_gitlab_said_both(runtime: Runtime, client: FlaskClient) -> None:
    home = builders.team(runtime, "Ada")
    secret = secret_of(runtime, home, GITLAB)
    unnamed = GITLAB.example("merge_request.merged_author_unnamed")
    number = unnamed["object_attributes"]["author_id"]
    with runtime.transaction(home.id) as db:
        efforts.claim(db, home["Ada"], GITLAB.kind, "ada.l", MONDAY)
    assert GITLAB.deliver(client, secret, "Merge Request Hook", unnamed).get_json() == {"noticed": 0}
    said = {"project": {"id": 1}, "user": {"id": number, "username": "Ada.L"}}
    assert GITLAB.deliver(client, secret, "Push Hook", said).status_code == 200
    assert GITLAB.deliver(client, secret, "Merge Request Hook", unnamed).get_json() == {"noticed": 1}
    assert [row.member_id for row in rows(runtime)] == [home["Ada"]]


@pytest.mark.parametrize(
    ("event", "name", "noticed"),
    [
        ("Merge Request Hook", "merge_request.closed_unmerged", 0),
        ("Merge Request Hook", "merge_request.merged_by_bot_author", 0),
        ("Issue Hook", "issue.moved", 0),
        ("Note Hook", "note.system", 0),
    ],
)
def test_what_is_no_work_is_not_noticed(
    runtime: Runtime, client: FlaskClient, event: str, name: str, noticed: int
) -> None:
    home = builders.team(runtime, "Ada")
    secret = secret_of(runtime, home, GITLAB)
    assert GITLAB.deliver(client, secret, event, GITLAB.example(name)).get_json() == {"noticed": noticed}
    assert rows(runtime) == []
