"""What we say about nudges on a device's screen."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The page, and the way there."""
    return voice.say("On this device's screen")


def lead(voice: Voice) -> str:
    """Under the heading."""
    return voice.say("A short line on your screen when something came, never inside your quiet hours.")


def how(voice: Voice) -> str:
    """What is shown, and who carries it."""
    return voice.say(
        "It says that something came, and not what. The maker of your browser carries it, sealed, and cannot read it. "
        "It ends with one press, or when you sign out."
    )


def show_here(voice: Voice) -> str:
    """The button that begins it."""
    return voice.say("Show Them Here")


def words_too(voice: Voice) -> str:
    """A choice beside it."""
    return voice.say("Show the words too, even while the screen is locked")


def no_scripts(voice: Voice) -> str:
    """Where the browser cannot do it."""
    return voice.say("This browser cannot show them. Mail does the same: choose it under your hours.")


def refused(voice: Voice) -> str:
    """Where the browser was told not to."""
    return voice.say("Your browser was told not to show them. You can change that in its own settings for this page.")


def where(voice: Voice) -> str:
    """Over the list of devices."""
    return voice.say("Where they are shown")


def nowhere(voice: Voice) -> str:
    """Where there is none."""
    return voice.say("Nowhere yet.")


def shows(voice: Voice, *, words_too: bool) -> str:
    """What a device shows."""
    return voice.say("with words") if words_too else voice.say("without words")


def end(voice: Voice) -> str:
    """The button that ends it on one device."""
    return voice.say("End It")


def on(voice: Voice) -> str:
    """After beginning it."""
    return voice.say("From now on they show on this screen.")


def off(voice: Voice) -> str:
    """After ending it."""
    return voice.say("Ended on that device.")


def open_to_read(voice: Voice) -> str:
    """The line on a screen that shows no words."""
    return voice.say("Open Goldseam to read it.")


def changed(voice: Voice) -> str:
    """The title of what takes the place of words that were taken back."""
    return voice.say("Something changed")
