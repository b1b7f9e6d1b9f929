"""Thanks that cannot be given, each with a sentence that says why; and the preview says it first."""

import pytest

from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft, Sharing
from service.errors import ProblemKind, Refused
from service.people import actions as people
from service.people import queries as people_now
from service.people.rules import Feature, Role, ThanksWish
from service.runtime import Runtime
from service.wording import refusals
from service.wording.voice import Voice
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY
from tests.integration.appreciations.given import (
    deliver,
    give,
    inbox,
    nudged,
    rows,
)


@pytest.fixture
def home(runtime: Runtime) -> Home:
    made = builders.team(runtime, "Ada", "Ben", "Cleo", "Dora")
    with runtime.transaction(made.id) as db:
        for member in made:
            people.set_wishes(db, member, thanks_wish=ThanksWish.ANYWHERE)
    return made


def refusal(runtime: Runtime, home: Home, draft: Draft) -> list[ProblemKind]:
    """Why a draft is declined; whatever is said, it is said in words, and by the preview too."""
    with pytest.raises(Refused) as found, runtime.transaction(home.id) as db:
        appreciations.give(db, draft, MONDAY)
    with pytest.raises(Refused) as foreseen, runtime.transaction(home.id, writes=False) as db:
        appreciations.preview(db, draft)
    assert foreseen.value.problems == found.value.problems
    assert all(refusals.sentence(Voice(), problem) for problem in found.value.problems)
    return [problem.kind for problem in found.value.problems]


def test_do_not_send_me_these_is_heard_until_they_join(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        home.members["Eve"] = people.meet(db, "Eve", MONDAY)
        people.refuse_thanks(db, home["Eve"])
    draft = Draft(home["Ada"], (home["Eve"],), "tea")
    assert refusal(runtime, home, draft) == [ProblemKind.OUT_OF_REACH]
    with runtime.transaction(home.id) as db:
        people.join(db, home["Eve"], MONDAY)
        appreciations.give(db, draft, MONDAY)
    deliver(runtime)
    assert len(inbox(runtime, home, "Eve")) == 1


def test_guests_and_people_who_were_removed_are_out_of_reach(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        guest = people.meet(db, "Gus", MONDAY, role=Role.GUEST)
        people.deactivate(db, home["Cleo"])
    draft = Draft(home["Ada"], (guest, home["Cleo"], home["Ben"]), "tea")
    assert refusal(runtime, home, draft) == [ProblemKind.OUT_OF_REACH] * 2
    assert refusal(runtime, home, Draft(home["Cleo"], (home["Ben"],), "tea")) == [ProblemKind.NOT_FOUND]
    assert (rows(runtime), nudged(runtime)) == ([], [])


def test_nobody_and_nothing_of_another_workspace_is_found(runtime: Runtime, home: Home) -> None:
    other = builders.team(runtime, "Zoe")
    place = builders.channel(runtime, other)
    ada, ben = home["Ada"], home["Ben"]
    for draft in (
        Draft(ada, (other["Zoe"],), "tea"),
        Draft(other["Zoe"], (ben,), "tea"),
        Draft(ada, (ben,), "tea", sharing=Sharing.CIRCLE, circle=other.circle),
        Draft(ada, (ben,), "tea", sharing=Sharing.CHANNEL, place=place),
        Draft(ada, ("no such",), "tea"),
    ):
        assert refusal(runtime, home, draft) == [ProblemKind.NOT_FOUND]
    thanks = give(runtime, home, "Ada", "Ben")
    with runtime.transaction(other.id) as db:
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            appreciations.withdraw(db, thanks, other["Zoe"], MONDAY)
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            appreciations.edit(db, thanks, other["Zoe"], "tea", "", MONDAY)
        with pytest.raises(Refused, match=ProblemKind.NOT_FOUND):
            appreciations.delete_received(db, thanks, other["Zoe"], MONDAY)


def test_thanks_are_posted_only_where_a_circle_listens(runtime: Runtime, home: Home) -> None:
    place = builders.channel(runtime, home)
    draft = Draft(home["Ada"], (home["Ben"],), "tea", sharing=Sharing.CHANNEL, place=place)
    with runtime.transaction(home.id) as db:
        people.stop_listening(db, people_now.places(db)[0].kind, "C0HARBOUR")
    assert refusal(runtime, home, draft) == [ProblemKind.NOT_FOUND]


def test_the_feed_of_a_circle_is_open_to_those_in_it(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        other = people.make_circle(db, "Bakers", MONDAY, members=[home["Ben"]])
    draft = Draft(home["Ada"], (home["Ben"],), "tea", sharing=Sharing.CIRCLE, circle=other)
    assert refusal(runtime, home, draft) == [ProblemKind.NOT_FOUND]


def test_what_an_owner_switched_off_is_off(runtime: Runtime, home: Home) -> None:
    shared = Draft(home["Ada"], (home["Ben"],), "tea", sharing=Sharing.CIRCLE, circle=home.circle)
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.FEED, on=False)
    assert refusal(runtime, home, shared) == [ProblemKind.SWITCHED_OFF]
    give(runtime, home, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        people.switch(db, home.id, Feature.THANKS, on=False)
    assert refusal(runtime, home, Draft(home["Ada"], (home["Ben"],), "tea")) == [ProblemKind.SWITCHED_OFF]


def test_a_child_and_a_relative_thank_one_another_once_an_adult_said_yes(runtime: Runtime) -> None:
    home = builders.family(runtime, Maja=Role.ADULT, Ben=Role.CHILD, Ruth=Role.RELATIVE)
    draft = Draft(home["Ruth"], (home["Ben"],), "drew me a ship")
    assert refusal(runtime, home, draft) == [ProblemKind.OUT_OF_REACH]
    with runtime.transaction(home.id) as db:
        with pytest.raises(Refused, match=ProblemKind.NOT_ALLOWED):
            appreciations.allow_kin(db, home["Ruth"], home["Ben"], allowed=True)
        with pytest.raises(Refused, match=ProblemKind.UNKNOWN_VALUE):
            appreciations.allow_kin(db, home["Maja"], home["Ruth"], allowed=True)
        for _ in range(2):
            appreciations.allow_kin(db, home["Maja"], home["Ben"], allowed=True)
    give(runtime, home, "Ruth", "Ben")
    give(runtime, home, "Ben", "Ruth")
    with runtime.transaction(home.id) as db:
        appreciations.allow_kin(db, home["Maja"], home["Ben"], allowed=False)
    assert refusal(runtime, home, draft) == [ProblemKind.OUT_OF_REACH]


@pytest.mark.parametrize("words", ["", "…", "x" * 1001])
def test_words_that_cannot_stand_are_refused(runtime: Runtime, home: Home, words: str) -> None:
    kind = ProblemKind.TOO_LONG if len(words) > 1000 else ProblemKind.OWN_WORDS_NEEDED
    assert refusal(runtime, home, Draft(home["Ada"], (home["Ben"],), words)) == [kind]
