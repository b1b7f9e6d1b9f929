"""Everything is kept as long as we say, and not a day longer: the hour is there on the last day and gone after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from service import jobs
from service.access.models import Audit, OpenSession
from service.access.rules import By
from service.asks.models import Ask
from service.asks.rules import AskForm, AskState
from service.db import Base, Session
from service.efforts.models import EffortRow
from service.efforts.rules import EffortKind, Source
from service.moments import actions as moments
from service.moments.models import MomentRow
from service.moments.rules import Moment
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.runtime import Runtime
from service.ruptures import Rupture
from service.suggestions.models import Drawn
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock

Make = Callable[[Session, Runtime, Home], object]


def _ask(db: Session, _: Runtime, home: Home) -> object:
    later = {"asked_at": MONDAY, "shows_at": MONDAY, "drops_at": MONDAY, "closed_at": MONDAY}
    row = Ask(channel="C1", ts="1.0", for_whom=home["Ben"], asked_id=home["Ben"], form=next(iter(AskForm)), **later)
    row.state = AskState.SETTLED
    return row


def _nudge(db: Session, _: Runtime, home: Home) -> object:
    who = {"reader": home["Ben"], "member_id": home["Ben"], "subject": "s", "told": {}}
    at = {"offered_at": MONDAY, "due_at": MONDAY, "sent_at": MONDAY}
    return Nudge(kind=NudgeKind.THANKS_RECEIVED, state=NudgeState.SENT, **who, **at)


def _effort(db: Session, _: Runtime, home: Home) -> object:
    at = {"done_at": MONDAY, "noticed_at": MONDAY}
    return EffortRow(member_id=home["Ben"], source=next(iter(Source)), reference="r", kind=next(iter(EffortKind)), **at)


def _drawn(db: Session, _: Runtime, home: Home) -> object:
    return Drawn(owner=home["Ben"], week_on=MONDAY.date(), card="c", member_id=home["Ben"])


def _moment(db: Session, runtime: Runtime, home: Home) -> object:
    moments.note(db, runtime.keyring, home["Ben"], Moment(Rupture.LEFT_OUT, None, ""), MONDAY)
    return None


def _session(db: Session, _: Runtime, home: Home) -> object:
    on = {"created_on": MONDAY.date(), "seen_on": MONDAY.date()}
    return OpenSession(hash="h", member_id=home["Ben"], device="Firefox", **on)


def _audit(db: Session, _: Runtime, home: Home) -> object:
    return Audit(on=MONDAY.date(), act="keys.rotate", by=next(iter(By)))


KEPT: dict[str, tuple[type[Base], Make, int]] = {
    "closed asks": (Ask, _ask, 30),
    "sent nudges": (Nudge, _nudge, 30),
    "efforts": (EffortRow, _effort, 90),
    "drawn cards": (Drawn, _drawn, 60),
    "moments": (MomentRow, _moment, 180),
    "sessions of a team": (OpenSession, _session, 14),
    "audit": (Audit, _audit, 180),
}


@pytest.mark.parametrize("what", KEPT)
def test_it_is_there_on_the_last_day_and_gone_after_it(runtime: Runtime, clock: Clock, what: str) -> None:
    table, make, days = KEPT[what]
    home = builders.team(runtime, "Ada", "Ben")
    with runtime.transaction(home.id) as db:
        row = make(db, runtime, home)
        if row is not None:
            db.add(row)
    clock.at = MONDAY + timedelta(days=days, minutes=-1)
    jobs.forget(runtime)
    assert _count(runtime, table) == 1
    clock.move(days=1, minutes=2)
    jobs.forget(runtime)
    assert _count(runtime, table) == 0


def _count(runtime: Runtime, table: type[Base]) -> int:
    with runtime.housekeeping(writes=False) as db:
        return db.scalar(sa.select(sa.func.count()).select_from(table)) or 0
