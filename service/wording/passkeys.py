"""What we say about passkeys: keeping one, signing in with one, and letting go of it."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The heading over one's passkeys, and the way to them."""
    return voice.say("Passkeys")


def what(voice: Voice) -> str:
    """Under it: what a passkey is."""
    return voice.say(
        "A passkey signs you in by your finger, your face or the code of your device. It stays on your devices: "
        "we keep the half that can only check it."
    )


def none_yet(voice: Voice) -> str:
    """Where there is none."""
    return voice.say("You have no passkey yet. Links and codes go on working beside one.")


def add(voice: Voice) -> str:
    """The way to a new one, and its button."""
    return voice.say("Add a Passkey")


def add_how(voice: Voice) -> str:
    """Over that button."""
    return voice.say("Your device asks whether it is you. Then you can sign in with it here.")


def added(voice: Voice) -> str:
    """After keeping one."""
    return voice.say("Your passkey is kept. Next time it signs you in.")


def enter(voice: Voice) -> str:
    """The button that signs in."""
    return voice.say("Sign In with a Passkey")


def line(voice: Voice, made: str, used: str) -> str:
    """Beside each: the days come from `voice.day`."""
    return voice.say("Added on {made}, used last on {used}", made=made, used=used)


def name(voice: Voice) -> str:
    """The label of what its owner calls it."""
    return voice.say("What do you call this passkey?")


def change(voice: Voice) -> str:
    """The way to its name, and to letting go of it."""
    return voice.say("Change")


def unnamed(voice: Voice) -> str:
    """One whose browser did not say what it is."""
    return voice.say("A passkey")


def remove(voice: Voice) -> str:
    """The button that lets go of it."""
    return voice.say("Remove This Passkey")


def remove_why(voice: Voice) -> str:
    """Over that button."""
    return voice.say("It opens nothing here from then on. Your device may still list it until you remove it there.")


def removed(voice: Voice) -> str:
    """After letting go of it."""
    return voice.say("The passkey is removed.")


def without_scripts(voice: Voice) -> str:
    """Where scripts do not run."""
    return voice.say("Passkeys need scripts in the browser, and they are off here. A link by mail works without.")


def without_passkeys(voice: Voice) -> str:
    """Where the browser knows no passkeys."""
    return voice.say("This browser knows no passkeys. A link by mail works here.")


def left(voice: Voice) -> str:
    """Where the device's question was closed, or ran out."""
    return voice.say("Your device did not answer. Press once more when you are ready.")


def away(voice: Voice) -> str:
    """Where we could not be asked."""
    return voice.say("We could not be reached just now. Wait a moment and press once more.")


def not_at_this_address(voice: Voice) -> str:
    """Where our own address is a number, or without https."""
    return voice.say("Passkeys need an address with a name and https. Whoever runs Goldseam can give it one.")
