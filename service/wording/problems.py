"""What an error page says: what happened, and what to do now."""

from dataclasses import dataclass

from service.wording import pages
from service.wording.voice import Voice


@dataclass(frozen=True, slots=True)
class Plain:
    """A heading, what happened with the next step, and the words on the way out."""

    title: str
    what: str
    onward: str


def page(voice: Voice, status: int) -> Plain:
    """The words for an HTTP status; a status without words of its own is told as its hundred."""
    title, what = _words(voice, status)
    onward = voice.say("Sign In") if status == 401 else voice.say("Go to the First Page")
    return Plain(title, what, onward)


def written(voice: Voice) -> str:
    """Above what somebody wrote into a form that was not taken."""
    return voice.say("What you wrote")


def written_hint(voice: Voice) -> str:
    """What to do with it."""
    return voice.say("Copy it, and put it in again. Nothing of it is kept here.")


def reference(voice: Voice, mark: str) -> str:
    """What to quote to whoever runs the installation."""
    return voice.say("If you tell somebody, quote {mark}.", mark=mark)


def _words(voice: Voice, status: int) -> tuple[str, str]:  # noqa: C901 - one line for each status
    match status:
        case 401:
            return voice.say("Sign in first"), voice.say("This page opens once we know who you are.")
        case 403:
            return voice.say("Not yours to open"), voice.say(
                "This one is kept for others, or the form lay open too long. "
                "Go back, load the page once more, and send it again."
            )
        case 404:
            return voice.say("An empty shelf"), pages.not_found(voice)
        case 405:
            return voice.say("Not this way"), voice.say("This address does not take that. Go back and use the button.")
        case 413:
            return voice.say("Too much at once"), pages.too_large(voice)
        case 415:
            return voice.say("Not in this shape"), voice.say("We can't read this kind of file. Send it in another.")
        case 422:
            return voice.say("Not yet"), voice.say(
                "Something in the form needs another look. Go back; it is still there."
            )
        case 429:
            return voice.say("A short pause"), pages.too_often(voice)
        case 503:
            return voice.say("Back in a minute"), pages.store_away(voice)
        case _ if status >= 500:
            return voice.say("Something broke on our side"), voice.say(
                "You did nothing wrong, and what was saved is saved. Try again in a minute."
            )
        case _:
            return voice.say("That came through bent"), voice.say(
                "Part of what was sent is missing or not as we expect it. Go back and try again."
            )
