"""What we say about days that matter."""

from datetime import date

from service.wording.voice import Voice


def soon(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """Some days before."""
    return voice.say("{name}'s day is on {day}. A call, a card, a few words?", name=name, day=voice.day(on, today))


def today(voice: Voice, name: str) -> str:
    """On the day."""
    return voice.say("Today is {name}'s day. A call, a card, a few words?", name=name)


def hard_soon(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """Some days before a hard day."""
    return voice.say(
        "{day} may be a hard day for {name}. A line to say you thought of it is enough.",
        day=voice.day(on, today),
        name=name,
    )


def hard_today(voice: Voice, name: str) -> str:
    """On a hard day."""
    return voice.say("Today may be a hard day for {name}. A line to say you thought of it is enough.", name=name)


def whose(voice: Voice) -> str:
    """The label of the person field."""
    return voice.say("Whose day is it?")


def yearly(voice: Voice, on: date) -> str:
    """When a day comes round."""
    return voice.say("Every year on {day}", day=voice.day_of_year(on))


def hidden(voice: Voice) -> str:
    """After hiding one's own day."""
    return voice.say("Hidden. Nobody will be told of this day.")


def added(voice: Voice, on: date) -> str:
    """After adding a day."""
    return voice.say("Kept for {day}.", day=voice.day_of_year(on))


def none_yet(voice: Voice) -> str:
    """An empty calendar."""
    return voice.say("No days here yet. A birthday is a good first one.")


def own_alone(voice: Voice) -> str:
    """At work, only oneself adds one's days."""
    return voice.say("At work each person adds their own days, or none.")
