"""What we say about work that was noticed."""

from datetime import date

from service.wording.voice import Voice


def digest_title(voice: Voice) -> str:
    """The heading of a lead's weekly digest."""
    return voice.say("Worth a word this week")


def digest_item(voice: Voice, name: str, effort: str, on: date, today: date | None = None) -> str:
    """One line of the digest; the effort comes last, since its words may be a member's own."""
    return voice.say("{name}, on {day}: {effort}", name=name, day=voice.day(on, today), effort=effort)


def digest_doubt(voice: Voice) -> str:
    """Under the lines of a digest."""
    return voice.say("No thanks seen yet, though we may have missed it.")


def limits(voice: Voice) -> str:
    """At the end of each digest."""
    return voice.say("This list knows only people who joined, and work it can see.")


def seen_by_you(voice: Voice, name: str, effort: str, on: date, today: date | None = None) -> str:
    """To one peer who saw the work."""
    return voice.say(
        "You were there on {day} when {name} did this. A word from you would come from close by: {effort}",
        day=voice.day(on, today),
        name=name,
        effort=effort,
    )


def caution(voice: Voice) -> str:
    """Beside an effort outside working hours, so that thanks do not reward overwork."""
    return voice.say(
        "This was out-of-hours work. You may want to thank them and ask if it can be avoided next time."
    )


RECALLS = 12
"""How many recall prompts there are before the first comes round again."""


def recall(voice: Voice, turn: int) -> str:
    """A question that claims nothing, for weeks in which nobody stands out; twelve in turn."""
    match turn % RECALLS:
        case 0:
            return voice.say("Who made your week easier?")
        case 1:
            return voice.say("Who picked up something that wasn't theirs?")
        case 2:
            return voice.say("Who helped somebody new?")
        case 3:
            return voice.say("Who answered a question that others had left alone?")
        case 4:
            return voice.say("Who tidied up something nobody had asked for?")
        case 5:
            return voice.say("Who stayed calm when things went wrong?")
        case 6:
            return voice.say("Who shared something they had learned?")
        case 7:
            return voice.say("Who said the thing that needed saying, kindly?")
        case 8:
            return voice.say("Who made room for somebody else to speak?")
        case 9:
            return voice.say("Whose work do you notice only when it stops?")
        case 10:
            return voice.say("Who took notes, booked the room, or kept the list?")
        case _:
            return voice.say("Who did you mean to thank and didn't get round to?")


def recall_why(voice: Voice) -> str:
    """Under a recall prompt."""
    return voice.say("A question for you alone. If a name comes up, a few plain words are enough.")


def keep_or_stop(voice: Voice) -> str:
    """Once, after several digests that nobody used."""
    return voice.say("These lists have been resting. Keep them monthly, or stop?")


def already_done(voice: Voice) -> str:
    """After *Already did*."""
    return voice.say("Good. This one is off the list.")


def skipped(voice: Voice) -> str:
    """After *Not this one*."""
    return voice.say("Left out. You will not see this one again.")


def noted(voice: Voice, name: str) -> str:
    """After noting what a peer did."""
    return voice.say("Noted for {name}. You can thank them now, too.", name=name)


def noted_own(voice: Voice) -> str:
    """After noting what one did oneself."""
    return voice.say("Noted. Work that is easy to miss counts too.")


def balance(voice: Voice, name: str) -> str:
    """To oneself: a quiet look at whom one has not thanked."""
    return voice.say("You have not written to {name} here for a while. Only you see this.", name=name)
