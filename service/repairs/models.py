"""The table of signed repairs."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped, new_id
from service.repairs.rules import Answer, Direction, RepairState
from service.ruptures import Rupture


class Repair(Scoped, Base):
    """A signed message that acknowledges, names and reconnects."""

    __tablename__ = "repair"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "sender_id", "token"),
        sa.Index("ix_repair_received", "receiver_id", "written_at"),
        sa.Index("ix_repair_sender", "sender_id", "written_at"),
        sa.Index(
            "ix_repair_held",
            "goes_at",
            postgresql_where=sa.text("state = 'held'"),
            sqlite_where=sa.text("state = 'held'"),
        ),
    )

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    sender_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"))
    receiver_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    direction: Mapped[Direction] = mapped_column(EnumText(Direction))
    kind: Mapped[Rupture] = mapped_column(EnumText(Rupture))
    slots: Mapped[dict[str, Any]] = mapped_column(default=dict)
    words: Mapped[str] = mapped_column(sa.String(1000), default="")
    state: Mapped[RepairState] = mapped_column(EnumText(RepairState))
    answer: Mapped[Answer | None] = mapped_column(EnumText(Answer))
    token: Mapped[str] = mapped_column(sa.String(64))
    written_at: Mapped[datetime]
    goes_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
