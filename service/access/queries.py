"""Questions about ways in: whose session this is, where somebody is signed in, what invites, what was done."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.access import rules, tokens
from service.access.models import ApiToken, Audit, Invite, Letter, OpenSession, Passkey, ProfilePin
from service.access.rules import By, LetterKind
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import MemberCard
from service.people.models import Circle, Identity, Member, Workspace
from service.people.rules import IdentityKind, Role, WorkspaceKind
from service.sealing import Keyring


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session, for those who show it or act in it."""

    id: str
    workspace: str
    member: str
    device: str
    created_on: date
    seen_on: date
    is_household: bool
    is_at_household: bool = False
    """Whether this browser is a household device, whoever's page is open on it."""
    is_fresh: bool = False
    """Whether its member signed in just now; known to whoever brings the cookie alone."""


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey, for its owner; what it is made of is shown to nobody."""

    id: str
    name: str
    created_on: date
    seen_on: date


@dataclass(frozen=True, slots=True)
class InviteCard:
    """An invitation, as it is shown to its maker and to whoever follows it."""

    id: str
    workspace: str
    workspace_kind: WorkspaceKind
    circle: str
    circle_name: str
    made_by: str
    name: str
    """Of its maker."""
    role: Role
    left: int
    expires_on: date


@dataclass(frozen=True, slots=True)
class ApiCard:
    """A token of the API, and what it may do."""

    id: str
    workspace: str
    name: str
    acts: frozenset[Act]
    created_on: date
    seen_on: date | None


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the audit trail."""

    on: date
    act: str
    by: By


@dataclass(frozen=True, slots=True)
class StuckLetter:
    """A letter an operator should know of."""

    id: str
    workspace: str | None
    kind: LetterKind
    why: str | None
    written_on: date


def session_of(db: Session, keyring: Keyring, cookie: str, now: datetime) -> SessionCard | None:
    """The session this cookie opens, or None where it is no cookie of ours, was ended or stood idle for too long."""
    token = tokens.read(keyring.derived("access.session"), cookie)
    if token is None:
        return None
    found = db.execute(
        sa.select(OpenSession, Workspace.kind)
        .join(Workspace, Workspace.id == OpenSession.workspace_id)
        .join(Member, Member.id == OpenSession.member_id)
        .where(OpenSession.hash == tokens.hashed(token.secret), Member.active)
    ).first()
    if found is None:
        return None
    row, kind = found
    return None if rules.is_idle(kind, row.seen_on, now.date()) else _session_card(row, is_fresh=now < token.until)


def sessions_of(db: Session, member: str) -> list[SessionCard]:
    """Where a member is signed in, the newest first."""
    rows = sa.select(OpenSession).where(OpenSession.member_id == member)
    newest = rows.order_by(OpenSession.seen_on.desc(), OpenSession.created_on.desc(), OpenSession.id)
    return [_session_card(row) for row in db.scalars(newest)]


def _session_card(row: OpenSession, *, is_fresh: bool = False) -> SessionCard:
    at_household = row.is_household or row.opened_from is not None
    return SessionCard(
        row.id,
        row.workspace_id,
        row.member_id,
        row.device,
        row.created_on,
        row.seen_on,
        row.is_household,
        at_household,
        is_fresh,
    )


def household_behind(db: Session, session: SessionCard) -> SessionCard | None:
    """The household device's own session, behind a child's; or this one, where it is that."""
    if session.is_household:
        return session
    child = sa.select(OpenSession.opened_from).where(OpenSession.id == session.id).scalar_subquery()
    row = db.scalar(sa.select(OpenSession).where(OpenSession.id == child, OpenSession.is_household))
    return None if row is None else _session_card(row)


def has_pin(db: Session, member: str) -> bool:
    """Whether a member has a PIN for a household device."""
    return db.scalar(sa.select(ProfilePin.member_id).where(ProfilePin.member_id == member)) is not None


def passkeys_of(db: Session, member: str) -> list[PasskeyCard]:
    """A member's passkeys, the newest first."""
    rows = sa.select(Passkey).where(Passkey.member_id == member)
    newest = rows.order_by(Passkey.created_on.desc(), Passkey.device, Passkey.id)
    return [PasskeyCard(row.id, row.device, row.created_on, row.seen_on) for row in db.scalars(newest)]


def also_me(db: Session, member: str) -> list[MemberCard]:
    """Everybody this member is elsewhere, by an address that is confirmed on both sides; for the switcher."""
    mine = sa.select(Identity.external).where(Identity.member_id == member, _confirmed_mail())
    others = sa.select(Identity.member_id).where(Identity.external.in_(mine), Identity.member_id != member)
    found = people.members(db, list(db.scalars(others.where(_confirmed_mail()))))
    return sorted((card for card in found.values() if card.active), key=lambda card: (card.workspace, card.id))


def _confirmed_mail() -> sa.ColumnElement[bool]:
    return sa.and_(Identity.kind == IdentityKind.MAIL, Identity.confirmed_at.is_not(None))


def invite_of(db: Session, keyring: Keyring, token: str, now: datetime) -> InviteCard | None:
    """The invitation behind a link, or None where it has run out, was used up or taken back."""
    read = tokens.read(keyring.derived("access.invite"), token)
    if read is None or read.until <= now:
        return None
    return next(iter(_invites(db, sa.and_(Invite.hash == tokens.hashed(read.secret), Invite.left > 0))), None)


def invites(db: Session, now: datetime) -> list[InviteCard]:
    """The invitations of this workspace that are still open."""
    return _invites(db, sa.and_(Invite.left > 0, Invite.expires_on >= now.date()))


def _invites(db: Session, which: sa.ColumnElement[bool]) -> list[InviteCard]:
    rows = db.execute(
        sa.select(Invite, Circle.name, Member.name, Workspace.kind)
        .join(Circle, Circle.id == Invite.circle_id)
        .join(Member, Member.id == Invite.made_by)
        .join(Workspace, Workspace.id == Invite.workspace_id)
        .where(which, Member.active)
        .order_by(Invite.expires_on, Invite.id)
    )
    return [
        InviteCard(
            row.id,
            row.workspace_id,
            kind,
            row.circle_id,
            circle,
            row.made_by,
            maker,
            row.role,
            row.left,
            row.expires_on,
        )
        for row, circle, maker, kind in rows
    ]


def api_token(db: Session, shown: str) -> ApiCard | None:
    """What this token may do, or None where it is no token of ours or was revoked."""
    row = db.scalar(sa.select(ApiToken).where(ApiToken.hash == tokens.hashed(shown.encode())))
    return None if row is None else _api_card(row)


def api_tokens(db: Session) -> list[ApiCard]:
    """The tokens of this workspace, by name."""
    return [_api_card(row) for row in db.scalars(sa.select(ApiToken).order_by(ApiToken.name, ApiToken.id))]


def _api_card(row: ApiToken) -> ApiCard:
    return ApiCard(row.id, row.workspace_id, row.name, frozenset(map(Act, row.acts)), row.created_on, row.seen_on)


def trail(db: Session, *, most: int = 200) -> list[Done]:
    """What weighty things were done in this workspace, the latest day first."""
    rows = db.scalars(sa.select(Audit).order_by(Audit.on.desc(), Audit.id).limit(most))
    return [Done(row.on, row.act, row.by) for row in rows]


def stuck_letters(db: Session) -> list[StuckLetter]:
    """Letters that were given up, for the operator: never an address."""
    rows = db.scalars(sa.select(Letter).where(Letter.due_at.is_(None)).order_by(Letter.written_on.desc()).limit(200))
    return [StuckLetter(row.id, row.workspace_id, row.kind, row.why, row.written_on) for row in rows]
