"""The doors a chat has to everything: what its commands, shortcuts and home are called."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading over the doors on the app's home."""
    return voice.say("What would you like to do?")


def usage_noticed(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: note what somebody did; add a name and the work", command=f"{command} noticed")


def usage_moment(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: note a small moment, for you alone", command=f"{command} moment")


def usage_suggest(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: suggest a small repair without your name", command=f"{command} suggest")


def usage_reaction(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: choose the reaction that offers thanks in this channel", command=f"{command} reaction")


def usage_week(voice: Voice, command: str) -> str:
    """One line of help."""
    return voice.say("{command}: choose whether a week's shared thanks are told on Friday", command=f"{command} week")


def thanks_command(voice: Voice) -> str:
    """What the command does, in the app's manifest."""
    return voice.say("Thank somebody, in private unless you choose otherwise.")


def repair_command(voice: Voice) -> str:
    """What the command does, in the app's manifest."""
    return voice.say("Mend something small, with words to start from.")


def thanks_shortcut(voice: Voice) -> str:
    """What the shortcut does, in the app's manifest."""
    return voice.say("Thank one person or several for what they did.")


def thanks_for_message(voice: Voice) -> str:
    """What the entry in the menu of a message does, in the app's manifest."""
    return voice.say("Thank whoever wrote this message. Its words are not kept.")


def note_shortcut(voice: Voice) -> str:
    """What the shortcut does, in the app's manifest."""
    return voice.say("Note work that is easy to miss, somebody's or your own.")


def repair_shortcut(voice: Voice) -> str:
    """What the shortcut does, in the app's manifest."""
    return voice.say("A few steps from what happened to a word that may mend it.")


def suggest_name(voice: Voice) -> str:
    """The shortcut's name, which a chat keeps short."""
    return voice.say("Suggest Repair, Unsigned")


def suggest_shortcut(voice: Voice) -> str:
    """What the shortcut does, in the app's manifest."""
    return voice.say("Put a gentle card in for all of us, or for one person.")


def moment_shortcut(voice: Voice) -> str:
    """What the shortcut does, in the app's manifest."""
    return voice.say("Something small happened: a private note, for you alone.")
