"""What we say about children's pages, and about a device that a household shares."""

from service.wording.voice import Voice


def add_child(voice: Voice) -> str:
    """Over the form for a child's profile, and its button."""
    return voice.say("Add a Child")


def add_child_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say(
        "For children under 13. They need no address: they open their page on this device with a number of their own. "
        "A child with two homes has a page in each, made there. Nothing passes between the two."
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


def my_pin(voice: Voice) -> str:
    """The label of an adult's own number."""
    return voice.say("Your own number, four to eight digits")


def my_pin_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("With it you come back to your page on this device. What is weighty still asks you to sign in.")


def my_pin_set(voice: Voice) -> str:
    """After setting it."""
    return voice.say("Your number is set.")


def back_by_sign_in(voice: Voice, name: str) -> str:
    """On a child's page, where the adult has set no number."""
    return voice.say("{name} comes back by signing in", name=name)


def profile_way(voice: Voice) -> str:
    """The way from a child's card to what an adult settles."""
    return voice.say("Number and Relatives")


def profile(voice: Voice, name: str) -> str:
    """The heading over what an adult settles for a child."""
    return voice.say("{name}'s page", name=name)


def new_pin(voice: Voice) -> str:
    """The label of a new number."""
    return voice.say("A new number, four to eight digits")


def new_pin_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Also where the old one was tried too often.")


def pin_set(voice: Voice, name: str) -> str:
    """After setting it."""
    return voice.say("{name} has a new number.", name=name)


def kin(voice: Voice) -> str:
    """Over the switch for relatives."""
    return voice.say("Thanks with relatives")


def kin_yes(voice: Voice, name: str) -> str:
    """Where it is allowed."""
    return voice.say("{name} and the relatives here may thank one another.", name=name)


def kin_no(voice: Voice, name: str) -> str:
    """Where it is not."""
    return voice.say("{name} and the relatives here do not see each other's thanks yet.", name=name)


def kin_allow(voice: Voice) -> str:
    """The button that allows it."""
    return voice.say("Allow It")


def kin_end(voice: Voice) -> str:
    """The button that ends it."""
    return voice.say("Allow It No More")
