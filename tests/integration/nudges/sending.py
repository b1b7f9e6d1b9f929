"""What the tests of delivery share: thanks on their way, and the rounds that carry them."""

from datetime import datetime, timedelta

from service.nudges import actions as nudges
from service.nudges import delivery
from service.nudges.couriers import CourierError, Outcome, Parcel, Receipt
from service.nudges.models import Nudge
from service.nudges.recording import Delivered
from service.nudges.rules import NudgeKind, NudgeState, Told
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY, Satchel

THANKS = NudgeKind.THANKS_RECEIVED


PASSING = CourierError(Outcome.PASSING, "connection refused")


UNKNOWN = CourierError(Outcome.UNKNOWN, "timeout")


PERMANENT = CourierError(Outcome.PERMANENT, "no such address")


SUSPENDED = CourierError(Outcome.SUSPENDED, "token_revoked")


BUSY = CourierError(Outcome.PASSING, "ratelimited", timedelta(seconds=90))


def offered(runtime: Runtime, home: Home, name: str, subject: str, now: datetime = MONDAY) -> str:
    """Offer thanks."""
    with runtime.transaction(home.id) as db:
        made = nudges.offer(db, THANKS, home[name], subject, Told(words="Thank you."), now)
    assert made is not None
    return made


def deliver(runtime: Runtime, now: datetime) -> Delivered:
    """One round of delivery."""
    return delivery.deliver_due(runtime.housekeeping, runtime.couriers, now)


def trace(runtime: Runtime, now: datetime) -> Delivered:
    """One round of tracing."""
    return delivery.trace_due(runtime.housekeeping, runtime.couriers, now)


def change(runtime: Runtime, now: datetime) -> Delivered:
    """One round of changes."""
    return delivery.change_due(runtime.housekeeping, runtime.couriers, now)


class Silent(Satchel):
    """A courier that cannot say what became of a parcel."""

    error: Exception = CourierError(Outcome.PASSING, "away")

    def trace(self, parcel: Parcel) -> Receipt | None:
        """It does not know."""
        raise self.error


def sent(rows: list[Nudge]) -> int:
    return sum(row.state is NudgeState.SENT for row in rows)
