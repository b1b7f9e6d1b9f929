"""What every test shares: Hypothesis profiles and no network beyond this machine."""

import os

import hypothesis
import pytest
from pytest_socket import socket_allow_hosts

hypothesis.settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", max_examples=5000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def _only_this_machine() -> None:
    """A test that reaches beyond loopback fails."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
