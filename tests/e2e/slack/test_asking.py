"""Both sides of an ask: asked again, passed on and taken, answered elsewhere, and many gone through in short."""

from service.asks import queries as asks
from service.asks.rules import MANY, AskState, SettledBy
from tests.e2e.slack.asking import asked, said, the_ask
from tests.slack import Street, Team, about_asks, buttons, offering


def test_asking_again_lends_words_and_sends_none(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ada.opens_home()
    assert team.ada.home is not None
    before = len(team.ada.sees(team.ops))
    team.ada.presses(team.ada.home, "asks.again")
    assert "One small part of what I asked would already help me:" in said(team.ada.view)
    assert the_ask(town, team, question.ts).state is AskState.OPEN
    assert team.ada.submits().ok
    assert the_ask(town, team, question.ts).state is AskState.RELEASED
    assert len(team.ada.sees(team.ops)) == before


def test_what_is_passed_on_must_be_taken(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    team.owner.runs("/goldseam", "join")
    team.owner.submits()
    team.ben.presses(digest, "asks.not_mine")
    assert team.ben.submits(values={"asks.not_mine": team.owner.id}).ok
    town.passes(days=1)
    offered = offering(team.owner.inbox, "asks.take")
    assert "asks.promise" not in buttons(offered)
    team.owner.presses(offered, "asks.take")
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        (mine,) = asks.waiting_for_me(db, town.member(team.owner).id)
    assert not mine.is_offered
    assert "asks.take" not in buttons(offered)
    team.owner.says(team.ops, "I have looked at it", thread=question)
    town.goes_on()
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        assert asks.waiting_for_me(db, town.member(team.owner).id) == []


def test_answered_elsewhere_is_told_from_the_home(town: Street, team: Team) -> None:
    question, _ = asked(town, team)
    team.ben.opens_home()
    assert team.ben.home is not None
    team.ben.presses(team.ben.home, "asks.answered")
    assert the_ask(town, team, question.ts).settled_by is SettledBy.TAP
    assert "asks.answered" not in str(team.ben.home.body)


def test_many_are_gone_through_in_short(town: Street, team: Team) -> None:
    for number in range(MANY + 1):
        team.ada.says(team.ops, f"@ben could you look at printer number {number}?")
        town.clock.move(minutes=10)
    town.passes(days=3)
    team.ben.opens_home()
    assert team.ben.home is not None
    assert "asks.snooze" not in str(team.ben.home.body)
    team.ben.presses(team.ben.home, "asks.triage")
    assert team.ben.view is not None
    shown = [
        each["value"] for block in team.ben.view.body["blocks"] for each in block.get("elements", ()) if "value" in each
    ]
    first = shown[0]
    team.ben.presses(team.ben.view, "asks.decline", value=first)
    assert first not in str(team.ben.view.body)
    second = shown[3]
    team.ben.presses(team.ben.view, "asks.promise", value=second)
    assert team.ben.submits(values={"asks.promise": town.clock().date().replace(day=28).isoformat()}).ok
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        states = [asks.ask(db, ask) for ask in (first, second)]
    assert [card.state for card in states if card is not None] == [AskState.SETTLED, AskState.PROMISED]
    assert len(about_asks(team.ben)) >= 1
