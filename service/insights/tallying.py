"""Count what a span of days rests on, in memory: who did what is forgotten as soon as it is reckoned."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks.models import Ask
from service.asks.rules import AskForm, AskState, Mark, SettledBy
from service.efforts.closing import Trust
from service.efforts.models import EffortRow
from service.insights import rules
from service.insights.rules import Burden, Mended, Silence, Thanked, Wait, Waits
from service.nudges.models import Nudge, Wish
from service.nudges.rules import LEASE, Level, NudgeKind, NudgeState
from service.people import hours
from service.people import queries as people
from service.people.models import Place
from service.people.rules import Boundary, Role
from service.repairs.models import Repair
from service.repairs.rules import RepairState

IN_TIME: Final = timedelta(days=7)
ACKNOWLEDGED: Final = frozenset({Trust.THANKS, Trust.ALREADY})
"""Words in a chat that look like thanks only keep a nudge back: they count for nothing here."""
ANSWERS: Final = frozenset(SettledBy) - {SettledBy.DELETION, SettledBy.EDIT, SettledBy.NOT_MINE}
"""What settles a question because somebody answered it; no is a full answer."""
NEVER_ASKED: Final = frozenset({SettledBy.DELETION, SettledBy.EDIT})
OPEN_LONG: Final = 5
"""After how many working days a question is called open for long."""
COUNTED: Final = frozenset(NudgeKind) - {
    NudgeKind.CARD_DRAWN,
    NudgeKind.HOUSE_CARD,
    NudgeKind.CARD_SHARE,
    NudgeKind.REPAIR_RECEIVED,
    NudgeKind.REPAIR_ANSWERED,
    NudgeKind.NOTE_RECEIVED,
    NudgeKind.NOTE_EXPIRED,
    NudgeKind.MOMENT_PATTERN,
    NudgeKind.BALANCE_INVITE,
}
"""Nothing is ever counted about unsigned cards; and repairs, notes and moments are not seen in what we send."""
HOUR: Final = timedelta(hours=1)


def efforts(
    db: Session, circles: Mapping[str, frozenset[str]], since: datetime, until: datetime
) -> dict[str, Thanked | Silence]:
    """How much of the work of each circle was acknowledged in time."""
    rows = db.execute(
        sa.select(EffortRow.member_id, EffortRow.done_at, EffortRow.closed_at, EffortRow.closed_by)
        .where(EffortRow.done_at >= since, EffortRow.done_at < until)
        .execution_options(yield_per=1000)
    )
    each: dict[str, tuple[int, int]] = {}
    for member, done_at, closed_at, by in rows:
        seen = by in ACKNOWLEDGED and closed_at is not None and closed_at - done_at <= IN_TIME
        done, acknowledged = each.get(member, (0, 0))
        each[member] = (done + 1, acknowledged + seen)
    return {
        circle: rules.thanked({one: each[one] for one in members if one in each}) for circle, members in circles.items()
    }


def questions(
    db: Session, circles: Mapping[str, frozenset[str]], since: datetime, until: datetime, now: datetime
) -> dict[str, Waits | Silence]:
    """How long the questions asked in each circle's places waited for a first answer; children have no timings."""
    rows = db.execute(
        sa.select(Ask, Place.circle_id)
        .join(Place, Place.id == Ask.place_id)
        .where(
            Ask.asked_at >= since,
            Ask.asked_at < until,
            Ask.asked_id.is_not(None),
            Ask.form != AskForm.OPEN,
            Ask.mark != Mark.NO_REPLY_NEEDED,
            Ask.state != AskState.NOT_AN_ASK,
        )
        .order_by(Ask.id)
    ).all()
    asked = {row.asked_id for row, _ in rows if row.asked_id is not None}
    boundaries = people.boundaries(db, asked)
    children = {one for one, card in people.members(db, asked).items() if card.role is Role.CHILD}
    each: dict[str, dict[tuple[str, str], list[Wait]]] = {circle: {} for circle in circles}
    for row, circle in rows:
        member = row.asked_id
        if member is None or member in children or member not in circles.get(circle, ()):
            continue
        if row.settled_by not in NEVER_ASKED:
            found = waited(row, member, boundaries[member], now)
            each[circle].setdefault((row.channel, row.ts), []).append(found)
    return {circle: rules.waits([first(rows) for rows in asks.values()]) for circle, asks in each.items()}


def waited(row: Ask, asked: str, boundary: Boundary, now: datetime) -> Wait:
    """How long one of those asked was waited for."""
    answered = row.state is AskState.SETTLED and row.settled_by in ANSWERS
    until = min(row.closed_at or now, now)
    over = hours.open_time(boundary, row.asked_at, until) / HOUR
    enough = hours.after_working_days(boundary, row.asked_at, OPEN_LONG)
    late = (until > enough if answered else True) if answered or until >= enough else None
    return Wait(frozenset({asked}), max(1, ceil(over)) if answered else floor(over), answered, late)


def first(of_one: Collection[Wait]) -> Wait:
    """A question put to several is one question: the first answer of any is its answer."""
    asked = frozenset().union(*(wait.asked for wait in of_one))
    came = [wait for wait in of_one if wait.answered]
    if came:
        soonest = min(came, key=lambda wait: (wait.hours, wait.late is True))
        return replace(soonest, asked=asked)
    longest = max(of_one, key=lambda wait: (wait.hours, wait.late is True))
    return replace(longest, asked=asked)


def burden(
    db: Session, circles: Mapping[str, frozenset[str]], days: int, since: datetime, until: datetime, now: datetime
) -> dict[str, Burden | Silence]:
    """How much was sent to each circle's people, how much of it outside their hours, and how many would rather not."""
    everybody = frozenset[str]().union(*circles.values())
    boundaries = people.boundaries(db, everybody)
    rows = db.execute(
        sa.select(Nudge.member_id, Nudge.sent_at)
        .where(Nudge.state == NudgeState.SENT, Nudge.kind.in_(COUNTED))
        .where(Nudge.sent_at >= since, Nudge.sent_at < until, Nudge.member_id.in_(everybody))
        .execution_options(yield_per=1000)
    )
    sent: dict[str, tuple[int, int]] = {}
    for member, sent_at in rows:
        if member is None or sent_at is None:
            continue
        count, late = sent.get(member, (0, 0))
        sent[member] = (count + 1, late + (not _within_hours(boundaries[member], sent_at)))
    off = frozenset(db.scalars(sa.select(Wish.member_id).where(Wish.level == Level.STOPPED))) | {
        one for one, theirs in boundaries.items() if theirs.paused_until is not None and theirs.paused_until > now
    }
    found: dict[str, Burden | Silence] = {}
    for circle, members in circles.items():
        counts = [sent[one] for one in members if one in sent]
        stopped = rules.coarse(len(members & off), len(members))
        total, late = sum(one for one, _ in counts), sum(one for _, one in counts)
        found[circle] = Burden(len(members) * days, total, late, len(members), stopped)
    return found


def _within_hours(boundary: Boundary, at: datetime) -> bool:
    """By the hours somebody has set now; a pause that began later says nothing about then."""
    awake = replace(boundary, paused_until=None)
    return hours.is_open(awake, at) or hours.is_open(awake, at - LEASE)


def repairs(
    db: Session, circles: Mapping[str, frozenset[str]], since: datetime, until: datetime
) -> dict[str, Mended | Silence]:
    """How many repairs went between people of each circle, and how many were settled."""
    reached = (RepairState.SENT, RepairState.SETTLED, RepairState.UNFAIR)
    rows = db.execute(
        sa.select(Repair.sender_id, Repair.receiver_id, Repair.state).where(
            Repair.sent_at >= since, Repair.sent_at < until, Repair.state.in_(reached)
        )
    )
    known = [(sender, receiver, state) for sender, receiver, state in rows]
    return {circle: _mended(members, known) for circle, members in circles.items()}


def _mended(members: frozenset[str], rows: Iterable[tuple[str | None, str, RepairState]]) -> Mended | Silence:
    within = [state for sender, receiver, state in rows if sender in members and receiver in members]
    settled = sum(state is RepairState.SETTLED for state in within)
    return rules.mended(len(members), len(within), settled)
