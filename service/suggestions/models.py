"""Tables of hats and decks. No column here can say who slipped a card, or when: tests hold the list of columns."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, Scoped, new_id


class Hat(Scoped, Base):
    """The cards one member, or one circle, may draw from."""

    __tablename__ = "hat"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    member_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), unique=True)
    circle_id: Mapped[str | None] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), unique=True)
    cards: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    """One bit for each card of the deck, at a fixed length."""
    next_draw_on: Mapped[date] = mapped_column(index=True)


class Deck(Scoped, Base):
    """What a member chose about the cards they draw."""

    __tablename__ = "deck"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    left_out: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Cards left out for now, each with the day from which it is in again."""
    paused: Mapped[bool] = mapped_column(default=False)
    other_kind_next: Mapped[bool] = mapped_column(default=False)


class Drawn(Scoped, Base):
    """A card a member, or a circle, drew in a week, so that no text comes twice in eight weeks."""

    __tablename__ = "drawn"

    owner: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    week_on: Mapped[date] = mapped_column(primary_key=True)
    """The Monday of the week."""
    card: Mapped[str] = mapped_column(sa.String(64))
    member_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    circle_id: Mapped[str | None] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), index=True)


class CardReport(Base):
    """How often a text was called unkind in a quarter; of nobody in particular."""

    __tablename__ = "card_report"

    card: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    quarter: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    reports: Mapped[int] = mapped_column(default=0)
