"""The table of nudges, which is also the outbox."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped, new_id
from service.nudges.rules import Change, Level, NudgeKind, NudgeState


class Nudge(Scoped, Base):
    """One short message to one member, or to one place."""

    __tablename__ = "nudge"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "reader", "kind", "subject"),
        sa.Index(
            "ix_nudge_due",
            "due_at",
            postgresql_where=sa.text("state = 'waiting'"),
            sqlite_where=sa.text("state = 'waiting'"),
        ),
        sa.Index(
            "ix_nudge_in_flight",
            "lease_until",
            postgresql_where=sa.text("state IN ('sending', 'unknown')"),
            sqlite_where=sa.text("state IN ('sending', 'unknown')"),
        ),
        sa.Index(
            "ix_nudge_to_change",
            "due_at",
            postgresql_where=sa.text("change <> 'none'"),
            sqlite_where=sa.text("change <> 'none'"),
        ),
        sa.Index("ix_nudge_inbox", "member_id", "sent_at"),
        sa.Index("ix_nudge_subject", "workspace_id", "subject"),
    )

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    reader: Mapped[str] = mapped_column(sa.String(16))
    """The member or the place it is for: with kind and subject it makes a nudge one of its kind."""
    member_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    place_id: Mapped[str | None] = mapped_column(sa.ForeignKey("place.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NudgeKind] = mapped_column(EnumText(NudgeKind))
    subject: Mapped[str] = mapped_column(sa.String(64))
    told: Mapped[dict[str, Any]]
    state: Mapped[NudgeState] = mapped_column(EnumText(NudgeState), default=NudgeState.WAITING)
    change: Mapped[Change] = mapped_column(EnumText(Change), default=Change.NONE)
    offered_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    traces: Mapped[int] = mapped_column(default=0)
    parcel: Mapped[str | None] = mapped_column(sa.String(16), index=True)
    """The delivery it travels in: new at each claim, so it is also the fence that every later write checks."""
    courier: Mapped[str | None] = mapped_column(sa.String(16))
    receipt: Mapped[dict[str, Any] | None]
    why: Mapped[str | None] = mapped_column(sa.String(64))
    sent_at: Mapped[datetime | None]
    acted_at: Mapped[datetime | None]


class Wish(Scoped, Base):
    """What a member said about one kind of nudge."""

    __tablename__ = "nudge_wish"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[NudgeKind] = mapped_column(EnumText(NudgeKind), primary_key=True)
    level: Mapped[Level] = mapped_column(EnumText(Level))
