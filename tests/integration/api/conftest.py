"""A tool with a token, and the app it calls."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.access import actions as access
from service.access.rules import API_ACTS
from service.app import create_app
from service.people.acts import Act
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY


@dataclass
class Caller:
    """Another tool: it calls the API with a token of one workspace."""

    client: FlaskClient
    token: str
    answers: list[TestResponse] = field(default_factory=list)

    def __call__(self, method: str, path: str, body: object = None, **more: Any) -> TestResponse:
        """Call, and keep the answer."""
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        if body is not None:
            more["json"] = body
        answer = self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)
        self.answers.append(answer)
        return answer


def token_of(runtime: Runtime, home: Home, acts: Iterable[Act] = API_ACTS) -> str:
    """A token made in the settings of a workspace."""
    with runtime.transaction(home.id) as db:
        return access.make_api_token(db, "another tool", [*acts], MONDAY)[1]


@pytest.fixture
def home(runtime: Runtime) -> Home:
    """A team whose first member leads."""
    made = builders.team(runtime, "Ada", "Ben", "Cleo")
    builders.always_open(runtime, made)
    return made


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    """Whoever calls from outside."""
    return create_app(runtime).test_client()


@pytest.fixture
def call(runtime: Runtime, client: FlaskClient, home: Home) -> Caller:
    """A tool that may do all a tool may."""
    return Caller(client, token_of(runtime, home))
