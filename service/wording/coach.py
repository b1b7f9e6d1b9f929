"""What the coach says on its pages, step by step, and around the list of repairs."""

from service.wording.voice import Voice


def page_lead(voice: Voice) -> str:
    """Under the heading of the room."""
    return voice.say("Small things, while they are small. It may end in a line, in a deed, or in nothing.")


def steps(voice: Voice) -> str:
    """Names the steps of the coach to a screen reader."""
    return voice.say("Steps of a repair")


def step_who(voice: Voice) -> str:
    """The first step, in short."""
    return voice.say("Who and what")


def step_words(voice: Voice) -> str:
    """The second step, in short."""
    return voice.say("The words")


def step_look(voice: Voice) -> str:
    """The third step, in short."""
    return voice.say("Look, then send")


def with_whom(voice: Voice) -> str:
    """The label of the person."""
    return voice.say("With whom?")


def which_kind(voice: Voice) -> str:
    """The label of the kind."""
    return voice.say("What was it?")


def go_on(voice: Voice) -> str:
    """The button to the next step."""
    return voice.say("Go On")


def lent_line(voice: Voice) -> str:
    """Over the line we lend."""
    return voice.say("A line to start from")


def own_words(voice: Voice) -> str:
    """The label of words of one's own."""
    return voice.say("Or say it in your own words")


def own_words_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("What you write here goes in place of the line.")


def blank(voice: Voice, slot: str) -> str:
    """The label of a blank."""
    match slot:
        case "day":
            return voice.say("By which day?")
        case "effort":
            return voice.say("What they did")
        case "benefit":
            return voice.say("What it made easier")
        case "when":
            return voice.say("When was it?")
        case "where":
            return voice.say("Where was it?")
        case "audience":
            return voice.say("Whom will you tell?")
        case "occasion":
            return voice.say("Which day was it?")
        case _:
            return voice.say("In your own words")


def or_copy(voice: Voice) -> str:
    """Under a line as it will be read: it may as well go some other way, by the writer's own hand."""
    return voice.say("You can copy it and send it yourself, too.")


def when_to_send(voice: Voice) -> str:
    """The label of when it goes."""
    return voice.say("When should it go?")


def send_now(voice: Voice) -> str:
    """The first choice."""
    return voice.say("Now")


def send_tomorrow(voice: Voice) -> str:
    """The second choice."""
    return voice.say("Tomorrow morning, so that I can sleep on it")


def without_words(voice: Voice) -> str:
    """Over ways without words."""
    return voice.say("Or without words")


def other_ways(voice: Voice) -> str:
    """Over the other ways for somebody who was hurt, or who saw it."""
    return voice.say("Other ways")


def ready_line(voice: Voice) -> str:
    """The term beside a line to have ready."""
    return voice.say("A line to have ready")


def chair_line(voice: Voice) -> str:
    """The term beside an ask to whoever leads a meeting or a table."""
    return voice.say("To ask of all, naming nobody")


def witness_line(voice: Voice) -> str:
    """The term beside a word from somebody who was there."""
    return voice.say("A word to the person")


def look(voice: Voice) -> str:
    """The button to the preview."""
    return voice.say("See It First")


def sent_title(voice: Voice, name: str) -> str:
    """Over what was just sent."""
    return voice.say("On its way to {name}", name=name)


def held_title(voice: Voice) -> str:
    """Over what waits until the morning."""
    return voice.say("It waits until tomorrow morning")


def from_you(voice: Voice) -> str:
    """Over what one wrote."""
    return voice.say("From you")


def to_you(voice: Voice) -> str:
    """Over what one got."""
    return voice.say("To you")


def to_name(voice: Voice, name: str) -> str:
    """Over one thing one wrote."""
    return voice.say("To {name}", name=name)


def is_settled(voice: Voice) -> str:
    """Beside what was settled."""
    return voice.say("Settled.")


def answered(voice: Voice) -> str:
    """After answering."""
    return voice.say("Noted. Whichever you choose is a full answer.")


def settled(voice: Voice) -> str:
    """After calling it settled."""
    return voice.say("Settled. Good.")
