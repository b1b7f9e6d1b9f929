"""Tables of who is here."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.db import Base, EnumText, Scoped, new_id
from service.people.rules import (
    Boundary,
    IdentityKind,
    Joined,
    PlaceKind,
    Role,
    ThanksWish,
    WorkspaceKind,
)


class Workspace(Base):
    """A Slack team, or a family."""

    __tablename__ = "workspace"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    kind: Mapped[WorkspaceKind] = mapped_column(EnumText(WorkspaceKind))
    name: Mapped[str] = mapped_column(sa.String(80))
    language: Mapped[str] = mapped_column(sa.String(16), default="en")
    zone: Mapped[str] = mapped_column(sa.String(64), default="UTC")
    switched_off: Mapped[dict[str, Any]] = mapped_column(default=dict)
    valued: Mapped[list[str]] = mapped_column(sa.JSON, default=list, server_default="[]")
    """The owner's words for what is valued here, offered with thanks; empty where none are."""
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    suspended_why: Mapped[str | None] = mapped_column(sa.String(64))
    help_at: Mapped[str] = mapped_column(sa.String(280), default="", server_default="")
    """Whom to turn to when something is bigger than a small repair; empty where nobody was named."""
    others_at_least: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many others must be able to slip a card into one person's hat, where that is more than we ask for."""


class Circle(Scoped, Base):
    """The people in a workspace who share a feed."""

    __tablename__ = "circle"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(80))
    created_at: Mapped[datetime]
    quiet_until: Mapped[datetime | None]
    invited_times: Mapped[int] = mapped_column(default=0)
    tells_week: Mapped[bool] = mapped_column(default=False, server_default=sa.text("false"))
    """Whether its lead lets one word a week bring the thanks it shares."""


class Place(Scoped, Base):
    """Where a circle listens: a channel, or its own room on the web."""

    __tablename__ = "place"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "kind", "external"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    circle_id: Mapped[str] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PlaceKind] = mapped_column(EnumText(PlaceKind))
    external: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str | None] = mapped_column(sa.String(120))
    listens: Mapped[bool] = mapped_column(default=True)
    settled_by: Mapped[str | None] = mapped_column(sa.String(64))
    """The reaction that the people here agreed means: answered."""
    thanks_by: Mapped[str | None] = mapped_column(sa.String(64))
    """The reaction that gives thanks here, where the circle chose one."""
    heard: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """Another random number with each batch heard here: a window kept in memory knows when it is stale."""
    revised: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")
    """Another one where something changed besides what was said last: such a window is of no more use."""
    late: Mapped[int] = mapped_column(sa.BigInteger, default=0, server_default="0")
    """Another one where something came a little late: such a window has to look for it among the last."""
    created_at: Mapped[datetime]


class Member(Scoped, Base):
    """One person in one workspace."""

    __tablename__ = "member"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(sa.String(80))
    role: Mapped[Role] = mapped_column(EnumText(Role), default=Role.MEMBER)
    is_owner: Mapped[bool] = mapped_column(default=False)
    joined: Mapped[Joined] = mapped_column(EnumText(Joined), default=Joined.NO)
    joined_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    """When a colleague's first thanks carried the invitation, which comes once."""
    refuses_thanks: Mapped[bool] = mapped_column(default=False)
    guardian_id: Mapped[str | None] = mapped_column(sa.ForeignKey("member.id", ondelete="SET NULL"))
    language: Mapped[str | None] = mapped_column(sa.String(16))
    formal: Mapped[bool | None]
    courier: Mapped[str] = mapped_column(sa.String(16), default="inbox")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class CircleMember(Scoped, Base):
    """A member in a circle, and whether they lead it."""

    __tablename__ = "circle_member"

    circle_id: Mapped[str] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
    leads: Mapped[bool] = mapped_column(default=False)
    since_on: Mapped[date]


class Identity(Scoped, Base):
    """A member's name elsewhere."""

    __tablename__ = "identity"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "kind", "external"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    kind: Mapped[IdentityKind] = mapped_column(EnumText(IdentityKind))
    external: Mapped[str] = mapped_column(sa.String(254))
    confirmed_at: Mapped[datetime | None]


class BoundaryCard(Scoped, Base):
    """A member's boundary as they set it."""

    __tablename__ = "boundary"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    zone: Mapped[str] = mapped_column(sa.String(64))
    days: Mapped[str] = mapped_column(sa.String(7))
    """Digits of the open weekdays, Monday is 0."""
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    digest_at: Mapped[time]
    weekly_allowance: Mapped[int]
    paused_until: Mapped[datetime | None]
    country: Mapped[str | None] = mapped_column(sa.String(2))
    region: Mapped[str | None] = mapped_column(sa.String(8))
    days_off: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    """Single days on which we do not write, as ISO dates."""
    thanks_wish: Mapped[ThanksWish] = mapped_column(EnumText(ThanksWish), default=ThanksWish.PRIVATE)
    raise_with_me: Mapped[str] = mapped_column(sa.String(280), default="")
    shares_away: Mapped[bool] = mapped_column(default=False)
    sources_off: Mapped[str] = mapped_column(sa.String(200), default="")

    def boundary(self) -> Boundary:
        """What it says, for the rules."""
        return boundary_of(self)

    def keep(self, boundary: Boundary) -> None:
        """Write down what a boundary says."""
        self.zone, self.days = boundary.zone, "".join(str(day) for day in sorted(boundary.days))
        self.starts_at, self.ends_at, self.digest_at = boundary.starts_at, boundary.ends_at, boundary.digest_at
        self.weekly_allowance, self.paused_until = boundary.weekly_allowance, boundary.paused_until
        self.country, self.region = boundary.holidays if boundary.holidays is not None else (None, None)
        self.days_off = sorted(on.isoformat() for on in boundary.days_off)


def boundary_of(row: Any) -> Boundary:
    """A row of boundaries, as an object or as columns, for the rules."""
    return Boundary(
        zone=row.zone,
        days=frozenset(int(day) for day in row.days),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        digest_at=row.digest_at,
        weekly_allowance=row.weekly_allowance,
        paused_until=row.paused_until,
        holidays=(row.country, row.region) if row.country else None,
        days_off=frozenset(date.fromisoformat(on) for on in row.days_off),
    )


class Apart(Scoped, Base):
    """A member wants no contact about or with another; only they see it."""

    __tablename__ = "apart"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, index=True)
