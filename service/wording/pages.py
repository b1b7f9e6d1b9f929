"""The words of the web pages that belong to no single noun."""

from service.wording.voice import Voice


def skip_to_content(voice: Voice) -> str:
    """The first link of each page, for keyboards and screen readers."""
    return voice.say("Skip to the content")


def not_found(voice: Voice) -> str:
    """Where a page is absent, or another workspace's."""
    return voice.say("There is nothing here. It may have been taken back.")


def store_away(voice: Voice) -> str:
    """While the database does not answer."""
    return voice.say("We can't reach our store just now. What you typed is still here. Try again in a minute.")


def too_large(voice: Voice) -> str:
    """Where a request holds more than we take."""
    return voice.say("This is more than we can take at once. Send it in smaller parts.")


def too_often(voice: Voice) -> str:
    """Where requests come faster than we answer them."""
    return voice.say("That was a lot at once. Wait a minute and go on.")


def form_aged(voice: Voice) -> str:
    """Where a form's token has run out."""
    return voice.say("This form has been open for long. Press the button again. Nothing is lost.")


def page_of(voice: Voice, page: int, pages: int) -> str:
    """Where one is in a long list."""
    return voice.say("Page {page} of {pages}", page=page, pages=pages)


def saved(voice: Voice) -> str:
    """After a form was kept."""
    return voice.say("Saved.")


def undone(voice: Voice) -> str:
    """After taking something back."""
    return voice.say("Taken back.")
