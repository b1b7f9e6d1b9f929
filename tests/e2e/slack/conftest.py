"""A street for every test of Slack's walks."""

from collections.abc import Iterator

import pytest

from integrations.slack.socket import Line
from service.runtime import Runtime
from tests.fakes import Clock
from tests.slack import Street, Team, comes_by_socket, settled_in, street


@pytest.fixture
def town(runtime: Runtime, clock: Clock) -> Iterator[Street]:
    """Slack and the app, face to face."""
    with street(runtime, clock) as both:
        yield both


@pytest.fixture
def team(town: Street) -> Team:
    return settled_in(town)


@pytest.fixture
def by_socket(town: Street) -> Iterator[Line]:
    """The app's one socket, over which everything comes."""
    with comes_by_socket(town) as line:
        yield line
