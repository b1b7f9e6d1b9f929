"""What we say on the way in: links, invitations, sessions."""

from service.wording.voice import Voice


def sign_in_subject(voice: Voice) -> str:
    """The subject of the letter with a sign-in link."""
    return voice.say("Your way in to Goldseam")


def sign_in_letter(voice: Voice, minutes: int) -> str:
    """Above the link."""
    return voice.count(
        "This link signs you in. It works once, for one minute.",
        "This link signs you in. It works once, for {count} minutes.",
        minutes,
    )


def sign_in_unasked(voice: Voice) -> str:
    """Under the link."""
    return voice.say("If you did not ask for it, leave it. Nobody gets in without it.")


def sign_in_sent(voice: Voice) -> str:
    """After asking for a link: the same words whether or not the address is known."""
    return voice.say("If this address is known here, a link is on its way.")


def invited_subject(voice: Voice, name: str) -> str:
    """The subject of an invitation."""
    return voice.say("{name} invites you", name=name)


def invited(voice: Voice, name: str, circle: str) -> str:
    """An invitation by link or letter."""
    return voice.say(
        "{name} invites you to {circle} on Goldseam. You choose what is noticed, and you can leave on any day.",
        name=name,
        circle=circle,
    )


def link_used_up(voice: Voice) -> str:
    """A link that has been used, or has run out."""
    return voice.say("This link has been used or has run out. Ask for a new one. It takes a moment.")


def signed_out(voice: Voice) -> str:
    """After signing out."""
    return voice.say("You are signed out on this device.")
