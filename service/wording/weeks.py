"""What we say about a circle's week: the thanks it shared, told once."""

from collections.abc import Iterable

from service.appreciations.rules import Job
from service.nudges.rules import Item
from service.wording import appreciations
from service.wording.voice import Voice


def title(voice: Voice) -> str:
    """On a locked screen, and over the choice on the feed."""
    return voice.say("Thanks this week")


def shared(voice: Voice, circle: str) -> str:
    """Above what a circle shared in a week."""
    return voice.say("What people in {circle} shared this week:", circle=circle)


def footer(voice: Voice) -> str:
    """Under it."""
    return voice.say("These and any others stand on the feed.")


def why(voice: Voice) -> str:
    """Why somebody sees it."""
    return voice.say("You chose to hear once a week what your circle shares. A week without any brings nothing.")


def lead(voice: Voice) -> str:
    """To whoever leads the circle, over their choice."""
    return voice.say("On Friday one word can bring what was shared: a post in the circle's channel, if it has one.")


def mine(voice: Voice) -> str:
    """To each member, over their own choice."""
    return voice.say("You can have it with your morning message too.")


def bring_to_all(voice: Voice) -> str:
    """The lead's button."""
    return voice.say("Tell It Once a Week")


def bring_to_all_no_more(voice: Voice) -> str:
    """The lead's way out."""
    return voice.say("Tell It No More")


def bring_to_me(voice: Voice) -> str:
    """A member's button."""
    return voice.say("Bring It to Me")


def bring_to_me_no_more(voice: Voice) -> str:
    """A member's way out."""
    return voice.say("Don't Bring It")


def chosen(voice: Voice) -> str:
    """After switching it on."""
    return voice.say("From Friday on. A week in which nothing was shared brings nothing.")


def ended(voice: Voice) -> str:
    """After switching it off."""
    return voice.say("No more of these. Nobody is told.")


def usage(voice: Voice, command: str) -> str:
    """How a channel chooses it."""
    return voice.say(
        "Type {command} on or off for the circle you lead, {command} mine on or off for yourself.", command=command
    )


def line(voice: Voice, giver: str, recipients: Iterable[str], words: str | None, job: str | None) -> str:
    """One thanks of the week: who to whom, then the giver's own words or the job they chose."""
    said = words or (appreciations.job(voice, Job(job)) if job else "")
    return f"{appreciations.shared(voice, giver, recipients)} {said}"


def grouped(items: Iterable[Item]) -> list[tuple[Item, list[Item]]]:
    """Each thanks by who gave it, with those it names, in the order they are told."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.subject, []).append(item)
    return [(told[0], told[1:]) for told in found.values()]
