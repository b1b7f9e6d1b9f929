"""The port through which nudges leave: what a courier is handed, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from service.nudges.rules import NudgeKind, Told
from service.people.rules import WorkspaceKind
from service.ruptures import Register

INBOX = "inbox"
"""The name of the courier that every installation has."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody a nudge speaks of, as the reader may be told."""

    name: str
    address: str | None = None
    """Their name at this courier (a Slack id, an address of mail), where they have one."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a parcel, or the place where it is posted."""

    workspace: str
    workspace_kind: WorkspaceKind
    member: str | None
    address: str | None
    """Their name at the courier; None where it has none."""
    language: str
    formal: bool
    register: Register
    zone: str
    is_place: bool = False


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One nudge in a parcel."""

    id: str
    kind: NudgeKind
    subject: str
    told: Told
    acted: bool = False
    """Whether its reader did something with it, elsewhere than where it lies."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything due to one reader now, under one delivery id."""

    id: str
    reader: Reader
    nudges: tuple[Enclosed, ...]
    more: int = 0
    """How many further things are due that this parcel only counts."""
    people: Mapping[str, Named] = field(default_factory=dict)
    places: Mapping[str, Named] = field(default_factory=dict)
    courier: str = INBOX
    """The name of the courier that carries it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a parcel arrived, in the courier's own terms."""

    courier: str
    reference: Mapping[str, str] = field(default_factory=dict)


class Outcome(StrEnum):
    """What is known of a parcel that was not receipted."""

    PERMANENT = "permanent"
    """It will never arrive there."""
    PASSING = "passing"
    """It did not arrive; trying again is safe."""
    UNKNOWN = "unknown"
    """It may have arrived; nothing is sent again before it was traced."""
    SUSPENDED = "suspended"
    """Nothing arrives in this workspace until it is connected again."""


class CourierError(Exception):
    """A parcel that was not receipted, and all that a retry needs to know."""

    def __init__(self, outcome: Outcome, why: str, retry_after: timedelta | None = None) -> None:
        super().__init__(why)
        self.outcome = outcome
        self.why = why
        self.retry_after = retry_after


class CannotRecall(Exception):  # noqa: N818 - an answer of a courier, not a fault
    """This courier cannot change what it delivered."""


class Courier(Protocol):
    """Carries parcels to one kind of address."""

    name: str
    takes_back: bool
    """Whether amend and recall work; where not, what may be undone waits first."""

    def deliver(self, parcel: Parcel) -> Receipt:
        """Carry it there once, or raise CourierError."""

    def amend(self, receipt: Receipt, parcel: Parcel) -> None:
        """Change what was delivered to what the parcel says now."""

    def recall(self, receipt: Receipt) -> None:
        """Take back what was delivered."""

    def trace(self, parcel: Parcel) -> Receipt | None:
        """Whether a parcel of unknown fate arrived: its receipt, or None when it surely did not."""


class InboxCourier:
    """The courier of the inbox on the web: the row is the message, so nothing has to be carried."""

    name = INBOX
    takes_back = True

    def deliver(self, parcel: Parcel) -> Receipt:
        """It lies in the inbox as soon as it is marked as sent."""
        return Receipt(self.name, {"parcel": parcel.id})

    def amend(self, receipt: Receipt, parcel: Parcel) -> None:
        """The inbox shows the row as it is."""

    def recall(self, receipt: Receipt) -> None:
        """The inbox leaves out what was withdrawn."""

    def trace(self, parcel: Parcel) -> Receipt | None:
        """It never gets lost."""
        return Receipt(self.name, {"parcel": parcel.id})
