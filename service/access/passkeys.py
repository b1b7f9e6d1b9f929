"""Passkeys: keep one, sign in with one, name and forget them.

What a browser signs is checked against the challenge it was given, our own address and the key that was kept; whoever
signs has shown their device that it is them. A challenge is spent by the attempt, so these two answer a refusal rather
than raising it: what is raised is rolled back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.access import challenges, limits, rules
from service.access.models import Passkey
from service.access.rules import Entrance, Site
from service.errors import ProblemKind, Refused, refused
from service.people import queries as people
from service.sealing import Keyring

OURS = "Goldseam"
"""What a device calls us in its list of passkeys."""
ENTERING = "enter by passkey"
MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Question:
    """What a browser asks its device, as JSON, and the challenge it brings back with the answer."""

    options: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser brought back: the challenge it kept, and what its device said, as JSON."""

    challenge: str
    said: str


def ask_to_keep(db: Session, keyring: Keyring, member: str, site: Site, now: datetime) -> Question:
    """Ask a member's device for a passkey; refused where they keep as many as may be."""
    import webauthn
    from webauthn.helpers import structs

    card = people.the_member(db, member)
    kept = db.scalars(sa.select(Passkey.credential).where(Passkey.member_id == member)).all()
    if len(kept) >= rules.MOST_PASSKEYS:
        raise refused(ProblemKind.TOO_MANY, most=rules.MOST_PASSKEYS)
    challenge = challenges.pose(db, keyring, _keeping(member), now + rules.CHALLENGE_LIFE)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=OURS,
        user_id=member.encode(),
        user_name=card.name,
        user_display_name=card.name,
        challenge=challenge.encode(),
        timeout=_milliseconds(),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            # kept by the device itself, so that nobody has to say first who they are
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=bytes.fromhex(one)) for one in kept],
    )
    return Question(webauthn.options_to_json(options), challenge)


def keep_passkey(
    db: Session, keyring: Keyring, member: str, site: Site, answer: Answer, device: str, now: datetime
) -> str | Refused:
    """Keep the passkey a member's device made; returns its id."""
    import webauthn

    if not challenges.spend(db, keyring, _keeping(member), answer.challenge, now):
        return refused(ProblemKind.EXPIRED)
    made = _checked(
        site,
        answer,
        lambda: webauthn.verify_registration_response(
            credential=answer.said,
            expected_challenge=answer.challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        ),
    )
    if isinstance(made, Refused):
        return made
    row = Passkey(
        member_id=member,
        credential=made.credential_id.hex(),
        public_key=made.credential_public_key.hex(),
        sign_count=made.sign_count,
        device=device[: rules.DEVICE_LENGTH],
        created_on=now.date(),
        seen_on=now.date(),
    )
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError:  # the same passkey twice
        return refused(ProblemKind.ALREADY_DONE)
    return row.id


def ask_passkey(db: Session, keyring: Keyring, site: Site, client: str, now: datetime) -> Question:
    """Ask whoever is at a browser for one of their passkeys. Needs a transaction over all workspaces."""
    import webauthn
    from webauthn.helpers import structs

    limits.count(db, keyring, ("passkey", client), rules.MOST_CHALLENGES, now)
    challenge = challenges.pose(db, keyring, ENTERING, now + rules.CHALLENGE_LIFE)
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge.encode(),
        timeout=_milliseconds(),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return Question(webauthn.options_to_json(options), challenge)


def enter_by_passkey(db: Session, keyring: Keyring, site: Site, answer: Answer, now: datetime) -> Entrance | Refused:
    """Come in by a passkey. Needs a transaction over all workspaces."""
    import webauthn

    if not challenges.spend(db, keyring, ENTERING, answer.challenge, now):
        return refused(ProblemKind.EXPIRED)
    found = _checked(site, answer, lambda: webauthn.helpers.parse_authentication_credential_json(answer.said))
    if isinstance(found, Refused):
        return found
    row = db.scalar(sa.select(Passkey).where(Passkey.credential == found.raw_id.hex()))
    card = people.member(db, row.member_id) if row is not None else None
    if row is None or card is None or not card.active:
        return refused(ProblemKind.PASSKEY_UNKNOWN)
    if found.response.user_handle not in (None, row.member_id.encode()):
        return refused(ProblemKind.PASSKEY_UNFIT)
    key, counted = bytes.fromhex(row.public_key), row.sign_count
    proof = _checked(
        site,
        answer,
        lambda: webauthn.verify_authentication_response(
            credential=found,
            expected_challenge=answer.challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=key,
            credential_current_sign_count=counted,
            require_user_verification=True,
        ),
    )
    if isinstance(proof, Refused):
        return proof
    row.sign_count, row.seen_on = proof.new_sign_count, now.date()
    return Entrance(row.workspace_id, row.member_id)


def name_passkey(db: Session, member: str, passkey: str, name: str) -> None:
    """Call a passkey something its owner knows it by."""
    called = " ".join(name.split())
    if not called:
        raise refused(ProblemKind.MISSING, "name")
    if len(called) > rules.DEVICE_LENGTH:
        raise refused(ProblemKind.TOO_LONG, "name", most=rules.DEVICE_LENGTH)
    row = db.scalar(_mine(member, passkey))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.device = called


def forget_passkey(db: Session, member: str, passkey: str) -> None:
    """Let nobody in by this passkey any more."""
    row = db.scalar(_mine(member, passkey))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    db.delete(row)


def _mine(member: str, passkey: str) -> sa.Select[Passkey]:
    return sa.select(Passkey).where(Passkey.id == passkey, Passkey.member_id == member)


def _keeping(member: str) -> str:
    """What its challenge is for: one made for somebody keeps no passkey of another."""
    return f"keep passkey {member}"


def _milliseconds() -> int:
    return int(rules.CHALLENGE_LIFE.total_seconds() * 1000)


def _checked(site: Site, answer: Answer, check: Callable[[], Any]) -> Any | Refused:
    """What a check finds, or why it finds nothing."""
    if len(answer.said) > MOST_BYTES:
        return refused(ProblemKind.PASSKEY_UNFIT)
    try:
        return check()
    except Exception:  # noqa: BLE001 - whatever a browser sends, and however its bytes break a parser
        elsewhere = _origin(answer.said) not in (None, site.origin)
        return refused(ProblemKind.PASSKEY_ELSEWHERE if elsewhere else ProblemKind.PASSKEY_UNFIT)


def _origin(said: str) -> str | None:
    """The address at which a device was asked, as far as it can be read."""
    from webauthn.helpers import base64url_to_bytes

    try:
        found = json.loads(base64url_to_bytes(json.loads(said)["response"]["clientDataJSON"]))["origin"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, str) else None
