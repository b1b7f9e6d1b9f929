"""What all that was heard says about an ask. The order in which it was heard counts for nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from service.asks import keeping, settling
from service.asks.beliefs import OpenAsk
from service.asks.beliefs import Sign as Seen
from service.asks.keeping import DELETED, Talk
from service.asks.models import Ask, Early, HeardTurn
from service.asks.reading import Form
from service.asks.rules import EARLY_KEPT, WAITING, AskForm, AskState, SettledBy, moment
from service.asks.windows import Turn
from service.efforts import actions as efforts
from service.efforts.answers import Answered
from service.prepared import Prepared, any_of, table

LINKED = 200
"""Thousandths from which a message of the one asked belongs to the ask."""
SURELY_LINKED = 500
"""Thousandths from which somebody else's message answers a question put to another."""


class Concerned(NamedTuple):
    """An ask on which something that was heard has a bearing, as it is kept."""

    id: str
    place_id: str
    ts: str
    thread: str | None
    asked_id: str | None
    form: AskForm
    state: AskState
    settled_by: SettledBy | None
    asked_at: datetime


_ASK, _TURN, _EARLY = table(Ask), table(HeardTurn), table(Early)
_CONCERNED = Prepared(
    sa.select(*(_ASK.c[name] for name in Concerned._fields))
    .where(_ASK.c.place_id.in_(any_of("places")), _ASK.c.channel.in_(any_of("channels")))
    .where(sa.or_(_ASK.c.ts.in_(any_of("stamps")), _ASK.c.thread.in_(any_of("threads"))))
)
_IN_THREADS = Prepared(
    sa.select(_TURN.c.place_id, _TURN.c.thread, _TURN.c.kept)
    .where(_TURN.c.place_id.in_(any_of("places")), _TURN.c.thread.in_(any_of("roots")))
    .order_by(_TURN.c.at),
    found=True,
)
_SIGNS = Prepared(
    sa.select(_EARLY.c.place_id, _EARLY.c.ts, _EARLY.c.what, _EARLY.c.holds).where(
        _EARLY.c.place_id.in_(any_of("places")), _EARLY.c.ts.in_(any_of("stamps"))
    ),
    found=True,
)
CLOSING = Form.THANKS | Form.SOLVED | Form.NEVER_MIND


@dataclass(frozen=True, slots=True)
class Verdict:
    """What settles an ask, and whose message it was."""

    by: SettledBy
    author: int | None = None
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Sign:
    """A deletion, or a reaction that still stands or was taken away."""

    what: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What of one place is known besides its window: threads by their first message, signs and askers by message."""

    numbers: Mapping[str, int]
    """Members, as windows number people."""
    threads: Mapping[str, list[Turn]]
    signs: Mapping[str, list[Sign]]
    askers: Mapping[str, int]


def weigh(talks: Sequence[Talk]) -> None:
    """Settle, or open again, every ask that this batch has a bearing on."""
    talks = [talk for talk in talks if talk.stamps or talk.threads]
    concerned = _concerned(talks) if talks else {}
    there = {talk.place.id: talk for talk in talks if talk.place.id in concerned}
    talks = list(there.values())
    if not talks:
        return
    rows = [row for each in concerned.values() for row in each]
    threads = _threads(talks, {row.thread or row.ts for row in rows})
    signs = _signs(talks, {row.ts for row in rows})
    askers = keeping.authors({place: (there[place], {row.ts for row in each}) for place, each in concerned.items()})
    named = keeping.numbered(talks[0], {row.asked_id for row in rows if row.asked_id is not None})
    changed: dict[str, tuple[Talk, Verdict | None]] = {}
    for talk in talks:
        place = talk.place.id
        heard = Heard(
            named,
            {root: turns for (where, root), turns in threads.items() if where == place},
            {ts: each for (where, ts), each in signs.items() if where == place},
            {ts: author for (where, ts), author in askers.items() if where == place},
        )
        for ask, verdict in _weigh_one(talk, concerned[place], heard).items():
            changed[ask] = talk, verdict
    answered: list[Answered] = []
    if changed:
        for row in talks[0].db.scalars(sa.select(Ask).where(Ask.id.in_(changed)).order_by(Ask.id)):
            _apply(changed[row.id][0], row, changed[row.id][1], answered)
    efforts.notice_answers(talks[0].db, answered, talks[0].now)


def _concerned(talks: Sequence[Talk]) -> dict[str, list[Concerned]]:
    """The asks on which something that was heard has a bearing, by place."""
    there = {talk.place.id: talk for talk in talks}
    threads = set().union(*(talk.threads for talk in talks))
    stamps = threads.union(*(talk.stamps for talk in talks))
    # Named by their channels as well: that is how an ask is found where a place has had many.
    channels = [talk.place.external for talk in talks]
    found: dict[str, list[Concerned]] = {}
    rows = _CONCERNED.rows(
        talks[0].db, places=list(there), channels=channels, stamps=list(stamps), threads=list(threads)
    )
    for row in map(Concerned._make, rows):
        talk = there[row.place_id]
        if row.ts in talk.stamps or row.ts in talk.threads or row.thread in talk.threads:
            found.setdefault(row.place_id, []).append(row)
    return found


def _weigh_one(talk: Talk, rows: Sequence[Concerned], heard: Heard) -> dict[str, Verdict | None]:
    """The asks of one place whose standing changes, and what settles each of them now."""
    verdicts: dict[str, Verdict | None] = {}
    replies: dict[str, Verdict] = {}
    for row in rows:
        asked = heard.numbers.get(row.asked_id or "")
        verdict = verdicts[row.id] = (
            _by_sign(row, heard.signs)
            or _by_thread(row, heard.threads.get(row.thread or row.ts, ()), asked, heard.askers.get(row.ts))
            or (_by_channel(talk, row, talk.window.ask(float(row.ts)), asked) if row.thread is None else None)
        )
        # What is no ask of its own any more, an edited line or one of a burst, answers for no other.
        is_one = row.settled_by not in settling.GONE
        if is_one and verdict is not None and verdict.by in (SettledBy.REPLY, SettledBy.REACTION):
            replies[row.ts] = Verdict(SettledBy.ANOTHER, verdict.author, verdict.at)
    # A message may ask several: the first answer of any of them is the answer for all.
    weighed = {row.id: (row, verdicts[row.id] or replies.get(row.ts)) for row in rows}
    return {ask: verdict for ask, (row, verdict) in weighed.items() if _changes(talk, row, verdict)}


def _changes(talk: Talk, row: Concerned, verdict: Verdict | None) -> bool:
    if row.state in WAITING:
        return verdict is not None
    if row.state is not AskState.SETTLED or row.settled_by not in settling.BY_HEARING:
        return False
    if verdict is not None:
        return verdict.by is not row.settled_by
    # Of an ask this young all the evidence is still there, so what no longer settles it never did.
    return bool(talk.may_reopen & {row.ts, row.thread}) or row.asked_at > talk.now - EARLY_KEPT


def _apply(talk: Talk, row: Ask, verdict: Verdict | None, answered: list[Answered]) -> None:
    if verdict is None:
        settling.reopen(talk.db, [row], settling.BY_HEARING, talk.now)
    elif row.state in WAITING:
        settling.settle(talk.db, [row], verdict.by, talk.now)
        if verdict.by in (SettledBy.REPLY, SettledBy.ANOTHER):
            answered += _answered(talk, row, verdict)
    else:
        row.settled_by = verdict.by


def _answered(talk: Talk, row: Ask, verdict: Verdict) -> list[Answered]:
    """Whoever answered somebody else's question did work worth a word."""
    doer = talk.member_numbered(verdict.author)
    if doer is None or doer == row.asker_id:
        return []
    reference = f"{row.channel}/{row.ts}/{doer}"
    return [Answered(doer, row.asker_id, talk.place.id, reference, moment(str(verdict.at)))]


def _threads(talks: Sequence[Talk], roots: Iterable[str]) -> dict[tuple[str, str], list[Turn]]:
    found: dict[tuple[str, str], list[Turn]] = {}
    places = [talk.place.id for talk in talks]
    for place, root, kept in _IN_THREADS.rows(talks[0].db, places=places, roots=list(roots)):
        found.setdefault((place, root), []).append(Turn.decode(kept))
    return found


def _signs(talks: Sequence[Talk], stamps: set[str]) -> dict[tuple[str, str], list[Sign]]:
    found: dict[tuple[str, str], list[Sign]] = {}
    places = [talk.place.id for talk in talks]
    for place, ts, what, holds in _SIGNS.rows(talks[0].db, places=places, stamps=list(stamps)):
        found.setdefault((place, ts), []).append(Sign(what, holds))
    return found


def _by_sign(row: Concerned, signs: Mapping[str, list[Sign]]) -> Verdict | None:
    """A deletion, or the reaction agreed on here by the one asked."""
    there = signs.get(row.ts, ())
    if any(sign.what == DELETED for sign in there):
        return Verdict(SettledBy.DELETION)
    if any(sign.what == f"reaction {row.asked_id}" and sign.holds for sign in there):
        return Verdict(SettledBy.REACTION)
    return None


def _by_thread(row: Concerned, said: Iterable[Turn], asked: int | None, asker: int | None) -> Verdict | None:
    """A reply of the one asked, somebody's answer to an open question, or the asker's thanks."""
    for turn in said:
        if turn.at <= float(row.ts) or turn.form & Form.BOT:
            continue
        if asked is not None and turn.author == asked:
            return Verdict(SettledBy.REPLY, turn.author, turn.at)
        if asker is not None and turn.author == asker:
            if turn.form & CLOSING and not turn.form & Form.ASKS:
                return Verdict(SettledBy.THANKS)
        elif row.form is AskForm.OPEN:
            return Verdict(SettledBy.ANOTHER, turn.author, turn.at)
    return None


def _by_channel(talk: Talk, row: Concerned, ask: OpenAsk | None, asked: int | None) -> Verdict | None:
    """What the window makes of it. A question put to somebody waits for them, or for an answer beyond doubt."""
    if ask is None:
        return None
    if asked is not None:
        theirs = (seen for seen in ask.evidence if seen.author == asked)
        for seen in theirs:
            if seen.share >= LINKED or seen.signs & (Seen.SOON | Seen.NAMES_ASKER):
                return Verdict(SettledBy.REPLY, seen.author, seen.at)
    answer = talk.window.answer(ask.at)
    if answer is None:
        return None
    if ask.total.signs & Seen.CLOSES:
        return Verdict(SettledBy.THANKS)
    if asked is not None and answer.author == asked:
        return Verdict(SettledBy.REPLY, answer.author, answer.at)
    if row.form is AskForm.OPEN or answer.share >= SURELY_LINKED:
        return Verdict(SettledBy.ANOTHER, answer.author, answer.at)
    return None
