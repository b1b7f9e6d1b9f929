"""Thanks given: to whom, seen by whom, and once however often a form is sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft, Sharing
from service.efforts.closing import Trust
from service.errors import ProblemKind, Refused
from service.nudges import actions as nudges
from service.people import actions as people
from service.people import queries as people_now
from service.people.rules import Joined, ThanksWish
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock, Satchel
from tests.integration.appreciations.given import (
    POST,
    deliver,
    feed,
    give,
    given,
    inbox,
    keepsakes,
    nudged,
    rows,
)
from tests.integration.efforts import work


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo", "Dora")
    with runtime.transaction(made.id) as db:
        for member in made:
            people.set_wishes(db, member, thanks_wish=ThanksWish.ANYWHERE)
        people.value(db, made.id, "Care, Patience\nSaying it plainly")
    return made


def test_thanks_reach_each_recipient_once_and_are_kept_by_them(runtime: Runtime, home: Home) -> None:
    thanks = give(runtime, home, "Ada", "Ben", "Cleo", "Ben", "Ada", eased="I could rest", values=("care",))
    deliver(runtime)
    for name in ("Ben", "Cleo"):
        (nudge,) = inbox(runtime, home, name)
        assert (nudge.subject, nudge.told.who, nudge.told.words) == (thanks, home["Ada"], "covered my shift on Friday")
        assert nudge.told.extra == {"eased": "I could rest", "values": "Care"}
        (kept,) = keepsakes(runtime, home, name)
        assert (kept.id, kept.giver, kept.eased, kept.values) == (thanks, home["Ada"], "I could rest", ("Care",))
    assert [{*card.recipients} for card in given(runtime, home, "Ada")] == [{home["Ben"], home["Cleo"]}]
    assert [inbox(runtime, home, name) for name in ("Ada", "Dora")] == [[], []]
    assert feed(runtime, home) == []


def test_a_form_sent_twice_gives_once(runtime: Runtime, home: Home) -> None:
    first = give(runtime, home, "Ada", "Ben", token="form")
    again = give(runtime, home, "Ada", "Ben", token="form", now=MONDAY + timedelta(hours=1))
    by_another = give(runtime, home, "Cleo", "Ben", token="form")
    very_long = [give(runtime, home, "Ada", "Ben", token="x" * 500) for _ in range(2)]
    assert first == again != by_another
    assert very_long[0] == very_long[1]
    assert len(rows(runtime)) == len(nudged(runtime)) == 3


def test_thanks_without_a_token_are_each_their_own(runtime: Runtime, home: Home) -> None:
    assert give(runtime, home, "Ada", "Ben") != give(runtime, home, "Ada", "Ben")


def test_a_whole_circle_is_thanked_however_large(runtime: Runtime) -> None:
    home = builders.team(runtime, *(f"M{number}" for number in range(30)))
    with runtime.transaction(home.id) as db:
        people.deactivate(db, home["M3"])
        people.keep_apart(db, home["M4"], home["M0"])
    thanks = give(runtime, home, "M0", everybody=home.circle, circle=home.circle, sharing=Sharing.CIRCLE)
    deliver(runtime)
    assert len(nudged(runtime)) == 27
    assert [inbox(runtime, home, name) for name in ("M3", "M4")] == [[], []]
    assert [card.id for card in feed(runtime, home, "M5")] == [thanks]
    assert feed(runtime, home, "M4") == []


def test_a_whole_circle_and_somebody_besides_are_thanked_in_one(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        home.members["Eve"] = people.meet(db, "Eve", MONDAY)
        for name in ("Ben", "Cleo"):
            people.set_wishes(db, home[name], thanks_wish=ThanksWish.PRIVATE)
    thanks = give(runtime, home, "Ada", "Eve", "Ben", everybody=home.circle)
    deliver(runtime)
    everybody = [inbox(runtime, home, name) for name in ("Ben", "Cleo", "Dora", "Eve")]
    assert [[(nudge.subject, nudge.told.extra) for nudge in each] for each in everybody] == [
        [(thanks, {"everybody": "Harbour"})]
    ] * 4
    (row,) = rows(runtime)
    assert (row.everybody_id, row.sharing) == (home.circle, Sharing.PRIVATE)
    assert inbox(runtime, home, "Ada") == [], "nobody thanks themselves"


def test_in_its_own_feed_a_whole_circle_is_no_secret_and_elsewhere_each_wish_holds(
    runtime: Runtime, home: Home
) -> None:
    place = builders.channel(runtime, home)
    with runtime.transaction(home.id) as db:
        people.set_wishes(db, home["Ben"], thanks_wish=ThanksWish.PRIVATE)
        other = people.make_circle(db, "Other", MONDAY, members=[home["Ada"]])
        whole = Draft(home["Ada"], (), "tea", everybody=home.circle)
        told = [
            appreciations.preview(db, replace(whole, **shared))
            for shared in (
                {"sharing": Sharing.CIRCLE, "circle": home.circle},
                {"sharing": Sharing.CHANNEL, "place": place},
                {"sharing": Sharing.CIRCLE, "circle": other},
                {"sharing": Sharing.CIRCLE, "circle": home.circle, "recipients": (home["Ben"],)},
            )
        ]
        people.set_wishes(db, home["Ben"], thanks_wish=ThanksWish.ANYWHERE)
        told.append(appreciations.preview(db, replace(whole, sharing=Sharing.CHANNEL, place=place)))
    assert told == [Sharing.CIRCLE, Sharing.CIRCLE, Sharing.PRIVATE, Sharing.PRIVATE, Sharing.CHANNEL]


def test_a_post_names_a_whole_circle_once(runtime: Runtime, home: Home) -> None:
    satchel = Satchel()
    runtime.couriers["slack"] = satchel
    place = builders.channel(runtime, home)
    give(runtime, home, "Ada", everybody=home.circle, sharing=Sharing.CHANNEL, place=place)
    deliver(runtime)
    (post,) = [parcel for parcel in satchel.delivered.values() if parcel.reader.is_place]
    (told,) = [nudge.told for nudge in post.nudges]
    assert (told.items, told.extra) == ((), {"everybody": "Harbour"})


def test_only_words_of_the_list_are_valued(runtime: Runtime, home: Home) -> None:
    with pytest.raises(Refused) as said:
        give(runtime, home, "Ada", "Ben", values=("care", "profit"))
    assert [(problem.kind, problem.at) for problem in said.value.problems] == [(ProblemKind.UNKNOWN_VALUE, "values")]
    with runtime.transaction(home.id) as db:
        people.value(db, home.id, " \n")
    with pytest.raises(Refused):
        give(runtime, home, "Ada", "Ben", values=("care",))


def test_the_most_private_wish_among_the_recipients_wins(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    draft = Draft(home["Ada"], (home["Ben"], home["Cleo"]), "tea", sharing=Sharing.CHANNEL, place=place)
    for wish, shared in (
        (ThanksWish.ANYWHERE, Sharing.CHANNEL),
        (ThanksWish.CIRCLE, Sharing.CIRCLE),
        (ThanksWish.PRIVATE, Sharing.PRIVATE),
    ):
        with runtime.transaction(home.id) as db:
            people.set_wishes(db, home["Cleo"], thanks_wish=wish)
            assert appreciations.preview(db, draft) is shared
            quieter = appreciations.wished_quieter(db, draft)
            assert quieter == (() if shared is Sharing.CHANNEL else ("Cleo",))
            appreciations.give(db, draft, MONDAY)
    assert [(row.sharing, row.place_id) for row in rows(runtime)] == [
        (Sharing.CHANNEL, place),
        (Sharing.CIRCLE, None),
        (Sharing.PRIVATE, None),
    ]
    assert len(feed(runtime, home)) == 2, "the circle of the channel reads what was posted, and what was made quieter"
    assert len(nudged(runtime, POST)) == 1


def test_a_post_names_everybody_and_is_amended_and_recalled(runtime: Runtime, home: Home, clock: Clock) -> None:
    satchel = Satchel()
    runtime.couriers["slack"] = satchel
    place = builders.channel(runtime, home)
    thanks = give(runtime, home, "Ada", "Ben", "Cleo", sharing=Sharing.CHANNEL, place=place)
    deliver(runtime)
    ((parcel, post),) = satchel.delivered.items()
    assert post.reader.is_place
    (told,) = [nudge.told for nudge in post.nudges]
    assert ({item.who for item in told.items}, told.words) == (
        {home["Ben"], home["Cleo"]},
        "covered my shift on Friday",
    )
    with runtime.transaction(home.id) as db:
        appreciations.edit(db, thanks, home["Ada"], "covered two shifts", "", MONDAY + timedelta(minutes=9))
        appreciations.delete_received(db, thanks, home["Ben"], MONDAY)
    deliver(runtime)
    (told,) = [nudge.told for nudge in satchel.delivered[parcel].nudges]
    assert ([item.who for item in told.items], told.words) == ([home["Cleo"]], "covered two shifts")
    with runtime.transaction(home.id) as db:
        appreciations.withdraw(db, thanks, home["Ada"], MONDAY + timedelta(days=9))
    deliver(runtime)
    assert satchel.delivered == {}
    assert satchel.deliveries == 1


def test_the_first_thanks_to_somebody_who_has_not_joined_carry_the_invitation(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        home.members["Eve"] = people.meet(db, "Eve", MONDAY)
    first, second = give(runtime, home, "Ada", "Eve", "Ben"), give(runtime, home, "Cleo", "Eve")
    with runtime.transaction(home.id) as db:
        appreciations.edit(db, first, home["Ada"], "covered two shifts", "", MONDAY)
    deliver(runtime)
    told = {nudge.subject: (nudge.told.kind, nudge.told.words) for nudge in inbox(runtime, home, "Eve")}
    assert told == {first: ("invitation", "covered two shifts"), second: (None, "covered my shift on Friday")}
    assert [nudge.told.kind for nudge in inbox(runtime, home, "Ben")] == [None]
    with runtime.transaction(home.id, writes=False) as db:
        assert people_now.the_member(db, home["Eve"]).joined is Joined.NO


def test_a_first_own_thanks_joins_for_thanks_alone(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        home.members["Eve"] = people.meet(db, "Eve", MONDAY)
    give(runtime, home, "Eve", "Ben")
    with runtime.transaction(home.id, writes=False) as db:
        joined = [people_now.the_member(db, home[name]).joined for name in ("Eve", "Ben")]
    assert joined == [Joined.THANKS, Joined.WHOLE]


def test_between_two_who_keep_apart_thanks_seem_sent_and_reach_nobody(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        people.keep_apart(db, home["Ben"], home["Ada"])
    thanks = give(runtime, home, "Ada", "Ben", "Cleo", sharing=Sharing.CIRCLE, circle=home.circle)
    deliver(runtime)
    assert [{*card.recipients} for card in given(runtime, home, "Ada")] == [{home["Ben"], home["Cleo"]}]
    assert (inbox(runtime, home, "Ben"), keepsakes(runtime, home, "Ben"), feed(runtime, home)) == ([], [], [])
    assert [card.id for card in keepsakes(runtime, home, "Cleo")] == [thanks]
    from_dora = give(runtime, home, "Dora", "Ada", sharing=Sharing.CIRCLE, circle=home.circle)
    assert [card.id for card in feed(runtime, home, "Cleo")] == [from_dora]
    assert feed(runtime, home, "Ben") == [], "nothing about somebody one keeps apart from"


def test_thanks_wait_for_the_reader_s_hours_and_can_be_stopped(runtime: Runtime, home: Home) -> None:
    night = MONDAY.replace(hour=23)
    give(runtime, home, "Ada", "Ben", now=night)
    with runtime.transaction(home.id) as db:
        nudges.stop(db, home["Cleo"], nudged(runtime)[0].kind)
    give(runtime, home, "Ada", "Cleo", now=night)
    deliver(runtime, night)
    assert inbox(runtime, home, "Ben") == []
    deliver(runtime, night + timedelta(hours=10))
    assert [len(inbox(runtime, home, name)) for name in ("Ben", "Cleo")] == [1, 0]
    assert len(keepsakes(runtime, home, "Cleo")) == 1, "the words are theirs whether or not they hear of them"


def test_thanks_close_the_effort_they_are_about_and_open_it_when_taken_back(runtime: Runtime, home: Home) -> None:
    work.known(runtime, home, MONDAY)
    effort = work.notice(runtime, home, work.change("Ben", MONDAY - timedelta(days=8)), MONDAY)
    thanks = give(runtime, home, "Ada", "Ben", efforts=(str(effort),))
    assert work.the_row(runtime, effort).closed_by is Trust.THANKS
    with runtime.transaction(home.id) as db:
        appreciations.withdraw(db, thanks, home["Ada"], MONDAY)
    assert work.the_row(runtime, effort).closed_by is None


def test_odd_signs_are_kept_as_far_as_they_can_be(runtime: Runtime, home: Home) -> None:
    give(runtime, home, "Ada", "Ben", did="tea\0 \ud800& 日本 <!channel>", link="javascript:alert(1)", values=("\0",))
    (kept,) = keepsakes(runtime, home, "Ben")
    assert (kept.did, kept.link, kept.values) == ("tea & 日本 <!channel>", None, ())
