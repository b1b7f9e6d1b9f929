"""How a batch of messages is heard: linked, weighed, and forgotten but for numbers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks import keeping, opening, reading, rehearing, remembering, rules, settling, teaching, weighing, windows
from service.asks.keeping import DELETED, EDITED, Talk
from service.asks.models import ALL, Early
from service.asks.opening import may_ask_everybody
from service.asks.reading import Form
from service.asks.remembering import LATE, Ears
from service.asks.rules import Heard, Reacted, Said, SettledBy, Unsaid
from service.asks.settling import Where
from service.asks.windows import Turn
from service.efforts import actions as efforts
from service.efforts import reading as thanks
from service.moments import starting as moments
from service.people import actions as people_acts
from service.people import queries as people
from service.people.queries import MemberCard
from service.people.rules import Feature, IdentityKind, Joined, PlaceKind
from service.prepared import Prepared, any_of, table


def hear(db: Session, ears: Ears, messages: Sequence[Heard], now: datetime) -> int:
    """Hear a batch of one workspace, in any order; returns how many asks it opened.

    Nothing is read where no circle listens, and nothing is kept about who has not joined.
    """
    listening = people.listening(db, PlaceKind.CHANNEL, {message.place for message in messages})
    heard = [message for message in messages if message.place in listening]
    home = people.workspace(db, db.info["scope"]) if heard else None
    if home is None or Feature.ASKS in home.switched_off:
        return 0
    known = people.known_as(db, IdentityKind.SLACK, {name for message in heard for name in _names(message)})
    places = [listening[external].id for external in {message.place for message in heard}]
    marks = people_acts.take_turn(db, places)
    expected = teaching.expected(db, places, now)
    batches: dict[str, list[Heard]] = {}
    for message in heard:
        batches.setdefault(listening[message.place].id, []).append(message)
    windows_of = remembering.recalled(db, ears, marks)
    early = _early(db, batches)
    bursts = settling.bursts(
        db, {place: rules.moment(min(message.ts for message in batch)) for place, batch in batches.items()}
    )
    talks = []
    for external in sorted({message.place for message in heard}):
        place = listening[external]
        talk = Talk(db, ears, place, home, known, early[place.id], windows_of[place.id], now, expected[place.id])
        talk.window.expect(talk.expected)
        talk.bursts = bursts[place.id]
        for message in sorted(batches[place.id], key=_in_order):
            _hear_one(talk, message)
        if talk.since < math.inf:
            rehearing.again(talk, talk.since)
        talks.append(talk)
    keeping.flush_turns(*talks)
    opened = settling.open_asks(db, [one for talk in talks for one in talk.wanted], home.kind)
    weighing.weigh(talks)
    keeping.keep(talks)
    moments.all_started(db, [start for talk in talks for start in talk.starts])
    revised = [talk.place.id for talk in talks if talk.is_revised]
    late = [talk.place.id for talk in talks if talk.is_late and not talk.is_revised]
    if revised or late:
        marks = people_acts.revise(db, marks, revised, late)
    for talk in talks:
        ears.remember(talk.place.id, marks[talk.place.id], talk.window)
    db.flush()
    return opened


def _names(message: Heard) -> tuple[str, ...]:
    match message:
        case Said():
            return (message.author, *message.named)
        case Reacted():
            return (message.author,)
        case Unsaid():
            return ()


def _in_order(message: Heard) -> tuple[float, int, float]:
    match message:
        case Said():
            return float(message.ts), 0, message.edited_at
        case Reacted():
            return float(message.ts), 1, message.at
        case Unsaid():
            return float(message.ts), 2, 0.0


def _hear_one(talk: Talk, message: Heard) -> None:
    match message:
        case Said():
            if _is_newest(talk, message):
                _hear_said(talk, message)
        case Reacted():
            _hear_reacted(talk, message)
        case Unsaid():
            _hear_unsaid(talk, message)


def _is_newest(talk: Talk, said: Said) -> bool:
    """Whether neither a deletion nor a later edit of it was heard before."""
    if (said.ts, DELETED) in talk.early:
        return False
    edit = talk.early.get((said.ts, EDITED))
    if edit is not None and edit.at > said.edited_at:
        return False
    if said.edited_at:
        _note(talk, said.ts, EDITED, said.edited_at)
    return True


def _note(talk: Talk, ts: str, what: str, at: float, *, holds: bool = True) -> None:
    row = talk.early.get((ts, what))
    if row is None:
        row = Early(place_id=talk.place.id, ts=ts, what=what, at=at, holds=holds, heard_at=talk.now)
        talk.db.add(row)
        talk.early[ts, what] = row
    else:
        row.at, row.holds = at, holds


def _hear_said(talk: Talk, said: Said) -> None:
    read = reading.read(said.text, talk.home.language)
    turn = windows.turn(
        read,
        float(said.ts),
        talk.ears.person(talk.home.id, said.author),
        [talk.ears.person(talk.home.id, name) for name in said.named],
        talk.ears.key(talk.home.id),
        bot=said.by_bot,
    )
    if said.to_all:
        turn = replace(turn, form=turn.form | Form.TO_ALL)
    thread = said.thread if said.thread != said.ts else None
    # From the moment on that will be heard again, the window is not up to date.
    if thread is None and turn.at < talk.since and talk.window.find(turn.at) == turn:
        return  # heard before
    talk.turns[said.ts] = turn, thread
    if thread is not None:
        talk.threads.add(thread)
        if said.edited_at:
            talk.may_reopen.add(thread)
    if not said.by_bot:
        _note_thanks(talk, said)
    is_newest = not said.edited_at and (thread is not None or turn.at > talk.window.newest)
    if not is_newest and not _fits_in(talk, said, turn):
        return
    starts = False
    if thread is None:
        change = talk.window.hear(turn)
        starts = change.linked is not None and change.linked.parent is None
        talk.take_over(change)
        if starts and not said.by_bot:
            _note_start(talk, said)
    _open_or_close(talk, said, turn, starts=starts)


def _fits_in(talk: Talk, said: Said, turn: Turn) -> bool:
    """Whether what is not the newest can simply be put in its place; otherwise its place is heard again from there.

    It can where all that was said after it asks the same as before. A question to everybody is one only where it
    begins something, so that what came before it has a bearing on it.
    """
    if not talk.window.takes(turn.at):
        _open_or_close(talk, said, turn, starts=False)
        return False
    later = talk.window.after(turn.at)
    if said.edited_at or talk.window.find(turn.at) is not None:
        talk.is_revised = True
    elif len(later) < LATE and not any(may_ask_everybody(each) for each in later):
        talk.is_late = True
        return True
    talk.hear_again_from(turn.at)
    return False


def _note_thanks(talk: Talk, said: Said) -> None:
    """Words that look like thanks to somebody who joined keep a nudge about them back; they count for nothing else."""
    named = [card.id for name in said.named if (card := joined_card(talk, name)) is not None]
    if named and thanks.thanked(said.text, talk.home.language) is not None:
        at, by = rules.moment(said.ts), _joined(talk, said.author)
        for member in named:
            efforts.matched(talk.db, member, by, talk.place.id, at, talk.now)


def _note_start(talk: Talk, said: Said) -> None:
    """A conversation that begins with somebody's name is a start, for pairs who agreed to look at it."""
    by = _joined(talk, said.author)
    named = {card.id for name in said.named if (card := joined_card(talk, name)) is not None}
    if by is not None and named - {by}:
        talk.starts.append((by, named - {by}, rules.moment(said.ts)))


def _open_or_close(talk: Talk, said: Said, turn: Turn, *, starts: bool) -> None:
    """Keep the asks this message makes as it stands, and let go of those it no longer makes."""
    if not turn.form & Form.ASKS and not said.edited_at:
        return
    members = {
        talk.ears.person(talk.home.id, name): card.id for name in _names(said) if (card := joined_card(talk, name))
    }
    thread = said.thread if said.thread != said.ts else None
    wanted = opening.opens(turn, talk.expected, members, in_thread=thread is not None, starts=starts)
    if said.edited_at:
        there = settling.of_message(talk.db, talk.place.id, said.ts)
        stays = {whom or ALL for whom in wanted}
        settling.unasked(talk.db, [row for row in there if row.for_whom not in stays], talk.now)
        settling.reopen(talk.db, [row for row in there if row.for_whom in stays], [SettledBy.EDIT], talk.now)
    asker, at = _joined(talk, said.author), rules.moment(said.ts)
    where = Where(talk.place.external, said.ts, talk.place.id, thread)
    for whom in wanted:
        before = talk.bursts.get((asker, whom or ALL)) if asker is not None else None
        if before is not None and before > at:
            talk.hear_again_from(turn.at)  # the first line of a burst whose later lines were heard before it
        talk.want(where, asker, whom)


def joined_card(talk: Talk, name: str) -> MemberCard | None:
    """The member of this name, where they have joined."""
    card = talk.known.get(name)
    return card if card is not None and card.joined is Joined.WHOLE and card.active else None


def _joined(talk: Talk, name: str) -> str | None:
    card = joined_card(talk, name)
    return card.id if card is not None else None


def _hear_reacted(talk: Talk, reacted: Reacted) -> None:
    """The reaction agreed on here, by somebody who may have been asked, says: answered."""
    member = _joined(talk, reacted.author)
    if talk.place.settled_by is None or reacted.reaction != talk.place.settled_by or member is None:
        return
    what = f"reaction {member}"
    before = talk.early.get((reacted.ts, what))
    if before is not None and before.at > reacted.at:
        return
    _note(talk, reacted.ts, what, reacted.at, holds=reacted.added)
    talk.stamps.add(reacted.ts)
    if not reacted.added:
        talk.may_reopen.add(reacted.ts)


def _hear_unsaid(talk: Talk, unsaid: Unsaid) -> None:
    """A deleted message asks nothing and answers nothing."""
    _note(talk, unsaid.ts, DELETED, 0.0)
    talk.stamps.add(unsaid.ts)
    keeping.flush_turns(talk)
    thread = keeping.take_out(talk, unsaid.ts)
    if thread is not None:
        talk.threads.add(thread)
        talk.may_reopen.add(thread)
    else:
        talk.is_revised = True
        talk.take_over(talk.window.take_out(float(unsaid.ts)))
    if talk.window.takes(float(unsaid.ts)):
        talk.hear_again_from(float(unsaid.ts))


def _early(db: Session, batches: Mapping[str, Sequence[Heard]]) -> dict[str, dict[tuple[str, str], Early]]:
    """What came before the messages it is about, by place."""
    found: dict[str, dict[tuple[str, str], Early]] = {place: {} for place in batches}
    stamps = {place: {message.ts for message in batch} for place, batch in batches.items()}
    every = list(set().union(*stamps.values()))
    if not _ANY_EARLY.rows(db, places=list(batches), stamps=every):
        return found
    for row in db.scalars(sa.select(Early).where(Early.place_id.in_(batches), Early.ts.in_(every))):
        if row.ts in stamps[row.place_id]:
            found[row.place_id][row.ts, row.what] = row
    return found


_EARLY = table(Early)
_ANY_EARLY = Prepared(
    sa.select(_EARLY.c.ts).where(_EARLY.c.place_id.in_(any_of("places")), _EARLY.c.ts.in_(any_of("stamps"))).limit(1),
    found=True,
)
