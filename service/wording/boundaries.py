"""What we say around a member's boundary: when they may be reached, how, and by whom not."""

from typing import assert_never

from babel import Locale

from service.people.rules import ThanksWish
from service.wording import catalogues
from service.wording.voice import Voice


def lead(voice: Voice) -> str:
    """Under the heading of the page."""
    return voice.say("We write to you inside these hours and never outside. Others see only what you share below.")


def time_zone(voice: Voice) -> str:
    """The label of the time zone."""
    return voice.say("Time zone")


def open_days(voice: Voice) -> str:
    """The label of the days on which we may write."""
    return voice.say("Days")


def day_starts(voice: Voice) -> str:
    """The label of when the day starts."""
    return voice.say("Not before")


def day_ends(voice: Voice) -> str:
    """The label of when the day ends."""
    return voice.say("Not after")


def list_comes(voice: Voice) -> str:
    """The label of when the morning list comes."""
    return voice.say("Morning list at")


def most_a_week(voice: Voice) -> str:
    """The label of the weekly allowance."""
    return voice.say("Other messages a week, at most")


def most_a_week_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Thanks, repairs and questions of people you know do not count.")


def pause_until(voice: Voice) -> str:
    """The label of the day until which one takes a pause."""
    return voice.say("Pause until, if you like")


def pause_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Nothing is lost. It waits until then.")


def holidays(voice: Voice) -> str:
    """The label of the country whose public holidays are kept free."""
    return voice.say("Public holidays of")


def no_country(voice: Voice) -> str:
    """The first of the countries."""
    return voice.say("no country")


def region(voice: Voice) -> str:
    """The label of a region of that country."""
    return voice.say("Region")


def region_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Its short code, where parts of your country have days of their own.")


def country(voice: Voice, code: str) -> str:
    """A country by its name in this language."""
    spoken = voice.language if voice.language in catalogues.languages() else catalogues.SOURCE
    return str(Locale.parse(spoken).territories.get(code, code))


def hours_part(voice: Voice) -> str:
    """Over the hours."""
    return voice.say("When we may write to you")


def others_part(voice: Voice) -> str:
    """Over what is shared."""
    return voice.say("What others may know")


def words_part(voice: Voice) -> str:
    """Over language and address."""
    return voice.say("How we speak to you")


def noticed_part(voice: Voice) -> str:
    """Over the sources."""
    return voice.say("What may be noticed about you")


def apart_part(voice: Voice) -> str:
    """Over those from whom one keeps apart."""
    return voice.say("Keep apart")


def thanks_wish(voice: Voice) -> str:
    """The label of how one likes to be thanked."""
    return voice.say("How I like to be thanked")


def wish(voice: Voice, wish: ThanksWish) -> str:
    """A way of being thanked, as one of the choices."""
    match wish:
        case ThanksWish.PRIVATE:
            return voice.say("In private")
        case ThanksWish.CIRCLE:
            return voice.say("In our circle is fine")
        case ThanksWish.ANYWHERE:
            return voice.say("Anywhere is fine")
        case _:
            assert_never(wish)


def raise_with_me(voice: Voice) -> str:
    """The label of how to raise something."""
    return voice.say("How to raise something with me")


def raise_example(voice: Voice) -> str:
    """Under it."""
    return voice.say("Such as: “Write first, then let us walk.”")


def shares_away(voice: Voice) -> str:
    """The label of whether others see a pause."""
    return voice.say("May others see that I take a pause?")


def yes(voice: Voice) -> str:
    """One of two choices."""
    return voice.say("Yes")


def no(voice: Voice) -> str:
    """The other one."""
    return voice.say("No")


def language(voice: Voice) -> str:
    """The label of the language we speak."""
    return voice.say("Language")


def address(voice: Voice) -> str:
    """The label of how one is addressed."""
    return voice.say("How we address you")


def formal(voice: Voice, *, formal: bool) -> str:
    """A way of being addressed, as one of the choices."""
    return voice.say("Formally") if formal else voice.say("Informally")


def courier(voice: Voice) -> str:
    """The label of how messages come."""
    return voice.say("How messages come")


def courier_named(voice: Voice, courier: str) -> str:
    """A courier, as one of the choices."""
    match courier:
        case "slack":
            return voice.say("In Slack")
        case "mail":
            return voice.say("By mail")
        case "push":
            return voice.say("On the screens where you asked for it")
        case _:
            return voice.say("On these pages alone")


def sources_hint(voice: Voice) -> str:
    """Under the sources."""
    return voice.say("What is not ticked is not noticed.")


def apart_hint(voice: Voice) -> str:
    """Under the heading of keeping apart: what it does, and that it is not seen."""
    return voice.say("No contact about or with somebody. They are not told, and see no sign of it.")


def apart_from(voice: Voice) -> str:
    """The label of the person one keeps apart from."""
    return voice.say("From whom?")


def keep_apart(voice: Voice) -> str:
    """The button that begins it."""
    return voice.say("Keep Apart")


def apart_kept(voice: Voice) -> str:
    """After it began."""
    return voice.say("Kept apart from now on. Nobody was told.")


def end_apart(voice: Voice) -> str:
    """The button that ends it."""
    return voice.say("No Longer")


def save(voice: Voice) -> str:
    """The button that keeps the page."""
    return voice.say("Save")


def saved(voice: Voice) -> str:
    """After one's hours were kept."""
    return voice.say("Kept. From now on we follow these hours.")


def their_card(voice: Voice, name: str) -> str:
    """Over what somebody shares of their boundary."""
    return voice.say("{name}'s card", name=name)


def their_time(voice: Voice) -> str:
    """The term beside the time on somebody's clock."""
    return voice.say("Time there")


def takes_a_pause(voice: Voice, day: str) -> str:
    """Beside somebody who shares a pause; the day comes from `voice.day`."""
    return voice.say("Takes a pause until {day}", day=day)


def nothing_shared(voice: Voice) -> str:
    """Where somebody shares nothing more."""
    return voice.say("Nothing else is shared.")
