"""What the form for unsigned cards says in a chat, step by step."""

from service.wording.voice import Voice


def for_all_of(voice: Voice, circle: str) -> str:
    """The first choice, by the circle's name."""
    return voice.say("For all of us: {circle}", circle=circle)


def which_setting(voice: Voice) -> str:
    """The label of where a thing is noticed."""
    return voice.say("Where is it noticed?")


def this_card(voice: Voice) -> str:
    """Above the card as it will be read."""
    return voice.say("This is the card, word for word:")


def goes_to_all(voice: Voice, circle: str) -> str:
    """For whom it is."""
    return voice.say("It is for everybody in {circle}.", circle=circle)


def goes_to_one(voice: Voice, name: str) -> str:
    """For whom it is."""
    return voice.say("It is for {name}.", name=name)


def enough_today(voice: Voice) -> str:
    """After several cards on one day."""
    return voice.say("That is enough cards for today. Tomorrow is another day.")


def no_circle(voice: Voice) -> str:
    """To somebody who shares no circle with anybody."""
    return voice.say("You are in no circle yet, so there is nobody a card could be for.")


def what_is_wrong(voice: Voice) -> str:
    """The question after *Unkind or Not Safe*."""
    return voice.say("What is it about this card?")


def share_with(voice: Voice) -> str:
    """The label of the circle that is told."""
    return voice.say("Which circle may read it?")


def share_later(voice: Voice) -> str:
    """On the day of the draw, when nobody shares yet."""
    return voice.say("From tomorrow on you can tell your circle. On the day itself nobody does.")
