"""Notice work, close it when it was thanked, skip it; and the chores of a home."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import new_id
from service.efforts import closing, queries, rules
from service.efforts.closing import Acknowledgement, Trust
from service.efforts.digests import acted, answer_wish, notice_unthanked
from service.efforts.models import Chore, EffortRow, LastThanked, Shown, Witness
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.errors import ProblemKind, refused
from service.people import hours
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature, Joined

__all__ = [
    "acted",
    "already",
    "answer_wish",
    "done",
    "end_chore",
    "forget_due",
    "make_chore",
    "matched",
    "note",
    "notice",
    "notice_answer",
    "notice_unthanked",
    "skip",
    "thanked",
]

LONGEST_NOTE = 200
KEPT_DAYS = 90


def notice(db: Session, noticed: Noticed, now: datetime) -> str | None:
    """Keep work an edge saw done; the same work delivered twice is kept once. Returns its id.

    Nothing is kept about somebody who has not joined, or who turned this source off.
    """
    who = _known(db, [*((noticed.doer,) if noticed.doer else ()), *noticed.witnesses])
    doer = who.get(noticed.doer) if noticed.doer is not None else None
    if doer is None or not _may_notice(db, doer, noticed.source):
        return None
    saw = [who[one].id for one in noticed.witnesses if one in who]
    return _keep(db, doer.id, noticed, saw, now)


def _keep(db: Session, doer: str, noticed: Noticed, saw: Iterable[str], now: datetime, **more: str | None) -> str:
    row = db.scalar(
        sa.select(EffortRow).where(EffortRow.source == noticed.source, EffortRow.reference == noticed.reference)
    )
    if row is None:
        boundary = people.boundaries(db, [doer])[doer]
        late = noticed.out_of_hours
        if late is None:
            late = not hours.is_open(boundary, noticed.done_at)
        row = EffortRow(
            member_id=doer,
            source=noticed.source,
            reference=noticed.reference,
            about=noticed.about,
            kind=noticed.kind,
            title=rules.title(noticed.title),
            link=rules.link(noticed.link),
            done_at=noticed.done_at,
            noticed_at=now,
            out_of_hours=late,
            place_id=more.get("place"),
            repeats=more.get("repeats"),
        )
        db.add(row)
        db.flush()
    witnesses = {*saw, *_witnesses_elsewhere(db, row)} - {row.member_id}
    there = set(db.scalars(sa.select(Witness.member_id).where(Witness.effort_id == row.id)))
    db.add_all(Witness(effort_id=row.id, member_id=member) for member in sorted(witnesses - there))
    db.flush()
    return row.id


def _witnesses_elsewhere(db: Session, row: EffortRow) -> list[str]:
    """Whoever reviewed a change saw it, whether the review or the merge was delivered first."""
    if row.kind is EffortKind.CHANGE:
        reviews = sa.select(EffortRow.member_id).where(
            EffortRow.source == row.source, EffortRow.about == row.reference, EffortRow.kind == EffortKind.REVIEW
        )
        return list(db.scalars(reviews))
    if row.about is not None:
        change = db.scalar(sa.select(EffortRow).where(EffortRow.source == row.source, EffortRow.reference == row.about))
        if change is not None and change.member_id != row.member_id:
            if db.get(Witness, (change.id, row.member_id)) is None:
                db.add(Witness(effort_id=change.id, member_id=row.member_id))
            return [change.member_id]
    return []


def _known(db: Session, named: Iterable[Named]) -> dict[Named, MemberCard]:
    names = set(named)
    found: dict[Named, MemberCard] = {}
    for kind in {one.kind for one in names}:
        cards = people.known_as(db, kind, [one.name for one in names if one.kind is kind])
        found |= {one: cards[one.name] for one in names if one.kind is kind and one.name in cards}
    return {one: member for one, member in found.items() if member.joined is Joined.WHOLE and member.active}


def _may_notice(db: Session, doer: MemberCard, source: Source) -> bool:
    home = people.workspace(db, doer.workspace)
    if home is None or Feature.SOURCES in home.switched_off:
        return False
    return source.value not in people.boundary_view(db, doer.id).sources_off


def note(db: Session, by: str, doer: str, words: str, now: datetime, *, kind: EffortKind = EffortKind.NOTE) -> str:
    """ "I noticed": a member says what another, or they themselves, did. Returns its id."""
    words = " ".join(words.split())
    if not words:
        raise refused(ProblemKind.MISSING, "words")
    if len(words) > LONGEST_NOTE:
        raise refused(ProblemKind.TOO_LONG, "words", most=LONGEST_NOTE)
    writer, member = people.the_member(db, by), people.the_member(db, doer)
    if writer.joined is not Joined.WHOLE:
        raise refused(ProblemKind.NOT_JOINED)
    if member.joined is not Joined.WHOLE or not _may_notice(db, member, Source.NOTE):
        raise refused(ProblemKind.OUT_OF_REACH, "doer", name=member.name)
    noticed = Noticed(Source.NOTE, new_id(), kind, None, now, title=words)
    return _keep(db, doer, noticed, [by] if by != doer else [], now)


def notice_answer(
    db: Session, doer: str, place: str, reference: str, at: datetime, asker: str | None, now: datetime
) -> None:
    """Somebody answered another's question in a listening place; nothing of what was said is kept."""
    member = people.member(db, doer)
    if member is None or member.joined is not Joined.WHOLE or not _may_notice(db, member, Source.SLACK_ANSWER):
        return
    noticed = Noticed(Source.SLACK_ANSWER, reference, EffortKind.ANSWER, None, at, out_of_hours=None)
    _keep(db, doer, noticed, [asker] if asker is not None else [], now, place=place)


def thanked(
    db: Session, members: Collection[str], efforts: Collection[str], now: datetime, *, by: str | None = None
) -> None:
    """Thanks were given here: they close what they are about, or all that is older."""
    for member in members:
        _close(db, Acknowledgement(Trust.THANKS, member, by, now, frozenset(efforts)), now)
        _thanked_on(db, member, now)
        if by is not None:
            acted(db, by, member)


def already(db: Session, by: str, member: str, now: datetime, efforts: Collection[str] = ()) -> None:
    """ "Already did": somebody thanked them elsewhere."""
    _close(db, Acknowledgement(Trust.ALREADY, member, by, now, frozenset(efforts)), now)
    _thanked_on(db, member, now)
    acted(db, by, member)


def matched(db: Session, member: str, by: str | None, place: str, at: datetime, now: datetime) -> None:
    """Words that look like thanks: they keep a nudge back, and count for nothing else."""
    _close(db, Acknowledgement(Trust.MATCH, member, by, at, place=place), now)


def skip(db: Session, reader: str, member: str) -> None:
    """ "Not this one": it is not shown to this reader again, which it would not be anyway; it counts as an action."""
    acted(db, reader, member)


def _close(db: Session, acknowledgement: Acknowledgement, now: datetime) -> None:
    rows = {
        row.id: row
        for row in db.scalars(
            sa.select(EffortRow).where(EffortRow.member_id == acknowledgement.member, EffortRow.closed_at.is_(None))
        )
    }
    for effort in closing.closes(acknowledgement, [queries.as_rules_read(row) for row in rows.values()]):
        rows[effort].closed_at, rows[effort].closed_by = now, acknowledgement.trust


def _thanked_on(db: Session, member: str, now: datetime) -> None:
    row = db.get(LastThanked, member)
    if row is None:
        db.add(LastThanked(member_id=member, on=now.date()))
    else:
        row.on = max(row.on, now.date())
    db.flush()


def make_chore(db: Session, by: str, circle: str, title: str, *, repeats: bool = True, whose: str | None = None) -> str:
    """Add a job of a home; returns its id."""
    title = " ".join(title.split())
    seats = people.circle(db, circle)
    if seats is None or by not in seats.members or (whose is not None and whose not in seats.members):
        raise refused(ProblemKind.NOT_FOUND)
    if not title:
        raise refused(ProblemKind.MISSING, "title")
    if len(title) > 80:
        raise refused(ProblemKind.TOO_LONG, "title", most=80)
    row = Chore(circle_id=circle, title=title, repeats=repeats, whose_id=whose)
    db.add(row)
    db.flush()
    return row.id


def done(db: Session, by: str, chore: str, now: datetime) -> str | None:
    """A job is done; a repeated one stays for the next time. Returns the effort's id, where one is kept."""
    row = db.scalar(sa.select(Chore).where(Chore.id == chore, Chore.ended_at.is_(None)))
    seats = people.circle(db, row.circle_id) if row is not None else None
    if row is None or seats is None or by not in seats.members:
        raise refused(ProblemKind.NOT_FOUND)
    member = people.the_member(db, by)
    if not row.repeats:
        row.ended_at = now
    if member.joined is not Joined.WHOLE or not _may_notice(db, member, Source.CHORE):
        return None
    kind = EffortKind.REPEATED_CHORE if row.repeats else EffortKind.CHORE
    reference = f"{row.id}.{now.isoformat(timespec='minutes')}"
    noticed = Noticed(Source.CHORE, reference, kind, None, now, title=row.title, out_of_hours=False)
    others = [one for one in seats.members if one != by]
    return _keep(db, by, noticed, others, now, repeats=row.id if row.repeats else None)


def end_chore(db: Session, by: str, chore: str, now: datetime) -> None:
    """A job of the home is no longer one."""
    row = db.scalar(sa.select(Chore).where(Chore.id == chore))
    seats = people.circle(db, row.circle_id) if row is not None else None
    if row is None or seats is None or by not in seats.members:
        raise refused(ProblemKind.NOT_FOUND)
    row.ended_at = row.ended_at or now


def forget_due(db: Session, now: datetime) -> None:
    """Delete what was done long ago."""
    old = datetime.fromtimestamp(now.timestamp() - KEPT_DAYS * 86400, now.tzinfo)
    unsynced = {"synchronize_session": False}
    db.execute(sa.delete(Shown).where(Shown.shown_at < old), execution_options=unsynced)
    db.execute(sa.delete(EffortRow).where(EffortRow.done_at < old), execution_options=unsynced)
