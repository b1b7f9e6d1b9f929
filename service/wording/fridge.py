"""What stands on the sheet for the fridge."""

from service.wording.voice import Voice


def lead(voice: Voice) -> str:
    """Under the heading, on the screen alone."""
    return voice.say(
        "One page to print and hang up. Hard days and personal questions stay off it, since guests read it too."
    )


def print_it(voice: Voice) -> str:
    """The button that prints."""
    return voice.say("Print It")


def how(voice: Voice) -> str:
    """Beside it: it works without the button."""
    return voice.say("Your browser's own Print does the same.")


def week_of(voice: Voice, day: str) -> str:
    """Under the name of the home."""
    return voice.say("The week of {day}", day=day)


def card(voice: Voice) -> str:
    """Over the card of the household."""
    return voice.say("Our card this week")


def no_card(voice: Voice) -> str:
    """Where none was drawn yet."""
    return voice.say("The next card is drawn with the week. Until then: one kind word for one small thing.")


def days(voice: Voice) -> str:
    """Over the days of the next month."""
    return voice.say("Days that matter")


def no_days(voice: Voice) -> str:
    """Where none is near; there is room to write."""
    return voice.say("None in the next month. Write one in:")


def questions(voice: Voice) -> str:
    """Over the questions that are open."""
    return voice.say("Still to be answered")


def asks(voice: Voice, asker: str, asked: str) -> str:
    """Who asks whom; the question follows."""
    return voice.say("{asker} asks {asked}:", asker=asker, asked=asked)


def asks_all(voice: Voice, asker: str) -> str:
    """Who asks everybody; the question follows."""
    return voice.say("{asker} asks all of us:", asker=asker)


def no_questions(voice: Voice) -> str:
    """Where none is open; there is room to write."""
    return voice.say("Nothing is open. Room for a new one:")


def thanks(voice: Voice) -> str:
    """Over the lines to fill by hand."""
    return voice.say("Thank you")


def thanks_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Fill in a line with a pen. Small things count.")


def to(voice: Voice) -> str:
    """Before a blank for a name."""
    return voice.say("To")


def for_what(voice: Voice) -> str:
    """Before a blank for what they did."""
    return voice.say("for")


def by(voice: Voice) -> str:
    """Before a blank for who says so."""
    return voice.say("from")
