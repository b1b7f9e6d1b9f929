"""Kinds of workspaces and members, and what a boundary says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.errors import Problem, ProblemKind
from service.ruptures import Register


class WorkspaceKind(StrEnum):
    """A team at work, or a family at home."""

    TEAM = "team"
    FAMILY = "family"


class Role(StrEnum):
    """What a member is to the others; leading is said by circle, owning by workspace."""

    MEMBER = "member"
    GUEST = "guest"
    ADULT = "adult"
    TEEN = "teen"
    CHILD = "child"
    RELATIVE = "relative"


class Joined(StrEnum):
    """What a member agreed to."""

    NO = "no"
    THANKS = "thanks"
    WHOLE = "whole"


class IdentityKind(StrEnum):
    """Where a name of a member comes from."""

    SLACK = "slack"
    MAIL = "mail"
    GITHUB = "github"
    GITLAB = "gitlab"


class PlaceKind(StrEnum):
    """A channel of a chat a circle listens in, or the circle's own room on the web."""

    CHANNEL = "channel"
    ROOM = "room"


class Feature(StrEnum):
    """What a workspace owner allows."""

    THANKS = "thanks"
    ASKS = "asks"
    SUGGESTIONS = "suggestions"
    SOURCES = "sources"
    FEED = "feed"


class ThanksWish(StrEnum):
    """How a member likes to be thanked; it wins over the giver's wish."""

    PRIVATE = "private"
    CIRCLE = "circle"
    ANYWHERE = "anywhere"


MOST_VALUED = 12
LONGEST_VALUED = 40
WORKING_WEEK = frozenset({0, 1, 2, 3, 4})
ALL_WEEK = frozenset(range(7))
MOST_DAYS_OFF = 400


@dataclass(frozen=True, slots=True)
class Boundary:
    """When and how a member may be reached, in their own time."""

    zone: str = "UTC"
    days: frozenset[int] = WORKING_WEEK
    """Weekdays on which we may write, Monday is 0."""
    starts_at: time = time(9)
    ends_at: time = time(17, 30)
    digest_at: time = time(9, 15)
    weekly_allowance: int = 3
    paused_until: datetime | None = None
    holidays: tuple[str, str | None] | None = None
    """Country and region whose public holidays are kept free."""
    days_off: frozenset[date] = field(default_factory=frozenset)

    @property
    def tz(self) -> ZoneInfo:
        """The zone their clock shows."""
        return ZoneInfo(self.zone)


def first_boundary(kind: WorkspaceKind, zone: str) -> Boundary:
    """What holds before a member has chosen: working hours at work, waking hours at home."""
    if kind is WorkspaceKind.TEAM:
        return Boundary(zone=zone)
    return Boundary(zone=zone, days=ALL_WEEK, starts_at=time(7), ends_at=time(21), digest_at=time(8))


def problems_of(boundary: Boundary) -> tuple[Problem, ...]:
    """What keeps a boundary from being kept, if anything."""
    found = []
    if not boundary.days:
        found.append(Problem(ProblemKind.NO_WORKING_DAY, "days"))
    if boundary.starts_at >= boundary.ends_at:
        found.append(Problem(ProblemKind.HOURS_TURNED, "ends_at"))
    elif not boundary.starts_at <= boundary.digest_at < boundary.ends_at:
        found.append(Problem(ProblemKind.HOURS_TURNED, "digest_at"))
    if not boundary.days <= ALL_WEEK:
        found.append(Problem(ProblemKind.UNKNOWN_VALUE, "days"))
    if len(boundary.days_off) > MOST_DAYS_OFF:
        found.append(Problem(ProblemKind.TOO_MANY, "days_off", {"most": MOST_DAYS_OFF}))
    if not 0 <= boundary.weekly_allowance <= 20:
        found.append(Problem(ProblemKind.UNKNOWN_VALUE, "weekly_allowance"))
    return tuple(found)


def valued(words: str) -> tuple[str, ...]:
    """The words for what is valued out of what an owner typed: one on each line or between commas, each kept once."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(words):
        word = " ".join("".join(sign if sign.isprintable() else " " for sign in part).split())
        found.setdefault(word.casefold(), word)
    return tuple(filter(None, found.values()))


_BETWEEN = re.compile(r"[,\n]")


def problems_of_valued(words: Sequence[str]) -> tuple[Problem, ...]:
    """What keeps such a list from being kept."""
    found = []
    if len(words) > MOST_VALUED:
        found.append(Problem(ProblemKind.TOO_MANY, "valued", {"most": MOST_VALUED}))
    if any(len(word) > LONGEST_VALUED for word in words):
        found.append(Problem(ProblemKind.TOO_LONG, "valued", {"most": LONGEST_VALUED}))
    return tuple(found)


def register_of(kind: WorkspaceKind, role: Role) -> Register:
    """To whom we speak when we speak to this member."""
    if role is Role.CHILD:
        return Register.CHILD
    return Register.TEAM if kind is WorkspaceKind.TEAM else Register.FAMILY
