"""The first walk, over HTTP with signed requests: install, invite, join, ask, wait, hear of it once, answer."""

import pytest

from integrations.slack.standin.deliver import Answer
from integrations.slack.standin.driver import Held
from service.asks import queries as asks
from service.asks.rules import AskState
from service.people.rules import Joined
from tests.slack import Street, Team, about_asks, buttons, settled_in, texts


def test_from_installation_to_a_settled_ask_in_two_teams(town: Street) -> None:
    teams = [settled_in(town, name) for name in ("Maple", "Birch")]
    assert len({town.workspace(team.ops.team) for team in teams}) == 2
    for team in teams:
        assert town.member(team.owner).is_owner
        assert town.member(team.ben).joined is Joined.WHOLE
    questions = [team.ada.says(team.ops, "@ben could you look at the backup job today?") for team in teams]
    town.passes(minutes=30)
    assert [about_asks(team.ben) for team in teams] == [[], []]
    town.passes(days=2, hours=22)
    for team, question in zip(teams, questions, strict=True):
        (digest,) = about_asks(team.ben)
        assert team.ada.mention in texts(digest)
        assert "backup" not in texts(digest)
        assert buttons(digest)[:2] == ["asks.answer", "asks.promise"]
        team.ben.says(team.ops, "done, it runs again", thread=question)
        assert states(town, team) == [AskState.SETTLED]
    town.passes(days=3)
    assert [len(about_asks(team.ben)) for team in teams] == [1, 1]
    posts = town.slack.posts()
    assert len({each for post in posts for each in post.delivery_ids}) == len(posts)


def test_an_ask_answered_in_time_is_never_spoken_of(town: Street) -> None:
    team = settled_in(town)
    question = team.ada.says(team.ops, "@ben is the gate open on Sunday?")
    team.ben.says(team.ops, "yes", thread=question)
    town.passes(days=4)
    assert states(town, team) == [AskState.SETTLED]
    assert about_asks(team.ben) == about_asks(team.ada) == []


def test_somebody_who_has_not_joined_is_not_asked_and_not_written_to(town: Street) -> None:
    team = settled_in(town)
    cleo = town.slack.person("cleo", team="Maple")
    cleo.joins(team.ops)
    team.ada.says(team.ops, "@cleo could you send me the list?")
    town.passes(days=4)
    assert cleo.inbox == []
    assert town.known(cleo) is None
    assert states(town, team) == []


def test_nothing_is_read_where_nobody_chose_that_we_listen(town: Street) -> None:
    team = settled_in(town)
    other = town.slack.channel("#garden", team="Maple")
    town.slack.invite_app(other, by=team.owner)
    team.ben.joins(other)
    team.ada.says(other, "@ben could you water the plants?")
    town.passes(days=4)
    assert states(town, team, other.id) == []


@pytest.mark.parametrize("order", ["thrice", "shuffled", "at_once"])
def test_the_same_events_in_any_order_and_number_end_the_same(town: Street, order: str) -> None:
    team = settled_in(town)
    with town.slack.holding() as held:
        answered = team.ada.says(team.ops, "@ben could you look at the mail server?")
        town.clock.move(seconds=400)
        team.ben.says(team.ops, "it is up again", thread=answered)
        town.clock.move(seconds=400)
        waiting = team.ada.says(team.ops, "@ben which day suits you for the move?")
        town.clock.move(seconds=400)
        taken_back = team.ada.says(team.ops, "@ben can you lend me a ladder?")
        town.clock.move(seconds=60)
        team.ada.deletes(taken_back)
    assert all(answer.ok for answer in delivered(held, order))
    assert ask_states(town, team, waiting.ts) == [AskState.OPEN]
    assert AskState.OPEN not in ask_states(town, team, answered.ts)
    assert AskState.OPEN not in ask_states(town, team, taken_back.ts)
    town.passes(days=3)
    (digest,) = about_asks(team.ben)
    assert texts(digest).count(team.ada.mention) == 1
    assert about_asks(team.ada) == []


def delivered(held: Held, order: str) -> list[Answer]:
    match order:
        case "thrice":
            return held.deliver(times=3)
        case "shuffled":
            return held.deliver(times=3, shuffled=5)
        case _:
            return held.deliver(times=3, shuffled=9, at_once=True)


def states(town: Street, team: Team, channel: str | None = None) -> list[AskState]:
    """How every ask kept of a channel stands."""
    where = channel or team.ops.id
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        return [each.state for ts in town.slack.world.messages[where] for each in asks.of_message(db, where, ts)]


def ask_states(town: Street, team: Team, ts: str) -> list[AskState]:
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        return [each.state for each in asks.of_message(db, team.ops.id, ts)]
