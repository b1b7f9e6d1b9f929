"""Asking for a way in takes as long for an address nobody has as for one that somebody has."""

import statistics
import time

import pytest

from service.people import actions as people
from service.people.rules import IdentityKind, Role
from service.runtime import Runtime
from tests.builders import family
from tests.visitors import Visitor, bare, visitor

ROUNDS = 200
MOST_APART_S = 0.005


@pytest.mark.soak
def test_nobody_learns_by_a_clock_who_is_here(runtime: Runtime) -> None:
    home = family(runtime, Maja=Role.ADULT)
    with runtime.transaction(home.id) as db:
        for number in range(ROUNDS):
            member = people.meet(db, f"Member {number}", runtime.now(), role=Role.RELATIVE)
            people.identify(db, member, IdentityKind.MAIL, f"known{number}@example.org", runtime.now())
    somebody = visitor(runtime)
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    pages = {asked(somebody, "known0@example.org", 0)[1], asked(somebody, "unknown0@example.org", 0)[1]}
    assert len(pages) == 1
    for number in range(1, ROUNDS):
        for kind in sorted(took, reverse=bool(number % 2)):  # neither always first
            took[kind].append(asked(somebody, f"{kind}{number}@example.org", number)[0])
    known, unknown = (statistics.median(took[kind]) for kind in ("known", "unknown"))
    assert abs(known - unknown) < MOST_APART_S


def asked(somebody: Visitor, address: str, client: int) -> tuple[float, str]:
    """How long the answer took, and what it was."""
    somebody.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{client % 250}"  # as many clients as the limits take
    begun = time.perf_counter()
    answer = somebody.sends("/sign-in", {"address": address})
    took = time.perf_counter() - begun
    assert answer.status_code == 303
    return took, bare(somebody.opens(answer.location))
