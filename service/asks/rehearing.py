"""What came late, was edited or went: its place is heard again from there, as if all had come in order."""

from collections.abc import Iterator

import sqlalchemy as sa

from service.asks import keeping, rules, settling
from service.asks.keeping import Talk
from service.asks.models import ALL, Ask, HeardTurn
from service.asks.opening import opens
from service.asks.reading import Form
from service.asks.remembering import LATE
from service.asks.rules import AskForm, AskState, SettledBy
from service.asks.settling import BURST, GONE, Wanted, Where
from service.asks.windows import Turn


def again(talk: Talk, since: float) -> None:
    """Hear everything from this moment on once more; the asks that come of it are kept, and others let go of."""
    new = {float(ts) for ts in talk.turns}
    before = _watched(talk, since)
    is_near = len(talk.window.after(since)) < LATE
    keeping.flush_turns(talk)
    began = rules.moment(f"{since:.6f}")
    read = Ask.form.in_((AskForm.NAMED, AskForm.OPEN))
    rows = list(
        talk.db.scalars(
            sa.select(Ask)
            .where(Ask.place_id == talk.place.id, Ask.asked_at >= began - BURST, read)
            .order_by(Ask.asked_at)
        )
    )
    talk.bursts = {
        (row.asker_id, row.for_whom): row.asked_at
        for row in rows
        if row.asker_id is not None and row.asked_at < began and row.settled_by not in GONE
    }
    talk.wanted = [one for one in talk.wanted if float(one.where.ts) < since]
    for one in talk.wanted:  # heard in this batch, and not among the rows yet
        if one.asker is not None:
            talk.bursts[one.asker, one.asked or ALL] = rules.moment(one.where.ts)
    talk.take_over(talk.window.rewind(since))
    found = {one.key for one in _heard_from(talk, since)}
    for row in rows:
        if row.asked_at < began:
            continue
        key = (row.channel, row.ts, row.for_whom)
        if key not in found:
            settling.unasked(talk.db, [row], talk.now)
        elif row.state is AskState.SETTLED and row.settled_by is SettledBy.EDIT:
            settling.reopen(talk.db, [row], GONE, talk.now)
        talk.stamps.add(row.ts)
    if is_near and not (before ^ _watched(talk, since)) - new:
        talk.is_late = True
    else:
        talk.is_revised = True


def _watched(talk: Talk, since: float) -> set[float]:
    return {ask.at for ask in talk.window.asks if ask.at >= since}


def _heard_from(talk: Talk, since: float) -> Iterator[Wanted]:
    kept = talk.db.execute(
        sa.select(HeardTurn.ts, HeardTurn.thread, HeardTurn.kept)
        .where(HeardTurn.place_id == talk.place.id, HeardTurn.at >= since)
        .order_by(HeardTurn.at)
    ).all()
    turns = [(ts, thread, Turn.decode(encoded)) for ts, thread, encoded in kept]
    asking = [turn for _, _, turn in turns if turn.form & Form.ASKS]
    members = keeping.members_numbered(talk, {number for turn in asking for number in (turn.author, *turn.mentions)})
    for ts, thread, turn in turns:
        starts = False
        if thread is None:
            change = talk.window.hear(turn)
            starts = change.linked is not None and change.linked.parent is None
            talk.take_over(change)
        asker = members.get(turn.author)
        where = Where(talk.place.external, ts, talk.place.id, thread)
        for whom in opens(turn, talk.expected, members, in_thread=thread is not None, starts=starts):
            one = talk.want(where, asker, whom)
            if one is not None:
                yield one
