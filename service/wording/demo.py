"""What the demo says about itself; whatever its made-up people say is theirs."""

from collections.abc import Mapping

from service.wording.voice import Voice, text

_MOVES: Mapping[str, str] = {
    "morning": text("Next Morning"),
    "thursday": text("Next Thursday"),
    "card": text("Next Card"),
    "family_card": text("Next Card at Home"),
}


def title(voice: Voice) -> str:
    """The heading of the demo's first page."""
    return voice.say("Who would you like to be?")


def lead(voice: Voice) -> str:
    """Under it."""
    return voice.say(
        "A team and a family with a month behind them. Everybody is made up, and nothing leaves this computer."
    )


def be(voice: Voice, name: str) -> str:
    """The link that signs in as somebody."""
    return voice.say("Be {name}", name=name)


def look_first(voice: Voice) -> str:
    """Over where to look first."""
    return voice.say("Where to look first")


def looks(voice: Voice) -> tuple[str, ...]:
    """Where to look first."""
    return (
        voice.say("Be Ada: a question has been waiting, and a message says so within half a minute."),
        voice.say("Open the Slack page: the same word is there, with the same buttons."),
        voice.say("Answer in the channel, or press a button: it is settled in both places."),
        voice.say("Press Next Thursday and be Ines, who leads: a word says whose work had no thanks yet."),
        voice.say("Be Theo or Grandma Ruth: the same at home, without Slack."),
    )


def slack(voice: Voice) -> str:
    """The way to the stand-in for Slack."""
    return voice.say("Open Its Slack")


def clock(voice: Voice) -> str:
    """Over the buttons that move the clock."""
    return voice.say("The demo's clock")


def it_is(voice: Voice, day: str, time: str) -> str:
    """What it shows."""
    return voice.say("It is {day}, {time}.", day=day, time=time)


def move(voice: Voice, to: str) -> str:
    """A button that moves it."""
    return voice.say(_MOVES[to])


def moved(voice: Voice, day: str, time: str) -> str:
    """After moving it."""
    return voice.say("It is {day}, {time} now. What is due arrives within seconds.", day=day, time=time)


def clock_why(voice: Voice) -> str:
    """Under these buttons."""
    return voice.say("Most of what Goldseam does, it does in somebody's morning. These buttons bring that about now.")


def begin_anew(voice: Voice) -> str:
    """Over the way to begin anew."""
    return voice.say("Begin anew")


def begin_anew_why(voice: Voice) -> str:
    """What it does."""
    return voice.say("Everything that was done here goes, and the month is as it was.")


def start_over(voice: Voice) -> str:
    """The button that begins anew."""
    return voice.say("Start Over")


def begun_anew(voice: Voice) -> str:
    """After it."""
    return voice.say("Everything is as it was at the start.")
