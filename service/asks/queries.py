"""Questions about asks: what waits for whom, and what is open."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.asks import teaching
from service.asks.beliefs import OpenAsk, Reason
from service.asks.linking import Window
from service.asks.models import Ask, Watched
from service.asks.priors import Prior
from service.asks.rules import WAITING, AskForm, AskState, Mark, SettledBy


@dataclass(frozen=True, slots=True)
class AskCard:
    """An ask as the one asked, or the asker, sees it."""

    id: str
    place: str | None
    channel: str
    ts: str
    thread: str | None
    asker: str | None
    asked: str | None
    form: AskForm
    mark: Mark
    state: AskState
    settled_by: SettledBy | None
    asked_at: datetime
    reply_by: datetime | None
    promised_on: date | None
    surfaced_at: datetime | None
    words: str | None
    answer: str | None
    is_offered: bool = False
    """Whether it was passed on to the one asked, who has not taken it yet."""


def card(row: Ask) -> AskCard:
    """An ask as a card."""
    return AskCard(
        row.id,
        row.place_id,
        row.channel,
        row.ts,
        row.thread,
        row.asker_id,
        row.asked_id,
        row.form,
        row.mark,
        row.state,
        row.settled_by,
        row.asked_at,
        row.reply_by,
        row.promised_on,
        row.surfaced_at,
        row.words,
        row.answer,
        row.offered_at is not None,
    )


def ask(db: Session, ask_id: str) -> AskCard | None:
    """The ask of this id."""
    row = db.scalar(sa.select(Ask).where(Ask.id == ask_id))
    return None if row is None else card(row)


def waiting_for_me(db: Session, member: str, *, most: int = 50) -> list[AskCard]:
    """What a member owes an answer to and has been told of: personal first, then the oldest."""
    rows = db.scalars(
        sa.select(Ask)
        .where(
            Ask.asked_id == member,
            Ask.state.in_(WAITING),
            sa.or_(Ask.surfaced_at.is_not(None), Ask.form.in_([AskForm.HOME, AskForm.WATCHED])),
        )
        .order_by((Ask.mark == Mark.PERSONAL).desc(), Ask.asked_at)
        .limit(most)
    )
    return [card(row) for row in rows]


def waiting_for_answer(db: Session, member: str, now: datetime, *, most: int = 50) -> list[AskCard]:
    """What a member asked and nobody has answered, from the time on when it may be shown."""
    rows = db.scalars(
        sa.select(Ask)
        .where(
            Ask.asker_id == member,
            Ask.state.in_(WAITING),
            sa.or_(Ask.shows_at <= now, Ask.state == AskState.PROMISED, Ask.form == AskForm.HOME),
        )
        .order_by(Ask.asked_at)
        .limit(most)
    )
    return [card(row) for row in rows]


def open_questions(db: Session, places: Collection[str], now: datetime) -> list[AskCard]:
    """Questions to nobody in particular that are still open in these places."""
    rows = db.scalars(
        sa.select(Ask)
        .where(Ask.place_id.in_(places), Ask.form == AskForm.OPEN, Ask.state == AskState.OPEN, Ask.shows_at <= now)
        .order_by(Ask.asked_at)
        .limit(20)
    )
    return [card(row) for row in rows]


def of_message(db: Session, channel: str, ts: str) -> list[AskCard]:
    """Every row of the ask a message is."""
    return [card(row) for row in db.scalars(sa.select(Ask).where(Ask.channel == channel, Ask.ts == ts))]


def counted(db: Session) -> dict[AskState, int]:
    """How many asks there are in each state, for an import's report."""
    rows = db.execute(sa.select(Ask.state, sa.func.count()).group_by(Ask.state))
    return {state: number for state, number in rows}  # noqa: C416 - a typed pair is no key and value to mypy


@dataclass(frozen=True, slots=True)
class Understood:
    """Why an ask is thought open: how probable that is, which evidence counted, and what its place was taught."""

    unanswered: float
    reasons: tuple[Reason, ...]
    expected: Prior


def understood(db: Session, asks: Collection[str], now: datetime) -> dict[str, Understood]:
    """Why each of these asks is thought open; of one that was put by hand nothing is known."""
    rows = db.execute(
        sa.select(Ask.id, Ask.place_id, Watched.kept)
        .join(Watched, sa.and_(Watched.place_id == Ask.place_id, Watched.ts == Ask.ts))
        .where(Ask.id.in_(asks))
    ).all()
    expected = teaching.expected(db, {place for _, place, _ in rows if place is not None}, now)
    found = {}
    for ask_id, place, kept in rows:
        known = OpenAsk.decode(kept)
        window = Window.restore([], [known])
        if place is not None:
            found[ask_id] = Understood(window.unanswered(known.at), window.reasons(known.at), expected[place])
    return found


_ADDRESS = re.compile(r"/archives/(?P<channel>[^/]+)/p(?P<seconds>\d+)(?P<micros>\d{6})\b")


def referred_to(db: Session, ref: str) -> list[AskCard]:
    """The asks meant by an id, or by the address of their message; those that wait come first."""
    said = _ADDRESS.search(ref)
    if said is None:
        which = Ask.id == ref
    else:
        which = sa.and_(Ask.channel == said["channel"], Ask.ts == f"{said['seconds']}.{said['micros']}")
    rows = db.scalars(sa.select(Ask).where(which).order_by(Ask.state.not_in(WAITING), Ask.id))
    return [card(row) for row in rows]
