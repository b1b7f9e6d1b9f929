"""What we say where a home or a team is closed for good."""

from service.wording.voice import Voice


def title(voice: Voice, name: str) -> str:
    """The heading, and the way to it."""
    return voice.say("Close {name}", name=name)


def what_goes(voice: Voice) -> str:
    """Under it."""
    return voice.say(
        "All that is kept here goes at once, for all of you: thanks, questions, repairs, days, notes, cards and "
        "sessions. Backups of whoever hosts this keep it until they age out."
    )


def before(voice: Voice) -> str:
    """What may be done first."""
    return voice.say("Each of you may like to save your own things as a file first. It cannot be undone.")


def name(voice: Voice) -> str:
    """The label of the field in which its name is typed."""
    return voice.say("To close it, type its name")


def closed(voice: Voice) -> str:
    """After closing."""
    return voice.say("It is closed, and nothing of it is kept here.")
