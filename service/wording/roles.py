"""What we say about who is what here, and about removing somebody."""

from service.wording.voice import Voice


def title(voice: Voice, name: str) -> str:
    """The heading over what somebody is here."""
    return voice.say("What {name} is here", name=name)


def way(voice: Voice) -> str:
    """The way to it from their page."""
    return voice.say("Change Their Role")


def role(voice: Voice) -> str:
    """The label of the choice."""
    return voice.say("Role")


def changed(voice: Voice, name: str, role: str) -> str:
    """After changing it; the role comes in words."""
    return voice.say("{name} is now: {role}.", name=name, role=role)


def leading(voice: Voice) -> str:
    """Over the circles they may lead."""
    return voice.say("Leading")


def leading_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("A lead gets one private digest a week at most, and is named to whoever joins the circle.")


def make_lead(voice: Voice) -> str:
    """The button that makes them lead a circle."""
    return voice.say("Name Them Lead")


def end_lead(voice: Voice) -> str:
    """The button that ends it."""
    return voice.say("Lead No More")


def owning(voice: Voice) -> str:
    """Over the switch of owning the workspace."""
    return voice.say("Owning this workspace")


def owning_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say(
        "Owners settle what is allowed here. There is one at least. What is private stays so from them too."
    )


def make_owner(voice: Voice) -> str:
    """The button that makes them an owner."""
    return voice.say("Name Them Owner")


def end_owner(voice: Voice) -> str:
    """The button that ends it."""
    return voice.say("Own It No More")


def removing(voice: Voice, name: str) -> str:
    """Over removing somebody."""
    return voice.say("Remove {name}", name=name)


def removing_why(voice: Voice) -> str:
    """Under it: what goes."""
    return voice.say(
        "What is kept about them here is erased, and nobody is told. Thanks and repairs they sent keep their words. "
        "They may like to save their own things as a file first."
    )


def remove(voice: Voice) -> str:
    """The button that removes."""
    return voice.say("Remove Them")


def letting_out(voice: Voice, circle: str) -> str:
    """Where a lead may only let somebody out of a circle."""
    return voice.say("They leave {circle}. Nobody is told, and nothing of theirs is erased.", circle=circle)


def removed(voice: Voice, name: str) -> str:
    """After it."""
    return voice.say("{name} is not here any more.", name=name)
