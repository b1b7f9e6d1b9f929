"""What we say about why a question is thought open: which evidence counted, and what its place taught us."""

from collections.abc import Iterable
from typing import assert_never

from service.asks.beliefs import Reason
from service.asks.priors import Prior
from service.wording.voice import Voice


def because(voice: Voice, reasons: Iterable[Reason], expected: Prior) -> tuple[str, ...]:
    """Every sentence about one question, the weightiest first."""
    found = [reason(voice, each) for each in reasons]
    if expected.asks:
        found.append(taught_to_doubt_asks(voice))
    if expected.answered:
        found.append(taught_to_doubt_silence(voice))
    return tuple(found)


def reason(voice: Voice, reason: Reason) -> str:
    """One thing that counted for or against an answer."""
    match reason:
        case Reason.NOTHING_SINCE:
            return voice.say("Nothing that was written there since looks like an answer.")
        case Reason.LINKED:
            return voice.say("A later message may belong to it, and we are not sure.")
        case Reason.ASKER_NAMED:
            return voice.say("A later message named whoever asked.")
        case Reason.NAMED_PERSON_WROTE:
            return voice.say("The person asked wrote there afterwards. It may have been about something else.")
        case Reason.ASKER_THANKED:
            return voice.say("Whoever asked gave thanks there afterwards.")
        case Reason.ASKER_CLOSED:
            return voice.say("Whoever asked wrote there as if it was done.")
        case Reason.ASKED_AGAIN:
            return voice.say("It was asked there a second time.")
        case Reason.FIRST_IN_SLOW_PLACE:
            return voice.say("It is a quiet place, and the next message there was by another person.")
        case _:
            assert_never(reason)


def taught_to_doubt_asks(voice: Voice) -> str:
    """Where taps on *Not an Ask* changed how a place is read."""
    return voice.say("Taps on Not an Ask taught us to take fewer messages there for questions.")


def taught_to_doubt_silence(voice: Voice) -> str:
    """Where taps on *I Answered* changed how a place is read."""
    return voice.say("Taps on I Answered taught us to believe sooner that a question there was answered.")


def about(voice: Voice, place: str) -> str:
    """Above the evidence about one of several questions."""
    return voice.say("About the question in {place}:", place=place)


def nothing_read(voice: Voice) -> str:
    """Of a question that somebody put by hand, or that is closed for long."""
    return voice.say("We read nothing about this one. It was put by hand, or was closed a while ago.")
