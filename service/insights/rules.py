"""The measures of a circle, how each is reckoned, and when nothing is said of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Final


class Measure(StrEnum):
    """What is reckoned of a circle. Of unsigned cards nothing ever is."""

    THANKED = "thanked"
    """How much of the work that was noticed was acknowledged within seven days; by month."""
    ANSWERED = "answered"
    """How long questions to somebody wait for a first answer; by half of a month, shown by month."""
    BURDEN = "burden"
    """How much we write, and who would rather we did not; by half of a month, shown by month."""
    MENDED = "mended"
    """Repairs offered and settled; by quarter."""


class Silence(StrEnum):
    """Why nothing is said of a circle for a while."""

    TOO_FEW = "too_few"
    """Too few people belonged to it all that time."""
    TOO_ALIKE = "too_alike"
    """Another circle has nearly the same people: what is said of both could be told apart by subtracting."""
    TOO_LITTLE = "too_little"
    """It would have been about too few of its people, or about one more than about all others."""
    QUIET = "quiet"
    """A lead set it to quiet time."""
    OFF = "off"
    """The owner switched off what it rests on."""


LEAST: Final[Mapping[Measure, int]] = {
    Measure.THANKED: 5,
    Measure.ANSWERED: 5,
    Measure.BURDEN: 5,
    Measure.MENDED: 10,
}
"""From how many people on something is said."""
APART: Final = 3
"""By how many people a circle differs from every other one of its workspace, or nothing is said of it."""
FEW: Final = 3
"""A number of people or repairs below this is said as "fewer than three", and is kept as none."""
STEP: Final = 5
"""Shares are kept and said in steps of so many percent."""


def silence(circle: str, belonged: Mapping[str, frozenset[str]], least: int) -> Silence | None:
    """Why nothing may be said of a circle, from who belonged to each circle of its workspace all that time."""
    mine = belonged[circle]
    if len(mine) < least:
        return Silence.TOO_FEW
    others = [theirs for other, theirs in belonged.items() if other != circle]
    if any(len(mine ^ theirs) < APART for theirs in others):
        return Silence.TOO_ALIKE
    parts = [theirs for theirs in others if theirs < mine]
    rests = (len(mine - one - another) for one, another in combinations(parts, 2) if not one & another)
    return Silence.TOO_ALIKE if any(0 < rest < APART for rest in rests) else None


def percent(share: Fraction) -> int:
    """A share in percent, in steps of five."""
    return STEP * ((200 * share / STEP + 1) // 2)


def coarse(count: int, of: int) -> int:
    """A number of so many, as it is kept: none for a few, and all of them for nearly all."""
    if count < FEW:
        return 0
    return of if of - count < FEW else count


@dataclass(frozen=True, slots=True)
class Thanked:
    """How much of a circle's work was acknowledged within seven days, in percent of each person's own."""

    people: int
    middle: int
    """Of the person in the middle."""
    lowest: int
    """Together, of the quarter whose work was acknowledged least."""


def thanked(each: Mapping[str, tuple[int, int]]) -> Thanked | Silence:
    """From how many efforts each person did, and how many of them were acknowledged in time."""
    shares = sorted(Fraction(seen, done) for done, seen in each.values() if done)
    if len(shares) < LEAST[Measure.THANKED]:
        return Silence.TOO_LITTLE
    half = len(shares) // 2
    middle = shares[half] if len(shares) % 2 else (shares[half - 1] + shares[half]) / 2
    quarter = shares[: -(-len(shares) // 4)]
    return Thanked(len(shares), percent(middle), percent(sum(quarter, Fraction(0)) / len(quarter)))


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one question waited, in whole hours of the one asked."""

    asked: frozenset[str]
    hours: int
    """Until its first answer, begun hours counted; or for how long it was seen to be open, in full hours."""
    answered: bool
    late: bool | None
    """Whether it was open after five working days; None where it went before that, unanswered."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the questions of a circle waited: how many were answered after each hour, and how many went unanswered.

    What went unanswered counts for as long as it was seen, and is not dropped.
    """

    answered: Mapping[int, int] = field(default_factory=dict)
    unanswered: Mapping[int, int] = field(default_factory=dict)
    late: int = 0
    known: int = 0
    """Of how many it is known whether they were open after five working days."""


def waits(each: Collection[Wait]) -> Waits | Silence:
    """From all questions of half a month; nothing where they were put to too few, or to one above all."""
    times: dict[str, int] = {}
    for wait in each:
        for member in wait.asked:
            times[member] = times.get(member, 0) + 1
    if len(times) < LEAST[Measure.ANSWERED] or 2 * max(times.values()) > len(each):
        return Silence.TOO_LITTLE
    known = [wait.late for wait in each if wait.late is not None]
    return Waits(
        _by_hour(wait.hours for wait in each if wait.answered),
        _by_hour(wait.hours for wait in each if not wait.answered),
        sum(known),
        len(known),
    )


def together(each: Iterable[Waits]) -> Waits:
    """Several halves as one."""
    answered: dict[int, int] = {}
    unanswered: dict[int, int] = {}
    late = known = 0
    for waited in each:
        for total, part in ((answered, waited.answered), (unanswered, waited.unanswered)):
            for hour, count in part.items():
                total[hour] = total.get(hour, 0) + count
        late, known = late + waited.late, known + waited.known
    return Waits(answered, unanswered, late, known)


def _by_hour(hours: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for hour in hours:
        found[hour] = found.get(hour, 0) + 1
    return found


@dataclass(frozen=True, slots=True)
class Answered:
    """How long questions waited for a first answer."""

    questions: int
    median: int | None
    """After so many working hours half of them had one; None where they never had."""
    late: int | None
    """How many in a hundred were open after five working days; None where that is known of none."""


def answered(waited: Waits) -> Answered:
    """What a month of waiting comes to."""
    questions = sum(waited.answered.values()) + sum(waited.unanswered.values())
    late = percent(Fraction(waited.late, waited.known)) if waited.known else None
    return Answered(questions, median(waited), late)


def median(waited: Waits) -> int | None:
    """The first hour by which half had an answer, after Kaplan and Meier (doi.org/10.1080/01621459.1958.10501452).

    A question that went unanswered after some hours counts among the open ones up to and with that hour.
    """
    open_now = sum(waited.answered.values()) + sum(waited.unanswered.values())
    still = Fraction(1)
    for hour in sorted(waited.answered.keys() | waited.unanswered.keys()):
        came = waited.answered.get(hour, 0)
        if came:
            still *= 1 - Fraction(came, open_now)
        if still <= Fraction(1, 2):
            return hour
        open_now -= came + waited.unanswered.get(hour, 0)
    return None


@dataclass(frozen=True, slots=True)
class Burden:
    """What our writing weighs."""

    person_days: int
    sent: int
    out_of_hours: int
    """Sent outside the hours somebody set; it has to be none."""
    people: int
    stopped: int
    """How many paused, or stopped a kind of message; none for a few, all for nearly all."""

    @property
    def a_week(self) -> float:
        """Messages to one person in a week, to one decimal."""
        return round(7 * self.sent / self.person_days, 1) if self.person_days else 0.0


def borne(each: Iterable[Burden]) -> Burden | None:
    """Several halves as one: what was sent adds up, and who stopped is as it was last."""
    halves = list(each)
    if not halves:
        return None
    last = halves[-1]
    days, sent, late = (
        sum(one) for one in zip(*((half.person_days, half.sent, half.out_of_hours) for half in halves), strict=True)
    )
    return Burden(days, sent, late, last.people, last.stopped)


@dataclass(frozen=True, slots=True)
class Mended:
    """Repairs offered between people of a circle, and settled by those who were hurt; none for a few."""

    people: int
    offered: int
    settled: int


def mended(people: int, offered: int, settled: int) -> Mended:
    """What a quarter of repairs comes to."""
    seen = 0 if offered < FEW else offered
    return Mended(people, seen, coarse(settled, offered) if seen else 0)


Figures = Thanked | Waits | Burden | Mended
