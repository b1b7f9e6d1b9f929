"""From waiting to sent, failed, parked or let go, whatever a courier answers."""

from datetime import timedelta

import pytest

from service.nudges import actions as nudges
from service.nudges import queries
from service.nudges.couriers import CourierError, Outcome, Parcel, Receipt
from service.nudges.recording import Delivered
from service.nudges.rules import LEASE, MOST_ATTEMPTS, MOST_TRACES, NudgeState
from service.people import actions as people
from service.people import queries as people_now
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY, Satchel
from tests.integration.nudges.rows import all_rows, the_row
from tests.integration.nudges.sending import (
    BUSY,
    PASSING,
    PERMANENT,
    SUSPENDED,
    THANKS,
    UNKNOWN,
    Silent,
    deliver,
    offered,
    trace,
)


def test_what_arrives_is_receipted(runtime: Runtime, satchel: Satchel, thanks: str) -> None:
    assert deliver(runtime, MONDAY) == Delivered(sent=1)
    row = the_row(runtime, thanks)
    assert (row.state, row.sent_at, row.attempts, row.courier) == (NudgeState.SENT, MONDAY, 1, "slack")
    assert row.receipt == {"parcel": row.parcel}
    assert not deliver(runtime, MONDAY).any


def test_a_passing_refusal_is_tried_again_later_and_later(runtime: Runtime, satchel: Satchel, thanks: str) -> None:
    now, waits = MONDAY, []
    for _ in range(MOST_ATTEMPTS):
        satchel.faults.append((PASSING, False))
        assert deliver(runtime, now) == Delivered(put_off=1)
        row = the_row(runtime, thanks)
        waits.append(row.due_at - now)
        assert not deliver(runtime, row.due_at - timedelta(seconds=1)).any
        now = row.due_at
    assert waits == [timedelta(seconds=30 * 2**n) for n in range(MOST_ATTEMPTS)]
    assert not deliver(runtime, now).any
    row = the_row(runtime, thanks)
    assert (row.state, row.attempts, row.why) == (NudgeState.PARKED, MOST_ATTEMPTS, "connection refused")
    assert satchel.deliveries == MOST_ATTEMPTS


def test_asked_to_wait_it_waits_as_long_and_counts_no_attempt(runtime: Runtime, satchel: Satchel, thanks: str) -> None:
    now = MONDAY
    for _ in range(2 * MOST_ATTEMPTS):
        satchel.faults.append((BUSY, False))
        deliver(runtime, now)
        row = the_row(runtime, thanks)
        assert (row.due_at, row.attempts) == (now + timedelta(seconds=90), 0)
        now = row.due_at
    assert deliver(runtime, now) == Delivered(sent=1)


def test_a_permanent_refusal_fails_and_shows_in_the_inbox_and_to_the_operator(
    runtime: Runtime, satchel: Satchel, home: Home, thanks: str
) -> None:
    satchel.faults.append((PERMANENT, False))
    assert deliver(runtime, MONDAY) == Delivered(failed=1)
    with runtime.housekeeping() as db:
        (stuck,) = queries.stuck(db)
        assert (stuck.id, stuck.state, stuck.why, stuck.workspace) == (
            thanks,
            NudgeState.FAILED,
            "no such address",
            home.id,
        )
    with runtime.transaction(home.id) as db:
        assert [card.id for card in queries.inbox(db, home["Ada"])] == [thanks]
        nudges.recall(db, "t1", THANKS)
        assert queries.inbox(db, home["Ada"]) == []


@pytest.mark.parametrize("arrives", [True, False])
def test_an_unknown_fate_is_traced_and_never_sent_twice(
    runtime: Runtime, satchel: Satchel, thanks: str, arrives: bool
) -> None:
    satchel.faults.append((UNKNOWN, arrives))
    assert deliver(runtime, MONDAY) == Delivered(unknown=1)
    assert not deliver(runtime, MONDAY + LEASE).any
    assert not trace(runtime, MONDAY + timedelta(seconds=14)).any
    now = MONDAY + timedelta(seconds=15)
    assert trace(runtime, now) == (Delivered(sent=1) if arrives else Delivered(put_off=1))
    deliver(runtime, now)
    assert the_row(runtime, thanks).state is NudgeState.SENT
    assert len(satchel.delivered) == 1
    assert satchel.deliveries == (1 if arrives else 2)


def test_what_never_arrives_is_tried_five_times(runtime: Runtime, satchel: Satchel, thanks: str) -> None:
    now = MONDAY
    for _ in range(2 * MOST_ATTEMPTS):
        satchel.faults.append((UNKNOWN, False))
        deliver(runtime, now)
        now += timedelta(seconds=15)
        trace(runtime, now)
    assert satchel.deliveries == MOST_ATTEMPTS
    assert the_row(runtime, thanks).state is NudgeState.PARKED


@pytest.mark.parametrize("answer", [CourierError(Outcome.PASSING, "away"), UNKNOWN, RuntimeError("broken")])
def test_what_cannot_be_traced_is_asked_after_less_and_less_and_parked(
    runtime: Runtime, thanks: str, answer: Exception
) -> None:
    silent = Silent()
    silent.error = answer
    runtime.couriers["slack"] = silent
    silent.faults.append((UNKNOWN, True))
    deliver(runtime, MONDAY)
    now, rounds = MONDAY, 0
    while (row := the_row(runtime, thanks)).state is NudgeState.UNKNOWN:
        assert row.lease_until is not None
        assert row.lease_until > now
        now, rounds = row.lease_until, rounds + 1
        trace(runtime, now)
    assert (row.state, rounds) == (NudgeState.PARKED, MOST_TRACES)
    assert now - MONDAY > timedelta(hours=1)
    assert silent.deliveries == 1


def test_what_no_courier_can_trace_is_parked_at_once(runtime: Runtime, thanks: str) -> None:
    silent = Silent()
    silent.error = CourierError(Outcome.PERMANENT, "mail leaves no trace")
    runtime.couriers["slack"] = silent
    silent.faults.append((UNKNOWN, True))
    deliver(runtime, MONDAY)
    trace(runtime, MONDAY + timedelta(seconds=15))
    row = the_row(runtime, thanks)
    assert (row.state, row.why) == (NudgeState.PARKED, "untraced: mail leaves no trace")


def test_a_courier_that_is_plugged_no_more_leaves_its_parcels_parked(
    runtime: Runtime, satchel: Satchel, thanks: str
) -> None:
    satchel.faults.append((UNKNOWN, True))
    deliver(runtime, MONDAY)
    del runtime.couriers["slack"]
    trace(runtime, MONDAY + LEASE)
    assert the_row(runtime, thanks).state is NudgeState.PARKED


def test_one_parcel_that_breaks_its_courier_keeps_no_other(runtime: Runtime, home: Home) -> None:
    class Breaking(Satchel):
        def deliver(self, parcel: Parcel) -> Receipt:
            if parcel.nudges[0].subject == "t3":
                raise ZeroDivisionError("a poison row")
            return super().deliver(parcel)

    runtime.couriers["slack"] = breaking = Breaking()
    for number in range(6):
        offered(runtime, home, "Ada", f"t{number}")
    assert deliver(runtime, MONDAY) == Delivered(sent=5, unknown=1)
    (poison,) = [row for row in all_rows(runtime) if row.state is NudgeState.UNKNOWN]
    assert (poison.subject, poison.why) == ("t3", "fault: ZeroDivisionError")
    now = MONDAY
    for _ in range(2 * MOST_ATTEMPTS):
        now += LEASE
        trace(runtime, now)
        deliver(runtime, now)
    assert the_row(runtime, poison.id).state is NudgeState.PARKED
    assert len(breaking.delivered) == 5


def test_a_worker_that_ended_after_the_claim_leaves_nothing_behind(
    runtime: Runtime, satchel: Satchel, thanks: str
) -> None:
    from service.nudges import claims

    with runtime.housekeeping() as db:
        assert len(claims.claim(db, runtime.couriers, MONDAY, 10)) == 1
    assert not deliver(runtime, MONDAY).any
    assert trace(runtime, MONDAY + LEASE) == Delivered(put_off=1)
    assert deliver(runtime, MONDAY + LEASE) == Delivered(sent=1)


def test_a_worker_that_wakes_up_late_writes_nothing(
    runtime: Runtime, satchel: Satchel, home: Home, thanks: str
) -> None:
    """Its lease ran out, the parcel was claimed anew: the fence is the parcel's id."""
    other = Satchel()
    now = MONDAY + LEASE

    class Sleeping(Satchel):
        def deliver(self, parcel: Parcel) -> Receipt:
            runtime.couriers["slack"] = other
            trace(runtime, now)
            deliver(runtime, now)
            raise PERMANENT

    runtime.couriers["slack"] = Sleeping()
    deliver(runtime, MONDAY)
    row = the_row(runtime, thanks)
    assert (row.state, row.why, len(other.delivered)) == (NudgeState.SENT, None, 1)


def test_a_revoked_workspace_is_suspended_and_holds_its_rows(runtime: Runtime, satchel: Satchel, home: Home) -> None:
    for number in range(5):
        offered(runtime, home, "Ada", f"t{number}")
    satchel.faults.append((SUSPENDED, False))
    assert deliver(runtime, MONDAY) == Delivered(put_off=5)
    assert satchel.deliveries == 1
    with runtime.housekeeping() as db:
        card = people_now.workspace(db, home.id)
        assert card is not None
        assert card.suspended_at == MONDAY
    assert {(row.state, row.attempts) for row in all_rows(runtime)} == {(NudgeState.WAITING, 0)}
    assert not deliver(runtime, MONDAY + timedelta(days=1)).any
    with runtime.housekeeping() as db:
        people.resume(db, home.id)
    assert deliver(runtime, MONDAY + timedelta(days=1)) == Delivered(sent=5)


def test_what_is_unknown_in_a_suspended_workspace_waits_to_be_traced(
    runtime: Runtime, satchel: Satchel, home: Home, thanks: str
) -> None:
    satchel.faults.append((UNKNOWN, True))
    deliver(runtime, MONDAY)
    with runtime.housekeeping() as db:
        people.suspend(db, home.id, "token_revoked", MONDAY)
    for hour in range(30):
        assert not trace(runtime, MONDAY + timedelta(hours=hour)).any
    with runtime.housekeeping() as db:
        people.resume(db, home.id)
    assert trace(runtime, MONDAY + timedelta(days=2)) == Delivered(sent=1)


def test_tracing_suspends_a_revoked_workspace_too(runtime: Runtime, home: Home, thanks: str) -> None:
    silent = Silent()
    silent.error = SUSPENDED
    runtime.couriers["slack"] = silent
    silent.faults.append((UNKNOWN, True))
    deliver(runtime, MONDAY)
    trace(runtime, MONDAY + LEASE)
    with runtime.housekeeping() as db:
        card = people_now.workspace(db, home.id)
        assert card is not None
        assert card.suspended_at is not None
    assert the_row(runtime, thanks).state is NudgeState.UNKNOWN
