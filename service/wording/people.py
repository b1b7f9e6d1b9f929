"""What we say about joining, boundaries and leaving."""

from collections.abc import Iterable

from service.wording.voice import Voice


def join_title(voice: Voice, circle: str) -> str:
    """The heading of the join screen."""
    return voice.say("Join {circle}", circle=circle)


def leads(voice: Voice, names: Iterable[str]) -> str:
    """Who leads the circle, first on the join screen."""
    named = tuple(names)
    if not named:
        return voice.say("Nobody leads this circle.")
    if len(named) == 1:
        return voice.say("{name} leads this circle.", name=named[0])
    return voice.say("{names} lead this circle.", names=voice.names(named))


def noticed(voice: Voice) -> str:
    """What is noticed about somebody who joins."""
    return voice.say(
        "What is noticed: work you finish in the tools this circle connected, "
        "and questions to you in the places it listens in. You can switch off each source."
    )


def never_noticed(voice: Voice) -> str:
    """What is not noticed about anybody."""
    return voice.say("Not noticed: hours online, how much you write, how fast you answer.")


def who_sees(voice: Voice) -> str:
    """Who sees what is noticed."""
    return voice.say(
        "Who sees it: you. Once a week, your lead may read that some work of yours has had no thanks yet. "
        "Nobody sees who answers slowly, who thanks whom, or any figure about you."
    )


def what_is_kept(voice: Voice) -> str:
    """What is kept, and for how long."""
    return voice.say(
        "What is kept: when a question was put and whether it is settled, never what was said. "
        "What you write into our own forms is yours: you can read it, take it with you, and delete it."
    )


def leaving(voice: Voice) -> str:
    """The exit, said on the way in."""
    return voice.say("You can leave on any day. What we keep about you goes, and nobody is told.")


def welcome(voice: Voice, circle: str | None) -> str:
    """The first message after joining."""
    if circle is None:
        return voice.say("Good to have you here. For two weeks we mostly listen.")
    return voice.say("Good to have you in {circle}. For two weeks we mostly listen.", circle=circle)


def welcome_tip(voice: Voice) -> str:
    """One thing to try in the first minute."""
    return voice.say("One thing to try: thank one person for one thing they did.")


def listening_until(voice: Voice, day: str) -> str:
    """Until when nothing but the form and the coach speak; the day comes from `voice.day`."""
    return voice.say("Until {day} we are only listening.", day=day)


def invitation(voice: Voice, lead: str, circle: str) -> str:
    """A lead's one post in a channel."""
    return voice.say(
        "{lead} invites you to {circle}, where we make it easier to thank each other, "
        "answer each other and mend small things. Joining is up to you, and nobody sees who has not.",
        lead=lead,
        circle=circle,
    )


def place_offered(voice: Voice, place: str) -> str:
    """To whoever brought us into a channel."""
    return voice.say(
        "You brought us into {place}. We listen to nothing there until you choose: "
        "make it a circle, add it to one, or leave it be.",
        place=place,
    )


def left(voice: Voice) -> str:
    """After leaving."""
    return voice.say("You have left. What we kept about you is gone, and nobody was told.")


def leave_what_goes(voice: Voice) -> str:
    """Before leaving: what goes at once."""
    return voice.say(
        "At once: your settings, questions asked by you or of you, noticed work, private moments and cards, "
        "and everything addressed to you."
    )


def leave_what_stays(voice: Voice) -> str:
    """Before leaving: what stays, and why."""
    return voice.say(
        "Thanks and repairs you sent keep their words for those who got them, under “a former member”. "
        "Unsigned cards you put in stay too: nothing here says they were yours."
    )


def leave_take_back(voice: Voice) -> str:
    """The box beside leaving."""
    return voice.say("Also take back what I wrote")


def former_member(voice: Voice) -> str:
    """How somebody is named who has left."""
    return voice.say("a former member")


def somebody(voice: Voice) -> str:
    """How somebody is named whose name we do not have."""
    return voice.say("somebody")


def a_channel(voice: Voice) -> str:
    """How a channel is named whose name we do not have."""
    return voice.say("a channel")


def paused_until(voice: Voice, day: str) -> str:
    """While a member takes a pause; the day comes from `voice.day`."""
    return voice.say("Paused until {day}. Nothing is lost, it waits.", day=day)


def hosted_by(voice: Voice, host: str) -> str:
    """Who runs the server."""
    return voice.say("This Goldseam is run by {host}.", host=host)


def strangers(voice: Voice) -> str:
    """How people in a channel who have not joined are treated."""
    return voice.say(
        "Of people who have not joined we keep nothing. A reply of theirs may settle a question, and leaves no trace."
    )
