"""What the first page of a member says around its lists."""

from service.ruptures import Register
from service.wording.voice import Voice


def waiting_for_me(voice: Voice) -> str:
    """Over the questions to a member."""
    return voice.say("Waiting for you")


def waiting_for_answer(voice: Voice) -> str:
    """Over the questions a member asked."""
    return voice.say("Your open questions")


def lately(voice: Voice) -> str:
    """Over the latest messages from us."""
    return voice.say("What came lately")


def all_messages(voice: Voice) -> str:
    """The way to every message."""
    return voice.say("All Messages")


def all_quiet(voice: Voice) -> str:
    """The heading where nothing waits and nothing came."""
    return voice.say("All quiet")


def nothing_came(voice: Voice) -> str:
    """Where no message came yet: what would stand there."""
    return voice.say("Thanks to you, cards and days that matter will stand here, each with why it came.")


def waits_here(voice: Voice) -> str:
    """Where nothing waits: what would stand there."""
    match voice.register:
        case Register.TEAM:
            return voice.say("Questions to you stand here after a working day, once each.")
        case Register.FAMILY | Register.CHILD:
            return voice.say("Questions to you stand here until you answer, give a day, or say no.")


def waits_example(voice: Voice) -> str:
    """A question as it may stand there."""
    match voice.register:
        case Register.TEAM:
            return voice.say("“Can you check the figures?”")
        case Register.FAMILY | Register.CHILD:
            return voice.say("“Are you free on Sunday?”")


def days_soon(voice: Voice) -> str:
    """Over the days of the next two weeks."""
    return voice.say("Days that matter soon")


def no_day_soon(voice: Voice) -> str:
    """Where no day is near."""
    return voice.say("No day in the next two weeks.")


def card_of_week(voice: Voice) -> str:
    """Over the card of this week."""
    return voice.say("This week's card")


def one_thing(voice: Voice) -> str:
    """Over one small thing to do."""
    return voice.say("One thing to try")


def try_thanks(voice: Voice) -> str:
    """The first thing to try."""
    return voice.say("Thank one person for one thing they did. Plain is fine.")


def try_days(voice: Voice) -> str:
    """The second thing to try."""
    return voice.say("Add one birthday, so that it is not missed.")


def try_invite(voice: Voice) -> str:
    """What to try while one is alone."""
    return voice.say("Invite one person. A link or a code on your screen is enough.")


def your_name(voice: Voice, name: str) -> str:
    """Over the page."""
    return voice.say("Hello, {name}", name=name)


def open_here(voice: Voice) -> str:
    """A link to where something stands."""
    return voice.say("Open")
