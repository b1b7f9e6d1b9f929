"""Tables of days that matter, and of who would like to mark them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped, new_id
from service.occasions.rules import Day, OccasionKind, Source


class Occasion(Scoped, Base):
    """A day that matters to somebody."""

    __tablename__ = "occasion"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "calendar_uid"), sa.Index("ix_occasion_next", "next_on"))

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    circle_id: Mapped[str | None] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    """Whose day it is, where they are a member."""
    added_by_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(sa.String(80), default="")
    """Whose day it is, where they are not."""
    title: Mapped[str] = mapped_column(sa.String(80), default="")
    kind: Mapped[OccasionKind] = mapped_column(EnumText(OccasionKind))
    source: Mapped[Source] = mapped_column(EnumText(Source))
    month: Mapped[int]
    day: Mapped[int]
    only_on: Mapped[date | None]
    next_on: Mapped[date | None]
    hidden: Mapped[bool] = mapped_column(default=False)
    """The one whose day it is keeps it to themselves."""
    calendar_uid: Mapped[str | None] = mapped_column(sa.String(200))
    added_at: Mapped[datetime]

    def when(self) -> Day:
        """The day, for the rules."""
        return Day(self.month, self.day, yearly=self.only_on is None, only_on=self.only_on)


class Feed(Scoped, Base):
    """A private address at which a member's own calendar finds the days they may see."""

    __tablename__ = "occasion_feed"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    made_at: Mapped[datetime]


class Marker(Scoped, Base):
    """A member who would like to hear of a day beforehand, or not."""

    __tablename__ = "occasion_marker"

    occasion_id: Mapped[str] = mapped_column(sa.ForeignKey("occasion.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    wants: Mapped[bool] = mapped_column(default=True)
