"""From waiting to sent, failed, parked or let go, whatever a courier answers."""

from datetime import datetime, timedelta

import pytest

from service.nudges import actions as nudges
from service.nudges import delivery, queries
from service.nudges.couriers import CourierError, Outcome, Parcel, Receipt
from service.nudges.models import Nudge
from service.nudges.recording import Delivered
from service.nudges.rules import LEASE, MOST_ATTEMPTS, MOST_TRACES, Change, NudgeKind, NudgeState, Told
from service.people import actions as people
from service.people import queries as people_now
from service.people.rules import ALL_WEEK, Boundary
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock, Satchel
from tests.integration.nudges.rows import all_rows, the_row

THANKS = NudgeKind.THANKS_RECEIVED
PASSING = CourierError(Outcome.PASSING, "connection refused")
UNKNOWN = CourierError(Outcome.UNKNOWN, "timeout")
PERMANENT = CourierError(Outcome.PERMANENT, "no such address")
SUSPENDED = CourierError(Outcome.SUSPENDED, "token_revoked")
BUSY = CourierError(Outcome.PASSING, "ratelimited", timedelta(seconds=90))


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


def offered(runtime: Runtime, home: Home, name: str, subject: str, now: datetime = MONDAY) -> str:
    """Offer thanks."""
    with runtime.transaction(home.id) as db:
        made = nudges.offer(db, THANKS, home[name], subject, Told(words="Thank you."), now)
    assert made is not None
    return made


def deliver(runtime: Runtime, now: datetime) -> Delivered:
    """One round of delivery."""
    return delivery.deliver_due(runtime.housekeeping, runtime.couriers, now)


def trace(runtime: Runtime, now: datetime) -> Delivered:
    """One round of tracing."""
    return delivery.trace_due(runtime.housekeeping, runtime.couriers, now)


def change(runtime: Runtime, now: datetime) -> Delivered:
    """One round of changes."""
    return delivery.change_due(runtime.housekeeping, runtime.couriers, now)


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


class Silent(Satchel):
    """A courier that cannot say what became of a parcel."""

    error: Exception = CourierError(Outcome.PASSING, "away")

    def trace(self, parcel: Parcel) -> Receipt | None:
        """It does not know."""
        raise self.error


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


def test_what_was_withdrawn_on_its_way_is_not_sent_again(
    runtime: Runtime, satchel: Satchel, home: Home, thanks: str
) -> None:
    satchel.faults.append((UNKNOWN, False))
    deliver(runtime, MONDAY)
    with runtime.transaction(home.id) as db:
        nudges.withdraw(db, "t1", THANKS)
    trace(runtime, MONDAY + LEASE)
    deliver(runtime, MONDAY + LEASE)
    assert satchel.deliveries == 1
    assert the_row(runtime, thanks).state is NudgeState.EXPIRED


def test_what_was_recalled_on_its_way_is_not_sent_again(
    runtime: Runtime, satchel: Satchel, home: Home, thanks: str
) -> None:
    satchel.faults.append((UNKNOWN, False))
    deliver(runtime, MONDAY)
    with runtime.transaction(home.id) as db:
        nudges.recall(db, "t1", THANKS)
    trace(runtime, MONDAY + LEASE)
    deliver(runtime, MONDAY + LEASE)
    assert satchel.delivered == {}
    assert the_row(runtime, thanks).state is NudgeState.WITHDRAWN


def test_what_was_sent_is_amended(runtime: Runtime, satchel: Satchel, home: Home, thanks: str) -> None:
    deliver(runtime, MONDAY)
    with runtime.transaction(home.id) as db:
        nudges.change(db, "t1", Told(words="Better words."), THANKS)
    assert change(runtime, MONDAY) == Delivered(sent=1)
    (parcel,) = satchel.delivered.values()
    assert parcel.nudges[0].told.words == "Better words."
    assert the_row(runtime, thanks).change is Change.NONE
    assert not change(runtime, MONDAY).any


def test_what_was_sent_is_recalled(runtime: Runtime, satchel: Satchel, home: Home, thanks: str) -> None:
    deliver(runtime, MONDAY)
    with runtime.transaction(home.id) as db:
        nudges.recall(db, "t1", THANKS)
    change(runtime, MONDAY)
    assert satchel.delivered == {}
    assert the_row(runtime, thanks).state is NudgeState.WITHDRAWN


def test_what_changes_while_it_is_sent_is_amended_afterwards(runtime: Runtime, home: Home, thanks: str) -> None:
    class Slow(Satchel):
        def deliver(self, parcel: Parcel) -> Receipt:
            with runtime.transaction(home.id) as db:
                nudges.change(db, "t1", Told(words="Better words."), THANKS)
            return super().deliver(parcel)

    runtime.couriers["slack"] = slow = Slow()
    deliver(runtime, MONDAY)
    change(runtime, MONDAY)
    (parcel,) = slow.delivered.values()
    assert parcel.nudges[0].told.words == "Better words."


def test_what_changes_while_it_is_amended_is_amended_once_more(runtime: Runtime, home: Home, thanks: str) -> None:
    class Slow(Satchel):
        def amend(self, receipt: Receipt, parcel: Parcel) -> None:
            if not self.amended:
                with runtime.transaction(home.id) as db:
                    nudges.change(db, "t1", Told(words="Best words."), THANKS)
            super().amend(receipt, parcel)

    runtime.couriers["slack"] = slow = Slow()
    deliver(runtime, MONDAY)
    with runtime.transaction(home.id) as db:
        nudges.change(db, "t1", Told(words="Better words."), THANKS)
    change(runtime, MONDAY)
    change(runtime, MONDAY)
    assert [parcel.nudges[0].told.words for parcel in slow.amended] == ["Better words.", "Best words."]


def test_one_of_a_parcel_is_taken_back_and_stays_away(runtime: Runtime, satchel: Satchel, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        for subject in ("a1", "a2", "a3"):
            nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], subject, Told(), MONDAY)
    now = MONDAY + timedelta(days=1)
    deliver(runtime, now)
    for subject in ("a1", "a2"):
        with runtime.transaction(home.id) as db:
            nudges.recall(db, subject, NudgeKind.ASK_WAITING)
        change(runtime, now)
    (parcel,) = satchel.delivered.values()
    assert [nudge.subject for nudge in parcel.nudges] == ["a3"]
    assert [len(parcel.nudges) for parcel in satchel.amended] == [2, 1]


def test_a_courier_that_takes_nothing_back_is_asked_once(runtime: Runtime, home: Home, thanks: str) -> None:
    runtime.couriers["slack"] = Satchel(takes_back=False)
    deliver(runtime, MONDAY + timedelta(minutes=10))
    with runtime.transaction(home.id) as db:
        nudges.recall(db, "t1", THANKS)
    assert change(runtime, MONDAY + timedelta(minutes=10)) == Delivered(failed=1)
    assert not change(runtime, MONDAY + timedelta(minutes=10)).any
    assert the_row(runtime, thanks).state is NudgeState.WITHDRAWN


def test_an_amendment_that_fails_in_passing_is_tried_again(runtime: Runtime, home: Home, thanks: str) -> None:
    class Shaky(Satchel):
        left = 2

        def amend(self, receipt: Receipt, parcel: Parcel) -> None:
            self.left -= 1
            if self.left >= 0:
                raise UNKNOWN
            super().amend(receipt, parcel)

    runtime.couriers["slack"] = shaky = Shaky()
    deliver(runtime, MONDAY)
    with runtime.transaction(home.id) as db:
        nudges.change(db, "t1", Told(words="Better words."), THANKS)
    now = MONDAY
    while not shaky.amended:
        change(runtime, now)
        now = the_row(runtime, thanks).due_at
    assert the_row(runtime, thanks).change is Change.NONE
    assert now - MONDAY < timedelta(minutes=10)


def test_when_time_is_short_the_rest_is_due_at_once(
    runtime: Runtime, satchel: Satchel, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        offered(runtime, home, "Ada", f"t{number}")
    monkeypatch.setattr(delivery, "SEND_BUDGET_S", -1.0)
    assert deliver(runtime, MONDAY) == Delivered(put_off=3)
    assert {(row.state, row.attempts, row.due_at) for row in all_rows(runtime)} == {(NudgeState.WAITING, 0, MONDAY)}
    monkeypatch.undo()
    assert deliver(runtime, MONDAY) == Delivered(sent=3)


def test_no_row_outlives_its_lease(runtime: Runtime, satchel: Satchel, home: Home, clock: Clock) -> None:
    """Whatever a courier answers, in the end every row is sent, parked or failed, and arrived at most once."""
    answers = [PASSING, UNKNOWN, BUSY, PERMANENT, UNKNOWN, PASSING, UNKNOWN]
    for number in range(40):
        offered(runtime, home, "Ada", f"t{number:02}")
        satchel.faults.append((answers[number % len(answers)], number % 3 == 0 and number % len(answers) in (1, 4, 6)))
    for _ in range(200):
        deliver(runtime, clock())
        trace(runtime, clock())
        clock.move(seconds=31)
    rows = all_rows(runtime)
    assert {row.state for row in rows} <= {NudgeState.SENT, NudgeState.FAILED, NudgeState.PARKED}
    assert _sent(rows) == len(satchel.delivered)
    arrived = [parcel.nudges[0].id for parcel in satchel.delivered.values()]
    assert len(arrived) == len(set(arrived))


def _sent(rows: list[Nudge]) -> int:
    return sum(row.state is NudgeState.SENT for row in rows)
