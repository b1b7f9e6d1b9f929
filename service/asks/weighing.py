"""What a thread says about the asks in it, and who did work worth a word by answering."""

from collections.abc import Iterable

import sqlalchemy as sa

from service.asks import keeping, rules, settling
from service.asks.keeping import Talk
from service.asks.models import Ask, HeardTurn
from service.asks.reading import Form
from service.asks.rules import AskForm, Said, SettledBy
from service.asks.windows import Turn
from service.efforts import actions as efforts
from service.people.queries import MemberCard
from service.people.rules import Joined

BY_CHANNEL = (SettledBy.REPLY, SettledBy.ANOTHER, SettledBy.THANKS)


def weigh_thread(talk: Talk, root: str, *, may_reopen: bool, heard: Said | None = None) -> None:
    """Settle the asks of a thread by what was said in it after them, whoever was heard first."""
    asks = settling.of_thread(talk.db, talk.place.id, root)
    if not asks:
        return
    said = [
        Turn.decode(kept)
        for kept in talk.db.scalars(
            sa.select(HeardTurn.kept).where(HeardTurn.place_id == talk.place.id, HeardTurn.thread == root)
        )
    ]
    askers = keeping.authors(talk, {row.ts for row in asks})
    for row in asks:
        by = _thread_says(row, said, talk.person_of(row.asked_id), askers.get(row.ts))
        if by is not None:
            settled = settling.settle(talk.db, [row], by, talk.now)
            if settled and heard is not None and by in (SettledBy.REPLY, SettledBy.ANOTHER):
                note_answer(talk, row, heard)
        elif may_reopen:
            settling.reopen(talk.db, [row], BY_CHANNEL, talk.now)


def _thread_says(row: Ask, said: Iterable[Turn], asked: int | None, asker: int | None) -> SettledBy | None:
    for turn in sorted(said, key=lambda one: one.at):
        if turn.at <= float(row.ts):
            continue
        if asked is not None and turn.author == asked:
            return SettledBy.REPLY
        if asker is not None and turn.author == asker:
            if turn.form & (Form.THANKS | Form.SOLVED | Form.NEVER_MIND) and not turn.form & Form.ASKS:
                return SettledBy.THANKS
        elif row.form is AskForm.OPEN:
            return SettledBy.ANOTHER
    return None


def note_answer(talk: Talk, row: Ask, said: Said) -> None:
    """Whoever answered somebody else's question did work worth a word."""
    doer = joined(talk, said.author)
    if doer is not None and doer != row.asker_id:
        reference = f"{row.channel}/{row.ts}/{doer}"
        at = rules.moment(said.ts)
        efforts.notice_answer(talk.db, doer, talk.place.id, reference, at, row.asker_id, talk.now)


def joined_card(talk: Talk, name: str) -> MemberCard | None:
    """The member of this name, where they have joined."""
    card = talk.known.get(name)
    return card if card is not None and card.joined is Joined.WHOLE and card.active else None


def joined(talk: Talk, name: str) -> str | None:
    """Their id, where they have joined."""
    card = joined_card(talk, name)
    return card.id if card is not None else None
