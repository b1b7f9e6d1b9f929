"""What somebody does on the web shows in Slack too, in the message they had about it, and only there."""

from service.asks.rules import AskState
from tests.e2e.slack.asking import asked, the_ask
from tests.slack import Street, Team, buttons, texts
from tests.visitors import signed_in


def test_a_button_pressed_on_the_web_goes_from_the_message_in_slack(town: Street, team: Team) -> None:
    question, digest = asked(town, team)
    assert "asks.decline" in buttons(digest)
    ben = signed_in(town.runtime, town.workspace(team.ops.team), town.member(team.ben).id)
    ben.does(f"/asks/{the_ask(town, team, question.ts).id}/decline")
    assert the_ask(town, team, question.ts).state is not AskState.OPEN
    before = len(town.slack.calls("chat.update"))
    town.goes_on()
    now = team.ben.inbox[-1]
    assert now.ts == digest.ts
    assert "asks.decline" not in buttons(now)
    assert "nudges.why" in buttons(now)
    assert "You have seen to this." in texts(now)
    assert len(town.slack.calls("chat.update")) == before + 1
    town.passes(hours=2)
    assert len(town.slack.calls("chat.update")) == before + 1


def test_what_slack_showed_in_the_place_of_its_button_stays(town: Street, team: Team) -> None:
    _, digest = asked(town, team)
    team.ben.presses(digest, "asks.decline")
    before = len(town.slack.calls("chat.update"))
    town.passes(hours=2)
    assert len(town.slack.calls("chat.update")) == before
