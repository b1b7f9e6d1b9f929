"""What the tests of delivery share: thanks on their way, and the rounds that carry them."""

from datetime import datetime

import pytest

from service.people import actions as people
from service.people.rules import ALL_WEEK, Boundary
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import Satchel
from tests.integration.nudges.sending import offered


@pytest.fixture
def satchel(runtime: Runtime) -> Satchel:
    made = Satchel()
    runtime.couriers["slack"] = made
    return made


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", courier="slack")
    always = Boundary(days=ALL_WEEK, starts_at=datetime.min.time(), ends_at=datetime.max.time().replace(microsecond=0))
    with runtime.transaction(made.id) as db:
        for member in made:
            people.set_boundary(db, member, always)
    return made


@pytest.fixture
def thanks(runtime: Runtime, home: Home) -> str:
    return offered(runtime, home, "Ada", "t1")
