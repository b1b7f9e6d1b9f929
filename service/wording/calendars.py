"""What we say about days and a member's own calendar."""

from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The page, and the way there."""
    return voice.say("Days and your calendar")


def feed(voice: Voice) -> str:
    """Over the private address."""
    return voice.say("See these days in your own calendar")


def feed_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say(
        "Your calendar can look here for the days you may see, and follows what changes. The address is yours alone: "
        "whoever has it sees what you see."
    )


def make(voice: Voice) -> str:
    """The button that makes an address."""
    return voice.say("Make an Address")


def make_anew(voice: Voice) -> str:
    """The button that makes another one in its place."""
    return voice.say("Make a New One")


def close(voice: Voice) -> str:
    """The button that closes it."""
    return voice.say("Close It")


def is_open(voice: Voice) -> str:
    """Where an address is open, which is not shown again."""
    return voice.say("Your address is open. It was shown once; if it is lost, make a new one and the old one closes.")


def once(voice: Voice) -> str:
    """Over a new address."""
    return voice.say("Your address")


def once_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Add it to your calendar as a calendar from the internet. It is shown this once.")


def closed(voice: Voice) -> str:
    """After closing it."""
    return voice.say("Closed. Nothing is found at that address any more.")


def bring(voice: Voice) -> str:
    """Over the form for a file."""
    return voice.say("Bring days from a calendar")


def bring_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("A file that ends in .ics. You see what it holds first, and choose.")


def file(voice: Voice) -> str:
    """The label of the file."""
    return voice.say("The file")


def look(voice: Voice) -> str:
    """Its button."""
    return voice.say("See What It Holds")


def holds(voice: Voice) -> str:
    """Over what a file holds."""
    return voice.say("What the file holds")


def which(voice: Voice) -> str:
    """The label of the days to keep."""
    return voice.say("Which days would you like to keep?")


def which_kind(voice: Voice) -> str:
    """The label of the kind."""
    return voice.say("What kind of day, where the calendar does not say?")


def become_ours(voice: Voice) -> str:
    """Whose days they become, in a family."""
    return voice.say("Everybody at home sees these days. Nothing of the file is kept but what you choose.")


def become_mine(voice: Voice) -> str:
    """Whose days they become, elsewhere."""
    return voice.say("These become days of your own, which your circle sees unless you hide them.")


def left_out(voice: Voice, count: int) -> str:
    """What of the file is not offered."""
    return voice.count(
        "{count} entry was left out: hours of a day, a day that is over, or too many at once.",
        "{count} entries were left out: hours of a day, days that are over, or too many at once.",
        count,
    )


def keep(voice: Voice) -> str:
    """The button that keeps them."""
    return voice.say("Keep These Days")


def brought(voice: Voice, count: int) -> str:
    """After keeping them."""
    return voice.count("{count} day was kept.", "{count} days were kept.", count)
