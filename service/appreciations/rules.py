"""What thanks are made of, who may see them, and what keeps them from being sent."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.efforts import rules as efforts
from service.errors import Problem, ProblemKind
from service.people.rules import Role, ThanksWish

LONGEST = 1000
MOST_RECIPIENTS = 20
MOST_VALUES = 3
LONGEST_VALUE = 40
LONGEST_TOKEN = 64
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


Job = efforts.Job
"""Unseen work at home, as the pictures show it."""


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
    """In whose feed it stands."""
    everybody: str | None = None
    """A circle of the giver's: everybody else in it is thanked, besides the recipients."""
    place: str | None = None
    values: tuple[str, ...] = ()
    efforts: tuple[str, ...] = ()
    link: str | None = None
    door: Door = Door.WEB
    token: str = ""
    """Made with the form, so that a form sent twice gives thanks once."""


def cleaned(draft: Draft) -> Draft:
    """A draft as it is kept: without what no text can hold, its link one that may be followed, its token short."""
    token = draft.token
    if len(token) > LONGEST_TOKEN or not token.isprintable():
        token = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(
        draft,
        did=writable(draft.did),
        eased=writable(draft.eased),
        values=tuple(dict.fromkeys(filter(None, (" ".join(writable(tag).split()) for tag in draft.values)))),
        link=efforts.link(draft.link),
        token=token,
    )


def writable(words: str) -> str:
    """Words as they are kept: their lines in one convention, and no sign that no text can hold."""
    return _UNWRITABLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def problems_of(draft: Draft) -> tuple[Problem, ...]:
    """What keeps a draft from being given, all of it at once."""
    found = [*_problems_of_recipients(draft), *problems_of_words(draft.did, draft.eased, draft.job)]
    if len(draft.values) > MOST_VALUES:
        found.append(Problem(ProblemKind.TOO_MANY, "values", {"most": MOST_VALUES}))
    if draft.circle is None and draft.sharing is Sharing.CIRCLE:
        found.append(Problem(ProblemKind.MISSING, "circle"))
    if draft.sharing is Sharing.CHANNEL and draft.place is None:
        found.append(Problem(ProblemKind.MISSING, "place"))
    return tuple(found)


def _problems_of_recipients(draft: Draft) -> list[Problem]:
    others = {one for one in draft.recipients if one != draft.giver}
    if not draft.recipients and draft.everybody is None:
        return [Problem(ProblemKind.NOBODY_CHOSEN, "recipients")]
    if not others and draft.everybody is None:
        return [Problem(ProblemKind.ONLY_YOURSELF, "recipients")]
    if len(others) > MOST_RECIPIENTS:
        return [Problem(ProblemKind.TOO_MANY, "recipients", {"most": MOST_RECIPIENTS})]
    return []


def problems_of_words(did: str, eased: str, job: Job | None) -> list[Problem]:
    """What keeps these words from standing: at least one blank is in the giver's own, unless a picture speaks."""
    found = []
    if job is None and not has_own_words(did) and not has_own_words(eased):
        found.append(Problem(ProblemKind.OWN_WORDS_NEEDED, "did"))
    for name, words in (("did", did), ("eased", eased)):
        if len(words) > LONGEST:
            found.append(Problem(ProblemKind.TOO_LONG, name, {"most": LONGEST}))
    return found


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


def offered(tag: str, valued: Sequence[str]) -> str | None:
    """A word of the workspace's list as it is written there, or None where the list has no such word."""
    return next((word for word in valued if word.casefold() == tag.casefold()), None)


def wish_of(wish: ThanksWish, *, among_all: bool) -> ThanksWish:
    """What a recipient's wish asks for here.

    Where everybody in a circle is thanked and that circle reads it, nobody in it is named: it is no secret from them.
    """
    return ThanksWish.CIRCLE if among_all and wish is ThanksWish.PRIVATE else wish


WEEK_ENDS_ON, WEEK_ENDS_AT = 4, time(15)
"""Friday afternoon, on the workspace's clock: there is time to read it before the weekend."""
WEEK_IS_TOLD_FOR = timedelta(hours=12)
"""How long after its hour a week is still told; a later one would be stale."""


def week_ends_at(now: datetime, zone: ZoneInfo) -> datetime:
    """The latest hour, up to now, at which a week of shared thanks ended."""
    today = now.astimezone(zone).date()
    ends_on = today - timedelta(days=(today.weekday() - WEEK_ENDS_ON) % 7)
    ends_at = datetime.combine(ends_on, WEEK_ENDS_AT, tzinfo=zone)
    if ends_at > now:
        ends_at = datetime.combine(ends_on - timedelta(days=7), WEEK_ENDS_AT, tzinfo=zone)
    return ends_at.astimezone(UTC)


def is_of_kin(one: Role, other: Role) -> bool:
    """Whether these are a child and a relative, who thank one another where an adult has said yes."""
    return {one, other} == {Role.CHILD, Role.RELATIVE}


def may_still_change(given_at: datetime, now: datetime) -> bool:
    """Whether thanks may still be edited or undone."""
    return now < given_at + MAY_CHANGE_FOR
