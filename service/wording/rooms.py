"""What the rooms of the workspace in the browser are called."""

from service.wording.voice import Voice


def today(voice: Voice) -> str:
    """The first page of a member."""
    return voice.say("Today")


def questions(voice: Voice) -> str:
    """Where questions are put, and answered."""
    return voice.say("Questions")


def thanks(voice: Voice) -> str:
    """Where thanks are given and read."""
    return voice.say("Thanks")


def mend(voice: Voice) -> str:
    """Where small things are mended."""
    return voice.say("Mend")


def chores(voice: Voice) -> str:
    """Jobs at home."""
    return voice.say("Jobs at home")


def noticed(voice: Voice) -> str:
    """What people did, as somebody saw it."""
    return voice.say("I noticed")


def fridge(voice: Voice) -> str:
    """A sheet to print and hang up."""
    return voice.say("For the fridge")


def people(voice: Voice) -> str:
    """Who is here."""
    return voice.say("People")


def cards(voice: Voice) -> str:
    """Where unsigned cards are drawn."""
    return voice.say("Cards")


def days(voice: Voice) -> str:
    """Days that matter."""
    return voice.say("Days")


def moments(voice: Voice) -> str:
    """Private notes about small things."""
    return voice.say("Moments")


def inbox(voice: Voice) -> str:
    """Everything we said to a member."""
    return voice.say("Messages")


def hours(voice: Voice) -> str:
    """A member's boundary."""
    return voice.say("My hours")


def settings(voice: Voice) -> str:
    """Everything else about oneself."""
    return voice.say("Settings")


def demo(voice: Voice) -> str:
    """Above each page of the demo."""
    return voice.say("This is a demo with made-up people.")


def slack_page(voice: Voice) -> str:
    """The demo's way to its Slack."""
    return voice.say("Open Its Slack")


def somebody_else(voice: Voice) -> str:
    """The demo's way to the page where one chooses who to be."""
    return voice.say("Be Somebody Else")


def invite(voice: Voice) -> str:
    """The way to inviting others."""
    return voice.say("Invite Somebody")


def look(voice: Voice) -> str:
    """The way from a line of a list to the whole of it."""
    return voice.say("Look at It")


def back(voice: Voice) -> str:
    """The way back to the list one came from."""
    return voice.say("Back")


def change(voice: Voice) -> str:
    """The way back from what will be sent to its form."""
    return voice.say("Change It")


def taken_back(voice: Voice) -> str:
    """After taking something back."""
    return voice.say("Taken back. Nobody was told.")


def undo(voice: Voice) -> str:
    """Beside what was just done and can be undone."""
    return voice.say("Undo")


def save(voice: Voice) -> str:
    """The button that keeps a form."""
    return voice.say("Save")
