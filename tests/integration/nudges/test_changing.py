"""What was sent and has changed since: amended, taken back, or left as it is."""

from datetime import timedelta

import pytest

from service.nudges import actions as nudges
from service.nudges import delivery
from service.nudges.couriers import Parcel, Receipt
from service.nudges.recording import Delivered
from service.nudges.rules import LEASE, Change, NudgeKind, NudgeState, Told
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY, Clock, Satchel
from tests.integration.nudges.rows import all_rows, the_row
from tests.integration.nudges.sending import (
    BUSY,
    PASSING,
    PERMANENT,
    THANKS,
    UNKNOWN,
    change,
    deliver,
    offered,
    sent,
    trace,
)


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
    assert sent(rows) == len(satchel.delivered)
    arrived = [parcel.nudges[0].id for parcel in satchel.delivered.values()]
    assert len(arrived) == len(set(arrived))
