"""How the product declines: in problems that people can mend, never in tracebacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProblemKind(StrEnum):
    """What is in the way; `service.wording.refusals` says it, and how to mend it."""

    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    NOT_JOINED = "not_joined"
    EXPIRED = "expired"
    ALREADY_DONE = "already_done"
    TOO_LATE = "too_late"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_SOON = "too_soon"
    MISSING = "missing"
    UNKNOWN_VALUE = "unknown_value"
    NOBODY_CHOSEN = "nobody_chosen"
    ONLY_YOURSELF = "only_yourself"
    OWN_WORDS_NEEDED = "own_words_needed"
    DAY_IS_PAST = "day_is_past"
    LAST_OWNER = "last_owner"
    SWITCHED_OFF = "switched_off"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    UNKNOWN_ADDRESS = "unknown_address"
    HOURS_TURNED = "hours_turned"
    NO_WORKING_DAY = "no_working_day"
    PLACE_TAKEN = "place_taken"
    TOO_FEW_OTHERS = "too_few_others"
    LEAD_OF_THEM = "lead_of_them"
    OUT_OF_REACH = "out_of_reach"
    UNREADABLE_FILE = "unreadable_file"
    FRESH_SIGN_IN_NEEDED = "fresh_sign_in_needed"
    NOT_GRANTED = "not_granted"
    """Slack was not asked to grant what this takes."""
    PIN_SHUT = "pin_shut"
    LAST_ADULT = "last_adult"
    PASSKEY_ELSEWHERE = "passkey_elsewhere"
    PASSKEY_UNFIT = "passkey_unfit"
    PASSKEY_UNKNOWN = "passkey_unknown"
    SIGN_IN_UNCLEAR = "sign_in_unclear"
    UNKNOWN_THERE = "unknown_there"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the way, at one field of a form or at the whole of it."""

    kind: ProblemKind
    at: str | None = None
    """The field of the form, where it is one."""
    values: Mapping[str, str | int] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """An action declined; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{p.kind}@{p.at or '-'}" for p in problems))
        self.problems = problems


def refused(kind: ProblemKind, at: str | None = None, **values: str | int) -> Refused:
    """A refusal with a single problem."""
    return Refused(Problem(kind, at, values))


class StoreAway(Exception):  # noqa: N818 - a state of the world, answered with 503 and Retry-After
    """The database does not answer now; whoever asked may ask again."""


class StartRefused(Exception):  # noqa: N818 - the start is refused with one clear line
    """The installation cannot start as it is set up; the message says what to mend."""
