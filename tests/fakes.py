"""Ports filled for tests: a clock that stands still until it is moved, and a courier that keeps what it carries."""

import contextlib
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from service import db
from service.nudges.couriers import CannotRecall, CourierError, Outcome, Parcel, Receipt
from service.runtime import Runtime

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
"""Ten o'clock on a working day that is no holiday anywhere near: where a test's clock begins."""


@contextlib.contextmanager
def database_away(runtime: Runtime) -> Iterator[None]:
    """Nobody reaches the database."""
    here, runtime.engine = runtime.engine, db.engine("postgresql+psycopg://nobody@/nothing?host=/nowhere/at/all")
    try:
        yield
    finally:
        runtime.engine = here


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """Move on by so many days, hours, minutes or seconds; returns the time it shows then."""
        self.at += timedelta(**by)
        return self.at


class Satchel:
    """A courier that keeps what it carries, and fails where it was told to.

    Each entry of `faults` belongs to one delivery: an error to raise, and whether the parcel arrives all the same.
    """

    def __init__(self, name: str = "slack", *, takes_back: bool = True) -> None:
        self.name = name
        self.takes_back = takes_back
        self.faults: deque[tuple[CourierError, bool]] = deque()
        self.delivered: dict[str, Parcel] = {}
        self.amended: list[Parcel] = []
        self.recalled: list[Receipt] = []
        self.deliveries = 0

    def deliver(self, parcel: Parcel) -> Receipt:
        """Keep the parcel, or fail as told."""
        self.deliveries += 1
        if self.faults:
            error, arrives = self.faults.popleft()
            if arrives:
                self.delivered[parcel.id] = parcel
            raise error
        self.delivered[parcel.id] = parcel
        return Receipt(self.name, {"parcel": parcel.id})

    def amend(self, receipt: Receipt, parcel: Parcel) -> None:
        """Keep the changed parcel in the place of the first."""
        if not self.takes_back:
            raise CannotRecall
        if receipt.reference["parcel"] not in self.delivered:
            raise CourierError(Outcome.PERMANENT, "no such message")  # what was taken back stays away
        self.amended.append(parcel)
        self.delivered[receipt.reference["parcel"]] = parcel

    def recall(self, receipt: Receipt) -> None:
        """Let go of what was delivered."""
        if not self.takes_back:
            raise CannotRecall
        self.recalled.append(receipt)
        self.delivered.pop(receipt.reference["parcel"], None)

    def trace(self, parcel: Parcel) -> Receipt | None:
        """Whether this parcel is among those kept."""
        return Receipt(self.name, {"parcel": parcel.id}) if parcel.id in self.delivered else None
