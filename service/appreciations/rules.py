"""What thanks are made of, who may see them, and what keeps them from being sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.errors import Problem, ProblemKind
from service.people.rules import ThanksWish

LONGEST = 1000
MOST_RECIPIENTS = 20
MOST_VALUES = 3
MAY_CHANGE_FOR = timedelta(minutes=10)
"""How long thanks may be edited and undone as if they had not been sent."""


class Sharing(StrEnum):
    """Who sees thanks."""

    PRIVATE = "private"
    """Giver and recipients alone."""
    CIRCLE = "circle"
    """Also the circle, in its feed."""
    CHANNEL = "channel"
    """Also a channel of the chat, as a post."""


class Door(StrEnum):
    """Where thanks were begun; it says nothing about a person and feeds no figure."""

    COMMAND = "command"
    SHORTCUT = "shortcut"
    MESSAGE = "message"
    HOME = "home"
    NUDGE = "nudge"
    REACTION = "reaction"
    WEB = "web"
    API = "api"


class Job(StrEnum):
    """Unseen work at home, as the pictures show it."""

    COOKING = "cooking"
    DISHES = "dishes"
    LAUNDRY = "laundry"
    TIDYING = "tidying"
    SHOPPING = "shopping"
    LIFT = "lift"
    HOMEWORK = "homework"
    BEDTIME = "bedtime"
    PETS = "pets"
    GARDEN = "garden"
    RUBBISH = "rubbish"
    LISTENING = "listening"
    CARING = "caring"
    FIXING = "fixing"
    PLANNING = "planning"


@dataclass(frozen=True, slots=True)
class Draft:
    """Thanks before they are given."""

    giver: str
    recipients: tuple[str, ...]
    did: str
    """What they did, in the giver's own words."""
    eased: str = ""
    """What it made easier."""
    job: Job | None = None
    sharing: Sharing = Sharing.PRIVATE
    circle: str | None = None
    place: str | None = None
    values: tuple[str, ...] = ()
    efforts: tuple[str, ...] = ()
    link: str | None = None
    door: Door = Door.WEB
    token: str = ""
    """Made with the form, so that a form sent twice gives thanks once."""


def problems_of(draft: Draft) -> tuple[Problem, ...]:
    """What keeps a draft from being given, all of it at once."""
    found = []
    others = [one for one in draft.recipients if one != draft.giver]
    if not draft.recipients:
        found.append(Problem(ProblemKind.NOBODY_CHOSEN, "recipients"))
    elif not others:
        found.append(Problem(ProblemKind.ONLY_YOURSELF, "recipients"))
    elif len(others) > MOST_RECIPIENTS:
        found.append(Problem(ProblemKind.TOO_MANY, "recipients", {"most": MOST_RECIPIENTS}))
    if draft.job is None and not has_own_words(draft.did) and not has_own_words(draft.eased):
        found.append(Problem(ProblemKind.OWN_WORDS_NEEDED, "did"))
    for name, words in (("did", draft.did), ("eased", draft.eased)):
        if len(words) > LONGEST:
            found.append(Problem(ProblemKind.TOO_LONG, name, {"most": LONGEST}))
    if len(draft.values) > MOST_VALUES:
        found.append(Problem(ProblemKind.TOO_MANY, "values", {"most": MOST_VALUES}))
    if draft.sharing is Sharing.CIRCLE and draft.circle is None:
        found.append(Problem(ProblemKind.MISSING, "circle"))
    if draft.sharing is Sharing.CHANNEL and draft.place is None:
        found.append(Problem(ProblemKind.MISSING, "place"))
    return tuple(found)


def has_own_words(words: str) -> bool:
    """Whether a blank holds words: a letter of any script at least."""
    return any(sign.isalpha() for sign in words)


def shared_as(wanted: Sharing, wishes: Sequence[ThanksWish]) -> Sharing:
    """Who will see it: the recipients' wish wins over the giver's, the most private of them over all."""
    if wanted is Sharing.PRIVATE or ThanksWish.PRIVATE in wishes:
        return Sharing.PRIVATE
    if wanted is Sharing.CHANNEL and ThanksWish.CIRCLE in wishes:
        return Sharing.CIRCLE
    return wanted


def may_still_change(given_at: datetime, now: datetime) -> bool:
    """Whether thanks may still be edited or undone."""
    return now < given_at + MAY_CHANGE_FOR
