"""Secrets of webhooks: made for one workspace, shown once, and whichever verifies a delivery names the workspace."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as database
from service.access import rules, tokens
from service.access.models import HookSecret
from service.access.rules import Hook
from service.errors import ProblemKind, refused
from service.sealing import Keyring

SEALED_FOR = "webhook secret"


@dataclass(frozen=True, slots=True)
class HookCard:
    """A secret of a webhook, for those who made it; the secret itself is not shown again."""

    id: str
    hook: Hook
    made_on: date
    heard_on: date | None


@dataclass(frozen=True, slots=True)
class OpenSecret:
    """A secret with which a delivery may be verified, and the workspace it then is for."""

    id: str
    workspace: str
    secret: str = field(repr=False)


def make_hook_secret(db: Session, keyring: Keyring, hook: Hook, now: datetime) -> tuple[str, str]:
    """Make a secret for this tool in this workspace; returns its id, and the secret itself, which is shown once."""
    if len(hook_secrets(db, hook)) >= rules.MOST_HOOK_SECRETS:
        raise refused(ProblemKind.TOO_MANY, most=rules.MOST_HOOK_SECRETS)
    secret = database.entropy(tokens.SECRET_BYTES).hex()
    home = str(db.info["scope"])
    row = HookSecret(
        hook=hook,
        hash=tokens.hashed(secret.encode()),
        sealed=keyring.seal(SEALED_FOR, {"workspace": home, "hook": hook.value, "secret": secret}),
        made_on=now.date(),
    )
    db.add(row)
    db.flush()
    return row.id, secret


def revoke_hook_secret(db: Session, secret_id: str) -> None:
    """Believe nothing signed with this secret any more."""
    gone = sa.delete(HookSecret).where(HookSecret.id == secret_id).returning(HookSecret.id)
    if db.execute(gone, execution_options={"synchronize_session": False}).first() is None:
        raise refused(ProblemKind.NOT_FOUND)


def heard(db: Session, secret_id: str, now: datetime) -> None:
    """Note the day on which a delivery was last verified with this secret, once a day."""
    today = now.date()
    unheard = sa.or_(HookSecret.heard_on.is_(None), HookSecret.heard_on < today)
    row = sa.update(HookSecret).where(HookSecret.id == secret_id, unheard)
    db.execute(row.values(heard_on=today), execution_options={"synchronize_session": False})


def hook_secrets(db: Session, hook: Hook | None = None) -> list[HookCard]:
    """The secrets that may be used, of one tool or of all, the oldest first."""
    rows = sa.select(HookSecret).order_by(HookSecret.hook, HookSecret.made_on, HookSecret.id)
    if hook is not None:
        rows = rows.where(HookSecret.hook == hook)
    return [HookCard(row.id, row.hook, row.made_on, row.heard_on) for row in db.scalars(rows)]


def sent_secret(db: Session, hook: Hook, secret: str) -> OpenSecret | None:
    """This very secret, where a tool sends it along."""
    digest = tokens.hashed(secret.encode("utf-8", "surrogatepass"))
    row = db.scalar(sa.select(HookSecret).where(HookSecret.hook == hook, HookSecret.hash == digest))
    return None if row is None else OpenSecret(row.id, row.workspace_id, secret)


def signing_secrets(db: Session, keyring: Keyring, hook: Hook) -> list[OpenSecret]:
    """Every secret a tool may have signed with, whoever's it is."""
    rows = db.scalars(sa.select(HookSecret).where(HookSecret.hook == hook).order_by(HookSecret.id))
    return [found for row in rows if (found := _opened(keyring, row)) is not None]


def _opened(keyring: Keyring, row: HookSecret) -> OpenSecret | None:
    secret = _secret(keyring, row.workspace_id, row.hook, row.sealed)
    return None if secret is None else OpenSecret(row.id, row.workspace_id, secret)


@lru_cache(maxsize=4096)  # a delivery may be signed with any of them, and to open one costs more than to try it
def _secret(keyring: Keyring, workspace: str, hook: Hook, sealed: str) -> str | None:
    found = keyring.opened(SEALED_FOR, sealed)
    # A secret copied into another workspace's row opens, but says whose it is.
    if not isinstance(found, dict) or (found.get("workspace"), found.get("hook")) != (workspace, hook.value):
        return None
    return str(found["secret"])
