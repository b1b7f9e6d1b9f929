"""When a reader hears of unthanked effort, and what their slot brings: names, a question to recall by, or nothing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

THURSDAY = 3
MORNING = time(10)
"""Thursday at ten leaves time to act before the weekend."""
RECALL_PROMPTS = 12
RECALL_ONLY = timedelta(days=14)
"""In their first two weeks a reader is only asked to recall."""
RECALL_AGAIN = timedelta(days=14)
LONGEST_GAP = 8
MONTH = 4
LATE = timedelta(days=1)
"""A slot nobody looked at for this long is let go: a missed nudge costs little, one out of its hour costs trust."""
_SLACK = timedelta(days=1)
"""A week of local time is up to this much shorter where a clock or a calendar changes."""


class Wish(StrEnum):
    """How often a reader wants to hear."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    STOPPED = "stopped"


class Brings(StrEnum):
    """What a reader's slot brings."""

    NAMES = "names"
    RECALL = "recall"
    KEEP_OR_STOP = "keep_or_stop"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reader:
    """How it stands with one reader of the digest."""

    since: datetime
    zone: str
    weekday: int = THURSDAY
    at: time = MORNING
    wish: Wish = Wish.WEEKLY
    ignored: int = 0
    """Digests in a row without an action."""
    looked_at: datetime | None = None
    """The last slot that was looked at, whatever it brought."""
    sent_at: datetime | None = None
    """The last slot that brought something."""
    recalls: int = 0
    """Recall prompts sent so far."""
    recalled_at: datetime | None = None
    asked_at: datetime | None = None
    """When they were asked to keep or stop; that happens once."""


def slot(on_or_after: datetime, zone: str, weekday: int = THURSDAY, at: time = MORNING) -> datetime:
    """The first weekly slot at or after that moment, in UTC.

    A time the clock skips comes as long after the gap as it stood in it; one it shows twice is the first of the
    two. So each week of local time has its slot exactly once.
    """
    there, at = ZoneInfo(zone), at.replace(fold=0)
    on = on_or_after.astimezone(there).date() - timedelta(days=1)
    on += timedelta(days=(weekday - on.weekday()) % 7)
    moment = datetime.combine(on, at, tzinfo=there).astimezone(UTC)
    while moment < on_or_after:
        on += timedelta(days=7)
        moment = datetime.combine(on, at, tzinfo=there).astimezone(UTC)
    return moment


def next_slot(after: datetime, zone: str, weekday: int = THURSDAY, at: time = MORNING) -> datetime:
    """The first weekly slot after that moment, in UTC."""
    return slot(after + timedelta(microseconds=1), zone, weekday, at)


def gap(reader: Reader) -> int:
    """Weeks between two digests: they double with each one ignored, up to eight."""
    weeks = min(LONGEST_GAP, 1 << reader.ignored)
    return max(weeks, MONTH) if reader.wish is Wish.MONTHLY else weeks


def next_at(reader: Reader) -> datetime | None:
    """The slot at which this reader may hear next; None where they asked to stop, or left the question unanswered."""
    if reader.wish is Wish.STOPPED or (reader.asked_at is not None and _worn_out(reader)):
        return None
    coming = next_slot(reader.looked_at or reader.since, reader.zone, reader.weekday, reader.at)
    if reader.sent_at is None:
        return coming
    rested = reader.sent_at + timedelta(weeks=gap(reader)) - _SLACK
    return max(coming, slot(rested, reader.zone, reader.weekday, reader.at))


def brings(reader: Reader, *, anybody: bool, now: datetime) -> Brings:
    """What this reader's slot brings now; `anybody` says whether somebody stands out to them."""
    due_at = next_at(reader)
    if due_at is None or now < due_at or now - _last_slot(reader, now) > LATE:
        return Brings.NOTHING
    if _worn_out(reader):
        return Brings.KEEP_OR_STOP
    if _is_new(reader, now):
        return Brings.RECALL
    if anybody:
        return Brings.NAMES
    if reader.recalled_at is None or now - reader.recalled_at >= RECALL_AGAIN - _SLACK:
        return Brings.RECALL
    return Brings.NOTHING


def recall_turn(reader: Reader) -> int:
    """Which of the twelve recall prompts comes next, from 0."""
    return reader.recalls % RECALL_PROMPTS


def looked(reader: Reader, what: Brings, now: datetime) -> Reader:
    """The reader after their slot was looked at and brought this; until they act it counts as ignored.

    Recall prompts of the first two weeks ask for nothing yet, so they do not count.
    """
    at = _last_slot(reader, now)
    after = replace(reader, looked_at=at)
    match what:
        case Brings.NOTHING:
            return after
        case Brings.NAMES:
            return replace(after, sent_at=at, ignored=reader.ignored + 1)
        case Brings.RECALL:
            counts = 0 if _is_new(reader, now) else 1
            return replace(
                after, sent_at=at, recalled_at=at, recalls=reader.recalls + 1, ignored=reader.ignored + counts
            )
        case Brings.KEEP_OR_STOP:
            return replace(after, sent_at=at, asked_at=at)
    assert_never(what)


def acted(reader: Reader) -> Reader:
    """The reader after any action of theirs: the next digest comes in its usual week."""
    return replace(reader, ignored=0)


def answered(reader: Reader, wish: Wish) -> Reader:
    """The reader after they said how often they want to hear."""
    return replace(reader, wish=wish, ignored=0)


def _worn_out(reader: Reader) -> bool:
    """Whether so many digests were ignored that the next one asks whether to go on."""
    return 1 << reader.ignored >= LONGEST_GAP


def _is_new(reader: Reader, now: datetime) -> bool:
    return now - reader.since < RECALL_ONLY


def _last_slot(reader: Reader, now: datetime) -> datetime:
    """The latest slot up to now."""
    last = slot(now - timedelta(days=7) - _SLACK, reader.zone, reader.weekday, reader.at)
    while (coming := next_slot(last, reader.zone, reader.weekday, reader.at)) <= now:
        last = coming
    return last
