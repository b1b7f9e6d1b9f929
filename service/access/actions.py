"""Ways in and out: sign in, open and end sessions, invite, give tokens to other tools, remember what was done.

Each way has a file of its own; all of it is said as `access.<verb>`. What begins before anybody is known (signing in,
accepting, looking up a session) needs a transaction over all workspaces.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from service import db as database
from service.access import rules, tokens
from service.access.devices import off_screen, put_on_screen
from service.access.hooks import heard, make_hook_secret, revoke_hook_secret
from service.access.households import close_profile, leave_to_household, open_profile, set_pin
from service.access.inviting import accept_invite, found, make_invite, revoke_invite, send_invite
from service.access.models import (
    ApiRequest,
    ApiToken,
    Attempts,
    Audit,
    Challenge,
    Invite,
    Letter,
    OpenSession,
    SignInLink,
)
from service.access.passkeys import (
    ask_passkey,
    ask_to_keep,
    enter_by_passkey,
    forget_passkey,
    keep_passkey,
    name_passkey,
)
from service.access.repeating import ask_once, came_of_it
from service.access.rules import By
from service.access.sessions import change_to, one_click, open_session, revoke, revoke_all, visited
from service.access.signing_in import (
    begin_door,
    begin_sign_in,
    came_back,
    confirm_address,
    consume_code,
    consume_link,
    make_way_in,
)
from service.db import Session
from service.errors import ProblemKind, refused
from service.people.acts import Act
from service.people.models import Workspace

# What is said here and lies in files of its own.
__all__ = [
    "accept_invite",
    "ask_once",
    "ask_passkey",
    "ask_to_keep",
    "begin_door",
    "begin_sign_in",
    "came_back",
    "came_of_it",
    "change_to",
    "close_profile",
    "confirm_address",
    "consume_code",
    "consume_link",
    "enter_by_passkey",
    "forget_passkey",
    "found",
    "heard",
    "keep_passkey",
    "leave_to_household",
    "make_hook_secret",
    "make_invite",
    "make_way_in",
    "name_passkey",
    "off_screen",
    "one_click",
    "open_profile",
    "open_session",
    "put_on_screen",
    "revoke",
    "revoke_all",
    "revoke_hook_secret",
    "revoke_invite",
    "send_invite",
    "set_pin",
    "visited",
]

TOKEN_MARK = "gs_"  # noqa: S105 - what a token begins with, so that scanners of leaked secrets know it
STUCK_KEPT = timedelta(days=7)


def make_api_token(db: Session, name: str, acts: Collection[Act], now: datetime) -> tuple[str, str]:
    """Give another tool a token for these acts; returns its id, and the token itself, which is shown once."""
    name = " ".join(name.split())
    if not name:
        raise refused(ProblemKind.MISSING, "name")
    if len(name) > 80:
        raise refused(ProblemKind.TOO_LONG, "name", most=80)
    if not acts:
        raise refused(ProblemKind.MISSING, "acts")
    shown = TOKEN_MARK + database.entropy(tokens.SECRET_BYTES).hex()
    row = ApiToken(
        hash=tokens.hashed(shown.encode()), name=name, acts=sorted(act.value for act in acts), created_on=now.date()
    )
    db.add(row)
    db.flush()
    return row.id, shown


def used_api_token(db: Session, token: str, now: datetime) -> None:
    """Note the day on which a token was used, once a day."""
    today = now.date()
    unseen = sa.or_(ApiToken.seen_on.is_(None), ApiToken.seen_on < today)
    row = sa.update(ApiToken).where(ApiToken.id == token, unseen)
    db.execute(row.values(seen_on=today), execution_options={"synchronize_session": False})


def revoke_api_token(db: Session, token: str) -> None:
    """Take a token back."""
    gone = db.execute(sa.delete(ApiToken).where(ApiToken.id == token), execution_options={"synchronize_session": False})
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise refused(ProblemKind.NOT_FOUND)


def record(db: Session, act: Act, by: By, now: datetime) -> None:
    """Remember that this was done today, by what kind of member."""
    db.add(Audit(act=act.value, by=by, on=now.date()))
    db.flush()


def forget_due(db: Session, now: datetime) -> None:
    """Delete ways in that have closed, and what was remembered for as long as we say."""
    today = now.date()
    for gone in (
        sa.delete(SignInLink).where(SignInLink.expires_on < today),
        sa.delete(Attempts).where(Attempts.on < today),
        sa.delete(Challenge).where(Challenge.expires_on < today),
        sa.delete(Invite).where(sa.or_(Invite.expires_on < today, Invite.left <= 0)),
        *(
            sa.delete(OpenSession).where(
                OpenSession.seen_on < today - idle,
                OpenSession.workspace_id.in_(sa.select(Workspace.id).where(Workspace.kind == kind)),
            )
            for kind, idle in rules.IDLE.items()
        ),
        sa.delete(Letter).where(Letter.due_at.is_(None), Letter.written_on < today - STUCK_KEPT),
        sa.delete(Audit).where(Audit.on < today - rules.AUDIT_KEPT),
        sa.delete(ApiRequest).where(ApiRequest.on < today - rules.ASKED_KEPT),
    ):
        db.execute(gone, execution_options={"synchronize_session": False})
