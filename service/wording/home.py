"""What we say on the app's home around its lists, and to those who look after a workspace there."""

from service.wording.voice import Voice


def thanks_title(voice: Voice) -> str:
    """Over what one received and gave lately."""
    return voice.say("Thanks, lately")


def from_whom(voice: Voice, name: str, day: str) -> str:
    """Over thanks to oneself; their words follow. The day comes from `voice.day`."""
    return voice.say("From {name}, {day}:", name=name, day=day)


def from_former(voice: Voice, day: str) -> str:
    """Over thanks from somebody who has left."""
    return voice.say("From a former member, {day}:", day=day)


def to_whom(voice: Voice, names: str, day: str) -> str:
    """A line about thanks one gave."""
    return voice.say("From you to {names}, {day}.", names=names, day=day)


def no_thanks_yet(voice: Voice) -> str:
    """Where neither was yet: by example."""
    return voice.say(
        "Words of thanks to you, and those you give, will stand here. One that is welcome: “The handover was "
        "complete and clear. It saved me an hour.”"
    )


def nothing_waits(voice: Voice) -> str:
    """Where no question waits: what would."""
    return voice.say("Nothing is waiting for you. A question to you, such as “Can you check the figures?”, will.")


def nothing_is_asked(voice: Voice) -> str:
    """Where one waits for nothing: how to."""
    return voice.say(
        "You are not waiting for an answer. On any message, its menu has a way to watch for a reply, also in "
        "direct messages, which we do not read."
    )


def circles_title(voice: Voice) -> str:
    """Over the circles one belongs to."""
    return voice.say("Your circles")


def no_circle(voice: Voice) -> str:
    """Where one belongs to none."""
    return voice.say(
        "You are in no circle yet. Invite Goldseam to a channel, and it asks you, and you alone, what it may do there."
    )


def spoken(voice: Voice, language: str) -> str:
    """In which language we write to a member; its name comes from `voice.language_name`."""
    return voice.say("We write to you in this language: {language}.", language=language)


def updated(voice: Voice) -> str:
    """Before the moment at which the home was last drawn."""
    return voice.say("Updated")


def owners_title(voice: Voice) -> str:
    """Over what owners of a workspace see beside it."""
    return voice.say("For owners")


def all_granted(voice: Voice) -> str:
    """Where Slack granted everything."""
    return voice.say("Slack lets us do all that we can do.")


def not_granted(voice: Voice) -> str:
    """Over what Slack was not asked to grant."""
    return voice.say("Not granted in Slack, and so not done:")


def grant_more(voice: Voice) -> str:
    """The link to Slack's page where more is granted."""
    return voice.say("Grant it")


def unlocks_public(voice: Voice) -> str:
    """What two optional scopes unlock."""
    return voice.say("Questions and answers in the public channels we were invited to.")


def unlocks_private(voice: Voice) -> str:
    """What two optional scopes unlock."""
    return voice.say("Questions and answers in the private channels we were invited to.")


def unlocks_reactions(voice: Voice) -> str:
    """What an optional scope unlocks."""
    return voice.say("Reactions that a circle agreed on, for answered and for thanks.")


def needs_scope(voice: Voice) -> str:
    """To whoever wants something that Slack was not asked to grant."""
    return voice.say(
        "Slack has not granted us this kind of channel yet. Whoever owns this workspace can, on the app's home."
    )
