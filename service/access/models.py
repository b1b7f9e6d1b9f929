"""Tables of the ways in. They keep days, not times: when somebody was here is nobody's business."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.access.rules import By, Hook, LetterKind
from service.db import Base, EnumText, Scoped, new_id
from service.people.rules import Role

HASH = sa.String(64)


class OpenSession(Scoped, Base):
    """A browser in which a member is signed in; once it is revoked, its row is gone."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    """Of the secret in the cookie, which nobody but the browser has."""
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(sa.String(80))
    created_on: Mapped[date]
    seen_on: Mapped[date]
    is_household: Mapped[bool] = mapped_column(default=False)
    """Whether an adult leaves this device to the household, so that children may open their profiles on it."""
    opened_from: Mapped[str | None] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"), index=True)
    """The household device's own session, which a child's ends with."""


class Device(Scoped, Base):
    """A browser on whose screen a member asked for nudges; it goes with the session it was asked in."""

    __tablename__ = "device"

    workspace_id: Mapped[str] = mapped_column(sa.ForeignKey("workspace.id", ondelete="CASCADE"), primary_key=True)
    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    """Of its address at the push service."""
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[str] = mapped_column(sa.ForeignKey("session.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[str] = mapped_column(sa.Text, info={"sealed": True})
    """Its address, and the keys that what it shows is sealed for."""
    shows_words: Mapped[bool] = mapped_column(default=False)
    since_on: Mapped[date]


class SignInLink(Scoped, Base):
    """A link that signs one member in, once."""

    __tablename__ = "sign_in_link"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    waiting: Mapped[str | None] = mapped_column(HASH, unique=True)
    """The browser that asked for it, where the code may be typed."""
    code: Mapped[str | None] = mapped_column(HASH)
    tries: Mapped[int] = mapped_column(default=0)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    identity_id: Mapped[str | None] = mapped_column(sa.ForeignKey("identity.id", ondelete="CASCADE"))
    """The address it went to, which whoever uses it has confirmed."""
    expires_on: Mapped[date]


class Attempts(Base):
    """How often a way in was asked for, by an address or a client that only a key of the hour can name."""

    __tablename__ = "sign_in_attempts"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    on: Mapped[date] = mapped_column("asked_on")
    count: Mapped[int] = mapped_column("times")


class Letter(Base):
    """A letter on its way out; it is gone as soon as it was sent."""

    __tablename__ = "letter"
    __table_args__ = (sa.Index("ix_letter_due", "due_at"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    workspace_id: Mapped[str | None] = mapped_column(sa.ForeignKey("workspace.id", ondelete="CASCADE"), index=True)
    """None until a worker has looked up who asked for it."""
    kind: Mapped[LetterKind] = mapped_column(EnumText(LetterKind))
    sealed: Mapped[str | None] = mapped_column(sa.Text, info={"sealed": True})
    """Address and link, under our keys; gone once the letter was given up."""
    written_on: Mapped[date]
    due_at: Mapped[datetime | None]
    """None once it was given up."""
    attempts: Mapped[int] = mapped_column(default=0)
    why: Mapped[str | None] = mapped_column(sa.String(64))


class Invite(Scoped, Base):
    """A link or QR by which others may join a circle."""

    __tablename__ = "invite"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    circle_id: Mapped[str] = mapped_column(sa.ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(EnumText(Role))
    made_by: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    """Who invites: their name stands on the invitation."""
    left: Mapped[int] = mapped_column("uses_left")
    expires_on: Mapped[date]


class ProfilePin(Scoped, Base):
    """The PIN with which a child opens their profile on a household device, or an adult their page again."""

    __tablename__ = "profile_pin"

    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[str] = mapped_column(sa.String(32))
    hash: Mapped[str] = mapped_column(HASH)
    tries: Mapped[int] = mapped_column(default=0)


class Passkey(Scoped, Base):
    """A member's passkey."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    member_id: Mapped[str] = mapped_column(sa.ForeignKey("member.id", ondelete="CASCADE"), index=True)
    credential: Mapped[str] = mapped_column(sa.String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(sa.Text)
    sign_count: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    device: Mapped[str] = mapped_column(sa.String(80))
    """What its owner calls it: at first the device it was made on."""
    created_on: Mapped[date]
    seen_on: Mapped[date]


class Challenge(Base):
    """What a browser was given to bring back, once: by a passkey's answer, or from another site."""

    __tablename__ = "challenge"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    expires_on: Mapped[date]


class ApiToken(Scoped, Base):
    """What another tool shows at the door of the API."""

    __tablename__ = "api_token"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    acts: Mapped[list[str]] = mapped_column(sa.JSON)
    """What it may do, by the names of the policy."""
    created_on: Mapped[date]
    seen_on: Mapped[date | None]


class HookSecret(Scoped, Base):
    """What a tool signs its deliveries with; whichever secret verifies one names the workspace it is for."""

    __tablename__ = "hook_secret"

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    hook: Mapped[Hook] = mapped_column(EnumText(Hook), index=True)
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    """For a tool that sends the secret itself."""
    sealed: Mapped[str] = mapped_column(sa.Text, info={"sealed": True})
    """For a tool that signs with it."""
    made_on: Mapped[date]
    heard_on: Mapped[date | None]


class ApiRequest(Scoped, Base):
    """What a tool asked for under a key of its own, so that asking again does nothing twice."""

    __tablename__ = "api_request"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    """Of the token and the key."""
    asked: Mapped[str] = mapped_column(HASH)
    """Of the whole request: the same key with another one is refused."""
    made: Mapped[str | None] = mapped_column(sa.String(16))
    """What came of it."""
    on: Mapped[date] = mapped_column("asked_on", index=True)


class Audit(Scoped, Base):
    """That something weighty was done here, on which day, and by what kind of member."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_on", "workspace_id", "done_on"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    on: Mapped[date] = mapped_column("done_on")
    act: Mapped[str] = mapped_column(sa.String(48))
    by: Mapped[By] = mapped_column(EnumText(By))
