"""What the coach says in a chat, beside what its pages say: the ways onward, and what becomes of an answer."""

from typing import assert_never

from service.repairs.rules import Answer, Direction
from service.wording.voice import Voice


def usage(voice: Voice, command: str) -> str:
    """After the command with words it does not know."""
    return voice.say(
        "Type {command} alone. It asks what brings you here, and nothing goes before you say so.", command=command
    )


def fork_bigger(voice: Voice) -> str:
    """The fourth answer of the fork, which leads out."""
    return voice.say("It is bigger than a small repair")


def lent_note(voice: Voice) -> str:
    """Over the words of a note we lend."""
    return voice.say("Words you could sign")


def other_moves(voice: Voice) -> str:
    """Over what may mend it without this form."""
    return voice.say("What else may mend it:")


def way(voice: Voice) -> str:
    """The label of what one would like to do."""
    return voice.say("Which way would you like to go?")


def way_sign(voice: Voice) -> str:
    """Say it with one's name."""
    return voice.say("Yes, with my name")


def way_card(voice: Voice) -> str:
    """A card without a name, for everybody."""
    return voice.say("A card for all of us, unsigned")


def way_chair(voice: Voice) -> str:
    """An ask about a practice, which names nobody."""
    return voice.say("Ask for a practice, naming nobody")


def way_ready(voice: Voice) -> str:
    """A line for the next time."""
    return voice.say("A line to have ready for next time")


def way_keep(voice: Voice) -> str:
    """A private moment."""
    return voice.say("A note to myself")


def way_nothing(voice: Voice) -> str:
    """Nothing at all, which is a good end."""
    return voice.say("Leave it be")


def way_word(voice: Voice) -> str:
    """A word to the person it happened to."""
    return voice.say("A word to the person")


def way_thank(voice: Voice) -> str:
    """Thanks to somebody who was there."""
    return voice.say("Thank somebody who helped")


def for_the_chair(voice: Voice) -> str:
    """Above the ask to whoever leads a meeting."""
    return voice.say("You could ask this of whoever leads your meetings:")


def for_next_time(voice: Voice) -> str:
    """Above the line to have ready."""
    return voice.say("You could have this ready:")


def for_the_person(voice: Voice) -> str:
    """Above the word of a witness, which nobody sends for them."""
    return voice.say("You could write this yourself. We send nothing here:")


def in_your_language(voice: Voice) -> str:
    """Above the writer's own version, where the reader is spoken to in another language."""
    return voice.say("It is read in another language. In yours it says:")


def sent_to(voice: Voice, name: str) -> str:
    """A repair of one's own in a list."""
    return voice.say("Your word to {name} went out.", name=name)


def held_for(voice: Voice, name: str) -> str:
    """A repair of one's own that waits for the morning, or for a good time."""
    return voice.say("Your word to {name} waits. You can still take it back.", name=name)


def mine(voice: Voice) -> str:
    """The heading over one's own repairs that are open."""
    return voice.say("Words of yours to mend something")


def answered(voice: Voice, direction: Direction, how: Answer) -> str:
    """To the receiver, in the place of the buttons: what becomes of their answer."""
    match how:
        case Answer.THANK:
            return voice.say("Passed on: thank you.")
        case Answer.TALK:
            return voice.say("Passed on: you would like to talk.")
        case Answer.LATER if direction is Direction.MINE:
            return voice.say("Passed on: you have read it, and need some time.")
        case Answer.LATER:
            return voice.say("That is fine. Nobody is told.")
        case Answer.UNSETTLED:
            return voice.say("Passed on: it isn't settled for you yet.")
        case Answer.MEND:
            return voice.say("Your repair line is on its way.")
        case Answer.DEED:
            return voice.say("A small deed it is. Nobody is told.")
        case Answer.UNFAIR:
            return voice.say("Taken away.")
        case _:
            assert_never(how)


def begun(voice: Voice) -> str:
    """In the place of the button that led to a word of repair."""
    return voice.say("You wrote a word about this.")
