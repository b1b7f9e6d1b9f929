"""What we say about children's pages, and about a device that a household shares."""

from service.wording.voice import Voice


def add_child(voice: Voice) -> str:
    """Over the form for a child's profile, and its button."""
    return voice.say("Add a Child")


def add_child_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say(
        "For children under 13. They need no address: they open their page on this device with a number of their own."
    )


def child_name(voice: Voice) -> str:
    """The label of the child's name."""
    return voice.say("What is the child called?")


def pin(voice: Voice) -> str:
    """The label of a child's number."""
    return voice.say("Their number, four to eight digits")


def child_added(voice: Voice, name: str) -> str:
    """After making a profile."""
    return voice.say("{name} has a page here now.", name=name)


def household(voice: Voice) -> str:
    """Over the switch of a household device."""
    return voice.say("This device at home")


def household_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Leave it to the household, and children open their own pages on it with their number.")


def household_on(voice: Voice) -> str:
    """The button that leaves a device to the household."""
    return voice.say("Leave It to the Household")


def household_off(voice: Voice) -> str:
    """The button that takes it back."""
    return voice.say("Keep It to Myself")


def profiles(voice: Voice) -> str:
    """The way to the children's pages on a household device."""
    return voice.say("Who Is Using This?")


def pin_wrong(voice: Voice) -> str:
    """A number that is not right."""
    return voice.say("That number does not fit. Try again.")
