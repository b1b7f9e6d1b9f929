"""Kinds of nudges, what each is about, and when it is welcome."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from service.people import hours
from service.people.rules import Boundary


class NudgeKind(StrEnum):
    """Why we write to a member."""

    WELCOME = "welcome"
    PLACE_OFFERED = "place_offered"
    ASK_WAITING = "ask_waiting"
    ASK_OPEN_TIP = "ask_open_tip"
    ASK_PROMISED = "ask_promised"
    ASK_PASSED_ON = "ask_passed_on"
    QUESTION_AT_HOME = "question_at_home"
    ANSWER_AT_HOME = "answer_at_home"
    THANKS_RECEIVED = "thanks_received"
    THANKS_SHARED = "thanks_shared"
    THANKS_WEEK = "thanks_week"
    EFFORT_UNTHANKED = "effort_unthanked"
    EFFORT_RECALL = "effort_recall"
    EFFORT_SEEN = "effort_seen"
    KEEP_OR_STOP = "keep_or_stop"
    CIRCLE_DIGEST = "circle_digest"
    REPAIR_RECEIVED = "repair_received"
    REPAIR_ANSWERED = "repair_answered"
    NOTE_RECEIVED = "note_received"
    NOTE_EXPIRED = "note_expired"
    CARD_DRAWN = "card_drawn"
    HOUSE_CARD = "house_card"
    CARD_SHARE = "card_share"
    MOMENT_PATTERN = "moment_pattern"
    BALANCE_INVITE = "balance_invite"
    OCCASION_SOON = "occasion_soon"
    OCCASION_TODAY = "occasion_today"


class Manner(StrEnum):
    """How a kind travels."""

    PARCEL = "parcel"
    """In the morning parcel, together with whatever else is due."""
    AT_ONCE = "at_once"
    """A person's own words, or what a member waits for: at the next open moment, outside the allowance."""
    SPARINGLY = "sparingly"
    """By itself, within the weekly allowance."""


MANNERS: dict[NudgeKind, Manner] = {
    NudgeKind.WELCOME: Manner.AT_ONCE,
    NudgeKind.PLACE_OFFERED: Manner.AT_ONCE,
    NudgeKind.ASK_WAITING: Manner.PARCEL,
    NudgeKind.ASK_OPEN_TIP: Manner.PARCEL,
    NudgeKind.ASK_PROMISED: Manner.PARCEL,
    NudgeKind.ASK_PASSED_ON: Manner.PARCEL,
    NudgeKind.QUESTION_AT_HOME: Manner.AT_ONCE,
    NudgeKind.ANSWER_AT_HOME: Manner.AT_ONCE,
    NudgeKind.THANKS_RECEIVED: Manner.AT_ONCE,
    NudgeKind.THANKS_SHARED: Manner.AT_ONCE,
    NudgeKind.THANKS_WEEK: Manner.PARCEL,
    NudgeKind.EFFORT_UNTHANKED: Manner.SPARINGLY,
    NudgeKind.EFFORT_RECALL: Manner.SPARINGLY,
    NudgeKind.EFFORT_SEEN: Manner.PARCEL,
    NudgeKind.KEEP_OR_STOP: Manner.SPARINGLY,
    NudgeKind.CIRCLE_DIGEST: Manner.PARCEL,
    NudgeKind.REPAIR_RECEIVED: Manner.AT_ONCE,
    NudgeKind.REPAIR_ANSWERED: Manner.AT_ONCE,
    NudgeKind.NOTE_RECEIVED: Manner.SPARINGLY,
    NudgeKind.NOTE_EXPIRED: Manner.PARCEL,
    NudgeKind.CARD_DRAWN: Manner.AT_ONCE,
    NudgeKind.HOUSE_CARD: Manner.AT_ONCE,
    NudgeKind.CARD_SHARE: Manner.PARCEL,
    NudgeKind.MOMENT_PATTERN: Manner.PARCEL,
    NudgeKind.BALANCE_INVITE: Manner.SPARINGLY,
    NudgeKind.OCCASION_SOON: Manner.PARCEL,
    NudgeKind.OCCASION_TODAY: Manner.PARCEL,
}

ALONG = frozenset({NudgeKind.CIRCLE_DIGEST})
"""Kinds that travel with a parcel that goes anyway, and never make one."""

MOST_IN_PARCEL: tuple[tuple[frozenset[NudgeKind], int], ...] = (
    (frozenset({NudgeKind.ASK_WAITING, NudgeKind.ASK_PASSED_ON}), 3),
    (frozenset({NudgeKind.OCCASION_TODAY, NudgeKind.OCCASION_SOON}), 1),
    (frozenset({NudgeKind.CARD_DRAWN}), 1),
)
"""How many of some kinds a parcel says; the rest become its line "and 4 more"."""

SAID_IN_ORDER = (*(kind for kind in NudgeKind if kind is not NudgeKind.OCCASION_SOON), NudgeKind.OCCASION_SOON)
"""In which order a parcel says its kinds, after what is personal: a day that is today comes before one that is soon."""

BEFORE_JOINING = frozenset({NudgeKind.THANKS_RECEIVED, NudgeKind.PLACE_OFFERED, NudgeKind.WELCOME})
"""What may reach somebody who has not joined for the whole: a colleague's own thanks, and one invitation."""


class Level(StrEnum):
    """What a member said about a kind of nudge."""

    AS_USUAL = "as_usual"
    FEWER = "fewer"
    STOPPED = "stopped"


class NudgeState(StrEnum):
    """Where a nudge is on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Change(StrEnum):
    """What has yet to happen to a nudge that was sent."""

    NONE = "none"
    AMEND = "amend"
    RECALL = "recall"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a nudge that names several things."""

    subject: str
    who: str | None = None
    words: str | None = None
    on: date | None = None
    kind: str | None = None
    caution: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a nudge is about: ids, days and kinds, and words only where a member wrote them into our own forms."""

    who: str | None = None
    """The member it comes from, where it may be said."""
    place: str | None = None
    on: date | None = None
    words: str | None = None
    kind: str | None = None
    link: str | None = None
    personal: bool = False
    items: tuple[Item, ...] = ()
    extra: dict[str, str] | None = None


MAY_BE_TAKEN_BACK = frozenset(
    {
        NudgeKind.THANKS_RECEIVED,
        NudgeKind.REPAIR_RECEIVED,
        NudgeKind.NOTE_RECEIVED,
        NudgeKind.QUESTION_AT_HOME,
    }
)
"""Kinds that carry a member's own words, which they may undo for a while."""

MOST_ATTEMPTS = 5
MOST_TRACES = 10
TRACE_AFTER = timedelta(seconds=15)
"""How long a courier is given before we ask whether a parcel of unknown fate arrived."""
LEASE = timedelta(seconds=60)
WEEK = timedelta(days=7)
LEAVE_WINDOW = timedelta(minutes=10)
"""How long thanks and repairs may be taken back; mail, which cannot be recalled, waits for it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekly hour a member chose for one kind."""

    weekday: int
    at: time


def welcome_at(
    kind: NudgeKind,
    boundary: Boundary,
    at: datetime,
    *,
    level: Level = Level.AS_USUAL,
    recent: tuple[datetime, ...] = (),
    same: tuple[datetime, ...] = (),
) -> datetime | None:
    """The first moment from `at` on when this nudge is welcome; None where it never is.

    `recent` holds the moments of the sparing nudges of the last seven days, and `same` those of nudges of this
    kind, oldest first.
    """
    if level is Level.STOPPED:
        return None
    at = spaced(kind, boundary, at, level, same)
    match MANNERS[kind]:
        case Manner.AT_ONCE:
            return hours.next_open(boundary, at)
        case Manner.PARCEL:
            return hours.next_digest(boundary, at)
        case Manner.SPARINGLY:
            if boundary.weekly_allowance == 0:
                return None
            return hours.next_open(boundary, _allowed_from(boundary.weekly_allowance, at, recent))


def spaced(kind: NudgeKind, boundary: Boundary, at: datetime, level: Level, same: tuple[datetime, ...]) -> datetime:
    """From when a kind may come again: "fewer" is at most one message of it in seven days."""
    if level is not Level.FEWER or not same:
        return at
    again = same[-1] + WEEK
    if MANNERS[kind] is Manner.PARCEL:
        # Counted in days, or the morning it travels in would slip on from week to week.
        again = hours.local(boundary, again.astimezone(boundary.tz).date(), time())
    return max(at, again)


def _allowed_from(allowance: int, at: datetime, recent: tuple[datetime, ...]) -> datetime:
    counted = [sent for sent in recent if sent > at - WEEK]
    return at if len(counted) < allowance else counted[-allowance] + WEEK


def retry_after(attempts: int) -> timedelta:
    """How long a nudge waits after a passing refusal: 30 s, then doubling, at most an hour."""
    return min(timedelta(seconds=30 * 2 ** max(0, attempts - 1)), timedelta(hours=1))
