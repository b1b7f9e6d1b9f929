"""What goes out now, what waits, what travels together."""

from datetime import datetime, time, timedelta

import pytest

from service.nudges import actions as nudges
from service.nudges import delivery, queries
from service.nudges.couriers import CourierError, Outcome, Parcel
from service.nudges.rules import MANNERS, Item, Manner, NudgeKind, NudgeState, Told
from service.people import actions as people
from service.people.rules import ALL_WEEK, Boundary, IdentityKind, PlaceKind, Role
from service.runtime import Runtime
from service.ruptures import Register
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock, Satchel
from tests.integration.nudges.rows import all_rows, the_row

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Ben", "Cleo")


@pytest.fixture
def satchel() -> Satchel:
    return Satchel("inbox")


def deliver(runtime: Runtime, satchel: Satchel, now: datetime, *more: Satchel) -> list[Parcel]:
    """Deliver what is due; returns the parcels this brought."""
    couriers = {one.name: one for one in (satchel, *more)}
    before = {id_ for one in couriers.values() for id_ in one.delivered}
    delivery.deliver_due(runtime.housekeeping, couriers, now)
    return [parcel for one in couriers.values() for id_, parcel in one.delivered.items() if id_ not in before]


def offer(runtime: Runtime, home: Home, kind: NudgeKind, name: str, subject: str, told: Told | None = None) -> str:
    """Offer a nudge at the beginning."""
    with runtime.transaction(home.id) as db:
        made = nudges.offer(db, kind, home[name], subject, told or Told(), MONDAY)
    assert made is not None
    return made


def test_several_due_together_travel_as_one(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    for number in range(2):
        offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", f"a{number}")
    offer(runtime, home, NudgeKind.ASK_PROMISED, "Ada", "p1")
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ben", "a9")
    parcels = deliver(runtime, satchel, TUESDAY)
    assert sorted(len(parcel.nudges) for parcel in parcels) == [1, 3]
    assert {row.state for row in all_rows(runtime)} == {NudgeState.SENT}


def test_a_parcel_says_three_asks_and_one_day_and_counts_the_rest(
    runtime: Runtime, home: Home, satchel: Satchel
) -> None:
    for number in range(4):
        offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", f"a{number}")
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", "a4", Told(personal=True))
    offer(runtime, home, NudgeKind.ASK_PASSED_ON, "Ada", "passed")
    offer(runtime, home, NudgeKind.OCCASION_SOON, "Ada", "soon")
    offer(runtime, home, NudgeKind.OCCASION_TODAY, "Ada", "today")
    (parcel,) = deliver(runtime, satchel, TUESDAY)
    said = [nudge.subject for nudge in parcel.nudges]
    assert said[0] == "a4"
    assert len([nudge for nudge in parcel.nudges if nudge.kind is NudgeKind.ASK_WAITING]) == 3
    assert said[3:] == ["today"]
    assert parcel.more == 4
    assert len([row for row in all_rows(runtime) if row.state is NudgeState.SENT]) == 8


def test_one_parcel_a_day(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", "a1")
    assert len(deliver(runtime, satchel, TUESDAY)) == 1
    with runtime.transaction(home.id) as db:
        second = nudges.offer(db, NudgeKind.ASK_WAITING, home["Ada"], "a2", Told(), MONDAY)
    assert deliver(runtime, satchel, TUESDAY + timedelta(hours=1)) == []
    assert the_row(runtime, second).due_at == MONDAY + timedelta(days=1, hours=23, minutes=15)
    assert len(deliver(runtime, satchel, TUESDAY + timedelta(days=1))) == 1


def test_a_parcel_under_way_is_todays_parcel(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", "a1")
    satchel.faults.append((CourierError(Outcome.UNKNOWN, "timeout"), False))
    deliver(runtime, satchel, TUESDAY)
    offer(runtime, home, NudgeKind.ASK_PROMISED, "Ada", "p1")
    assert deliver(runtime, satchel, TUESDAY + timedelta(minutes=1)) == []


def test_their_own_words_go_by_themselves_and_at_once(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    for number in range(2):
        offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", f"t{number}")
    assert [len(parcel.nudges) for parcel in deliver(runtime, satchel, MONDAY)] == [1, 1]


def test_the_allowance_holds_within_one_claim_and_over_a_week(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    for number in range(5):
        offer(runtime, home, NudgeKind.EFFORT_RECALL, "Ada", f"e{number}")
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    assert len(deliver(runtime, satchel, MONDAY)) == 4
    assert deliver(runtime, satchel, MONDAY + timedelta(days=4)) == []
    assert len(deliver(runtime, satchel, MONDAY + timedelta(days=7))) == 2


def test_fewer_is_one_of_its_kind_a_week(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    with runtime.transaction(home.id) as db:
        nudges.fewer(db, home["Ada"], NudgeKind.ASK_WAITING)
        nudges.fewer(db, home["Ada"], NudgeKind.THANKS_RECEIVED)
    for number in range(2):
        offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", f"t{number}")
        offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", f"a{number}")
    assert len(deliver(runtime, satchel, MONDAY)) == 1
    (asks,) = deliver(runtime, satchel, TUESDAY)
    assert {nudge.subject for nudge in asks.nudges} == {"a0", "a1"}
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", "a9")
    assert deliver(runtime, satchel, TUESDAY + timedelta(days=5)) == []
    late = {parcel.nudges[0].subject for parcel in deliver(runtime, satchel, TUESDAY + timedelta(days=7))}
    assert late <= {"t0", "t1", "a9"}
    assert len(late) == 2


def test_nothing_goes_out_in_quiet_hours_or_a_pause(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    waiting = offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ben", "a1")
    night = MONDAY + timedelta(hours=12)
    with runtime.transaction(home.id) as db:
        people.pause(db, home["Ben"], MONDAY + timedelta(days=3))
    assert deliver(runtime, satchel, night) == []
    assert the_row(runtime, waiting).due_at == MONDAY + timedelta(hours=23)
    assert [parcel.reader.member for parcel in deliver(runtime, satchel, TUESDAY)] == [home["Ada"]]
    assert [parcel.reader.member for parcel in deliver(runtime, satchel, MONDAY + timedelta(days=4))] == [home["Ben"]]


def test_a_late_round_makes_good_the_morning(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    offer(runtime, home, NudgeKind.ASK_WAITING, "Ada", "a1")
    assert len(deliver(runtime, satchel, TUESDAY + timedelta(hours=5))) == 1


def test_what_was_stopped_after_the_offer_is_let_go(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    thanks = offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    with runtime.transaction(home.id) as db:
        nudges.stop(db, home["Ada"], NudgeKind.THANKS_RECEIVED)
    assert deliver(runtime, satchel, MONDAY) == []
    assert the_row(runtime, thanks).state is NudgeState.WITHDRAWN


def test_what_has_run_out_is_let_go(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    with runtime.transaction(home.id) as db:
        late = nudges.offer(
            db, NudgeKind.THANKS_RECEIVED, home["Ada"], "t1", Told(), MONDAY, expires_at=MONDAY + timedelta(hours=1)
        )
    assert deliver(runtime, satchel, MONDAY + timedelta(hours=1)) == []
    assert the_row(runtime, late).state is NudgeState.EXPIRED


def test_nothing_passes_between_two_who_keep_apart(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    ada, ben = home["Ada"], home["Ben"]
    for reader, writer in ((ada, ben), (ben, ada)):
        with runtime.transaction(home.id) as db:
            nudges.offer(db, NudgeKind.THANKS_RECEIVED, reader, writer, Told(who=writer), MONDAY)
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t2", Told(who=home["Cleo"]))
    with runtime.transaction(home.id) as db:
        people.keep_apart(db, ada, ben)
    assert [parcel.nudges[0].subject for parcel in deliver(runtime, satchel, MONDAY)] == ["t2"]
    assert [row.state for row in all_rows(runtime)].count(NudgeState.EXPIRED) == 2


def test_who_is_gone_from_the_chat_is_not_written_to(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["Ada"])
    assert deliver(runtime, satchel, MONDAY) == []


@pytest.mark.parametrize("kind", NudgeKind)
def test_who_has_not_joined_hears_thanks_and_an_invitation_alone(
    runtime: Runtime, satchel: Satchel, kind: NudgeKind
) -> None:
    home = builders.team(runtime, "Ada", joined=False)
    offer(runtime, home, kind, "Ada", "x")
    may = kind in {NudgeKind.THANKS_RECEIVED, NudgeKind.PLACE_OFFERED, NudgeKind.WELCOME}
    assert bool(deliver(runtime, satchel, TUESDAY)) is may


def test_who_refuses_thanks_gets_none_until_they_join(runtime: Runtime, satchel: Satchel) -> None:
    home = builders.team(runtime, "Ada", joined=False)
    with runtime.transaction(home.id) as db:
        people.refuse_thanks(db, home["Ada"])
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    assert deliver(runtime, satchel, MONDAY) == []
    with runtime.transaction(home.id) as db:
        people.join(db, home["Ada"], MONDAY)
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t2")
    assert len(deliver(runtime, satchel, MONDAY)) == 1


def test_a_suspended_workspace_holds_its_nudges_and_no_others(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    other = builders.team(runtime, "Eve")
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    offer(runtime, other, NudgeKind.THANKS_RECEIVED, "Eve", "t1")
    with runtime.housekeeping() as db:
        people.suspend(db, home.id, "token_revoked", MONDAY)
        assert queries.waiting(db, MONDAY) == 1
    assert [parcel.reader.workspace for parcel in deliver(runtime, satchel, MONDAY)] == [other.id]
    with runtime.housekeeping() as db:
        people.resume(db, home.id)
    assert [parcel.reader.workspace for parcel in deliver(runtime, satchel, TUESDAY)] == [home.id]


def test_mail_waits_until_it_can_no_longer_be_taken_back(runtime: Runtime, satchel: Satchel) -> None:
    mail = Satchel("mail", takes_back=False)
    home = builders.team(runtime, "Ada", courier="mail")
    thanks = offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ada", "t1")
    offer(runtime, home, NudgeKind.WELCOME, "Ada", "w1")
    assert [parcel.nudges[0].subject for parcel in deliver(runtime, satchel, MONDAY, mail)] == ["w1"]
    assert the_row(runtime, thanks).due_at == MONDAY + timedelta(minutes=10)
    assert len(deliver(runtime, satchel, MONDAY + timedelta(minutes=10), mail)) == 1


def test_each_reader_has_one_courier_and_the_inbox_is_always_there(runtime: Runtime, satchel: Satchel) -> None:
    slack = Satchel("slack")
    home = builders.team(runtime, "Ada", "Ben", courier="slack")
    with runtime.transaction(home.id) as db:
        people.carry_by(db, home["Ben"], "pigeon")
    for name in ("Ada", "Ben"):
        offer(runtime, home, NudgeKind.THANKS_RECEIVED, name, "t1", Told(who=home["Ada"]))
    deliver(runtime, satchel, MONDAY, slack)
    (by_slack,), (by_inbox,) = slack.delivered.values(), satchel.delivered.values()
    assert (by_slack.reader.address, by_slack.courier) == ("UADA", "slack")
    assert (by_inbox.reader.member, by_inbox.reader.address) == (home["Ben"], None)
    assert by_slack.people[home["Ada"]].address == "UADA"
    assert by_inbox.people[home["Ada"]].address is None


def test_posts_go_to_channels_by_the_chat_and_to_rooms_by_the_web(runtime: Runtime, satchel: Satchel) -> None:
    slack = Satchel("slack")
    home = builders.team(runtime, "Ada")
    channel = builders.channel(runtime, home)
    with runtime.transaction(home.id) as db:
        room = people.listen(db, home.circle, PlaceKind.ROOM, home.circle, MONDAY)
        for place in (channel, room):
            assert nudges.post(db, NudgeKind.HOUSE_CARD, place, "w1", Told(kind="talked_over"), MONDAY) is not None
            assert nudges.post(db, NudgeKind.HOUSE_CARD, place, "w1", Told(), MONDAY) is None
        assert nudges.post(db, NudgeKind.HOUSE_CARD, "nowhere", "w1", Told(), MONDAY) is None
    deliver(runtime, satchel, MONDAY, slack)
    (by_slack,), (by_inbox,) = slack.delivered.values(), satchel.delivered.values()
    assert (by_slack.reader.address, by_slack.reader.is_place) == ("C0HARBOUR", True)
    assert by_slack.places[channel].name == "c0harbour"
    assert (by_inbox.reader.address, by_inbox.reader.member) == (home.circle, None)
    assert {row.state for row in all_rows(runtime)} == {NudgeState.SENT}


def test_a_parcel_speaks_to_its_reader_and_names_only_those_in_it(runtime: Runtime, satchel: Satchel) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.CHILD, Olle=Role.TEEN, zone="Europe/Stockholm")
    with runtime.transaction(home.id) as db:
        people.speak(db, home["Ben"], language="sv", formal=False)
        people.identify(db, home["Maja"], IdentityKind.MAIL, "maja@example.org", MONDAY)
    told = Told(who=home["Maja"], items=(Item("e1", who=home["Olle"]),))
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Ben", "t1", told)
    offer(runtime, home, NudgeKind.THANKS_RECEIVED, "Maja", "t1", Told(who=home["Olle"]))
    parcels = {parcel.reader.member: parcel for parcel in deliver(runtime, satchel, MONDAY)}
    reader = parcels[home["Ben"]].reader
    assert (reader.register, reader.language, reader.formal) == (Register.CHILD, "sv", False)
    assert reader.zone == "Europe/Stockholm"
    assert set(parcels[home["Ben"]].people) == {home["Maja"], home["Olle"]}
    assert set(parcels[home["Maja"]].people) == {home["Olle"]}
    assert parcels[home["Ben"]].nudges[0].told == told


def test_the_card_of_the_week_leaves_nothing_behind(runtime: Runtime, home: Home, satchel: Satchel) -> None:
    card = offer(runtime, home, NudgeKind.CARD_DRAWN, "Ada", "w1", Told(kind="talked_over"))
    (parcel,) = deliver(runtime, satchel, MONDAY)
    assert parcel.nudges[0].told.kind == "talked_over"
    assert the_row(runtime, card).told == {}


def test_no_kind_is_lost_on_its_way(runtime: Runtime, home: Home, satchel: Satchel, clock: Clock) -> None:
    with runtime.transaction(home.id) as db:
        people.set_boundary(db, home["Ada"], Boundary("UTC", ALL_WEEK, time(0), time(23, 59), time(9), 20))
    for kind in NudgeKind:
        offer(runtime, home, kind, "Ada", "x")
    deliver(runtime, satchel, TUESDAY)
    assert {row.state for row in all_rows(runtime)} == {NudgeState.SENT}
    in_parcels = sum(MANNERS[kind] is Manner.PARCEL for kind in NudgeKind)
    assert len(satchel.delivered) == 1 + len(NudgeKind) - in_parcels
