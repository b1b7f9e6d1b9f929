"""Tables of thanks."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.appreciations.rules import Door, Job, Sharing
from service.db import Base, EnumText, Scoped, new_id


class Appreciation(Scoped, Base):
    """Thanks from one member to others."""

    __tablename__ = "appreciation"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "giver_id", "token"),
        sa.Index(
            "ix_appreciation_feed",
            "circle_id",
            "given_at",
            "id",
            postgresql_where=sa.text("sharing <> 'private' AND withdrawn_at IS NULL"),
            sqlite_where=sa.text("sharing <> 'private' AND withdrawn_at IS NULL"),
        ),
        sa.Index("ix_appreciation_given", "giver_id", "given_at"),
    )

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    giver_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"))
    """None once the giver has left: the words stay with those who received them."""
    circle_id: Mapped[str | None] = mapped_column(sa.ForeignKey("circle.id", ondelete="SET NULL"))
    place_id: Mapped[str | None] = mapped_column(sa.ForeignKey("place.id", ondelete="SET NULL"))
    everybody_id: Mapped[str | None] = mapped_column(sa.ForeignKey("circle.id", ondelete="SET NULL"))
    """The circle that was thanked as a whole, so that it is named instead of each of its members."""
    sharing: Mapped[Sharing] = mapped_column(EnumText(Sharing))
    did: Mapped[str] = mapped_column(sa.String(1000))
    eased: Mapped[str] = mapped_column(sa.String(1000), default="")
    job: Mapped[Job | None] = mapped_column(EnumText(Job))
    values: Mapped[str] = mapped_column("value_tags", sa.String(200), default="")
    link: Mapped[str | None] = mapped_column(sa.String(500))
    door: Mapped[Door] = mapped_column(EnumText(Door))
    token: Mapped[str] = mapped_column(sa.String(64))
    given_at: Mapped[datetime]
    """Never changes, so that a page begins where the one before it ended."""
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Received(Scoped, Base):
    """Thanks as one recipient has them: a keepsake, until they delete it."""

    __tablename__ = "appreciation_received"
    __table_args__ = (sa.Index("ix_appreciation_received_keepsakes", "member_id", "given_at", "appreciation_id"),)

    appreciation_id: Mapped[str] = mapped_column(sa.ForeignKey("appreciation.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    given_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    """Set from the first where it never arrived, since one of the two keeps apart from the other."""
    invited: Mapped[bool] = mapped_column(default=False)
    """Whether the one invitation to somebody who has not joined travelled with it."""


class KinAllowed(Scoped, Base):
    """That an adult of the household lets a child and its relatives thank one another."""

    __tablename__ = "appreciation_kin_allowed"

    child_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
