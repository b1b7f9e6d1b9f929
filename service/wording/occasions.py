"""What we say about days that matter."""

from datetime import date
from typing import assert_never

from service.occasions.rules import OccasionKind
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


def kind(voice: Voice, kind: OccasionKind) -> str:
    """A kind of day, as one of the choices."""
    match kind:
        case OccasionKind.BIRTHDAY:
            return voice.say("Birthday")
        case OccasionKind.ANNIVERSARY:
            return voice.say("Anniversary")
        case OccasionKind.HARD_DAY:
            return voice.say("Hard day")
        case OccasionKind.MILESTONE:
            return voice.say("Milestone")
        case _:
            assert_never(kind)


def kind_hint(voice: Voice) -> str:
    """Under the kind: how a day is spoken of that is no feast."""
    return voice.say("Choose Hard day where a day may hurt, such as the birthday of somebody you miss.")


def line(voice: Voice, name: str, kind_of: OccasionKind, words: str) -> str:
    """A day in a calendar; what somebody wrote about it comes last."""
    if words:
        return voice.say("{name} · {kind}: {words}", name=name, kind=kind(voice, kind_of), words=words)
    return voice.say("{name} · {kind}", name=name, kind=kind(voice, kind_of))


def calendar_of(voice: Voice, home: str) -> str:
    """What a calendar of days is called."""
    return voice.say("Days that matter, {home}", home=home)


def which_kind(voice: Voice) -> str:
    """The label of the kind."""
    return voice.say("What kind of day?")


def add_title(voice: Voice) -> str:
    """Over the form for a new day."""
    return voice.say("Add a day")


def when(voice: Voice) -> str:
    """The label of the date."""
    return voice.say("When is it?")


def when_hint(voice: Voice) -> str:
    """Under it: the year is not kept."""
    return voice.say("Any year will do. We keep the day and the month alone.")


def comes_back(voice: Voice) -> str:
    """The label of how often it comes."""
    return voice.say("Does it come back?")


def every_year(voice: Voice) -> str:
    """One of two choices."""
    return voice.say("Every year")


def once(voice: Voice) -> str:
    """The other one: here the year counts."""
    return voice.say("Once, on this very day")


def somebody_else(voice: Voice) -> str:
    """The label of a name from outside the home."""
    return voice.say("Or the name of somebody who is not here")


def what_title(voice: Voice) -> str:
    """The label of a few words beside the day."""
    return voice.say("A few words about it")


def mine(voice: Voice) -> str:
    """Beside one's own day."""
    return voice.say("Your day")


def is_hidden(voice: Voice) -> str:
    """Beside one's own day that is hidden."""
    return voice.say("Hidden from everybody")


def show(voice: Voice) -> str:
    """The button that shares one's own day again."""
    return voice.say("Share My Day")


def shared(voice: Voice) -> str:
    """After sharing one's own day again."""
    return voice.say("Shared again with your circle.")


def no_word(voice: Voice) -> str:
    """The button that stops words about one day."""
    return voice.say("Don't Tell Me of This Day")


def word_again(voice: Voice) -> str:
    """The button that asks for words about one day again."""
    return voice.say("Tell Me of This Day")


def take_away(voice: Voice) -> str:
    """The button that deletes a day."""
    return voice.say("Remove")


def taken_away(voice: Voice) -> str:
    """After deleting a day."""
    return voice.say("Removed.")


def example(voice: Voice) -> str:
    """Where no day is yet: what would stand there."""
    return voice.say("Three days before, and on the day itself, those who want to mark it hear of it once.")
