"""Thanks edited, undone, withdrawn and deleted on either side, by one hand or by fifty at once."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from service.appreciations import actions as appreciations
from service.appreciations import queries
from service.appreciations.rules import Draft, Sharing
from service.errors import ProblemKind, Refused
from service.nudges.rules import Change, NudgeState
from service.people import actions as people
from service.people.rules import ThanksWish
from service.runtime import Runtime
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Satchel
from tests.integration.appreciations.given import (
    POST,
    THANKS,
    deliver,
    feed,
    give,
    given,
    inbox,
    keepsakes,
    nudged,
    rows,
)

SOON, LATE = MONDAY + timedelta(minutes=9, seconds=59), MONDAY + timedelta(minutes=10)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo")
    with runtime.transaction(made.id) as db:
        for member in made:
            people.set_wishes(db, member, thanks_wish=ThanksWish.ANYWHERE)
    return made


def test_within_ten_minutes_the_words_change_everywhere(runtime: Runtime, home: Home) -> None:
    thanks = give(runtime, home, "Ada", "Ben", sharing=Sharing.CIRCLE, circle=home.circle)
    deliver(runtime)
    with runtime.transaction(home.id) as db:
        appreciations.edit(db, thanks, home["Ada"], " covered two shifts ", "I slept", SOON)
    deliver(runtime)
    (nudge,) = inbox(runtime, home, "Ben")
    assert (nudge.told.words, nudge.told.extra) == ("covered two shifts", {"eased": "I slept"})
    for cards in (keepsakes(runtime, home, "Ben"), feed(runtime, home), given(runtime, home, "Ada")):
        assert [(card.did, card.eased, card.edited_at) for card in cards] == [("covered two shifts", "I slept", SOON)]


def test_after_ten_minutes_they_stay_and_can_still_be_taken_back(runtime: Runtime, home: Home) -> None:
    thanks = give(runtime, home, "Ada", "Ben", sharing=Sharing.CIRCLE, circle=home.circle)
    deliver(runtime)
    with pytest.raises(Refused, match=ProblemKind.TOO_LATE), runtime.transaction(home.id) as db:
        appreciations.edit(db, thanks, home["Ada"], "covered two shifts", "", LATE)
    with runtime.transaction(home.id) as db:
        card = queries.appreciation(db, thanks, home["Ada"])
        assert card is not None
        assert [queries.may_change(card, at) for at in (SOON, LATE)] == [True, False]
        appreciations.withdraw(db, thanks, home["Ada"], LATE + timedelta(days=40))
    deliver(runtime)
    for gone in (inbox, keepsakes):
        assert gone(runtime, home, "Ben") == []
    assert (feed(runtime, home), given(runtime, home, "Ada")) == ([], [])


def test_nothing_of_the_words_stays_when_they_are_taken_back(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    with runtime.transaction(home.id) as db:
        people.value(db, home.id, "care")
    thanks = give(runtime, home, "Ada", "Ben", eased="I slept", values=("care",), sharing=Sharing.CHANNEL, place=place)
    with runtime.transaction(home.id) as db:
        appreciations.withdraw(db, thanks, home["Ada"], MONDAY)
    deliver(runtime)
    (row,) = rows(runtime)
    assert (row.did, row.eased, row.values, row.link) == ("", "", "", None)
    assert [(nudge.state, nudge.told) for nudge in (*nudged(runtime), *nudged(runtime, POST))] == [
        (NudgeState.WITHDRAWN, {})
    ] * 2


def test_words_that_cannot_stand_do_not_replace_those_that_can(runtime: Runtime, home: Home) -> None:
    thanks = give(runtime, home, "Ada", "Ben")
    for words, kind in (("…", ProblemKind.OWN_WORDS_NEEDED), ("x" * 1001, ProblemKind.TOO_LONG)):
        with pytest.raises(Refused, match=kind), runtime.transaction(home.id) as db:
            appreciations.edit(db, thanks, home["Ada"], words, "", MONDAY)
    assert [card.did for card in keepsakes(runtime, home, "Ben")] == ["covered my shift on Friday"]


def test_only_their_giver_changes_thanks_and_once_taken_back_nobody(runtime: Runtime, home: Home) -> None:
    thanks = give(runtime, home, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            appreciations.edit(db, thanks, home["Ben"], "tea", "", MONDAY)
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            appreciations.withdraw(db, thanks, home["Ben"], MONDAY)
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            appreciations.delete_received(db, thanks, home["Cleo"], MONDAY)
    with runtime.transaction(home.id) as db:
        appreciations.withdraw(db, thanks, home["Ada"], MONDAY)
        with pytest.raises(Refused, match=ProblemKind.ALREADY_DONE):
            appreciations.edit(db, thanks, home["Ada"], "tea", "", MONDAY)
        with pytest.raises(Refused, match=ProblemKind.ALREADY_DONE):
            appreciations.withdraw(db, thanks, home["Ada"], MONDAY)


def test_one_recipient_deletes_what_the_other_keeps(runtime: Runtime, home: Home) -> None:
    thanks = give(runtime, home, "Ada", "Ben", "Cleo", sharing=Sharing.CIRCLE, circle=home.circle)
    deliver(runtime)
    for _ in range(2):
        with runtime.transaction(home.id) as db:
            appreciations.delete_received(db, thanks, home["Ben"], MONDAY)
    deliver(runtime)
    assert (keepsakes(runtime, home, "Ben"), inbox(runtime, home, "Ben")) == ([], [])
    assert [card.id for card in keepsakes(runtime, home, "Cleo")] == [thanks]
    assert [card.recipients for card in feed(runtime, home)] == [(home["Cleo"],)]
    assert [len(card.recipients) for card in given(runtime, home, "Ada")] == [2], "their giver is not told"
    with runtime.transaction(home.id) as db:
        appreciations.edit(db, thanks, home["Ada"], "covered two shifts", "", SOON)
    deliver(runtime)
    assert inbox(runtime, home, "Ben") == [], "an edit does not bring it back"
    with runtime.transaction(home.id) as db:
        appreciations.delete_received(db, thanks, home["Cleo"], MONDAY)
    assert feed(runtime, home) == []


def test_who_may_read_one_of_them(runtime: Runtime, home: Home) -> None:
    private = give(runtime, home, "Ada", "Ben")
    shared = give(runtime, home, "Ada", "Ben", sharing=Sharing.CIRCLE, circle=home.circle)
    with runtime.transaction(home.id) as db:
        outside = people.meet(db, "Eve", MONDAY)
        readers = {"Ada": home["Ada"], "Ben": home["Ben"], "Cleo": home["Cleo"], "Eve": outside}
        seen = {
            name: [one for one in (private, shared) if queries.appreciation(db, one, reader)]
            for name, reader in readers.items()
        }
        assert seen == {"Ada": [private, shared], "Ben": [private, shared], "Cleo": [shared], "Eve": []}
        assert (queries.shared(db, private), queries.appreciation(db, "absent", home["Ada"])) == (None, None)
        people.keep_apart(db, home["Cleo"], home["Ben"])
        assert queries.appreciation(db, shared, home["Cleo"]) is None


@dataclass
class Hands:
    """Fifty hands on one form: each gives, edits, takes back or delivers, in any order."""

    runtime: Runtime
    home: Home
    draft: Draft
    begin: threading.Barrier = field(default_factory=lambda: threading.Barrier(50))
    ids: set[str] = field(default_factory=set)
    failures: list[BaseException] = field(default_factory=list)

    def at_work(self, number: int, chance: Random) -> None:
        """What one hand does."""
        self.begin.wait()
        try:
            with self.runtime.transaction(self.home.id) as db:
                thanks = appreciations.give(db, self.draft, MONDAY)
            self.ids.add(thanks)
            acts: list[Callable[[], None]] = [lambda: self.edit(thanks, f"tea {number}"), lambda: deliver(self.runtime)]
            if number % 5 == 0:
                acts.append(lambda: self.take_back(thanks))
            chance.shuffle(acts)
            for act in acts:
                act()
        except BaseException as failure:  # noqa: BLE001 - a thread tells of whatever went wrong
            self.failures.append(failure)

    def edit(self, thanks: str, words: str) -> None:
        """Say it better, unless it is taken back by now."""
        with suppress(Taken), self.runtime.transaction(self.home.id) as db:
            _unless_taken(lambda: appreciations.edit(db, thanks, self.home["Ada"], words, "", MONDAY))

    def take_back(self, thanks: str) -> None:
        """Take it back, unless it is by now."""
        with suppress(Taken), self.runtime.transaction(self.home.id) as db:
            _unless_taken(lambda: appreciations.withdraw(db, thanks, self.home["Ada"], MONDAY))


class Taken(Exception):  # noqa: N818 - an answer, not an error
    """Somebody else took it back before."""


def _unless_taken(act: Callable[[], None]) -> None:
    try:
        act()
    except Refused as refusal:
        if refusal.problems[0].kind is not ProblemKind.ALREADY_DONE:
            raise
        raise Taken from refusal


@pytest.mark.parametrize("seed", range(3))
def test_fifty_hands_on_the_same_thanks_leave_one_end_state(runtime: Runtime, home: Home, seed: int) -> None:
    satchel = Satchel()
    runtime.couriers["slack"] = satchel
    place = builders.channel(runtime, home)
    both = (home["Ben"], home["Cleo"])
    hands = Hands(runtime, home, Draft(home["Ada"], both, "tea", sharing=Sharing.CHANNEL, place=place, token="form"))
    threads = [
        threading.Thread(target=hands.at_work, args=(number, Random(100 * seed + number))) for number in range(50)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(3):
        deliver(runtime)
    assert hands.failures == []
    assert len(hands.ids) == len(rows(runtime)) == 1
    assert rows(runtime)[0].withdrawn_at == MONDAY
    assert satchel.deliveries <= 1
    assert satchel.delivered == {}, "nothing of it stands in the channel"
    ends = [(nudge.state, nudge.change) for nudge in (*nudged(runtime, THANKS), *nudged(runtime, POST))]
    assert ends == [(NudgeState.WITHDRAWN, Change.NONE)] * 3
