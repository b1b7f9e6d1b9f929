"""Every button, form, command and shortcut: one action, and what was done in its place."""

from datetime import timedelta

import pytest

from service.asks import queries as asks
from service.asks.rules import AskState, Mark, SettledBy
from tests.e2e.slack.asking import asked, the_ask
from tests.slack import Street, Team, about_asks, buttons, texts


@pytest.mark.parametrize(
    ("button", "state", "by"),
    [
        ("asks.decline", AskState.SETTLED, SettledBy.DECLINED),
        ("asks.snooze", AskState.OPEN, None),
    ],
)
def test_a_tap_does_it_and_leaves_one_line(
    town: Street, team: Team, button: str, state: AskState, by: SettledBy | None
) -> None:
    question, digest = asked(town, team)
    assert team.ben.presses(digest, button).ok
    found = the_ask(town, team, question.ts)
    assert (found.state, found.settled_by) == (state, by)
    assert not any(name.startswith("asks.") for name in buttons(digest))
    assert "nudges.why" in buttons(digest)
    assert digest.metadata is not None


def test_a_day_is_given_and_reaches_the_asker(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.ben.presses(digest, "asks.promise")
    on = (town.clock() + timedelta(days=4)).date()
    assert team.ben.submits(values={"asks.promise": on.isoformat()}).ok
    found = the_ask(town, team, question.ts)
    assert (found.state, found.promised_on) == (AskState.PROMISED, on)
    assert not any(name.startswith("asks.") for name in buttons(digest))
    town.passes(days=1)
    assert any(team.ben.mention in texts(message) for message in team.ada.inbox)


def test_a_day_that_is_past_is_refused_at_its_field_and_nothing_is_lost(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.ben.presses(digest, "asks.promise")
    answer = team.ben.submits(values={"asks.promise": "2020-01-01"})
    assert answer.json["response_action"] == "errors"
    assert list(answer.json["errors"]) == ["on"]
    assert team.ben.view is not None
    assert the_ask(town, team, question.ts).state is AskState.OPEN


def test_not_for_me_may_name_somebody_else(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.owner.runs("/goldseam", "join")
    team.owner.submits()
    team.ben.presses(digest, "asks.not_mine")
    assert team.ben.submits(values={"asks.not_mine": team.owner.id}).ok
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        found = {each.asked: each.state for each in asks.of_message(db, team.ops.id, question.ts)}
    assert found[town.member(team.ben).id] is AskState.SETTLED
    assert found[town.member(team.owner).id] is AskState.OPEN


def test_a_second_tap_changes_nothing_and_says_so(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    before = list(digest.blocks)
    team.ben.presses(digest, "asks.decline")
    digest.blocks = before
    assert team.ben.presses(digest, "asks.decline").ok
    assert team.ben.view is not None
    assert the_ask(town, team, question.ts).settled_by is SettledBy.DECLINED
    assert not any(name.startswith("asks.") for name in buttons(digest))


def test_nobody_else_can_press_for_somebody(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    assert team.ada.presses(digest, "asks.decline").ok
    assert the_ask(town, team, question.ts).state is AskState.OPEN


def test_watching_ones_own_message_asks_who_owes_the_answer(town: Street, team: Team) -> None:
    message = team.ada.says(team.ben, "about the keys, when you have a minute")
    team.ada.uses_message_shortcut("asks.watch", message)
    assert team.ada.submits(values={"asks.watch": team.ben.id}).ok
    found = the_ask(town, team, message.ts, message.channel)
    assert (found.asker, found.asked) == (town.member(team.ada).id, town.member(team.ben).id)
    town.passes(days=3)
    digest = about_asks(team.ben)[-1]
    assert "keys" not in texts(digest)
    assert team.ben.presses(digest, "asks.answer").ok
    assert the_ask(town, team, message.ts, message.channel).settled_by is SettledBy.TAP


def test_watching_anothers_message_joins_ones_own_list_alone(town: Street, team: Team) -> None:
    message = team.ada.says(team.ops, "the keys are in the drawer, take them on Friday")
    team.ben.uses_message_shortcut("asks.watch", message)
    found = the_ask(town, team, message.ts)
    assert (found.asker, found.asked) == (None, town.member(team.ben).id)
    town.passes(days=3)
    assert about_asks(team.ada) == []
    team.ben.opens_home()
    assert team.ben.home is not None
    assert "asks.promise" in str(team.ben.home.body)


def test_who_has_joined_is_not_told_to_whoever_watches(town: Street, team: Team) -> None:
    cleo = town.slack.person("cleo", team="Maple")
    shown = []
    for other in (team.ben, cleo):
        message = team.ada.says(team.ada, "mine")
        team.ada.uses_message_shortcut("asks.watch", message)
        answer = team.ada.submits(values={"asks.watch": other.id})
        shown.append(str(answer.json["view"]["blocks"]).replace(other.id, "them"))
    assert shown[0] == shown[1]
    assert town.known(cleo) is None


def test_the_asker_marks_and_lets_go_from_home(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.mark")
    team.ada.submits(values={("mark", "asks.mark"): Mark.NO_RUSH.value})
    assert the_ask(town, team, question.ts).mark is Mark.NO_RUSH
    team.ada.presses(team.ada.home, "asks.release")
    assert the_ask(town, team, question.ts).state is AskState.RELEASED
    assert "asks.release" not in str(team.ada.home.body)


def test_a_mark_with_a_day_needs_the_day(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.mark")
    answer = team.ada.submits(values={("mark", "asks.mark"): Mark.REPLY_BY.value})
    assert list(answer.json["errors"]) == ["reply_by"]
    day = (town.clock() + timedelta(days=3)).date().isoformat()
    assert team.ada.submits(values={("reply_by", "asks.mark"): day}).ok
    assert the_ask(town, team, question.ts).reply_by is not None


def test_not_an_ask_closes_it_for_everybody(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    team.ada.presses(team.ada.home, "asks.not_an_ask")
    assert the_ask(town, team, question.ts).state is AskState.NOT_AN_ASK
