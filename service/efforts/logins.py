"""What a member is called by the tools where their work is noticed: claimed and confirmed by themselves alone."""

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.efforts.rules import Named
from service.errors import ProblemKind, Refused, refused
from service.people import actions as people
from service.people import queries as people_now
from service.people.models import Identity
from service.people.rules import IdentityKind

LOGINS = {
    IdentityKind.GITHUB: re.compile(r"[a-z0-9][a-z0-9-]{0,38}(_[a-z0-9]+)?", re.ASCII),
    IdentityKind.GITLAB: re.compile(r"[a-z0-9_][a-z0-9_.-]{0,254}", re.ASCII),
}
_AROUND = re.compile(r"(https?://[a-z0-9.:-]+/|@)?([^/\s]+)/?", re.ASCII)
"""What people paste around a login: an at sign, or the address of their page."""


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A login of a member, and whether they said that it is theirs."""

    kind: IdentityKind
    login: str
    confirmed: bool


def claim(db: Session, member: str, kind: IdentityKind, login: str, now: datetime) -> None:
    """A member says which login is theirs, or confirms one that was suggested; from now on work there is noticed."""
    people.identify(db, member, kind, _login(kind, login), now)


def suggest(db: Session, member: str, kind: IdentityKind, login: str) -> None:
    """Somebody else says which login is a member's; nothing is noticed until the member confirms it."""
    people.identify(db, member, kind, _login(kind, login), None)


def disclaim(db: Session, member: str, kind: IdentityKind) -> None:
    """A member's logins at a tool are no longer theirs here; nothing is noticed there any more."""
    gone = sa.delete(Identity).where(Identity.member_id == member, Identity.kind == _tool(kind))
    db.execute(gone, execution_options={"synchronize_session": False})


def claims(db: Session, member: str) -> list[ClaimCard]:
    """What a member is called at tools, as far as we were told; theirs alone to see."""
    rows = db.scalars(
        sa.select(Identity)
        .where(Identity.member_id == member, Identity.kind.in_(LOGINS), ~Identity.external.startswith("#"))
        .order_by(Identity.kind, Identity.external)
    )
    return [ClaimCard(row.kind, row.external, row.confirmed_at is not None) for row in rows]


def known_also_as(db: Session, name: Named, number: Named, now: datetime) -> None:
    """A tool says by which number it knows a login; where its member confirmed the login, the number is theirs too."""
    found = people_now.known_as(db, name.kind, [name.name, number.name])
    if name.name not in found or number.name in found:
        return
    try:
        people.identify(db, found[name.name].id, number.kind, number.name, now)
    except Refused:
        return  # somebody else has that number: what they confirmed stands


def _login(kind: IdentityKind, login: str) -> str:
    pasted = _AROUND.fullmatch(login.strip().lower())
    if pasted is None or not LOGINS[_tool(kind)].fullmatch(pasted[2]):
        raise refused(ProblemKind.UNKNOWN_VALUE, "login")
    return pasted[2]


def _tool(kind: IdentityKind) -> IdentityKind:
    if kind not in LOGINS:
        raise refused(ProblemKind.UNKNOWN_VALUE, "kind")
    return kind
