"""What counts as effort, how much it weighs, and what an edge hands over when it noticed some."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from service.people import hours
from service.people.rules import Boundary, IdentityKind

LONGEST_TITLE = 200
"""Characters of a tool's own title that are kept."""
LONGEST_LINK = 500


class EffortKind(StrEnum):
    """What somebody did: said by a person, or shown as done by a tool they share."""

    NOTE = "note"
    """Somebody wrote what they saw, or what they did themselves."""
    COVER = "cover"
    """They took over for somebody."""
    HELP = "help"
    """Help nobody had planned: an incident, clearing up after others."""
    MENTORING = "mentoring"
    REVIEW = "review"
    GLUE = "glue"
    """Taking notes, hosting, keeping the rota."""
    CHANGE = "change"
    """A change to shared work was merged."""
    TASK = "task"
    """A task was finished."""
    ANSWER = "answer"
    """A question of somebody else was answered."""
    CHORE = "chore"
    REPEATED_CHORE = "repeated_chore"


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


class Source(StrEnum):
    """Where an effort was noticed; a member may turn each of them off."""

    GITHUB = "github"
    GITLAB = "gitlab"
    SLACK_ANSWER = "slack_answer"
    NOTE = "note"
    CHORE = "chore"
    API = "api"
    IMPORT = "import"


def weight(kind: EffortKind) -> int:
    """How much one effort of this kind counts towards standing out."""
    match kind:
        case EffortKind.NOTE | EffortKind.COVER | EffortKind.HELP:
            return 3
        case EffortKind.MENTORING | EffortKind.REVIEW | EffortKind.GLUE:
            return 2
        case EffortKind.CHANGE | EffortKind.TASK | EffortKind.ANSWER | EffortKind.CHORE | EffortKind.REPEATED_CHORE:
            return 1
    assert_never(kind)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, as another tool names them."""

    kind: IdentityKind
    name: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """Work an edge saw done, before we know whose it is here."""

    source: Source
    reference: str
    """Unique within its source: the same work delivered twice has the same reference."""
    kind: EffortKind
    doer: Named | None
    """None where the edge knows the member already."""
    done_at: datetime
    title: str | None = None
    """The tool's own title, never chat."""
    witnesses: tuple[Named, ...] = ()
    """Who saw it, apart from its doer."""
    about: str | None = None
    """The reference of the change it belongs to; whoever reviewed that change saw it."""
    out_of_hours: bool | None = None
    """None where nobody can tell."""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """Work that was noticed, as the round sees it."""

    id: str
    member: str
    kind: EffortKind
    done_at: datetime
    place: str | None = None
    acknowledged: bool = False
    repeats: str | None = None
    """The chore it repeats; it counts once a week."""
    witnesses: frozenset[str] = frozenset()
    """Members who saw it."""


def together(efforts: Iterable[Effort]) -> int:
    """What these efforts weigh together; a repeated chore counts once in each week."""
    once: set[tuple[str, int, int]] = set()
    total = 0
    for effort in efforts:
        if effort.repeats is not None:
            year, week, _ = effort.done_at.isocalendar()
            if (effort.repeats, year, week) in once:
                continue
            once.add((effort.repeats, year, week))
        total += weight(effort.kind)
    return total


def others(people: Iterable[Named | None], doer: Named) -> tuple[Named, ...]:
    """Each of these people once, apart from the doer: who saw it."""
    return tuple(person for person in dict.fromkeys(people) if person is not None and person != doer)


def out_of_hours(boundary: Boundary, done_at: datetime) -> bool:
    """Whether this was done outside the doer's own hours, so that thanks come with a caution against overwork."""
    there = done_at.astimezone(boundary.tz)
    within = boundary.starts_at <= there.time() < boundary.ends_at
    return not (within and hours.is_open_day(boundary, there.date()))


def title(text: object, suffix: str = "") -> str | None:
    """A tool's title made fit to keep and show: one line, printable, with its suffix at most 200 characters."""
    if not isinstance(text, str):
        return None
    shown = "".join(" " if unicodedata.category(mark) in _UNSHOWN else mark for mark in text[: 4 * LONGEST_TITLE])
    line = " ".join(shown.split())
    if not line:
        return None
    room = LONGEST_TITLE - len(suffix)
    return (line if len(line) <= room else line[: room - 1].rstrip() + "…") + suffix


_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, unseen and broken characters, which could hide or reorder what is shown."""


def link(text: object) -> str | None:
    """A web address fit to keep and follow, or None."""
    return text if isinstance(text, str) and len(text) <= LONGEST_LINK and _WEB_ADDRESS.fullmatch(text) else None


# Apart from the marks that would end a link in a chat or on a page, and what no text can hold, whatever follows is
# the tool's own.
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9][\w.:-]*(?:/[^\s<>|\"'\\\x00-\x1f\x7f\ud800-\udfff]*)?", re.ASCII)
