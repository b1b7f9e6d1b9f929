"""What we say on the page of work that was noticed."""

from typing import assert_never

from service.efforts.rules import Source
from service.ruptures import Register
from service.wording.voice import Voice


def lead(voice: Voice) -> str:
    """Under the heading."""
    return voice.say("Much of what keeps things going is done where nobody looks. Say what you saw.")


def example(voice: Voice) -> str:
    """Under the label of the words."""
    match voice.register:
        case Register.TEAM:
            return voice.say("“Took the notes, and sent them round the same day.”")
        case Register.FAMILY | Register.CHILD:
            return voice.say("“Sat with Kim until the homework was done.”")


def yourself(voice: Voice) -> str:
    """Beside one's own name in the list."""
    return voice.say("yourself")


def mine(voice: Voice) -> str:
    """Over what was noticed of one's own."""
    return voice.say("What was noticed of yours")


def mine_hint(voice: Voice) -> str:
    """Under it: who sees it, and for how long."""
    return voice.say(
        "You see this list alone. A part of it may be named to somebody who can thank you. It goes after 90 days."
    )


def nothing_yet(voice: Voice) -> str:
    """The heading where nothing was noticed."""
    return voice.say("Nothing noticed yet")


def nothing_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Note a thing you did yourself. Work that is easy to miss counts too.")


def thanked(voice: Voice) -> str:
    """Beside work that somebody thanked for."""
    return voice.say("Somebody thanked you for it")


def forget(voice: Voice) -> str:
    """The button that forgets it."""
    return voice.say("Forget It")


def forgotten(voice: Voice) -> str:
    """After forgetting it."""
    return voice.say("Forgotten.")


def source(voice: Voice, source: Source) -> str:
    """Where it was noticed."""
    match source:
        case Source.GITHUB:
            return voice.say("from GitHub")
        case Source.GITLAB:
            return voice.say("from GitLab")
        case Source.SLACK_ANSWER:
            return voice.say("from a channel in Slack")
        case Source.NOTE:
            return voice.say("somebody noted it")
        case Source.CHORE:
            return voice.say("a job at home")
        case Source.API:
            return voice.say("from another tool")
        case Source.IMPORT:
            return voice.say("from an import")
    assert_never(source)
