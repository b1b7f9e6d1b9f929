"""Notice work. What closes it, a lead's weekly word of it and the chores of a home have files of their own."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import new_id
from service.efforts import keeping, rules
from service.efforts.acknowledging import already, matched, reopened, skip, thanked
from service.efforts.answers import notice_answers
from service.efforts.chores import again, done, end_chore, make_chore, swap, undone
from service.efforts.digests import acted, answer_wish, choose_slot, notice_unthanked
from service.efforts.logins import claim, disclaim, known_also_as, suggest
from service.efforts.models import Chore, EffortRow, Shown
from service.efforts.rules import EffortKind, Noticed, Source
from service.errors import ProblemKind, refused
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature

# What is said here and lies in files of its own.
__all__ = [
    "acted",
    "again",
    "already",
    "answer_wish",
    "choose_slot",
    "claim",
    "disclaim",
    "done",
    "end_chore",
    "known_also_as",
    "make_chore",
    "matched",
    "notice_answers",
    "notice_unthanked",
    "reopened",
    "skip",
    "suggest",
    "swap",
    "thanked",
    "undone",
]

LONGEST_NOTE = rules.LONGEST_TITLE
KEPT_FOR = timedelta(days=90)


def notice(
    db: Session, noticed: Noticed, now: datetime, *, doer: str | None = None, saw: Collection[str] = ()
) -> str | None:
    """Keep work an edge saw done; the same work delivered twice is kept once. Returns its id.

    `doer` and `saw` are members an edge knows already. Nothing is kept about somebody who has not joined, or who
    turned this source off.
    """
    who = _known(db, noticed)
    known = people.members(db, {*saw, *((doer,) if doer is not None else ())})
    member = known.get(doer) if doer is not None else who.get(noticed.doer) if noticed.doer is not None else None
    if member is None or not keeping.may_notice(db, member, noticed.source):
        return None
    there = [known[one].id for one in saw if keeping.has_joined(known.get(one))]
    return keeping.keep(db, member, noticed, [*there, *(who[one].id for one in noticed.witnesses if one in who)], now)


def forget(db: Session, source: Source, reference: str) -> None:
    """Work that was noticed by mistake was never done, where it was kept at all."""
    mistaken = sa.and_(EffortRow.source == source, EffortRow.reference == keeping.fitting(reference))
    db.execute(sa.delete(EffortRow).where(mistaken), execution_options={"synchronize_session": False})


def disown(db: Session, member: str, effort: str) -> None:
    """Forget what was noticed of one's own."""
    mine = sa.and_(EffortRow.id == effort, EffortRow.member_id == member)
    found = db.execute(sa.delete(EffortRow).where(mine), execution_options={"synchronize_session": False})
    if not found.rowcount:  # type: ignore[attr-defined]
        raise refused(ProblemKind.NOT_FOUND)


def _known(db: Session, noticed: Noticed) -> dict[rules.Named, MemberCard]:
    """Whoever of those named here has joined; somebody who has not is not even named."""
    names = {*noticed.witnesses, *((noticed.doer,) if noticed.doer is not None else ())}
    found: dict[rules.Named, MemberCard] = {}
    for kind in {one.kind for one in names}:
        cards = people.known_as(db, kind, [one.name for one in names if one.kind is kind])
        found |= {rules.Named(kind, name): card for name, card in cards.items()}
    return {one: member for one, member in found.items() if keeping.has_joined(member)}


def note(
    db: Session,
    by: str,
    doer: str,
    words: str,
    now: datetime,
    *,
    kind: EffortKind = EffortKind.NOTE,
    token: str | None = None,
) -> str:
    """ "I noticed": a member says what another, or they themselves, did. Returns its id.

    A form sent twice with its `token` notes once. Of two who keep apart nothing is noted, and neither is told.
    """
    title = rules.title(words)
    if title is None:
        raise refused(ProblemKind.MISSING, "words")
    if len(" ".join(words.split())) > LONGEST_NOTE:
        raise refused(ProblemKind.TOO_LONG, "words", most=LONGEST_NOTE)
    writer, member = people.the_member(db, by), people.the_member(db, doer)
    home = people.workspace(db, writer.workspace)
    if home is not None and Feature.SOURCES in home.switched_off:
        raise refused(ProblemKind.SWITCHED_OFF)
    if not keeping.has_joined(writer):
        raise refused(ProblemKind.NOT_JOINED)
    if not keeping.may_notice(db, member, Source.NOTE):
        raise refused(ProblemKind.OUT_OF_REACH, "doer", name=member.name)
    if people.apart(db, by, doer):
        return new_id()
    # When it was noted says nothing about when it was done, so no caution hangs on the hour.
    reference = f"{by}.{token or new_id()}"
    noticed = Noticed(Source.NOTE, reference, kind, None, now, title=title, out_of_hours=False)
    return keeping.keep(db, member, noticed, [by], now)


def forget_due(db: Session, now: datetime) -> None:
    """Delete what was done long ago."""
    old = now - KEPT_FOR
    for table, since in ((Shown, Shown.shown_at), (EffortRow, EffortRow.done_at), (Chore, Chore.ended_at)):
        db.execute(sa.delete(table).where(since < old), execution_options={"synchronize_session": False})
