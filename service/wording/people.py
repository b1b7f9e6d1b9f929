"""What we say about joining, boundaries and leaving."""

from collections.abc import Iterable
from typing import assert_never

from service.efforts.rules import Source
from service.people.rules import Role
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


def role(voice: Voice, role: Role) -> str:
    """What a member is to the others."""
    match role:
        case Role.MEMBER:
            return voice.say("member")
        case Role.GUEST:
            return voice.say("guest")
        case Role.ADULT:
            return voice.say("adult")
        case Role.TEEN:
            return voice.say("13 to 17")
        case Role.CHILD:
            return voice.say("child")
        case Role.RELATIVE:
            return voice.say("relative")
        case _:
            assert_never(role)


def role_hint(voice: Voice, role: Role) -> str | None:
    """What somebody may do here, where that needs saying."""
    match role:
        case Role.ADULT:
            return voice.say("Everything here, and the settings of the home.")
        case Role.TEEN:
            return voice.say("Everything but the settings. Their own notes stay theirs.")
        case Role.RELATIVE:
            return voice.say("Gives and reads thanks, answers, sees days that matter.")
        case _:
            return None


def join_button(voice: Voice) -> str:
    """The button that agrees."""
    return voice.say("Join")


def choose_button(voice: Voice) -> str:
    """The button that leads to the choices."""
    return voice.say("Choose")


def choose_title(voice: Voice) -> str:
    """Over the choices."""
    return voice.say("What may be noticed?")


def choose_thanks(voice: Voice) -> str:
    """The least one may join for."""
    return voice.say("Thanks alone")


def choose_thanks_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("You give and get words of thanks. Nothing is noticed about you.")


def choose_some(voice: Voice) -> str:
    """Joining, with the sources one ticks."""
    return voice.say("Questions, cards and days too, and these sources")


def choose_some_hint(voice: Voice) -> str:
    """Under it."""
    return voice.say("Only what you tick below is noticed. You can change it on any day.")


def sources(voice: Voice) -> str:
    """The label of the sources that may notice somebody."""
    return voice.say("What may notice my work")


def source(voice: Voice, source: Source) -> str:
    """A source, as one of the choices."""
    match source:
        case Source.GITHUB:
            return voice.say("GitHub: changes, reviews and issues that are done")
        case Source.GITLAB:
            return voice.say("GitLab: changes, reviews and issues that are done")
        case Source.SLACK_ANSWER:
            return voice.say("Questions I answer for others")
        case Source.NOTE:
            return voice.say("Notes of people here about what I did")
        case Source.CHORE:
            return voice.say("Jobs at home that I mark as done")
        case Source.API:
            return voice.say("Other tools that are connected here")
        case Source.IMPORT:
            return voice.say("What was imported from Slack")
        case _:
            assert_never(source)


def not_joined(voice: Voice) -> str:
    """Over the pages of somebody who has not joined."""
    return voice.say("You have not joined yet. Nothing is noticed about you.")


def here_already(voice: Voice, name: str) -> str:
    """On an invitation, to somebody who is signed in."""
    return voice.say("You are signed in here as {name}. Joining makes you somebody new on this device.", name=name)


def page_lead(voice: Voice, circle: str) -> str:
    """Under the heading of the page of people."""
    return voice.say("Who is in {circle}, and what each shares.", circle=circle)


def is_lead(voice: Voice) -> str:
    """Beside somebody who leads."""
    return voice.say("leads")


def you(voice: Voice) -> str:
    """Beside oneself."""
    return voice.say("you")


def has_not_joined(voice: Voice) -> str:
    """Beside somebody who is known but has not joined."""
    return voice.say("has not joined")
