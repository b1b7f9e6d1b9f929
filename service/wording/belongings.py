"""What we call each kind of thing that is kept about a member, and what it says of them."""

from collections.abc import Mapping
from typing import Final

from service.wording.voice import Voice, text

_KINDS: Final[Mapping[str, str]] = {
    "member": text("Who you are here"),
    "identity": text("Your names elsewhere"),
    "boundary": text("Your hours and wishes"),
    "circle_member": text("Your circles"),
    "apart": text("People you keep apart from"),
    "session": text("Where you are signed in"),
    "sign_in_link": text("Ways in that were sent to you"),
    "invite": text("Invitations you made"),
    "profile_pin": text("That your profile has a code"),
    "passkey": text("Your passkeys"),
    "nudge": text("What we wrote to you"),
    "nudge_wish": text("What you want fewer of, or none"),
    "ask": text("Questions from you and to you"),
    "ask_lesson": text("What you said was no question"),
    "effort": text("Work of yours that was noticed"),
    "effort_witness": text("Work of others that you saw"),
    "effort_shown": text("Work you were told of"),
    "last_thanked": text("The day you were last thanked"),
    "digest_reader": text("When your weekly list comes"),
    "chore": text("Jobs that are yours"),
    "appreciation": text("Thanks you gave"),
    "appreciation_received": text("Thanks that reached you"),
    "appreciation_kin_allowed": text("Who may thank a child"),
    "keepsake": text("The words of thanks you were given"),
    "repair": text("Signed words you sent and got"),
    "moment": text("Your private moments"),
    "start": text("Plans and talks you started"),
    "deck": text("Cards you left out or kept"),
    "drawn": text("Cards you drew"),
    "occasion": text("Days that matter"),
    "occasion_feed": text("The address of your calendar of days"),
    "device": text("Devices we may knock on"),
    "occasion_marker": text("Days you want to mark"),
}


def named() -> frozenset[str]:
    """The kinds that have a name of their own."""
    return frozenset(_KINDS)


def kind(voice: Voice, name: str) -> str:
    """What one kind of kept thing is called."""
    return voice.say(_KINDS[name]) if name in _KINDS else voice.say("Something else about you")


def yes_or_no(voice: Voice, value: bool) -> str:  # noqa: FBT001 - it is what is said
    """A thing that is so, or not."""
    return voice.say("yes") if value else voice.say("no")


def moment(voice: Voice, day: str, at: str) -> str:
    """A day and an hour."""
    return voice.say("{day}, {at}", day=day, at=at)


def nothing_else(voice: Voice) -> str:
    """At the foot: that the file holds the same."""
    return voice.say("The file holds the same and the ids, in words for programs. Your own words are whole in both.")
