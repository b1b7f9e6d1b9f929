"""Offer, withdraw, change, recall; fewer, or stop; forget."""

import threading
from datetime import timedelta

import pytest

from service.errors import Refused
from service.nudges import actions as nudges
from service.nudges import delivery, queries
from service.nudges.rules import Change, Level, NudgeKind, NudgeState, Told
from service.people import actions as people
from service.people.rules import Boundary
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock, Satchel
from tests.integration.nudges.rows import all_rows, the_row

TOLD = Told(who=None, words="Thank you for the night shift.")


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Ben")


def test_a_nudge_about_one_thing_is_offered_once(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        first = nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", TOLD, MONDAY)
        assert first is not None
        assert nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", Told(), MONDAY) is None
        assert nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ben"], "t1", TOLD, MONDAY) is not None
        assert nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t2", TOLD, MONDAY) is not None
        assert nudges.offer(db, NudgeKind.REPAIR_RECEIVED, home["Ada"], "t1", TOLD, MONDAY) is not None
    row = the_row(runtime, first)
    assert (row.state, row.due_at, row.told) == (NudgeState.WAITING, MONDAY, {"words": TOLD.words})
    assert len(all_rows(runtime)) == 4


def test_offered_by_many_at_once_it_is_one(runtime: Runtime, home: Home) -> None:
    gate, offered = threading.Barrier(8), []

    def offer() -> None:
        gate.wait()
        with runtime.transaction(home.id) as db:
            offered.append(nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", TOLD, MONDAY))

    threads = [threading.Thread(target=offer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([id_ for id_ in offered if id_ is not None]) == 1
    assert len(all_rows(runtime)) == 1


def test_a_round_over_all_workspaces_offers_into_the_readers_own(runtime: Runtime, home: Home) -> None:
    other = builders.team(runtime, "Eve")
    with runtime.housekeeping() as db:
        nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), MONDAY)
        nudges.offer(db, NudgeKind.ASK_WAITING, other["Eve"], "a1", Told(), MONDAY)
    with runtime.transaction(other.id) as db:
        assert [card.subject for card in queries.about(db, NudgeKind.ASK_WAITING, "a1")] == ["a1"]
    with runtime.transaction(home.id) as db:
        assert nudges.offer(db, NudgeKind.ASK_WAITING, other["Eve"], "a2", Told(), MONDAY) is None


def test_an_offer_waits_for_their_hours(runtime: Runtime, home: Home) -> None:
    evening = MONDAY + timedelta(hours=12)
    with runtime.transaction(home.id) as db:
        thanks = nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", TOLD, evening)
        ask = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), MONDAY)
        later = nudges.offer(
            db, NudgeKind.ASK_WAITING, home["Ada"], "a2", Told(), MONDAY, not_before=MONDAY + timedelta(days=3)
        )
    assert the_row(runtime, thanks).due_at == MONDAY + timedelta(hours=23)
    assert the_row(runtime, ask).due_at == MONDAY + timedelta(hours=23, minutes=15)
    assert the_row(runtime, later).due_at == MONDAY + timedelta(days=3, hours=23, minutes=15)


def test_stop_lets_go_of_what_waits_and_refuses_the_next(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        waiting = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), MONDAY)
        other = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ben"], "a1", Told(), MONDAY)
        nudges.stop(db, home["Ada"], NudgeKind.ASK_WAITING)
        assert nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a2", Told(), MONDAY) is None
        nudges.as_usual(db, home["Ada"], NudgeKind.ASK_WAITING)
        assert nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a3", Told(), MONDAY) is not None
        nudges.fewer(db, home["Ada"], NudgeKind.ASK_WAITING)
        assert queries.levels(db, [home["Ada"]]) == {(home["Ada"], NudgeKind.ASK_WAITING): Level.FEWER}
    assert the_row(runtime, waiting).state is NudgeState.WITHDRAWN
    assert the_row(runtime, other).state is NudgeState.WAITING


def test_nobody_wishes_for_somebody_of_another_workspace(runtime: Runtime, home: Home) -> None:
    other = builders.team(runtime, "Eve")
    with pytest.raises(Refused), runtime.transaction(home.id) as db:
        nudges.stop(db, other["Eve"], NudgeKind.ASK_WAITING)


def test_what_was_withdrawn_unsent_may_be_offered_again(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        first = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), MONDAY)
        assert nudges.withdraw(db, "a1", NudgeKind.ASK_WAITING) == 1
        again = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(personal=True), MONDAY)
    assert again == first
    row = the_row(runtime, first)
    assert (row.state, row.told) == (NudgeState.WAITING, {"personal": True})


def test_what_its_reader_put_off_may_be_offered_again(runtime: Runtime, clock: Clock, home: Home) -> None:
    clock.move(days=1)
    with runtime.transaction(home.id) as db:
        nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), MONDAY)
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, clock())
    with runtime.transaction(home.id) as db:
        assert nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), clock()) is None
        nudges.acted(db, "a1", home["Ada"], clock(), NudgeKind.ASK_WAITING)
        again = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a1", Told(), clock())
    assert again is not None
    row = the_row(runtime, again)
    assert (row.state, row.sent_at, row.attempts) == (NudgeState.WAITING, None, 0)


def test_withdraw_means_these_kinds_and_this_reader(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        kept = nudges.offer(db, NudgeKind.ASK_OPEN_TIP, home["Ada"], "a1", Told(), MONDAY)
        for name in home:
            nudges.offer(db, NudgeKind.ASK_WAITING, name, "a1", Told(), MONDAY)
        assert nudges.withdraw(db, "a1", NudgeKind.ASK_WAITING, member=home["Ben"]) == 1
        assert nudges.withdraw(db, "a1", NudgeKind.ASK_WAITING) == 1
        assert nudges.withdraw(db, "a1", NudgeKind.ASK_WAITING) == 0
    assert the_row(runtime, kept).state is NudgeState.WAITING


def test_what_is_changed_while_it_waits_is_said_anew_and_recalled_not_at_all(runtime: Runtime, home: Home) -> None:
    satchel = Satchel("inbox")
    with runtime.transaction(home.id) as db:
        changed = nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", TOLD, MONDAY)
        gone = nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ben"], "t2", TOLD, MONDAY)
        nudges.change(db, "t1", Told(words="Better words."), NudgeKind.THANKS_RECEIVED)
        nudges.recall(db, "t2", NudgeKind.THANKS_RECEIVED)
    delivery.deliver_due(runtime.housekeeping, {"inbox": satchel}, MONDAY)
    assert [parcel.nudges[0].told.words for parcel in satchel.delivered.values()] == ["Better words."]
    assert the_row(runtime, changed).change is Change.NONE
    assert the_row(runtime, gone).state is NudgeState.WITHDRAWN


def test_an_inbox_shows_what_arrived_newest_first(runtime: Runtime, clock: Clock, home: Home) -> None:
    for number in range(3):
        with runtime.transaction(home.id) as db:
            nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], f"t{number}", TOLD, clock())
        delivery.deliver_due(runtime.housekeeping, runtime.couriers, clock())
        clock.move(minutes=5)
    with runtime.transaction(home.id) as db:
        cards = queries.inbox(db, home["Ada"])
        assert [card.subject for card in cards] == ["t2", "t1", "t0"]
        assert queries.inbox(db, home["Ben"]) == []
        assert queries.of_reader(db, home["Ada"], cards[0].id) == cards[0]
        assert queries.of_reader(db, home["Ben"], cards[0].id) is None
        assert cards[0].told == TOLD
        nudges.recall(db, "t1", NudgeKind.THANKS_RECEIVED)
        assert [card.subject for card in queries.inbox(db, home["Ada"])] == ["t2", "t0"]


def test_old_nudges_are_forgotten_and_waiting_ones_are_not(runtime: Runtime, clock: Clock, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", TOLD, MONDAY)
        nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ben"], "t1", TOLD, MONDAY)
        people.set_boundary(db, home["Ben"], Boundary(paused_until=MONDAY + timedelta(days=90)))
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, clock())
    with runtime.housekeeping() as db:
        assert nudges.forget_due(db, clock.move(days=30)) == 0
        assert nudges.forget_due(db, clock.move(minutes=1)) == 1
    assert [row.reader for row in all_rows(runtime)] == [home["Ben"]]


def test_leaving_takes_what_was_addressed_to_them(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        nudges.offer(db, NudgeKind.THANKS_RECEIVED, home["Ben"], "t1", TOLD, MONDAY)
        nudges.fewer(db, home["Ben"], NudgeKind.ASK_WAITING)
        people.leave(db, home["Ben"])
    assert all_rows(runtime) == []
