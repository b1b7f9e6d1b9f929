"""What we say around the list of one's own moments."""

from typing import assert_never

from service.moments.rules import Resolved
from service.wording.voice import Voice


def lead(voice: Voice) -> str:
    """Under the heading of the page."""
    return voice.say("A place to put down what stayed with you. Nothing here is ever counted or shown.")


def which_kind(voice: Voice) -> str:
    """The label of the kind."""
    return voice.say("What was it?")


def nobody(voice: Voice) -> str:
    """The first choice of whom."""
    return voice.say("nobody in particular")


def yours(voice: Voice) -> str:
    """Over the list."""
    return voice.say("Your notes")


def became(voice: Voice) -> str:
    """Over what may become of a moment."""
    return voice.say("What would you like to do?")


def what_became(voice: Voice, how: Resolved) -> str:
    """What became of a moment, beside it."""
    match how:
        case Resolved.SAID:
            return voice.say("You said something.")
        case Resolved.CARD:
            return voice.say("You chose a card.")
        case Resolved.MINE:
            return voice.say("You found your own part in it.")
        case Resolved.LET_BE:
            return voice.say("You let it be.")
        case _:
            assert_never(how)


def say_something(voice: Voice) -> str:
    """A button: to the coach."""
    return voice.say("Say Something")


def it_was_mine(voice: Voice) -> str:
    """A button: what was mine in it."""
    return voice.say("It Was Mine")


def delete(voice: Voice) -> str:
    """A button that deletes a note."""
    return voice.say("Delete")


def deleted(voice: Voice) -> str:
    """After deleting a note."""
    return voice.say("Deleted.")


def kept_mine(voice: Voice) -> str:
    """After finding one's own part in it."""
    return voice.say("Noted. Nothing to send is a good answer too.")
