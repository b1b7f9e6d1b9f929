"""Send a repair, hold it, take it back, answer it, call it settled."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import new_id
from service.errors import Problem, ProblemKind, Refused, refused
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import hours
from service.people import queries as people
from service.people.rules import Joined, Role, WorkspaceKind, register_of
from service.repairs import queries, rules
from service.repairs.models import Repair
from service.repairs.rules import ANSWERS, CARRIED_BACK, Answer, Direction, Draft, RepairState

AT_ONCE = 200
KIND_OF = {Direction.MINE: NudgeKind.REPAIR_RECEIVED, Direction.HURT: NudgeKind.NOTE_RECEIVED}


def send(db: Session, draft: Draft, now: datetime) -> str:
    """Send a repair, or hold it until tomorrow morning; a form sent twice sends once. Returns its id.

    A note about what hurt always waits for the morning, and for a good time; a repair line goes when its writer says.
    """
    token = draft.token or new_id()
    found = db.scalar(sa.select(Repair.id).where(Repair.sender_id == draft.sender, Repair.token == token))
    if found is not None:
        return found
    _check(db, draft, now)
    held = draft.hold or draft.direction is Direction.HURT
    row = Repair(
        sender_id=draft.sender,
        receiver_id=draft.receiver,
        direction=draft.direction,
        kind=draft.kind,
        slots=dict(draft.slots),
        words=draft.words.strip(),
        token=token,
        written_at=now,
        goes_at=_tomorrow_morning(db, draft.sender, now) if held else now,
        state=RepairState.HELD,
    )
    db.add(row)
    db.flush()
    if not held:
        _go(db, row, now)
    return row.id


def preview(db: Session, draft: Draft, now: datetime) -> None:
    """Refuse this draft now, while it can still be changed, as sending it would."""
    _check(db, draft, now)


def _check(db: Session, draft: Draft, now: datetime) -> None:
    problems = list(rules.problems_of(draft))
    sender = people.the_member(db, draft.sender)
    receiver = people.member(db, draft.receiver)
    if sender.joined is not Joined.WHOLE:
        problems.insert(0, Problem(ProblemKind.NOT_JOINED))
    if receiver is None:
        problems.append(Problem(ProblemKind.NOT_FOUND, "receiver"))
    elif not receiver.active or receiver.joined is not Joined.WHOLE or receiver.role in (Role.GUEST, Role.RELATIVE):
        problems.append(Problem(ProblemKind.OUT_OF_REACH, "receiver", {"name": receiver.name}))
    elif draft.direction is Direction.HURT and not rules.may_write(
        queries.notes_to(db, draft.receiver, now - rules.SAME_PAIR), draft.sender, now
    ):
        problems.append(Problem(ProblemKind.TOO_SOON, "receiver"))
    if problems:
        raise Refused(*problems)


def _tomorrow_morning(db: Session, sender: str, now: datetime) -> datetime:
    boundary = people.boundaries(db, [sender])[sender]
    tomorrow = now.astimezone(boundary.tz).date() + timedelta(days=1)
    return hours.next_digest(boundary, hours.local(boundary, tomorrow, boundary.starts_at)) or now + timedelta(days=1)


def _go(db: Session, row: Repair, now: datetime) -> None:
    row.state, row.sent_at = RepairState.SENT, now
    extra = {**row.slots, "register": _register(db, row)}
    told = Told(who=row.sender_id, words=row.words or None, kind=row.kind.value, extra=extra)
    nudges.offer(db, KIND_OF[row.direction], row.receiver_id, row.id, told, now)


def _register(db: Session, row: Repair) -> str:
    """A note is read in the register of whoever wrote it."""
    sender = people.member(db, row.sender_id or "")
    home = people.workspace(db, row.workspace_id)
    kind = home.kind if home is not None else WorkspaceKind.TEAM
    return register_of(kind, sender.role if sender is not None else Role.MEMBER).value


def go_due(db: Session, now: datetime) -> int:
    """Send what is held and may go now, let the rest wait or expire; returns how many went."""
    rows = db.scalars(
        sa.select(Repair)
        .where(Repair.state == RepairState.HELD, Repair.goes_at <= now)
        .order_by(Repair.goes_at, Repair.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    gone = 0
    for row in rows:
        if row.direction is Direction.MINE or _good_time(db, row, now):
            _go(db, row, now)
            gone += 1
        elif row.written_at <= now - rules.WAITS_AT_MOST:
            row.state, row.closed_at = RepairState.EXPIRED, now
            if row.sender_id is not None:
                nudges.offer(db, NudgeKind.NOTE_EXPIRED, row.sender_id, row.id, Told(), now)
        else:
            row.goes_at = now + timedelta(hours=12)
    return gone


def _good_time(db: Session, row: Repair, now: datetime) -> bool:
    notes = queries.notes_to(db, row.receiver_id, now - timedelta(days=31))
    return row.written_at > now - rules.WAITS_AT_MOST and rules.may_go(notes, row.written_at, now)


def take_back(db: Session, repair: str, sender: str, now: datetime) -> None:
    """Take a repair back: while it is held, or within ten minutes of its going."""
    row = db.scalar(sa.select(Repair).where(Repair.id == repair, Repair.sender_id == sender).with_for_update())
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if row.state is not RepairState.HELD:
        if row.state is not RepairState.SENT or row.sent_at is None or now >= row.sent_at + rules.MAY_UNDO_FOR:
            raise refused(ProblemKind.TOO_LATE)
        nudges.recall(db, row.id, KIND_OF[row.direction])
    row.state, row.closed_at = RepairState.TAKEN_BACK, now
    row.words, row.slots = "", {}


def answer(db: Session, repair: str, receiver: str, how: Answer, now: datetime) -> None:
    """Answer a repair; each answer is a full one, and none is owed."""
    row = db.scalar(sa.select(Repair).where(Repair.id == repair, Repair.receiver_id == receiver).with_for_update())
    if row is None or row.state not in queries.REACHED:
        raise refused(ProblemKind.NOT_FOUND)
    if how not in ANSWERS[row.direction]:
        raise refused(ProblemKind.UNKNOWN_VALUE)
    row.answer = how
    nudges.acted(db, row.id, receiver, now, KIND_OF[row.direction])
    if how is Answer.UNFAIR:
        row.state, row.closed_at, row.words, row.slots = RepairState.UNFAIR, now, "", {}
        nudges.recall(db, row.id, KIND_OF[row.direction])
    elif how in CARRIED_BACK and row.direction is Direction.MINE and row.sender_id is not None:
        told = Told(who=receiver, kind=how.value)
        nudges.offer(db, NudgeKind.REPAIR_ANSWERED, row.sender_id, f"{row.id}.{how}", told, now)


def settle(db: Session, repair: str, member: str, now: datetime) -> None:
    """Call it settled, which is for the one who was hurt."""
    row = db.scalar(sa.select(Repair).where(Repair.id == repair).with_for_update())
    if row is None or member not in (row.sender_id, row.receiver_id):
        raise refused(ProblemKind.NOT_FOUND)
    if member != rules.settles(row.direction, row.sender_id or "", row.receiver_id):
        raise refused(ProblemKind.NOT_ALLOWED)
    if row.state is not RepairState.SENT:
        raise refused(ProblemKind.ALREADY_DONE)
    row.state, row.closed_at = RepairState.SETTLED, now
    other = row.sender_id if member == row.receiver_id else row.receiver_id
    if other is not None:
        nudges.offer(db, NudgeKind.REPAIR_ANSWERED, other, f"{row.id}.settle", Told(who=member, kind="settle"), now)
