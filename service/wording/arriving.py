"""What somebody reads who comes for the first time, and what founding a family or a team asks."""

from service.people.rules import WorkspaceKind
from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The first line of the first page."""
    return voice.say("Small things wear a bond down. Small things mend it.")


def what(voice: Voice) -> str:
    """What Goldseam is."""
    return voice.say("Goldseam helps people who share work or a home to notice, to say so, and to put it right.")


def notice(voice: Voice) -> str:
    """The first of three."""
    return voice.say("Notice")


def notice_how(voice: Voice) -> str:
    """What noticing means here."""
    return voice.say("Work without thanks, a question that still hangs, a day that matters. Told to you alone.")


def name(voice: Voice) -> str:
    """The second of three."""
    return voice.say("Name")


def name_how(voice: Voice) -> str:
    """What naming means here."""
    return voice.say("Plain words to start from, with blanks for your own. A thank-you takes half a minute.")


def mend(voice: Voice) -> str:
    """The third of three."""
    return voice.say("Mend")


def mend_how(voice: Voice) -> str:
    """What mending means here."""
    return voice.say("A late answer, a signed word, a small deed, a card a week for all. Nothing is sent for you.")


def not_here(voice: Voice) -> str:
    """What it will not do."""
    return voice.say(
        "No points, no ranks, no reading of moods, no figure about one person. "
        "Nothing is noticed about you until you join, and leaving takes one press."
    )


def begin_family(voice: Voice) -> str:
    """The strong button of the first page."""
    return voice.say("Begin with a Family")


def begin_team(voice: Voice) -> str:
    """The plain button beside it."""
    return voice.say("Begin with a Team")


def begin(voice: Voice, kind: WorkspaceKind) -> str:
    """The heading of the form."""
    match kind:
        case WorkspaceKind.FAMILY:
            return voice.say("Begin with your family")
        case WorkspaceKind.TEAM:
            return voice.say("Begin with your team")


def group_name(voice: Voice, kind: WorkspaceKind) -> str:
    """The label of its name."""
    match kind:
        case WorkspaceKind.FAMILY:
            return voice.say("What is your home called?")
        case WorkspaceKind.TEAM:
            return voice.say("What is your team called?")


def group_hint(voice: Voice, kind: WorkspaceKind) -> str:
    """Under it."""
    match kind:
        case WorkspaceKind.FAMILY:
            return voice.say("A family name will do, or the name of your street.")
        case WorkspaceKind.TEAM:
            return voice.say("The name people use for it at work.")


def address_hint(voice: Voice) -> str:
    """Under the address of the founder."""
    return voice.say("With one, you can sign in on other devices. You can add it later.")


def hours_hint(voice: Voice) -> str:
    """Under the time zone."""
    return voice.say("So that nothing reaches you at night.")


def start(voice: Voice) -> str:
    """The button that founds it."""
    return voice.say("Start")


def started(voice: Voice) -> str:
    """On the page after founding."""
    return voice.say("Good to have you here. Next, invite one person.")


def who_hosts(voice: Voice) -> str:
    """At the foot of the form: who holds what is written."""
    return voice.say("What you write stays with whoever runs this Goldseam, and is yours to take or to delete.")


def have_invitation(voice: Voice) -> str:
    """Beside the ways in, to those who were invited."""
    return voice.say("Were you invited? Open the link you got, or scan the code you were shown.")
