"""Open an ask, settle it, open it again: what hearing and tapping share."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.asks import rules
from service.asks.models import ALL, Ask
from service.asks.rules import WAITING, AskForm, AskState, Mark, SettledBy
from service.db import new_id
from service.nudges import actions as nudges
from service.nudges.rules import NudgeKind, Told
from service.people import queries as people
from service.people.rules import Boundary, WorkspaceKind
from service.prepared import Prepared, any_of, table

SURFACINGS = (NudgeKind.ASK_WAITING, NudgeKind.ASK_OPEN_TIP, NudgeKind.ASK_PASSED_ON)


@dataclass(frozen=True, slots=True)
class Where:
    """The message an ask is made of."""

    channel: str
    ts: str
    place: str | None = None
    thread: str | None = None


def open_ask(
    db: Session,
    where: Where,
    form: AskForm,
    *,
    asker: str | None,
    asked: str | None,
    home: WorkspaceKind,
    mark: Mark = Mark.NONE,
    reply_by: datetime | None = None,
    words: str | None = None,
    asked_at: datetime | None = None,
) -> Ask:
    """Keep an ask; one that is kept already for the same message and person is returned as it is."""
    found = db.scalar(
        sa.select(Ask).where(Ask.channel == where.channel, Ask.ts == where.ts, Ask.for_whom == (asked or ALL))
    )
    if found is not None:
        return found
    at = asked_at or rules.moment(where.ts)
    row = Ask(
        place_id=where.place,
        channel=where.channel,
        ts=where.ts,
        thread=where.thread,
        for_whom=asked or ALL,
        asked_id=asked,
        asker_id=asker,
        form=form,
        mark=mark,
        reply_by=reply_by,
        state=AskState.OPEN,
        asked_at=at,
        words=words,
    )
    date_ask(db, row, home)
    db.add(row)
    db.flush()
    return row


@dataclass(frozen=True, slots=True)
class Wanted:
    """An ask that a message in a listening place makes."""

    where: Where
    asker: str | None
    asked: str | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is one of its kind by."""
        return self.where.channel, self.where.ts, self.asked or ALL


def open_asks(db: Session, wanted: Iterable[Wanted], home: WorkspaceKind) -> int:
    """Keep the asks of a batch, each once; returns how many were new."""
    found = {one.key: one for one in wanted}
    if not found:
        return 0
    named = {"channels": list({channel for channel, _, _ in found}), "stamps": list({ts for _, ts, _ in found})}
    there = {(channel, ts, whom) for channel, ts, whom in _THERE.rows(db, **named)}
    fresh = [one for key, one in found.items() if key not in there]
    boundaries = people.boundaries(db, {who for one in fresh for who in (one.asker, one.asked) if who})
    rows = []
    for one in fresh:
        form = AskForm.NAMED if one.asked is not None else AskForm.OPEN
        at = rules.moment(one.where.ts)
        row = {
            "id": new_id(),
            "workspace_id": db.info["scope"],
            "place_id": one.where.place,
            "channel": one.where.channel,
            "ts": one.where.ts,
            "thread": one.where.thread,
            "for_whom": one.asked or ALL,
            "asked_id": one.asked,
            "asker_id": one.asker,
            "form": form,
            "mark": Mark.NONE,
            "state": AskState.OPEN,
            "asked_at": at,
        }
        rows.append(row | _dates(form, Mark.NONE, at, home, boundaries, one.asked, one.asker))
    store.write_once(db, Ask, rows, keys=("workspace_id", "channel", "ts", "for_whom"))
    return len(rows)


def date_ask(db: Session, row: Ask, home: WorkspaceKind) -> None:
    """Set when an ask is due, from the boundaries of both sides as they are now."""
    asked, asker = row.asked_id, row.asker_id
    boundaries = people.boundaries(db, [member for member in (asked, asker) if member is not None])
    dates = _dates(row.form, row.mark, row.asked_at, home, boundaries, asked, asker, row.reply_by)
    row.surfaces_at, row.shows_at, row.drops_at = dates["surfaces_at"], dates["shows_at"], dates["drops_at"]
    row.tip_at = dates["tip_at"] or row.tip_at


class Dates(TypedDict):
    """When an ask is due."""

    surfaces_at: datetime | None
    shows_at: datetime
    drops_at: datetime
    tip_at: datetime | None


def _dates(
    form: AskForm,
    mark: Mark,
    at: datetime,
    home: WorkspaceKind,
    boundaries: Mapping[str, Boundary],
    asked_id: str | None,
    asker_id: str | None,
    reply_by: datetime | None = None,
) -> Dates:
    asked, asker = boundaries.get(asked_id or ""), boundaries.get(asker_id or "")
    due = rules.due(form, mark, at, asked=asked, asker=asker, home=home, reply_by=reply_by)
    tipped = form is AskForm.OPEN and asker_id is not None
    return {
        "surfaces_at": due.surfaces_at,
        "shows_at": due.shows_at,
        "drops_at": due.drops_at,
        "tip_at": rules.tip_at(asker or Boundary(), at) if tipped else None,
    }


def told(row: Ask, reader: Boundary, *, by: str | None = None) -> Told:
    """What a nudge about this ask says to a reader, on their clock; never a word of the message."""
    return Told(
        who=by or row.asker_id,
        place=row.place_id,
        on=row.asked_at.astimezone(reader.tz).date(),
        words=row.words,
        personal=row.mark is Mark.PERSONAL,
        extra={"channel": row.channel, "ts": row.ts},
    )


def settle(db: Session, asks: Iterable[Ask], by: SettledBy, now: datetime) -> int:
    """Close what waits and let go of every nudge about it; returns how many it closed."""
    closed = 0
    for row in asks:
        if row.state not in WAITING:
            continue
        row.state, row.settled_by, row.closed_at = AskState.SETTLED, by, now
        if row.surfaced_at is not None or (row.form is AskForm.OPEN and row.tip_at is None):
            nudges.withdraw(db, row.id, *SURFACINGS)
        closed += 1
    return closed


def reopen(db: Session, asks: Iterable[Ask], by: Collection[SettledBy], now: datetime) -> None:
    """What settled these asks is gone: they wait again, but nobody is told a second time."""
    for row in asks:
        if row.state is AskState.SETTLED and row.settled_by in by and row.drops_at > now:
            row.state, row.settled_by, row.closed_at = AskState.OPEN, None, None


def unasked(db: Session, asks: Iterable[Ask], now: datetime) -> None:
    """Their message asks no more, however they were answered: no evidence that goes later brings them back."""
    for row in asks:
        if row.state is AskState.SETTLED and row.settled_by in ANSWERED:
            row.settled_by = SettledBy.EDIT
        settle(db, [row], SettledBy.EDIT, now)


def of_message(db: Session, place: str, ts: str) -> list[Ask]:
    """Every row of the ask this message is."""
    return list(db.scalars(sa.select(Ask).where(Ask.place_id == place, Ask.ts == ts)))


def of_thread(db: Session, place: str, root: str) -> list[Ask]:
    """The asks of a thread: its first message, and those asked inside it."""
    return list(db.scalars(sa.select(Ask).where(Ask.place_id == place, sa.or_(Ask.ts == root, Ask.thread == root))))


def bursts(db: Session, since: Mapping[str, datetime]) -> dict[str, dict[tuple[str, str], datetime]]:
    """When each asker last asked the same person, or everybody, as far as it may be one burst with what comes.

    By place; `since` says for each from when on something comes.
    """
    found: dict[str, dict[tuple[str, str], datetime]] = {place: {} for place in since}
    rows = _BURSTS.rows(db, places=list(since), since=min(since.values()) - BURST)
    for place, asker, whom, at in rows:
        if place is not None and asker is not None and at >= since[place] - BURST:
            found[place][asker, whom] = at
    return found


ANSWERED = frozenset({SettledBy.REPLY, SettledBy.ANOTHER, SettledBy.THANKS, SettledBy.REACTION})
"""What looks like an answer: it settles an ask for as long as it is there."""
BY_HEARING = ANSWERED | {SettledBy.DELETION}
"""What hearing may settle, and may therefore take back."""
BURST = timedelta(minutes=5)
GONE = (SettledBy.DELETION, SettledBy.EDIT)
"""What leaves no ask behind with which a later line could be one burst."""

_ASK = table(Ask)
_THERE = Prepared(
    sa.select(_ASK.c.channel, _ASK.c.ts, _ASK.c.for_whom).where(
        _ASK.c.channel.in_(any_of("channels")), _ASK.c.ts.in_(any_of("stamps"))
    )
)
_BURSTS = Prepared(
    sa.select(_ASK.c.place_id, _ASK.c.asker_id, _ASK.c.for_whom, sa.func.max(_ASK.c.asked_at))
    .where(_ASK.c.place_id.in_(any_of("places")), _ASK.c.asked_at >= sa.bindparam("since"))
    .where(_ASK.c.asker_id.is_not(None), sa.or_(_ASK.c.settled_by.is_(None), _ASK.c.settled_by.not_in(GONE)))
    .group_by(_ASK.c.place_id, _ASK.c.asker_id, _ASK.c.for_whom),
    found=True,
)
