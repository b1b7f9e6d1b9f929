"""A street with the app installed in one team, and two people there."""

from collections.abc import Iterator

import pytest

from service.runtime import Runtime
from tests.fakes import Clock
from tests.slack import Street, street


@pytest.fixture
def town(runtime: Runtime, clock: Clock) -> Iterator[Street]:
    """Slack and the app, face to face."""
    with street(runtime, clock) as both:
        yield both
