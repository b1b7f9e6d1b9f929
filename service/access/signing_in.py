"""Sign in by a link in a letter, or by the code beside it; and by a link that somebody shows."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as database
from service.access import challenges, limits, outbox, rules, tokens
from service.access.models import SignInLink
from service.access.postman import Asked, Words
from service.access.rules import Entrance, LetterKind
from service.errors import ProblemKind, refused
from service.people import actions as people_acts
from service.people import queries as people
from service.people.cards import MemberCard
from service.people.models import Identity, Member
from service.people.rules import IdentityKind, register_of
from service.sealing import Keyring


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent to somebody who asked for a way in, and to which workspace it leads."""

    workspace: str
    words: Words


def begin_sign_in(db: Session, keyring: Keyring, address: str, client: str, now: datetime) -> str:
    """Somebody asks for a way in: a letter goes to the address, if anybody here has it.

    Returns what the browser keeps, in which the code of the letter may be typed. Whether anybody has the address is
    looked up by the worker that sends the letter, so that neither the answer nor the time it takes tells. The limits,
    by address and by client, hold for anybody and nobody alike. Needs a transaction over all workspaces.
    """
    address = rules.same_address(address)
    limits.count(db, keyring, ("address", address), rules.MOST_BY_ADDRESS, now)
    limits.count(db, keyring, ("client", client), rules.MOST_BY_CLIENT, now)
    waiting, secret = (database.entropy(tokens.SECRET_BYTES) for _ in range(2))
    code = f"{int.from_bytes(database.entropy(16), 'big') % 10**rules.CODE_DIGITS:0{rules.CODE_DIGITS}d}"
    until = now + rules.LINK_LIFE
    asked = Asked(address, secret.hex(), code, tokens.hashed(waiting), until.timestamp())
    outbox.write(db, keyring, LetterKind.SIGN_IN, asked, now)
    return tokens.issue(keyring.derived("access.waiting"), waiting, until)


def answer(db: Session, keyring: Keyring, asked: Asked) -> Answer | None:
    """What to send to the address somebody asked for; None where nobody here has it. Makes the link once."""
    found = _known_by(db, asked.address)
    if found is None:
        return None
    identity, member = found
    secret = bytes.fromhex(asked.secret)
    until = datetime.fromtimestamp(asked.until, UTC)
    row = {
        **_link_row(member, secret, until, identity),
        "waiting": asked.browser,
        "code": _code_hash(keyring, asked.browser, asked.code),
    }
    database.write_once(db, SignInLink, [row], keys=("hash",))
    token = tokens.issue(keyring.derived("access.link"), secret, until)
    return Answer(member.workspace, _words(db, member, asked.address, token, until, code=asked.code))


def confirm_address(db: Session, keyring: Keyring, member: str, address: str, now: datetime) -> None:
    """A member gives an address: a letter goes there, and whoever uses its link has confirmed it."""
    address = rules.same_address(address)
    limits.count(db, keyring, ("address", address), rules.MOST_BY_ADDRESS, now)
    card = people.the_member(db, member)
    people_acts.identify(db, member, IdentityKind.MAIL, address, None)
    identity = db.scalar(sa.select(Identity.id).where(Identity.kind == IdentityKind.MAIL, Identity.external == address))
    token = _link(db, keyring, card, now, identity=identity)
    words = _words(db, card, address, token, now + rules.LINK_LIFE)
    outbox.write(db, keyring, LetterKind.SIGN_IN, words, now, workspace=card.workspace)


def make_way_in(db: Session, keyring: Keyring, member: str, now: datetime) -> str:
    """A link for a member, to be shown to them rather than sent: by an adult, the chat or the operator. Its token."""
    return _link(db, keyring, people.the_member(db, member), now)


def consume_link(db: Session, keyring: Keyring, token: str, now: datetime) -> Entrance:
    """Come in by a link, once; refused where it has been used or has run out."""
    read = tokens.read(keyring.derived("access.link"), token)
    if read is None or read.until <= now:
        raise refused(ProblemKind.EXPIRED)
    entrance = _consumed(db, SignInLink.hash == tokens.hashed(read.secret), now)
    if entrance is None:
        raise refused(ProblemKind.EXPIRED)
    return entrance


def consume_code(db: Session, keyring: Keyring, waiting: str, code: str, now: datetime) -> Entrance | None:
    """Come in by the code of a letter, in the browser that asked for it; None where the code is not right.

    A wrong code is counted, so this answers None rather than refusing: what is refused is rolled back.
    """
    read = tokens.read(keyring.derived("access.waiting"), waiting)
    if read is None or read.until <= now:
        raise refused(ProblemKind.EXPIRED)
    browser = tokens.hashed(read.secret)
    tried = db.execute(
        sa.update(SignInLink)
        .where(SignInLink.waiting == browser, SignInLink.tries < rules.MOST_CODES)
        .values(tries=SignInLink.tries + 1)
        .returning(SignInLink.code, SignInLink.hash),
        execution_options={"synchronize_session": False},
    ).first()
    typed = _code_hash(keyring, browser, rules.same_code(code))
    if tried is None or tried.code is None or not hmac.compare_digest(tried.code, typed):
        return None
    return _consumed(db, SignInLink.hash == tried.hash, now)


def begin_door(db: Session, keyring: Keyring, door: str, client: str, now: datetime) -> str:
    """Somebody goes through a door of an integration: the state they bring back. Over all workspaces."""
    limits.count(db, keyring, ("door", client), rules.MOST_CHALLENGES, now)
    return challenges.pose(db, keyring, f"door {door}", now + rules.DOOR_LIFE)


def came_back(db: Session, keyring: Keyring, door: str, state: str, now: datetime) -> bool:
    """Whether this state was begun at this door, is brought back in time, and for the first time."""
    return challenges.spend(db, keyring, f"door {door}", state, now)


def _known_by(db: Session, address: str) -> tuple[str, MemberCard] | None:
    """Who has this address for certain: of several, who joined last; the others are found by the switcher."""
    found = db.execute(
        sa.select(Identity.id, Identity.member_id)
        .join(Member, Member.id == Identity.member_id)
        .where(
            Identity.kind == IdentityKind.MAIL,
            Identity.external == address,
            Identity.confirmed_at.is_not(None),
            Member.active,
        )
        .order_by(sa.func.coalesce(Member.joined_at, Member.created_at).desc(), Member.id)
        .limit(1)
    ).first()
    return None if found is None else (found.id, people.the_member(db, found.member_id))


def _words(
    db: Session, member: MemberCard, address: str, token: str, until: datetime, *, code: str | None = None
) -> Words:
    home = people.workspace(db, member.workspace)
    assert home is not None  # noqa: S101 - a member's workspace is there
    return Words(
        address,
        f"{rules.LINK_PATH}{token}",
        until.timestamp(),
        member.language,
        member.formal,
        register_of(home.kind, member.role),
        code,
    )


def _link(db: Session, keyring: Keyring, member: MemberCard, now: datetime, *, identity: str | None = None) -> str:
    secret = database.entropy(tokens.SECRET_BYTES)
    until = now + rules.LINK_LIFE
    db.add(SignInLink(**_link_row(member, secret, until, identity)))
    db.flush()
    return tokens.issue(keyring.derived("access.link"), secret, until)


def _link_row(member: MemberCard, secret: bytes, until: datetime, identity: str | None) -> dict[str, Any]:
    return {
        "hash": tokens.hashed(secret),
        "workspace_id": member.workspace,
        "member_id": member.id,
        "identity_id": identity,
        "tries": 0,
        "expires_on": until.date(),
    }


def _consumed(db: Session, which: sa.ColumnElement[bool], now: datetime) -> Entrance | None:
    """Delete the link, and so be the only one who used it."""
    used = db.execute(
        sa.delete(SignInLink)
        .where(which)
        .returning(SignInLink.workspace_id, SignInLink.member_id, SignInLink.identity_id),
        execution_options={"synchronize_session": False},
    ).first()
    if used is None:
        return None
    if used.identity_id is not None:
        confirmed = sa.update(Identity).where(Identity.id == used.identity_id, Identity.confirmed_at.is_(None))
        db.execute(confirmed.values(confirmed_at=now), execution_options={"synchronize_session": False})
    return Entrance(used.workspace_id, used.member_id)


def _code_hash(keyring: Keyring, browser: str, code: str) -> str:
    return tokens.keyed(keyring.derived("access.code"), browser, code)
