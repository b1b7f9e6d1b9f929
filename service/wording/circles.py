"""What we say to whoever leads a circle: the weekly list, quiet time, and how the circle is set."""

from typing import assert_never

from service.efforts.cadence import Wish
from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """The way to the circles one leads."""
    return voice.say("Circles and quiet time")


def settings_of(voice: Voice, circle: str) -> str:
    """The heading of one circle's page."""
    return voice.say("How {circle} is set", circle=circle)


def list_lead(voice: Voice) -> str:
    """Under the heading of the weekly list."""
    return voice.say("For you alone: at most 3 people a week whose work has had no thanks that we know of.")


def nothing_this_week(voice: Voice) -> str:
    """Where no list waits."""
    return voice.say("Nothing waits for a word")


def what_would_stand_here(voice: Voice) -> str:
    """Under it: what a list is."""
    return voice.say("In the week a list comes, it stands here too, with the same buttons as in your messages.")


def list_example(voice: Voice) -> str:
    """What a line of it looks like."""
    return voice.say("“Mina, on Tuesday: covered for someone.”")


def how_it_is_chosen(voice: Voice) -> tuple[str, ...]:
    """The numbers behind it."""
    return (
        voice.say(
            "Each piece of work has a weight: 3 for a note, cover or unplanned help, 2 for reviews, teaching and "
            "holding things together, 1 for a finished task or chore. Somebody comes up when theirs reach 3 together."
        ),
        voice.say("Nobody is named to you twice in 14 days, and no work twice at all."),
        voice.say(
            "In your first two weeks, and where nobody stands out, a question comes instead, at most every other week."
        ),
        voice.say(
            "Lists you pass over come less often: after 2, 4, then 8 weeks. Then we ask once, and no answer means stop."
        ),
    )


def when_it_comes(voice: Voice, circle: str) -> str:
    """Over the choice of day and hour."""
    return voice.say("When the list of {circle} comes", circle=circle)


def on_day(voice: Voice) -> str:
    """The label of the weekday."""
    return voice.say("Day of the week")


def at_time(voice: Voice) -> str:
    """The label of the hour."""
    return voice.say("From when on that day")


def how_often(voice: Voice) -> str:
    """The label of the choice."""
    return voice.say("How often")


def wish(voice: Voice, wish: Wish) -> str:
    """How often a list comes."""
    match wish:
        case Wish.WEEKLY:
            return voice.say("Weekly at most")
        case Wish.MONTHLY:
            return voice.say("Monthly at most")
        case Wish.STOPPED:
            return voice.say("Not at all")
        case _:
            assert_never(wish)


def list_changed(voice: Voice) -> str:
    """After either was changed."""
    return voice.say("Changed. Only you know.")


def led_by(voice: Voice) -> str:
    """Over who leads."""
    return voice.say("Who leads")


def nobody_leads(voice: Voice) -> str:
    """Where nobody does."""
    return voice.say("Nobody leads this circle.")


def listens_in(voice: Voice) -> str:
    """Over the places a circle listens in."""
    return voice.say("Where it listens")


def own_room(voice: Voice) -> str:
    """The circle's own room on the web."""
    return voice.say("Its own room here")


def listens_nowhere(voice: Voice) -> str:
    """Where it listens in no place."""
    return voice.say("In no place. Thanks and cards work all the same.")


def quiet_time(voice: Voice) -> str:
    """Over quiet time."""
    return voice.say("Quiet time")


def quiet_hint(voice: Voice) -> str:
    """What it does."""
    return voice.say(
        "Until that day no list and no weekly card goes out for this circle, and nothing is worked out about it. "
        "No reason is asked."
    )


def quiet_since(voice: Voice, day: str) -> str:
    """While it lasts; the day comes from `voice.day`."""
    return voice.say("This circle is quiet until {day}.", day=day)


def until(voice: Voice) -> str:
    """The label of the day."""
    return voice.say("Quiet until")


def set_quiet(voice: Voice) -> str:
    """The button that sets it."""
    return voice.say("Set Quiet Time")


def end_quiet(voice: Voice) -> str:
    """The button that ends it."""
    return voice.say("End It Now")


def quiet_until(voice: Voice, day: str) -> str:
    """After it was set."""
    return voice.say("Quiet until {day}.", day=day)


def quiet_no_more(voice: Voice) -> str:
    """After it was ended."""
    return voice.say("Quiet time is over.")


def how_chosen(voice: Voice) -> str:
    """The words that open how a list is made."""
    return voice.say("How this list is made")
