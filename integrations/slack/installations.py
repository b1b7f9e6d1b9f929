"""Where the app is installed: one row for each team, its tokens sealed, and the states of installations under way."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.db import Base, Scoped, new_id
from service.sealing import Keyring

SEALED_FOR = "slack token"
STATE_LIVES = timedelta(minutes=10)


class SlackInstallation(Scoped, Base):
    """The app in one team."""

    __tablename__ = "slack_installation"
    __table_args__ = (sa.UniqueConstraint("enterprise_id", "team_id"),)

    id: Mapped[str] = mapped_column(sa.String(16), primary_key=True, default=new_id)
    enterprise_id: Mapped[str] = mapped_column(sa.String(24), default="")
    """Empty for a team outside of any enterprise, so that uniqueness holds for it too."""
    team_id: Mapped[str] = mapped_column(sa.String(24), index=True)
    app_id: Mapped[str] = mapped_column(sa.String(24), default="")
    bot_user_id: Mapped[str] = mapped_column(sa.String(24))
    bot_id: Mapped[str] = mapped_column(sa.String(24), default="")
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    """Where the team opens Slack in a browser, for links to messages."""
    scopes: Mapped[str] = mapped_column(sa.Text, default="")
    token: Mapped[str | None] = mapped_column(sa.Text, info={"sealed": True})
    refresh_token: Mapped[str | None] = mapped_column(sa.Text, info={"sealed": True})
    expires_at: Mapped[datetime | None]
    installed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SlackState(Base):
    """An installation under way: only digests, so that reading the table opens nothing."""

    __tablename__ = "slack_state"

    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    cookie_digest: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack grants when somebody installs the app."""

    team: str
    team_name: str
    bot_user: str
    token: str = field(repr=False)
    enterprise: str = ""
    app: str = ""
    bot: str = ""
    address: str = ""
    scopes: frozenset[str] = frozenset()
    installer: str | None = None
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one team, with the token that opens it."""

    workspace: str
    team: str
    bot_user: str
    token: str = field(repr=False)
    enterprise: str = ""
    app: str = ""
    bot: str = ""
    address: str = ""
    scopes: frozenset[str] = frozenset()


def keep(db: Session, keyring: Keyring, workspace: str, grant: Grant, now: datetime) -> None:
    """Keep what was granted for a team; installing again renews its row."""
    row = db.scalar(sa.select(SlackInstallation).where(SlackInstallation.team_id == grant.team).with_for_update())
    if row is None:
        row = SlackInstallation(workspace_id=workspace, team_id=grant.team)
        db.add(row)
    row.enterprise_id, row.app_id, row.address = grant.enterprise, grant.app, grant.address
    row.bot_user_id, row.bot_id = grant.bot_user, grant.bot
    row.scopes = ",".join(sorted(grant.scopes))
    row.token = _sealed(keyring, grant.team, "bot", grant.token)
    row.refresh_token = _sealed(keyring, grant.team, "refresh", grant.refresh_token) if grant.refresh_token else None
    row.expires_at, row.installed_at, row.revoked_at = grant.expires_at, now, None
    db.flush()


def of_team(db: Session, keyring: Keyring, team: str) -> Installation | None:
    """The app in a team, whoever asks; None where it is not, or not any more."""
    row = db.scalar(sa.select(SlackInstallation).where(SlackInstallation.team_id == team))
    return None if row is None else _opened(row, keyring)


def of_workspace(db: Session, keyring: Keyring, workspace: str) -> Installation | None:
    """The app in the team that a workspace is."""
    row = db.scalar(sa.select(SlackInstallation).where(SlackInstallation.workspace_id == workspace))
    return None if row is None else _opened(row, keyring)


def standing(db: Session, keyring: Keyring) -> list[Installation]:
    """The app everywhere it is installed."""
    rows = db.scalars(
        sa.select(SlackInstallation).where(SlackInstallation.revoked_at.is_(None)).order_by(SlackInstallation.id)
    )
    return [found for row in rows if (found := _opened(row, keyring)) is not None]


def workspace_of(db: Session, team: str) -> str | None:
    """The workspace of a team, also where the app was taken out of it."""
    return db.scalar(sa.select(SlackInstallation.workspace_id).where(SlackInstallation.team_id == team))


def revoke(db: Session, team: str, at: datetime, now: datetime, *, bots: Collection[str] | None = None) -> str | None:
    """Forget the tokens of a team; returns its workspace, or None where nothing changed.

    `at` is when they were revoked: news from before the last installation says nothing of its tokens. `bots`
    are the people whose tokens went, where the news names them.
    """
    row = db.scalar(sa.select(SlackInstallation).where(SlackInstallation.team_id == team).with_for_update())
    if row is None or row.revoked_at is not None or at < row.installed_at.replace(microsecond=0):
        return None
    if bots is not None and row.bot_user_id not in bots:
        return None
    row.token = row.refresh_token = None
    row.revoked_at = now
    return row.workspace_id


def begin(db: Session, now: datetime) -> tuple[str, str]:
    """Begin an installation: the state Slack hands back, and the cookie of the browser it belongs to."""
    db.execute(sa.delete(SlackState).where(SlackState.expires_at <= now))
    state, cookie = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    db.add(SlackState(digest=_digest(state), cookie_digest=_digest(cookie), expires_at=now + STATE_LIVES))
    return state, cookie


def finish(db: Session, state: str, cookie: str, now: datetime) -> bool:
    """Whether this state was begun in this browser and not used before; it is used up either way."""
    row = db.execute(
        sa.delete(SlackState)
        .where(SlackState.digest == _digest(state))
        .returning(SlackState.cookie_digest, SlackState.expires_at)
    ).one_or_none()
    return row is not None and row.expires_at > now and hmac.compare_digest(row.cookie_digest, _digest(cookie))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _sealed(keyring: Keyring, team: str, kind: str, token: str) -> str:
    return keyring.seal(SEALED_FOR, {"team": team, "kind": kind, "token": token})


def _opened(row: SlackInstallation, keyring: Keyring) -> Installation | None:
    if row.revoked_at is not None or row.token is None:
        return None
    found = keyring.opened(SEALED_FOR, row.token)
    # A token copied into another team's row opens, but says whose it is.
    if not isinstance(found, dict) or found.get("team") != row.team_id or found.get("kind") != "bot":
        return None
    return Installation(
        workspace=row.workspace_id,
        team=row.team_id,
        bot_user=row.bot_user_id,
        token=str(found["token"]),
        enterprise=row.enterprise_id,
        app=row.app_id,
        bot=row.bot_id,
        address=row.address,
        scopes=frozenset(filter(None, row.scopes.split(","))),
    )
