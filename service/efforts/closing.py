"""What an acknowledgement closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.efforts.rules import Effort

MATCH_REACHES = timedelta(hours=24)
"""How far back words in a chat may be about what was done there."""


class Trust(StrEnum):
    """How sure it is that thanks were given, most sure first."""

    THANKS = "thanks"
    """Sent here."""
    ALREADY = "already"
    """Somebody tapped "Already did"."""
    MATCH = "match"
    """Words that look like thanks: they keep a nudge back, and count for nothing else."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A member's effort was seen by somebody."""

    trust: Trust
    member: str
    by: str | None
    at: datetime
    efforts: frozenset[str] = frozenset()
    """What it is about; where none is named, all that is older."""
    place: str | None = None
    """Where the words were said, for a match."""


def closes(acknowledgement: Acknowledgement, efforts: Iterable[Effort]) -> tuple[str, ...]:
    """The efforts this closes: of its member alone, done before it, and never by thanking oneself."""
    if acknowledgement.by == acknowledgement.member:
        return ()
    return tuple(
        effort.id
        for effort in efforts
        if effort.member == acknowledgement.member
        and not effort.acknowledged
        and effort.done_at <= acknowledgement.at
        and _is_about(acknowledgement, effort)
    )


def _is_about(acknowledgement: Acknowledgement, effort: Effort) -> bool:
    if acknowledgement.trust is Trust.MATCH:
        return (
            effort.place is not None
            and effort.place == acknowledgement.place
            and acknowledgement.at - effort.done_at <= MATCH_REACHES
        )
    return not acknowledgement.efforts or effort.id in acknowledgement.efforts
