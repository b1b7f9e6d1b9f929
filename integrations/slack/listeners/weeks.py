"""The weekly word of a circle: its lead chooses it in a channel, and each member for themselves."""

from integrations.slack.listeners import circles
from integrations.slack.visits import Reply, Visit
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.people import circles as acts
from service.wording import weeks as words

ON = {"on": True, "off": False}


def command(visit: Visit, typed: str) -> Reply:
    """`/goldseam week on` in a channel whose circle one leads, or `/goldseam week mine on`; off ends either."""
    card, (rest, _, last) = visit.full_member(), typed.casefold().rpartition(" ")
    voice, on = visit.voice(card), ON.get(last)
    if on is None or rest.strip() not in ("", "mine"):
        name = f"{visit.desk.runtime.settings.slack_command_goldseam} week"
        return {"response_type": "ephemeral", "text": words.usage(voice, name)}
    with visit.transaction() as db:
        if rest.strip() == "mine":
            (nudges.as_usual if on else nudges.stop)(db, card.id, NudgeKind.THANKS_WEEK)
        else:
            circle = circles.led_here(db, card, visit.gesture.channel or "")
            acts.tell_week(db, circle.id, on=on)
    return {"response_type": "ephemeral", "text": words.chosen(voice) if on else words.ended(voice)}
