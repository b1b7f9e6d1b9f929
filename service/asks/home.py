"""Questions put in a circle's own room: their words are ours to keep, and the asker's to delete."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks import settling
from service.asks.models import Ask
from service.asks.rules import WAITING, AskForm, AskState, Mark, SettledBy
from service.asks.settling import Where
from service.db import new_id
from service.errors import Problem, ProblemKind, Refused, refused
from service.moments import starting as moments
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import PlaceKind, Role

LONGEST = 1000
NO_QUESTIONS = frozenset({Role.CHILD})


def put(
    db: Session,
    by: str,
    circle: str,
    asked: Collection[str],
    words: str,
    now: datetime,
    *,
    mark: Mark = Mark.NONE,
    reply_by: datetime | None = None,
) -> list[str]:
    """Put a question to one, several or (with nobody chosen) all in a circle; returns the ids of its rows."""
    words = words.strip()
    seats = people.circle(db, circle)
    problems = []
    if seats is None or by not in seats.members:
        raise refused(ProblemKind.NOT_FOUND)
    if not words:
        problems.append(Problem(ProblemKind.MISSING, "words"))
    if len(words) > LONGEST:
        problems.append(Problem(ProblemKind.TOO_LONG, "words", {"most": LONGEST}))
    if mark is Mark.REPLY_BY and (reply_by is None or reply_by <= now):
        problems.append(Problem(ProblemKind.DAY_IS_PAST, "reply_by"))
    chosen = set(asked) or (set(seats.members) - {by})
    cards = people.members(db, chosen)
    askable = [one for one in sorted(chosen) if one in seats.members and cards[one].role not in NO_QUESTIONS]
    if by in chosen:
        problems.append(Problem(ProblemKind.ONLY_YOURSELF, "asked"))
    elif not askable:
        problems.append(Problem(ProblemKind.NOBODY_CHOSEN, "asked"))
    if problems:
        raise Refused(*problems)
    room = people_acts.listen(db, circle, PlaceKind.ROOM, circle, now)
    home = people.workspace(db, db.info["scope"])
    assert home is not None  # noqa: S101 - the scope of a session is a workspace that exists
    where = Where(circle, new_id(), room)
    rows = [
        settling.open_ask(
            db, where, AskForm.HOME, asker=by, asked=one, home=home.kind, mark=mark, reply_by=reply_by,
            words=words, asked_at=now,
        )
        for one in askable
    ]  # fmt: skip
    moments.started(db, by, askable if asked else (), now)
    boundaries = people.boundaries(db, askable)
    for row in rows:
        if row.asked_id is not None:
            told = settling.told(row, boundaries[row.asked_id])
            nudges.offer(db, NudgeKind.QUESTION_AT_HOME, row.asked_id, row.id, told, now)
    return [row.id for row in rows]


def answer(db: Session, ask: str, member: str, words: str, now: datetime) -> None:
    """Answer a question of the room; the first answer settles it for all who were asked."""
    words = words.strip()
    row = db.scalar(sa.select(Ask).where(Ask.id == ask, Ask.asked_id == member, Ask.form == AskForm.HOME))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    if not words:
        raise refused(ProblemKind.MISSING, "words")
    if len(words) > LONGEST:
        raise refused(ProblemKind.TOO_LONG, "words", most=LONGEST)
    if row.state not in WAITING and row.state is not AskState.SETTLED:
        raise refused(ProblemKind.ALREADY_DONE)
    row.answer = words
    rows = list(db.scalars(sa.select(Ask).where(Ask.channel == row.channel, Ask.ts == row.ts)))
    settling.settle(db, rows, SettledBy.REPLY, now)
    for each in rows:
        nudges.withdraw(db, each.id, NudgeKind.QUESTION_AT_HOME)
    nudges.acted(db, row.id, member, now, NudgeKind.QUESTION_AT_HOME, NudgeKind.ASK_WAITING)
    if row.asker_id is not None:
        boundary = people.boundaries(db, [row.asker_id])[row.asker_id]
        told = settling.told(row, boundary, by=member)
        told = replace(told, words=words)
        nudges.offer(db, NudgeKind.ANSWER_AT_HOME, row.asker_id, row.id, told, now)
