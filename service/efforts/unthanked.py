"""Whose effort has had no thanks yet, and whom one reader hears about."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from service.efforts import rules
from service.efforts.rules import Effort

YOUNGEST = timedelta(days=7)
"""Thanks are given a week to come by themselves."""
OLDEST = timedelta(days=21)
WEIGHTY = 3
MOST_NAMED = 3
NAMED_AGAIN_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member whose effort stands out without thanks, and that effort, oldest first."""

    member: str
    efforts: tuple[Effort, ...]

    @property
    def weight(self) -> int:
        """What their efforts weigh together."""
        return rules.together(self.efforts)


@dataclass(frozen=True, slots=True)
class Past:
    """What lies behind a choice: when each member was last named to this reader, and last thanked by anybody."""

    named_at: Mapping[str, datetime]
    thanked_on: Mapping[str, date]


def unthanked(efforts: Iterable[Effort], now: datetime, shown: Collection[str] = ()) -> tuple[Candidate, ...]:
    """The members with unacknowledged efforts, each 7 to 21 days old, together weighing 3 or more.

    `shown` holds the efforts that a reader was shown before; without new effort nobody comes up again.
    """
    of: dict[str, list[Effort]] = {}
    for effort in efforts:
        if not effort.acknowledged and effort.id not in shown and YOUNGEST <= now - effort.done_at <= OLDEST:
            of.setdefault(effort.member, []).append(effort)
    found = (
        Candidate(member, tuple(sorted(theirs, key=lambda effort: (effort.done_at, effort.id))))
        for member, theirs in sorted(of.items())
    )
    return tuple(candidate for candidate in found if candidate.weight >= WEIGHTY)


def named(
    candidates: Iterable[Candidate],
    past: Past,
    now: datetime,
    random: Random,
    *,
    not_of: Collection[str] = (),
) -> tuple[Candidate, ...]:
    """The at most three people a reader hears about: the longest since last thanked, ties at random.

    Whoever was never thanked comes first. `not_of` holds the reader and whom they must not hear about.
    """
    open_to = [
        candidate
        for candidate in candidates
        if candidate.member not in not_of and _may_be_named(past.named_at.get(candidate.member), now)
    ]
    random.shuffle(open_to)
    open_to.sort(key=lambda candidate: past.thanked_on.get(candidate.member, date.min))
    return tuple(open_to[:MOST_NAMED])


def _may_be_named(named_at: datetime | None, now: datetime) -> bool:
    return named_at is None or now - named_at >= NAMED_AGAIN_AFTER


def peer(candidate: Candidate, may_hear: Collection[str], random: Random) -> str | None:
    """The one peer who saw this work and is told of it too, by chance among those who may hear; None where nobody saw.

    `may_hear` leaves out the leads, and members who must not or would rather not hear of them.
    """
    saw = {witness for effort in candidate.efforts for witness in effort.witnesses}
    near = sorted((saw & set(may_hear)) - {candidate.member})
    return random.choice(near) if near else None


def seen_by(candidate: Candidate, reader: str) -> Candidate:
    """What of this work the reader saw themselves."""
    return Candidate(candidate.member, tuple(effort for effort in candidate.efforts if reader in effort.witnesses))
