"""Tables of asks, and of what a place is remembered for and was taught; none holds a word of what was said there."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.asks.priors import Taught
from service.asks.rules import AskForm, AskState, Mark, SettledBy
from service.db import Base, EnumText, Scoped, new_id

ALL = "all"


def _partial(name: str, column: str, condition: str) -> sa.Index:
    """An index over the rows a round looks for, so that it costs what is due and not what is stored."""
    return sa.Index(name, column, postgresql_where=sa.text(condition), sqlite_where=sa.text(condition))


class Ask(Scoped, Base):
    """A message that hopes for a reply, once for each person it asks."""

    __tablename__ = "ask"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "channel", "ts", "for_whom"),
        _partial("ix_ask_due", "surfaces_at", "state = 'open' AND surfaced_at IS NULL"),
        _partial("ix_ask_tips", "tip_at", "state = 'open' AND tip_at IS NOT NULL"),
        _partial("ix_ask_drops", "drops_at", "state IN ('open', 'promised')"),
        sa.Index("ix_ask_asked", "asked_id", "state"),
        sa.Index("ix_ask_asker", "asker_id", "state"),
        sa.Index("ix_ask_thread", "workspace_id", "channel", "thread"),
        _partial("ix_ask_closed", "closed_at", "closed_at IS NOT NULL"),
    )

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    place_id: Mapped[str | None] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(sa.String(64))
    ts: Mapped[str] = mapped_column(sa.String(32))
    thread: Mapped[str | None] = mapped_column(sa.String(32))
    for_whom: Mapped[str] = mapped_column(sa.String(16))
    """The one asked, or `all`."""
    asked_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    asker_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    """Kept only of somebody who has joined."""
    form: Mapped[AskForm] = mapped_column(EnumText(AskForm))
    mark: Mapped[Mark] = mapped_column(EnumText(Mark), default=Mark.NONE)
    reply_by: Mapped[datetime | None]
    state: Mapped[AskState] = mapped_column(EnumText(AskState), default=AskState.OPEN)
    settled_by: Mapped[SettledBy | None] = mapped_column(EnumText(SettledBy))
    asked_at: Mapped[datetime]
    surfaces_at: Mapped[datetime | None]
    surfaced_at: Mapped[datetime | None]
    shows_at: Mapped[datetime]
    drops_at: Mapped[datetime]
    tip_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]
    offered_at: Mapped[datetime | None]
    """When somebody passed it on to the one asked, who has not taken it yet."""
    closed_at: Mapped[datetime | None]
    words: Mapped[str | None] = mapped_column(sa.String(1000))
    """A question put into our own form; never what was said in a chat."""
    answer: Mapped[str | None] = mapped_column(sa.String(1000))


class HeardTurn(Scoped, Base):
    """What is kept of one message for a day: who, whom, when and in which form, under keys."""

    __tablename__ = "heard_turn"
    __table_args__ = (sa.Index("ix_heard_turn_thread", "place_id", "thread"), sa.Index("ix_heard_turn_at", "at"))

    place_id: Mapped[str] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    ts: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    at: Mapped[float]
    thread: Mapped[str | None] = mapped_column(sa.String(32))
    kept: Mapped[bytes]


class Watched(Scoped, Base):
    """What has been learnt about whether an open ask was answered."""

    __tablename__ = "watched"

    place_id: Mapped[str] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    ts: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    kept: Mapped[bytes]


class Early(Scoped, Base):
    """An edit, a deletion or a reaction, remembered for a day, so that it may arrive before its message."""

    __tablename__ = "early"

    place_id: Mapped[str] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    ts: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    what: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    """`deleted`, `edited`, or the reaction with the keyed number of whose it is."""
    at: Mapped[float]
    holds: Mapped[bool] = mapped_column(default=True)
    """False for a reaction that was taken away again."""
    heard_at: Mapped[datetime] = mapped_column(index=True)


class Lesson(Scoped, Base):
    """What a member's taps have taught a place about how it is read."""

    __tablename__ = "ask_lesson"
    __table_args__ = (sa.Index("ix_ask_lesson_at", "at"),)

    place_id: Mapped[str] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    taught: Mapped[Taught] = mapped_column(EnumText(Taught), primary_key=True)
    weight: Mapped[float]
    """How many taps it amounted to at that moment; it halves with time."""
    at: Mapped[datetime]
