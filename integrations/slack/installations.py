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
RENEWAL_LASTS = timedelta(minutes=1)
"""How long one worker may take to renew a token before another may try."""


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
    renewing_until: Mapped[datetime | None]
    """While somebody renews the token; nobody else does in the meantime."""
    limited_at: Mapped[datetime | None]
    """When Slack last held events of this team back, since there were too many."""


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
    expires_at: datetime | None = None
    """When the token runs out; None where it never does."""
    limited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """A token that is to be renewed, and what for: whoever holds this is the only one to spend it."""

    team: str
    refresh_token: str = field(repr=False)
    fence: datetime


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
    row.expires_at, row.installed_at, row.revoked_at, row.renewing_until = grant.expires_at, now, None, None
    db.flush()


def limited(db: Session, team: str, since: datetime) -> None:
    """Slack held events of a team back from this minute on."""
    statement = sa.update(SlackInstallation).where(SlackInstallation.team_id == team).values(limited_at=since)
    db.execute(statement, execution_options={"synchronize_session": False})


def running_out(db: Session, before: datetime) -> list[str]:
    """The teams whose token runs out before this moment."""
    standing = sa.and_(SlackInstallation.revoked_at.is_(None), SlackInstallation.refresh_token.is_not(None))
    rows = sa.select(SlackInstallation.team_id).where(standing, SlackInstallation.expires_at < before)
    return list(db.scalars(rows.order_by(SlackInstallation.expires_at)))


def begin_renewal(db: Session, keyring: Keyring, team: str, before: datetime, now: datetime) -> Renewal | None:
    """Take it upon oneself to renew a team's token that runs out before this moment.

    None where it does not, or where somebody else is at it: a refresh token is good once.
    """
    row = db.scalar(sa.select(SlackInstallation).where(SlackInstallation.team_id == team).with_for_update())
    if row is None or row.revoked_at is not None or row.refresh_token is None or row.expires_at is None:
        return None
    is_taken = row.renewing_until is not None and now < row.renewing_until <= now + RENEWAL_LASTS
    token = _unsealed(keyring, row.refresh_token, team, "refresh")
    if row.expires_at >= before or is_taken or token is None:
        return None
    row.renewing_until = now + RENEWAL_LASTS
    return Renewal(team, token, row.renewing_until)


def end_renewal(
    db: Session, keyring: Keyring, renewal: Renewal, token: str, refresh_token: str, expires_at: datetime
) -> bool:
    """Keep the new pair, before anybody uses it; False where the app was installed anew or taken out meanwhile."""
    row = db.scalar(sa.select(SlackInstallation).where(SlackInstallation.team_id == renewal.team).with_for_update())
    if row is None or row.revoked_at is not None or row.renewing_until != renewal.fence:
        return False
    row.token = _sealed(keyring, renewal.team, "bot", token)
    row.refresh_token = _sealed(keyring, renewal.team, "refresh", refresh_token)
    row.expires_at, row.renewing_until = expires_at, None
    return True


def leave_renewal(db: Session, renewal: Renewal) -> None:
    """It came to nothing this time; anybody may try again."""
    mine = sa.and_(SlackInstallation.team_id == renewal.team, SlackInstallation.renewing_until == renewal.fence)
    statement = sa.update(SlackInstallation).where(mine).values(renewing_until=None)
    db.execute(statement, execution_options={"synchronize_session": False})


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


def _unsealed(keyring: Keyring, sealed: str, team: str, kind: str) -> str | None:
    """A token of this team and kind; one copied into another team's row opens, but says whose it is."""
    found = keyring.opened(SEALED_FOR, sealed)
    if not isinstance(found, dict) or found.get("team") != team or found.get("kind") != kind:
        return None
    return str(found["token"])


def _opened(row: SlackInstallation, keyring: Keyring) -> Installation | None:
    if row.revoked_at is not None or row.token is None:
        return None
    token = _unsealed(keyring, row.token, row.team_id, "bot")
    if token is None:
        return None
    return Installation(
        workspace=row.workspace_id,
        team=row.team_id,
        bot_user=row.bot_user_id,
        token=token,
        enterprise=row.enterprise_id,
        app=row.app_id,
        bot=row.bot_id,
        address=row.address,
        scopes=frozenset(filter(None, row.scopes.split(","))),
        expires_at=row.expires_at,
        limited_at=row.limited_at,
    )
