"""A family in its rooms, each in a browser of their own."""

import pytest

from service.people.rules import Role
from service.runtime import Runtime
from tests.builders import Home, always_open, family
from tests.visitors import Visitor, signed_in


@pytest.fixture
def home(runtime: Runtime) -> Home:
    home = family(runtime, Maja=Role.ADULT, Ben=Role.ADULT, Kim=Role.CHILD, Ruth=Role.RELATIVE)
    always_open(runtime, home)
    return home


@pytest.fixture
def maja(runtime: Runtime, home: Home) -> Visitor:
    return signed_in(runtime, home.id, home["Maja"])


@pytest.fixture
def ben(runtime: Runtime, home: Home) -> Visitor:
    return signed_in(runtime, home.id, home["Ben"])
