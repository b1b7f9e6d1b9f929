"""Private moments in Slack, over signed HTTP: noted, told to oneself as a pattern, and what may come of it."""

import pytest

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import Message, View
from service.moments import queries as moments
from service.moments.queries import MomentCard
from service.moments.rules import Resolved
from service.ruptures import Rupture
from tests.slack import Street, Team, buttons, settled_in, texts

DAY_S = 86_400
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where one database is enough: the walk below runs on both."""
NOTE = "moments.note"


@pytest.fixture
def team(town: Street) -> Team:
    return settled_in(town)


def said(view: View | None) -> str:
    assert view is not None
    return str(view.body["blocks"])


def mine(town: Street, actor: Actor) -> list[MomentCard]:
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return moments.mine(db, town.runtime.keyring, town.member(actor).id)


def noted(actor: Actor, who: str, words: str = "again in the round") -> None:
    actor.uses_shortcut(NOTE)
    actor.submits(values={("kind", NOTE): "talked_over", ("who", NOTE): who, ("words", NOTE): words})
    assert "alone" in said(actor.view)
    actor.closes(every=True)


def three_days(town: Street, team: Team) -> Message:
    """Ada notes the same thing on three days, and hears of the pattern."""
    for _ in range(3):
        noted(team.ada, team.ben.id)
        town.passes(days=1, look_every_s=DAY_S)
    (message,) = [each for each in team.ada.inbox if "moments.resolve" in buttons(each)]
    return message


def test_a_pattern_is_told_to_oneself_alone_and_becomes_a_signed_word(town: Street, team: Team) -> None:
    message = three_days(town, team)
    assert "three days" in texts(message)
    assert team.ben.mention not in texts(message)
    assert "round" not in str(message.blocks)
    assert [each for each in team.ben.inbox if "three days" in texts(each)] == []
    team.ada.presses(message, "repairs.open")
    assert "talked_over" in said(team.ada.modal)
    team.ada.submits()
    team.ada.submits(values={("way", "repairs.open"): "sign"})
    assert team.ben.id in said(team.ada.modal)
    team.ada.submits()
    team.ada.submits()
    assert "moments.resolve" not in buttons(message)
    assert Resolved.SAID in {each.resolved for each in mine(town, team.ada)}


@SQLITE
def test_a_pattern_may_be_let_be(town: Street, team: Team) -> None:
    message = three_days(town, team)
    team.ada.presses(message, "moments.resolve")
    assert "moments.resolve" not in buttons(message)
    assert {each.resolved for each in mine(town, team.ada)} == {Resolved.LET_BE}


@SQLITE
def test_the_way_to_a_card_leaves_no_trace(town: Street, team: Team) -> None:
    message = three_days(town, team)
    before = list(message.blocks)
    team.ada.presses(message, "suggestions.open")
    assert "small things" in said(team.ada.view)
    assert message.blocks == before
    assert {each.resolved for each in mine(town, team.ada)} == {None}


@SQLITE
def test_a_moment_needs_nobody_and_no_words_and_meets_nobody(town: Street, team: Team) -> None:
    team.ada.runs("/goldseam", "moment")
    team.ada.submits(values={("kind", NOTE): "look_or_sigh"})
    team.ada.closes(every=True)
    cleo = town.slack.person("cleo", team="Maple")
    noted(team.ada, cleo.id, "")
    assert town.known(cleo) is None
    newest, oldest = sorted(mine(town, team.ada), key=lambda each: each.who is None)
    assert (newest.who, oldest.who, oldest.kind) == (cleo.id, None, Rupture.LOOK_OR_SIGH)
    cleo.runs("/goldseam", "moment")
    answer = cleo.submits(values={("kind", NOTE): "look_or_sigh"})
    assert "joined" in str(answer.json["errors"])


STARTS = "moments.balance"


@SQLITE
def test_who_starts_is_looked_at_where_both_agree_and_told_to_the_quieter(town: Street, team: Team) -> None:
    ada, ben = team.ada, team.ben
    town.clock.move(days=70)  # nobody is new
    for one, other in ((ada, ben), (ben, ada)):
        one.runs("/goldseam", "starts")
        assert "Not begun" not in said(one.modal)
        one.submits(values={("member", STARTS): [town.member(other).id]})
        assert ("You have both said yes" in said(one.view)) == (one is ben)
        one.closes(every=True)
    for _ in range(19):
        ada.says(team.ops, "@ben shall we plan the spring fair?")
        town.passes(days=3, look_every_s=DAY_S)
    (message,) = [each for each in ben.inbox if "moments.dismiss" in buttons(each)]
    assert "since you started a plan with" in texts(message)
    assert not any("moments.dismiss" in buttons(each) for each in ada.inbox)
    ben.presses(message, "moments.dismiss")
    assert "moments.dismiss" not in buttons(message)
    ben.runs("/goldseam", "starts")
    assert ben.modal is not None
    ben.presses(ben.modal, "moments.started")
    assert "you started something with ada" in said(ben.view)
    ben.presses(ben.modal, "moments.end")
    assert "nobody is told" in said(ben.view)
    ada.runs("/goldseam", "starts")
    assert "You have both said yes" not in said(ada.view)
