"""What we lend to somebody who asks again, who is away, and a few yes, no or when at a time."""

from datetime import date
from enum import StrEnum
from typing import assert_never

from service.wording.voice import Voice


class Smaller(StrEnum):
    """How a question may be asked again so that it is easier to answer."""

    SMALLER = "smaller"
    DAY = "day"
    NAME = "name"


def title(voice: Voice) -> str:
    """Over the ways to ask again."""
    return voice.say("Ask again, in other words")


def hint(voice: Voice) -> str:
    """Under that heading."""
    return voice.say("Nothing is sent for you. The words are yours to change.")


def choice(voice: Voice, how: Smaller) -> str:
    """The button of one way."""
    match how:
        case Smaller.SMALLER:
            return voice.say("Make It Smaller")
        case Smaller.DAY:
            return voice.say("Add a Day")
        case Smaller.NAME:
            return voice.say("Name One Person")
        case _:
            assert_never(how)


def opener(voice: Voice, how: Smaller, on: date, today: date | None = None) -> str:
    """A first line to go on from; what the question is stands after it, in the asker's own words."""
    match how:
        case Smaller.SMALLER:
            return voice.say("One small part of what I asked would already help me:")
        case Smaller.DAY:
            return voice.say("A line by {day} would help me, even if it is a no:", day=voice.day(on, today))
        case Smaller.NAME:
            return voice.say("I thought of you first for this one, and no is fine too:")
        case _:
            assert_never(how)


def asked_again(voice: Voice) -> str:
    """The button after asking again elsewhere: the old question is closed."""
    return voice.say("I Asked Again")


def away_until(voice: Voice, name: str, on: date, today: date | None = None) -> str:
    """In the asker's list, of somebody who lets others see when they are away."""
    return voice.say("{name} is away until {day}.", name=name, day=voice.day(on, today))


def passed_on(voice: Voice) -> str:
    """In the asker's list: somebody passed the question on, and it has not been taken yet."""
    return voice.say("Your question was passed on to somebody who may know.")


def taken(voice: Voice) -> str:
    """After *I'll Take It*."""
    return voice.say("Thank you. This one is on your list now.")


def triage_title(voice: Voice) -> str:
    """Over many open questions, each with three buttons."""
    return voice.say("Yes, no, or when")


def triage_hint(voice: Voice) -> str:
    """Under that heading."""
    return voice.say("One tap each is enough. No is a full answer, and the rest can wait.")


def triage_opens(voice: Voice) -> str:
    """In Slack, where *Yes* leads to the message."""
    return voice.say("Yes opens the message, and your line there closes it.")


def yes(voice: Voice) -> str:
    """The first of three buttons."""
    return voice.say("Yes")


def no(voice: Voice) -> str:
    """The second."""
    return voice.say("No")


def when(voice: Voice) -> str:
    """The third: give a day."""
    return voice.say("When")
