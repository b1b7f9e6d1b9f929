"""What we say on a device's home screen, and where there is no network."""

from service.wording.voice import Voice


def description(voice: Voice) -> str:
    """What Goldseam is, in one line."""
    return voice.say("Notice small things between people, say them, and mend them.")


def away(voice: Voice) -> str:
    """The heading where there is no network."""
    return voice.say("No network here")


def away_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Nothing is lost. Once you are connected again, open the page anew.")


def anew(voice: Voice) -> str:
    """The way on."""
    return voice.say("Open Today")
