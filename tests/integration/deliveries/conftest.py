"""Both tools, and an app that takes their deliveries."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from integrations.github.plug import plug as plug_github
from integrations.gitlab.plug import plug as plug_gitlab
from service.runtime import Runtime
from tests.tools import GITHUB, GITLAB, Tool


@pytest.fixture(params=[GITHUB, GITLAB], ids=lambda tool: str(tool.hook.value))
def tool(request: pytest.FixtureRequest) -> Tool:
    """One of the two, in turn."""
    found: Tool = request.param
    return found


@pytest.fixture
def client(runtime: Runtime) -> FlaskClient:
    """Whoever calls from outside."""
    return client_of(runtime)


def client_of(runtime: Runtime) -> FlaskClient:
    """Somebody who calls an app of this runtime from outside."""
    app = Flask("deliveries")
    for plug in (plug_github(runtime), plug_gitlab(runtime)):
        assert plug.blueprint is not None
        app.register_blueprint(plug.blueprint)
    return app.test_client()
