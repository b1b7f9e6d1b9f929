"""What we say about who starts, to the two who both agreed to look."""

from service.wording.voice import Voice


def lead(voice: Voice) -> str:
    """Under the heading."""
    return voice.say(
        "For two people who would like to share the starting of plans and talks. "
        "We look only where both of you say yes, each by yourselves."
    )


def whom(voice: Voice) -> str:
    """The label of the people one would look with."""
    return voice.say("With whom would you like to look?")


def whom_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Nobody is told. It begins when they choose you too, and any of you can end it on any day.")


def duty(voice: Voice) -> str:
    """Why some people are not among those to choose from."""
    return voice.say("Where one of you leads the other, we don't look: starting is part of that job.")


def agree(voice: Voice) -> str:
    """The button that says yes."""
    return voice.say("Look Together")


def agreed(voice: Voice) -> str:
    """After saying yes, whether or not the other has."""
    return voice.say("Kept. We begin when you have both said yes, and say nothing before that.")


def yours(voice: Voice) -> str:
    """Over those one said yes to."""
    return voice.say("You said yes to")


def begun(voice: Voice) -> str:
    """Beside somebody who said yes too."""
    return voice.say("You have both said yes.")


def open_still(voice: Voice) -> str:
    """Beside somebody who may or may not say yes some day."""
    return voice.say("Not begun.")


def started(voice: Voice, name: str) -> str:
    """After *I Started This*."""
    return voice.say("Noted: you started something with {name}.", name=name)


def ended(voice: Voice) -> str:
    """After looking no more."""
    return voice.say("Ended. What was kept about it is gone, and nobody is told.")


def dismissed(voice: Voice) -> str:
    """After saying that an invitation was not wanted."""
    return voice.say("All right. Leaving it be is a good end too.")


def usage(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: look at who starts, where both of you agree", command=f"{command} starts")
