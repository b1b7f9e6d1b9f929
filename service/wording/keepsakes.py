"""What we say around lists of thanks: a circle's feed, what one received, what one gave."""

from collections.abc import Iterable

from service.ruptures import Register
from service.wording.voice import Voice


def feed_title(voice: Voice) -> str:
    """The heading of a circle's feed."""
    return voice.say("Thanks")


def feed_lead(voice: Voice, circle: str) -> str:
    """Under it: whose feed it is."""
    return voice.say("What people in {circle} chose to share.", circle=circle)


def nothing_shared(voice: Voice) -> str:
    """An empty feed."""
    return voice.say("No thanks here yet")


def goes_first(voice: Voice) -> str:
    """Under it."""
    return voice.say("Somebody goes first. It may be about something small.")


def feed_example(voice: Voice) -> str:
    """Thanks as they may stand there."""
    match voice.register:
        case Register.TEAM:
            return voice.say("“The handover was complete and clear. It saved me an hour.”")
        case Register.FAMILY | Register.CHILD:
            return voice.say("“Thank you for folding the laundry. I noticed.”")


def thanked(voice: Voice, giver: str, recipients: Iterable[str]) -> str:
    """Over thanks on the feed."""
    return voice.say("{giver} thanked {names}", giver=giver, names=voice.names(recipients))


def you_thanked(voice: Voice, recipients: Iterable[str]) -> str:
    """Over thanks one gave."""
    return voice.say("You thanked {names}", names=voice.names(recipients))


def keepsakes(voice: Voice) -> str:
    """What one received: the heading, and the way there."""
    return voice.say("Keepsakes")


def keepsakes_lead(voice: Voice) -> str:
    """Under the heading."""
    return voice.say("Words of thanks to you. They are yours alone, to keep, to print or to let go.")


def what_i_gave(voice: Voice) -> str:
    """What one gave: the heading, and the way there."""
    return voice.say("What I Gave")


def earlier(voice: Voice) -> str:
    """The way to the next page of a list."""
    return voice.say("Earlier Ones")


def print_them(voice: Voice) -> str:
    """What a printer gets: the hint beside the list."""
    return voice.say("To print them, use your browser's menu. Buttons stay off the paper.")


def take_with_me(voice: Voice) -> str:
    """The way to a file of one's keepsakes."""
    return voice.say("Save as a File")


def let_go(voice: Voice) -> str:
    """The button that deletes a keepsake."""
    return voice.say("Let It Go")


def gone(voice: Voice) -> str:
    """After deleting a keepsake."""
    return voice.say("Gone. Nobody was told.")
