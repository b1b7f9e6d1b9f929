"""Tables of work noticed, of who saw it, and of how it stands with those who hear about it."""

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped, new_id
from service.efforts.cadence import MORNING, THURSDAY, Reader, Wish
from service.efforts.closing import Trust
from service.efforts.rules import EffortKind, Job, Source


class EffortRow(Scoped, Base):
    """Work somebody did."""

    __tablename__ = "effort"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "source", "reference"),
        sa.Index(
            "ix_effort_open",
            "workspace_id",
            "done_at",
            postgresql_where=sa.text("closed_at IS NULL"),
            sqlite_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("ix_effort_member", "member_id", "done_at"),
        sa.Index("ix_effort_about", "workspace_id", "source", "about"),
    )

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"))
    place_id: Mapped[str | None] = mapped_column(sa.ForeignKey("place.id", ondelete="SET NULL"))
    source: Mapped[Source] = mapped_column(EnumText(Source))
    reference: Mapped[str] = mapped_column(sa.String(200))
    about: Mapped[str | None] = mapped_column(sa.String(200))
    kind: Mapped[EffortKind] = mapped_column(EnumText(EffortKind))
    title: Mapped[str | None] = mapped_column(sa.String(200))
    """A tool's own title, or what somebody wrote into our form; never chat."""
    link: Mapped[str | None] = mapped_column(sa.String(500))
    done_at: Mapped[datetime]
    noticed_at: Mapped[datetime]
    out_of_hours: Mapped[bool | None]
    repeats: Mapped[str | None] = mapped_column(sa.String(16))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[Trust | None] = mapped_column(EnumText(Trust))
    closed_in: Mapped[str | None] = mapped_column(sa.String(16))
    """The thanks that closed it: it opens again when they are taken back."""


class Witness(Scoped, Base):
    """A member who saw an effort."""

    __tablename__ = "effort_witness"

    effort_id: Mapped[str] = mapped_column(sa.ForeignKey("effort.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)


class LastThanked(Scoped, Base):
    """The day somebody was last thanked; it settles whose turn it is, and is shown to nobody."""

    __tablename__ = "last_thanked"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date] = mapped_column("thanked_on")


class DigestReader(Scoped, Base):
    """How it stands with a lead who hears about their circle once a week."""

    __tablename__ = "digest_reader"

    circle_id: Mapped[str] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    since: Mapped[datetime]
    weekday: Mapped[int] = mapped_column(default=THURSDAY)
    at: Mapped[time] = mapped_column("slot_at", default=MORNING)
    wish: Mapped[Wish] = mapped_column(EnumText(Wish), default=Wish.WEEKLY)
    ignored: Mapped[int] = mapped_column(default=0)
    looked_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    recalls: Mapped[int] = mapped_column(default=0)
    recalled_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]

    def reader(self, zone: str) -> Reader:
        """How it stands, for the rules."""
        return Reader(
            since=self.since,
            zone=zone,
            weekday=self.weekday,
            at=self.at,
            wish=self.wish,
            ignored=self.ignored,
            looked_at=self.looked_at,
            sent_at=self.sent_at,
            recalls=self.recalls,
            recalled_at=self.recalled_at,
            asked_at=self.asked_at,
        )

    def keep(self, reader: Reader) -> None:
        """Keep how it stands now."""
        self.wish, self.ignored, self.looked_at = reader.wish, reader.ignored, reader.looked_at
        self.sent_at, self.recalls = reader.sent_at, reader.recalls
        self.recalled_at, self.asked_at = reader.recalled_at, reader.asked_at


class Shown(Scoped, Base):
    """That a lead or a peer was shown an effort, so that it is not shown to them again."""

    __tablename__ = "effort_shown"

    reader_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    effort_id: Mapped[str] = mapped_column(sa.ForeignKey("effort.id", ondelete="CASCADE"), primary_key=True, index=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    shown_at: Mapped[datetime]


class Chore(Scoped, Base):
    """A job at home that comes back."""

    __tablename__ = "chore"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    circle_id: Mapped[str] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(sa.String(80))
    job: Mapped[Job | None] = mapped_column(EnumText(Job))
    """Its picture, where it has one."""
    repeats: Mapped[bool] = mapped_column(default=True)
    whose_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
