"""What may need an operator's hand: kinds of trouble, and the numbers that go with each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Something that does not mend itself."""

    LOOPBACK = "loopback"
    """Invitations lead to an address that only this machine knows."""
    WITHOUT_HTTPS = "without_https"
    LITTLE_ROOM = "little_room"
    DATABASE_BEHIND = "database_behind"
    REDIS_AWAY = "redis_away"
    REDIS_FORGETS = "redis_forgets"
    NO_WORKER = "no_worker"
    ROUNDS_STAND = "rounds_stand"
    ROUND_FAILED = "round_failed"
    ROUND_LATE = "round_late"
    NO_BACKUP = "no_backup"
    BACKUP_OLD = "backup_old"
    SUSPENDED = "suspended"
    PARKED = "parked"
    FAILED = "failed"
    UNKNOWN = "unknown"
    HELD_BACK = "held_back"
    """Refused for now by whoever carries it: it is tried again by itself."""


HINTS = frozenset({Trouble.HELD_BACK, Trouble.UNKNOWN, Trouble.LOOPBACK, Trouble.NO_BACKUP})
"""Worth knowing, and no fault: it mends itself, or is well where it is meant so."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One trouble that was seen, with its names and numbers; no words of anybody."""

    trouble: Trouble
    facts: Mapping[str, str | int] = field(default_factory=dict)
