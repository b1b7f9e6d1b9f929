"""What we say on the pages about everything else: settings, what is kept, and leaving."""

from typing import assert_never

from service.people.rules import Feature
from service.wording.voice import Voice


def about_me(voice: Voice) -> str:
    """Over what concerns oneself."""
    return voice.say("About you")


def about_home(voice: Voice) -> str:
    """Over what concerns the whole workspace."""
    return voice.say("About this workspace")


def about_circles(voice: Voice) -> str:
    """Over what concerns one's circles."""
    return voice.say("About your circles")


def hours(voice: Voice) -> str:
    """The way to one's boundary."""
    return voice.say("Hours, language, and what may be noticed")


def sessions(voice: Voice) -> str:
    """The way to one's sessions."""
    return voice.say("Where you are signed in")


def kept(voice: Voice) -> str:
    """The way to what is kept, and its heading."""
    return voice.say("What is kept about you")


def leave(voice: Voice) -> str:
    """The way out, and its heading."""
    return voice.say("Leave")


def invite(voice: Voice) -> str:
    """The way to inviting others."""
    return voice.say("Invite somebody")


def name(voice: Voice) -> str:
    """The label of one's name."""
    return voice.say("What you are called here")


def features(voice: Voice) -> str:
    """Over what the workspace allows."""
    return voice.say("What is allowed here")


def features_hint(voice: Voice) -> str:
    """Under it: switching on for a member is theirs alone."""
    return voice.say("What you switch off is off for all. Whether a person takes part is up to them.")


def feature(voice: Voice, feature: Feature) -> str:
    """What a workspace may allow."""
    match feature:
        case Feature.THANKS:
            return voice.say("Thanks")
        case Feature.ASKS:
            return voice.say("Questions that wait")
        case Feature.SUGGESTIONS:
            return voice.say("Unsigned cards")
        case Feature.SOURCES:
            return voice.say("Noticing work that is done")
        case Feature.FEED:
            return voice.say("A feed of shared thanks")
        case _:
            assert_never(feature)


def switch_on(voice: Voice) -> str:
    """The button that allows it."""
    return voice.say("Switch On")


def switch_off(voice: Voice) -> str:
    """The button that does not."""
    return voice.say("Switch Off")


def is_on(voice: Voice) -> str:
    """Beside what is allowed."""
    return voice.say("on")


def is_off(voice: Voice) -> str:
    """Beside what is not."""
    return voice.say("off")


def switched(voice: Voice) -> str:
    """After either."""
    return voice.say("Changed for all of you.")


def valued(voice: Voice) -> str:
    """The way to the owner's list, and its heading."""
    return voice.say("What is valued here")


def valued_lead(voice: Voice) -> str:
    """Under the heading."""
    return voice.say("Whoever gives thanks may choose one of these words. They are shown with it and counted nowhere.")


def valued_list(voice: Voice) -> str:
    """The label of the list."""
    return voice.say("Your words")


def valued_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("One on each line, twelve at most. While there are none, nobody is asked for one.")


def kept_lead(voice: Voice) -> str:
    """Under the heading of what is kept."""
    return voice.say("All that we keep about you. Cards that wait in a hat are shown to nobody.")


def kept_file(voice: Voice) -> str:
    """The button that saves it."""
    return voice.say("Save It All as a File")


def kept_count(voice: Voice, count: int) -> str:
    """How many rows of one kind are kept."""
    return voice.count("1 entry", "{count} entries", count)


def leave_button(voice: Voice) -> str:
    """The button that leaves for good."""
    return voice.say("Leave and Erase What Is Kept")


def stay(voice: Voice) -> str:
    """The way back from it."""
    return voice.say("Stay")


def naming(voice: Voice) -> str:
    """The way to the name and the time zone of a workspace, and the heading there."""
    return voice.say("Name and time zone here")


def zone_here_hint(voice: Voice) -> str:
    """Under the time zone of a workspace."""
    return voice.say("For the week and the card of all of us. The hours each person chose stay as they are.")


def language_here(voice: Voice) -> str:
    """The label of the language of a workspace."""
    return voice.say("Language people write in here")


def language_here_hint(voice: Voice) -> str:
    """Under that label."""
    return voice.say("Questions and thanks are read by its rules. Whoever chose no language of their own hears it too.")
