"""What the tests of signing in share: a postbag, and the steps of a link."""

import pytest

from service.people import actions as people
from service.people.rules import IdentityKind
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.access.letters import ADA


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(made.id) as db:
        people.identify(db, made["Ada"], IdentityKind.MAIL, ADA, MONDAY)
    return made
