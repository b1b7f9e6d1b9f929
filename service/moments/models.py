"""Tables of private moments, sealed for the member who wrote them, and of pairs that look at who starts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped, new_id
from service.moments.rules import Resolved


class MomentRow(Scoped, Base):
    """A member's private record of a small rupture."""

    __tablename__ = "moment"
    __table_args__ = (sa.Index("ix_moment_mine", "member_id", "noted_on"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    on: Mapped[date] = mapped_column("noted_on")
    sealed: Mapped[str] = mapped_column(sa.Text, info={"sealed": True})
    """Kind, person and words, under our keys."""
    pattern: Mapped[int] = mapped_column(sa.BigInteger)
    """A keyed number for member, kind and person, so that a pattern can be seen without opening anything."""
    resolved: Mapped[Resolved | None] = mapped_column(EnumText(Resolved))


class Balance(Scoped, Base):
    """A pair that may look at who starts, once both have said yes."""

    __tablename__ = "balance"

    one_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    one_agreed: Mapped[bool] = mapped_column(default=False)
    other_agreed: Mapped[bool] = mapped_column(default=False)
    agreed_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    dismissed: Mapped[int] = mapped_column(default=0)


class StartRow(Scoped, Base):
    """That one of an agreed pair started something with the other."""

    __tablename__ = "start"
    __table_args__ = (sa.Index("ix_start_pair", "by_id", "with_id", "started_at"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    by_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    with_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column("started_at")
