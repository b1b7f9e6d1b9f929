"""The words around every web page: ways through the house, the look, the foot."""

from service.wording.voice import Voice

PRODUCT = "Goldseam"


def ways(voice: Voice) -> str:
    """Names the navigation to a screen reader."""
    return voice.say("Rooms")


def first_page(voice: Voice) -> str:
    """Names the link on the mark."""
    return voice.say("Goldseam, first page")


def me(voice: Voice, name: str) -> str:
    """Beside one's own initials, for screen readers."""
    return voice.say("Signed in as {name}", name=name)


def waiting(voice: Voice) -> str:
    """Beside a room where something is new."""
    return voice.say("something new")


def theme(voice: Voice) -> str:
    """Names the three switches of the look."""
    return voice.say("Look")


def theme_auto(voice: Voice) -> str:
    """As the device has it."""
    return voice.say("Auto")


def theme_light(voice: Voice) -> str:
    """The light look."""
    return voice.say("Light")


def theme_dark(voice: Voice) -> str:
    """The dark look."""
    return voice.say("Dark")


def optional(voice: Voice) -> str:
    """Beside the label of a field that may stay empty."""
    return voice.say("may stay empty")


def only_you(voice: Voice) -> str:
    """On what is private to its reader."""
    return voice.say("Only you see this")


def to_mend(voice: Voice) -> str:
    """Heads the list of what stands in the way of a form."""
    return voice.say("One thing to look at, then send it again")
