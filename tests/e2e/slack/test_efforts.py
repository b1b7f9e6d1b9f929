"""Work noticed in Slack, over signed HTTP: noted, told to a lead and a peer once, thanked, and silent afterwards."""

import pytest

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import Message, View
from service.efforts import queries as efforts
from service.efforts.queries import EffortCard
from service.people import circles as seats
from service.people import queries as people
from tests.slack import Street, Team, buttons, settled_in, texts

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Where one database is enough: the walk below runs on both."""
DAY_S = 86_400
"""A worker that looks once a day, at ten in the morning."""


@pytest.fixture
def team(town: Street) -> Team:
    team = settled_in(town)
    team.owner.runs("/goldseam", "join")
    assert team.owner.submits().ok
    with town.runtime.transaction(town.workspace(team.ops.team)) as db:
        circle = people.circles(db)[0]
        seats.seat(db, circle.id, town.member(team.owner).id, town.clock(), leads=True)
    return team


def said(view: View | None) -> str:
    assert view is not None
    return str(view.body["blocks"])


def of(town: Street, actor: Actor) -> list[EffortCard]:
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return efforts.of_member(db, town.member(actor).id)


def noted(town: Street, team: Team, words: str = "covered the late shift") -> None:
    """Ben notes what Ada did, so that it is ten days old on the third Thursday."""
    town.passes(days=7, look_every_s=DAY_S)
    team.ben.runs("/goldseam", f"noticed @ada {words}")
    assert words in said(team.ben.view)
    assert team.ben.submits().ok
    team.ben.closes(every=True)


def naming(actor: Actor, words: str) -> list[Message]:
    return [each for each in actor.inbox if words in texts(each) and "efforts.already" in buttons(each)]


def test_a_lead_hears_of_it_once_thanks_them_and_hears_no_more(town: Street, team: Team) -> None:
    noted(town, team)
    (effort,) = of(town, team.ada)
    assert not effort.acknowledged
    town.passes(days=10, look_every_s=DAY_S)
    (digest,) = naming(team.owner, "late shift")
    assert team.ada.mention in texts(digest)
    does = buttons(digest)
    assert does[:3] == ["appreciations.open", "efforts.already", "efforts.skip"]
    assert does[-3:] == ["nudges.why", "nudges.fewer", "nudges.stop"]
    team.owner.presses(digest, "appreciations.open", value=f"effort.{effort.id}")
    assert team.ada.id in said(team.owner.modal)
    assert "covered the late shift" in said(team.owner.modal)
    assert team.owner.submits().json["response_action"] == "push"
    assert team.owner.submits().ok
    assert f"effort.{effort.id}" not in str(digest.blocks)
    assert "on their way" in texts(digest)
    assert of(town, team.ada)[0].acknowledged
    town.passes(minutes=1)
    assert any("covered the late shift" in texts(each) for each in team.ada.inbox)
    town.passes(days=14, look_every_s=DAY_S)
    assert naming(team.owner, "late shift") == []


@SQLITE
@pytest.mark.parametrize(("button", "closes"), [("efforts.already", True), ("efforts.skip", False)])
def test_a_lead_may_say_otherwise(town: Street, team: Team, button: str, closes: bool) -> None:
    noted(town, team)
    town.passes(days=10, look_every_s=DAY_S)
    (digest,) = naming(team.owner, "late shift")
    assert team.owner.presses(digest, button).ok
    assert button not in buttons(digest)
    assert of(town, team.ada)[0].acknowledged is closes


@SQLITE
def test_the_first_weeks_ask_to_recall_and_one_peer_who_saw_it_hears_too(town: Street, team: Team) -> None:
    noted(town, team)
    recalls = [each for each in team.owner.inbox if buttons(each)[:1] == ["appreciations.open"]]
    assert len(recalls) == 1
    assert team.ada.mention not in texts(recalls[0])
    team.owner.presses(recalls[0], "appreciations.open")
    assert team.owner.modal.body["callback_id"] == "appreciations.open"
    town.passes(days=11, look_every_s=DAY_S)
    (seen,) = naming(team.ben, "late shift")
    assert team.ada.mention in texts(seen)
    assert "efforts.skip" in buttons(seen)


@SQLITE
def test_work_is_noted_by_hand_for_others_and_oneself(town: Street, team: Team) -> None:
    team.ada.uses_shortcut("efforts.note")
    answer = team.ada.submits(
        values={("doer", "efforts.note"): team.ben.id, ("words", "efforts.note"): "took the notes"}
    )
    assert team.ben.mention in str(answer.json["view"])
    team.ada.presses(team.ada.modal, "appreciations.open")
    assert "took the notes" in said(team.ada.modal)
    team.ada.closes(every=True)
    team.ben.opens_home()
    assert team.ben.home is not None
    team.ben.presses(team.ben.home, "efforts.note")
    answer = team.ben.submits(
        values={("doer", "efforts.note"): team.ben.id, ("words", "efforts.note"): "swept the store"}
    )
    assert "appreciations.open" not in str(answer.json["view"])
    assert sorted(each.title or "" for each in of(town, team.ben)) == ["swept the store", "took the notes"]

    cleo = town.slack.person("cleo", team="Maple")
    robot = town.slack.person("robot", team="Maple", is_bot=True)
    for other in (cleo, robot):
        team.ada.uses_shortcut("efforts.note")
        values = {("doer", "efforts.note"): other.id, ("words", "efforts.note"): "was kind"}
        answer = team.ada.submits(values=values)
        assert list(answer.json["errors"]) == ["doer"]
        assert town.known(other) is None
        team.ada.closes(every=True)
