"""Delivery: claim, let go of the database, send, record. Each nudge arrives once, or an operator sees it parked."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from service.failpoints import fp
from service.nudges import claims
from service.nudges.changing import change_due
from service.nudges.couriers import Courier, CourierError, Outcome, Parcel
from service.nudges.recording import Answer, Delivered, OpenTx, fault, hold, record
from service.nudges.tracing import trace_due

# What is said here and lies in files of its own.
__all__ = ["Delivered", "change_due", "trace_due"]

SEND_BUDGET_S = 25.0
"""How long one claim may go on sending, in seconds: well inside the lease, whatever a courier does."""
RECORD_EVERY = 20
MOST_CLAIMED = 100

HELD_BACK = CourierError(Outcome.PASSING, "held back", timedelta(0))
"""It was not even tried: no attempt is counted, and it is due again at once."""


def deliver_due(open_tx: OpenTx, couriers: Mapping[str, Courier], now: datetime, most: int = MOST_CLAIMED) -> Delivered:
    """Send what is due to up to `most` readers."""
    with open_tx() as db:
        parcels = claims.claim(db, couriers, now, most)
    if parcels:
        fp("delivery.claimed")
    done = Delivered()
    until = time.monotonic() + SEND_BUDGET_S
    answers: list[Answer] = []
    held: set[str] = set()
    for parcel in parcels:
        late = time.monotonic() > until or parcel.reader.workspace in held
        answer = Answer(parcel, error=HELD_BACK) if late else _sent(couriers[parcel.courier], parcel)
        if answer.error is not None and answer.error.outcome is Outcome.SUSPENDED:
            held.add(parcel.reader.workspace)
        answers.append(answer)
        if len(answers) >= RECORD_EVERY:
            _record(open_tx, answers, now, done)
            answers = []
    _record(open_tx, answers, now, done)
    return done


def _sent(courier: Courier, parcel: Parcel) -> Answer:
    fp("delivery.before_send")
    try:
        receipt = courier.deliver(parcel)
    except Exception as error:  # noqa: BLE001 - one parcel that breaks its courier must not keep the others
        fp("delivery.refused")
        return Answer(parcel, error=fault(error, courier.name))
    fp("delivery.after_send")
    return Answer(parcel, receipt=receipt)


def _record(open_tx: OpenTx, answers: list[Answer], now: datetime, done: Delivered) -> None:
    if not answers:
        return
    with open_tx() as db:
        hold(db, [answer.parcel for answer in answers])
        for answer in answers:
            record(db, answer, now)
    for answer in answers:
        done.count(answer.error)
    fp("delivery.recorded")
