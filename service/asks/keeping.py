"""One place while a batch of it is heard, and what is written of it afterwards."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as store
from service.asks.linking import Heard, Window
from service.asks.models import ALL, Early, HeardTurn, Watched
from service.asks.priors import UNTAUGHT, Prior
from service.asks.remembering import Ears, stamp
from service.asks.rules import moment
from service.asks.settling import BURST, Wanted, Where
from service.asks.windows import KEPT, KEPT_SECONDS, Turn
from service.people import queries as people
from service.people.queries import MemberCard, PlaceCard, WorkspaceCard
from service.people.rules import IdentityKind, Joined
from service.prepared import Prepared, any_of, table

DELETED = "deleted"
EDITED = "edited"
TRIM_FROM = 50
"""A batch this large leaves a place trimmed, so that an import does not pile up what a round would clear."""


@dataclass
class Talk:
    """One place while a batch of it is heard."""

    db: Session
    ears: Ears
    place: PlaceCard
    home: WorkspaceCard
    known: Mapping[str, MemberCard]
    early: dict[tuple[str, str], Early]
    window: Window
    now: datetime
    expected: Prior = UNTAUGHT
    """What the place was taught by taps."""
    turns: dict[str, tuple[Turn, str | None]] = field(default_factory=dict)
    """What is to be kept of each message, and the thread it stands in."""
    touched: set[float] = field(default_factory=set)
    stamps: set[str] = field(default_factory=set)
    """Messages on whose asks this batch has a bearing."""
    threads: set[str] = field(default_factory=set)
    may_reopen: set[str | None] = field(default_factory=set)
    """Messages and threads where something that settled an ask was taken away."""
    bursts: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When somebody last asked the same: lines of one burst are one ask."""
    wanted: list[Wanted] = field(default_factory=list)
    starts: list[tuple[str, set[str], datetime]] = field(default_factory=list)
    """Who began a conversation with whom, and when."""
    since: float = math.inf
    """From when on the place must be heard again."""
    is_revised: bool = False
    """Whether something changed besides what was said last."""
    is_late: bool = False
    """Whether something came a little late."""
    heard: int = 0
    _members: dict[int, str] | None = None

    def take_over(self, change: Heard) -> None:
        """Mark the asks about which the window has learnt something."""
        self.touched.update(change.touched)
        self.stamps.update(stamp(at) for at in change.touched)
        self.stamps.update(stamp(answer.ask_at) for answer in change.answered)
        self.may_reopen.update(stamp(at) for at in change.reopened)
        self.stamps.update(stamp(at) for at in change.reopened)

    def want(self, where: Where, asker: str | None, asked: str | None) -> Wanted | None:
        """Keep this ask at the end of the batch, unless it is a later line of one that was just asked."""
        at = moment(where.ts)
        if asker is not None:
            before = self.bursts.get((asker, asked or ALL))
            if before is not None and before < at <= before + BURST:
                return None
            self.bursts[asker, asked or ALL] = at
        one = Wanted(where, asker, asked)
        self.wanted.append(one)
        self.stamps.add(where.ts)
        if where.thread is None:
            self.take_over(self.window.watch(float(where.ts)))
        return one

    def hear_again_from(self, at: float) -> None:
        """Something before the newest changed: the place is heard again from there."""
        self.since = min(self.since, at)

    def member_numbered(self, number: int | None) -> str | None:
        """The member of that number, where they joined and are spoken of in this batch."""
        if self._members is None:
            self._members = {
                self.ears.person(self.home.id, name): card.id
                for name, card in self.known.items()
                if card.joined is Joined.WHOLE
            }
        return self._members.get(number) if number is not None else None


def numbered(talk: Talk, members: Collection[str]) -> dict[str, int]:
    """The numbers of these members in the windows of their workspace, as far as they have a name where it is heard."""
    names = {card.id: name for name, card in talk.known.items()}
    names |= people.addresses(talk.db, IdentityKind.SLACK, [member for member in members if member not in names])
    return {member: talk.ears.person(talk.home.id, names[member]) for member in members if member in names}


def members_numbered(talk: Talk, numbers: Collection[int]) -> dict[int, str]:
    """Those of these people who have joined, by the number they have in the windows of their workspace."""
    names = {number: talk.ears.name(talk.home.id, number) for number in numbers}
    if None in names.values():
        # Spoken of before this process began: their name is found only by looking through everybody's.
        joined = [card.id for card in people.everybody(talk.db) if card.joined is Joined.WHOLE]
        addresses = people.addresses(talk.db, IdentityKind.SLACK, joined)
        return {talk.ears.person(talk.home.id, name): member for member, name in addresses.items()}
    known = {name: talk.known.get(name) for name in names.values() if name is not None}
    known |= people.known_as(talk.db, IdentityKind.SLACK, [name for name, card in known.items() if card is None])
    return {
        number: card.id
        for number, name in names.items()
        if (card := known.get(name or "")) is not None and card.joined is Joined.WHOLE and card.active
    }


def flush_turns(*talks: Talk) -> None:
    """Write the turns heard so far, so that a thread can be weighed as a whole."""
    rows = [
        {
            "workspace_id": talk.home.id,
            "place_id": talk.place.id,
            "ts": ts,
            "at": turn.at,
            "thread": thread,
            "kept": turn.encode(),
        }
        for talk in talks
        for ts, (turn, thread) in talk.turns.items()
    ]
    for talk in talks:
        talk.heard += len(talk.turns)
        talk.turns.clear()
    if rows:
        store.upsert(talks[0].db, HeardTurn, rows, keys=("place_id", "ts"))


def keep(talks: Sequence[Talk]) -> None:
    """Write what a batch changed in what is watched, and forget what windows no longer need."""
    db, rows = talks[0].db, []
    for talk in talks:
        watched = {at: ask for at in talk.touched if (ask := talk.window.ask(at)) is not None}
        rows += [
            {"workspace_id": talk.home.id, "place_id": talk.place.id, "ts": stamp(at), "kept": ask.encode()}
            for at, ask in watched.items()
        ]
        dropped = [stamp(at) for at in talk.touched if at not in watched]
        if dropped:
            db.execute(sa.delete(Watched).where(Watched.place_id == talk.place.id, Watched.ts.in_(dropped)))
    store.upsert(db, Watched, rows, keys=("place_id", "ts"))
    for talk in talks:
        if talk.heard >= TRIM_FROM:
            trim(db, talk.place.id)


def trim(db: Session, place: str) -> None:
    """Keep of a place no more than its window needs: so many turns, and a day."""
    newest = db.scalar(sa.select(sa.func.max(HeardTurn.at)).where(HeardTurn.place_id == place))
    if newest is None:
        return
    least = db.scalar(
        sa.select(HeardTurn.at)
        .where(HeardTurn.place_id == place, HeardTurn.thread.is_(None))
        .order_by(HeardTurn.at.desc())
        .offset(KEPT - 1)
        .limit(1)
    )
    oldest = newest - KEPT_SECONDS
    db.execute(
        sa.delete(HeardTurn).where(
            HeardTurn.place_id == place,
            sa.or_(HeardTurn.at < oldest, sa.and_(HeardTurn.thread.is_(None), HeardTurn.at < (least or oldest))),
        ),
        execution_options={"synchronize_session": False},
    )


def take_out(talk: Talk, ts: str) -> str | None:
    """Forget the turn of a deleted message; returns the thread it stood in."""
    row = talk.db.scalar(sa.select(HeardTurn).where(HeardTurn.place_id == talk.place.id, HeardTurn.ts == ts))
    if row is None:
        return None
    thread = row.thread
    talk.db.delete(row)
    talk.db.flush()
    return thread


def authors(asked: Mapping[str, tuple[Talk, set[str]]]) -> dict[tuple[str, str], int]:
    """Who wrote these messages, by place and moment, as windows number people, where it is still known."""
    found: dict[tuple[str, str], int] = {}
    missing = set()
    for place, (talk, stamps) in asked.items():
        for ts in stamps:
            ask = talk.window.ask(float(ts))
            if ask is None:
                missing.add((place, ts))
            else:
                found[place, ts] = ask.turn.author
    if missing:
        db = next(talk.db for talk, _ in asked.values())
        places, missed = zip(*missing, strict=True)
        rows = _AUTHORS.rows(db, places=list(set(places)), stamps=list(set(missed)))
        found |= {(place, ts): Turn.decode(kept).author for place, ts, kept in rows if (place, ts) in missing}
    return found


_TURN = table(HeardTurn)
_AUTHORS = Prepared(
    sa.select(_TURN.c.place_id, _TURN.c.ts, _TURN.c.kept).where(
        _TURN.c.place_id.in_(any_of("places")), _TURN.c.ts.in_(any_of("stamps"))
    ),
    found=True,
)
