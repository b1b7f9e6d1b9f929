"""What an ask is, what is heard of it, when it may be said, and when it is let go."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from service.people import hours
from service.people.rules import Boundary, WorkspaceKind


class AskForm(StrEnum):
    """How an ask came to be."""

    NAMED = "named"
    """A message that asks a person by name."""
    OPEN = "open"
    """A question to nobody in particular, or to everybody."""
    WATCHED = "watched"
    """Somebody pressed "Watch for a reply" on a message."""
    HOME = "home"
    """A question put in the circle's own room on the web; its words are ours to keep."""


class AskState(StrEnum):
    """Where an ask is."""

    OPEN = "open"
    PROMISED = "promised"
    SETTLED = "settled"
    RELEASED = "released"
    DROPPED = "dropped"
    NOT_AN_ASK = "not_an_ask"


WAITING = (AskState.OPEN, AskState.PROMISED)


class SettledBy(StrEnum):
    """What settled it."""

    REPLY = "reply"
    REACTION = "reaction"
    ANOTHER = "another"
    THANKS = "thanks"
    DELETION = "deletion"
    EDIT = "edit"
    TAP = "tap"
    DECLINED = "declined"
    NOT_MINE = "not_mine"


class Mark(StrEnum):
    """What the asker said about how it waits."""

    NONE = "none"
    NO_RUSH = "no_rush"
    REPLY_BY = "reply_by"
    PERSONAL = "personal"
    NO_REPLY_NEEDED = "no_reply_needed"


@dataclass(frozen=True, slots=True)
class Said:
    """A message somebody said or edited, in a place named as its chat names it. Its text is read and let go."""

    place: str
    ts: str
    """The name of the message in its place: seconds since 1970, with a fraction."""
    author: str
    text: str
    """Plain words, with people, places and links taken out."""
    named: tuple[str, ...] = ()
    """The people it names, as the chat names them."""
    to_all: bool = False
    """Whether it calls a whole channel or a group."""
    thread: str | None = None
    """The message it replies to in a thread."""
    by_bot: bool = False
    edited_at: float = 0.0
    """When it was last edited, in seconds; 0 for the message as it was first said."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A message that was deleted."""

    place: str
    ts: str


@dataclass(frozen=True, slots=True)
class Reacted:
    """A reaction that was put to a message, or taken from it."""

    place: str
    ts: str
    author: str
    reaction: str
    added: bool = True
    at: float = 0.0
    """When it was put or taken, in seconds: the later of two wins."""


Heard = Said | Unsaid | Reacted


def moment(ts: str) -> datetime:
    """When a message was said."""
    return datetime.fromtimestamp(float(ts), UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """When an ask is said to the one asked, shown to the asker, and let go."""

    surfaces_at: datetime | None
    """Never before this, to the one asked; to the circle, for an open question. None where nobody is told at all."""
    shows_at: datetime
    """From then on it stands in the asker's own list."""
    drops_at: datetime


def due(
    form: AskForm,
    mark: Mark,
    asked_at: datetime,
    *,
    asked: Boundary | None,
    asker: Boundary | None,
    home: WorkspaceKind,
    reply_by: datetime | None = None,
) -> Due:
    """When this ask is due, on the clocks of both sides."""
    theirs = asked or asker or Boundary()
    mine = asker or theirs
    if mark is Mark.REPLY_BY and reply_by is not None and reply_by > asked_at:
        return Due(asked_at + (reply_by - asked_at) / 2, reply_by, reply_by + timedelta(days=2))
    if home is WorkspaceKind.FAMILY:
        first, second, last = timedelta(hours=24), timedelta(hours=48), timedelta(days=7)
        if mark is Mark.PERSONAL:
            first, second = timedelta(hours=4), timedelta(hours=24)
        found = Due(asked_at + first, asked_at + second, asked_at + last)
    elif form is AskForm.OPEN:
        found = Due(
            hours.after_working_days(mine, asked_at, 2),
            hours.after_working_hours(mine, asked_at, timedelta(hours=4)),
            hours.after_working_days(mine, asked_at, 5),
        )
    elif mark is Mark.PERSONAL:
        found = Due(
            hours.after_working_hours(theirs, asked_at, timedelta(hours=4)),
            hours.after_working_days(theirs, asked_at, 1),
            asked_at + timedelta(days=7),
        )
    else:
        found = Due(
            hours.after_working_days(theirs, asked_at, 1),
            hours.after_working_days(theirs, asked_at, 2),
            hours.after_working_days(theirs, asked_at, 5),
        )
    if mark is Mark.NO_RUSH and found.surfaces_at is not None:
        return Due(found.surfaces_at + (found.surfaces_at - asked_at), found.shows_at, found.drops_at)
    if mark is Mark.NO_REPLY_NEEDED:
        return Due(None, found.shows_at, found.drops_at)
    return found


def tip_at(asker: Boundary, asked_at: datetime) -> datetime:
    """When the asker of an open question hears, once, that naming one person often helps."""
    return hours.after_working_days(asker, asked_at, 1)


KEPT_AFTER = timedelta(days=30)
"""How long a closed ask is kept."""
EARLY_KEPT = timedelta(hours=24)
"""How long we remember what arrived before the message it is about."""
MANY = 10
"""From this many open asks on, the one asked sees a short triage instead of a list."""
