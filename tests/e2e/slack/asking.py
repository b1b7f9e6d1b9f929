"""What the tests of buttons share: a team in which somebody was asked."""

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.nouns import Message, View
from service.asks import queries as asks
from service.asks.queries import AskCard
from service.nudges import queries as nudges
from service.nudges.rules import Level, NudgeKind
from tests.slack import Street, Team, about_asks


def asked(town: Street, team: Team, text: str = "@ben could you look at the printer?") -> tuple[Message, Message]:
    """A question, and the message in which its addressee hears of it."""
    question = team.ada.says(team.ops, text)
    town.passes(days=3)
    return question, about_asks(team.ben)[-1]


def the_ask(town: Street, team: Team, ts: str, channel: str | None = None) -> AskCard:
    with town.runtime.transaction(town.workspace(team.ops.team), writes=False) as db:
        (found,) = asks.of_message(db, channel or team.ops.id, ts)
    return found


def said(view: View | None) -> str:
    assert view is not None
    return "\n".join(block.get("text", {}).get("text", "") for block in view.body["blocks"])


def level(town: Street, actor: Actor) -> Level | None:
    member = town.member(actor).id
    with town.runtime.transaction(town.workspace(actor.person.team), writes=False) as db:
        return nudges.levels(db, [member]).get((member, NudgeKind.ASK_WAITING))
