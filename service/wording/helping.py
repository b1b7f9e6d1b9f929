"""What we say where something is bigger than a small repair, and to whoever names those who can help."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading of the page, which says nothing to somebody who looks over a shoulder."""
    return voice.say("Somebody to talk to")


def not_small(voice: Voice) -> str:
    """What belongs here, under the heading."""
    return voice.say(
        "If you feel unsafe, are being threatened, or it goes on after you said stop, a card or a note is the wrong "
        "tool. Nothing is sent from here, and we keep no trace of this page."
    )


def can_help(voice: Voice, contacts: str) -> str:
    """Those who can help; the workspace's own words come last."""
    return voice.say("These people can help: {contacts}", contacts=contacts)


def away(voice: Voice) -> str:
    """The quick way off the page."""
    return voice.say("Leave This Page")


def history(voice: Voice) -> str:
    """What we cannot do."""
    return voice.say("Your browser may remember that you were here.")


def settings(voice: Voice) -> str:
    """The way to the settings of this, and their heading."""
    return voice.say("Who can help, and how many others a card needs")


def contacts_label(voice: Voice) -> str:
    """The label of the contacts."""
    return voice.say("Whom to turn to when something is not small")


def contacts_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Names, a channel, a number. It is shown to anybody who asks; we never write who looked.")


def others_label(voice: Voice) -> str:
    """The label of the floor."""
    return voice.say("How many others could have sent a card")


def others_hint(voice: Voice, least: int) -> str:
    """Under it: the floor may be raised."""
    return voice.say("A card for one person needs at least {least}. You can ask for more.", least=least)
