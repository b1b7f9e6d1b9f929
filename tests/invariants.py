"""What holds after any fault: nothing posted twice, nothing left between two states, no lease that outlives itself."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from integrations.slack.installations import RENEWAL_LASTS, SlackInstallation
from integrations.slack.socket import LEASE as SOCKET_LASTS
from integrations.slack.socket import SlackSocket
from integrations.slack.standin.nouns import Post
from service.access.models import Letter
from service.db import Session
from service.nudges.models import Nudge
from service.nudges.queries import UNDER_WAY
from service.nudges.rules import LEASE, NudgeState
from service.rounds import RoundRow
from service.runtime import Runtime
from service.schedule import PACES, Round

NEEDS_A_REASON = (NudgeState.PARKED, NudgeState.FAILED)


def broken(runtime: Runtime, posts: Iterable[Post] = ()) -> list[str]:
    """What does not hold, in words; an empty list where everything does. `posts` is what Slack accepted."""
    now = runtime.now()
    with runtime.housekeeping(writes=False) as db:
        return [*_twice(db, posts), *_between(db), *_without_reason(db), *_leases(db, now)]


def _twice(db: Session, posts: Iterable[Post]) -> list[str]:
    """A parcel was posted more often than once, or what was posted waits to be posted again."""
    counted = Counter(each for post in posts for each in post.delivery_ids)
    found = [f"parcel {parcel} was posted {times} times" for parcel, times in counted.items() if times > 1]
    again = sa.select(Nudge.id, Nudge.parcel).where(Nudge.state == NudgeState.WAITING, Nudge.parcel.is_not(None))
    return [*found, *(f"nudge {row} arrived and waits again" for row, parcel in db.execute(again) if parcel in counted)]


def _between(db: Session) -> list[str]:
    rows = db.execute(sa.select(Nudge.id, Nudge.state).where(Nudge.state.in_(UNDER_WAY)))
    return [f"nudge {row} is still {state}" for row, state in rows]


def _without_reason(db: Session) -> list[str]:
    nudges = sa.select(Nudge.id).where(Nudge.state.in_(NEEDS_A_REASON), Nudge.why.is_(None))
    letters = sa.select(Letter.id).where(Letter.due_at.is_(None), Letter.why.is_(None))
    return [
        *(f"nudge {row} was given up without a reason" for row in db.scalars(nudges)),
        *(f"letter {row} was given up without a reason" for row in db.scalars(letters)),
    ]


def _leases(db: Session, now: datetime) -> list[str]:
    """Leases that ended longer ago than they lasted: whoever comes by should have taken them over by then."""
    found = [
        f"nudge {row.id} has a lease until {row.lease_until}"
        for row in db.scalars(sa.select(Nudge).where(Nudge.lease_until < now - LEASE))
    ]
    for held in db.scalars(sa.select(RoundRow).where(RoundRow.lease_until.is_not(None))):
        pace = PACES[Round(held.name)]
        if held.lease_until is not None and held.lease_until < now - pace.lease:
            found.append(f"round {held.name} has a lease until {held.lease_until}")
    late = SlackInstallation.renewing_until < now - RENEWAL_LASTS
    found += [
        f"a renewal of {team} never ended" for team in db.scalars(sa.select(SlackInstallation.team_id).where(late))
    ]
    sockets = db.scalars(sa.select(SlackSocket.name).where(SlackSocket.until > now + SOCKET_LASTS))
    return [*found, *(f"the socket {name} is held beyond its lease" for name in sockets)]
