"""Many workers, one outbox: each nudge leaves once."""

import threading
import time
from collections import Counter
from datetime import datetime

import pytest

from service.nudges import actions as nudges
from service.nudges import claims, delivery
from service.nudges.couriers import Parcel, Receipt
from service.nudges.rules import Change, NudgeKind, NudgeState, Told
from service.runtime import Runtime
from tests import builders
from tests.fakes import MONDAY, Satchel
from tests.integration.nudges.rows import all_rows, the_row

WORKERS = 50
READERS = 100
EACH = 10


class Counting(Satchel):
    """A courier that counts what it carried."""

    def __init__(self) -> None:
        super().__init__("inbox")
        self.carried: Counter[str] = Counter()
        self.lock = threading.Lock()

    def deliver(self, parcel: Parcel) -> Receipt:
        """Count every nudge."""
        with self.lock:
            self.carried.update(nudge.id for nudge in parcel.nudges)
        return super().deliver(parcel)


def _until_all_sent(runtime: Runtime, courier: Satchel, now: datetime, failures: list[BaseException]) -> None:
    quiet = 0
    try:
        while quiet < 3:
            done = delivery.deliver_due(runtime.housekeeping, {"inbox": courier}, now, most=7)
            quiet = 0 if done.any else quiet + 1
    except BaseException as error:
        failures.append(error)
        raise


def test_fifty_workers_send_a_thousand_nudges_once_each(runtime: Runtime) -> None:
    home = builders.team(runtime, *(f"m{number}" for number in range(READERS)))
    with runtime.transaction(home.id) as db:
        for number in range(EACH):
            for member in home:
                nudges.offer(db, NudgeKind.THANKS_RECEIVED, member, f"t{number}", Told(), MONDAY)
    courier, failures = Counting(), list[BaseException]()
    workers = [
        threading.Thread(target=_until_all_sent, args=(runtime, courier, MONDAY, failures)) for _ in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    _until_all_sent(runtime, courier, MONDAY, failures)  # a worker stops early where others hold all that is due
    assert failures == []
    rows = all_rows(runtime)
    assert Counter(row.state for row in rows) == {NudgeState.SENT: READERS * EACH}
    assert set(courier.carried.values()) == {1}
    assert len(courier.carried) == READERS * EACH


def test_workers_who_race_for_one_reader_send_one_parcel(runtime: Runtime) -> None:
    home = builders.team(runtime, "Ada")
    with runtime.transaction(home.id) as db:
        for number in range(9):
            nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], f"a{number}", Told(), MONDAY)
    courier, failures = Counting(), list[BaseException]()
    morning = MONDAY.replace(day=3)
    workers = [threading.Thread(target=_until_all_sent, args=(runtime, courier, morning, failures)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failures == []
    assert len(courier.delivered) == 1
    assert {row.state for row in all_rows(runtime)} == {NudgeState.SENT}


def test_while_a_reader_is_being_packed_nothing_else_is_packed_for_them(runtime: Runtime) -> None:
    if runtime.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: nobody packs beside it")
    home = builders.team(runtime, "Ada")
    morning = MONDAY.replace(day=3)
    couriers = {"inbox": Counting()}
    with runtime.transaction(home.id) as db:
        nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), MONDAY)
    with runtime.housekeeping() as packing:
        assert len(claims.claim(packing, couriers, morning, 10)) == 1
        with runtime.transaction(home.id) as db:
            nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a2", Told(), MONDAY)
        with runtime.housekeeping() as db:
            assert claims.claim(db, couriers, morning, 10) == []


@pytest.mark.parametrize("act", ["recall", "change"])
def test_what_is_taken_back_while_it_is_claimed_is_taken_back_where_it_arrived(runtime: Runtime, act: str) -> None:
    home = builders.team(runtime, "Ada")
    with runtime.transaction(home.id) as db:
        thanks = nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", Told(), MONDAY)

    def meanwhile() -> None:
        with runtime.transaction(home.id) as db:
            if act == "recall":
                nudges.recall(db, "t1", NudgeKind.THANKS_RECEIVED)
            else:
                nudges.change(db, "t1", Told(words="Better words."), NudgeKind.THANKS_RECEIVED)

    other = threading.Thread(target=meanwhile)
    with runtime.housekeeping() as db:
        claims.claim(db, {"inbox": Counting()}, MONDAY, 10)
        other.start()
        time.sleep(0.2)  # long enough to come as far as the row that is held here
    other.join()
    row = the_row(runtime, thanks)
    assert row.state is NudgeState.SENDING
    assert row.change is (Change.RECALL if act == "recall" else Change.AMEND)
