"""Found a home or a team on the web, invite others into it, and accept."""

from datetime import datetime

import sqlalchemy as sa

from service import db as database
from service.access import outbox, queries, rules, tokens
from service.access.models import Invite
from service.access.postman import Words
from service.access.rules import Entrance, LetterKind
from service.db import Session
from service.errors import ProblemKind, refused
from service.people import actions as people_acts
from service.people import queries as people
from service.people.rules import PlaceKind, Role, WorkspaceKind, register_of
from service.sealing import Keyring

MOST_USES = 50


def found(
    db: Session, kind: WorkspaceKind, name: str, founder: str, now: datetime, *, zone: str = "UTC", language: str = "en"
) -> Entrance:
    """Found a family or a team: its founder owns it, and is the first of its one circle, which has a room.

    Needs a transaction over all workspaces, which sees the new one alone from then on.
    """
    home = people_acts.open_workspace(db, kind, name, now, language=language, zone=zone)
    db.enter(home)
    role = Role.ADULT if kind is WorkspaceKind.FAMILY else Role.MEMBER
    member = people_acts.meet(db, founder, now, role=role)
    people_acts.join(db, member, now)
    people_acts.own(db, member)
    circle = people_acts.make_circle(db, name, now, leads=[member])
    people_acts.listen(db, circle, PlaceKind.ROOM, circle, now)
    return Entrance(home, member)


def make_invite(
    db: Session, keyring: Keyring, circle: str, role: Role, by: str, now: datetime, *, uses: int = 1
) -> str:
    """Invite into a circle, as often as `uses` says; returns the token for a link or a QR, which is shown once."""
    maker = people.the_member(db, by)
    home = people.workspace(db, maker.workspace)
    if home is None or people.circle(db, circle) is None:
        raise refused(ProblemKind.NOT_FOUND)
    if not rules.may_be_invited_as(home.kind, role):
        raise refused(ProblemKind.NOT_ALLOWED, "role")
    if not 1 <= uses <= MOST_USES:
        raise refused(ProblemKind.TOO_MANY, "uses", most=MOST_USES)
    secret = database.entropy(tokens.SECRET_BYTES)
    ends_on = rules.invite_ends_on(now)
    db.add(
        Invite(
            workspace_id=home.id,
            hash=tokens.hashed(secret),
            circle_id=circle,
            role=role,
            made_by=by,
            left=uses,
            expires_on=ends_on,
        )
    )
    db.flush()
    return tokens.issue(keyring.derived("access.invite"), secret, now + rules.INVITE_LIFE)


def send_invite(db: Session, keyring: Keyring, circle: str, role: Role, by: str, address: str, now: datetime) -> None:
    """Invite one person into a circle by a letter."""
    address = rules.same_address(address)
    token = make_invite(db, keyring, circle, role, by, now)
    maker, into = people.the_member(db, by), people.circle(db, circle)
    home = people.workspace(db, maker.workspace)
    assert home is not None  # noqa: S101 - the invitation was made there
    assert into is not None  # noqa: S101 - the same
    words = Words(
        address,
        f"{rules.INVITE_PATH}{token}",
        (now + rules.INVITE_LIFE).timestamp(),
        home.language,
        home.kind is WorkspaceKind.TEAM,
        register_of(home.kind, role),
        name=maker.name,
        circle=into.name,
    )
    outbox.write(db, keyring, LetterKind.INVITE, words, now, workspace=home.id)


def accept_invite(db: Session, keyring: Keyring, token: str, name: str, now: datetime) -> Entrance:
    """Join by an invitation, under a name: whoever accepts has read what is noticed, and agrees to it.

    Needs a transaction over all workspaces, which sees the inviting one alone from then on.
    """
    card = queries.invite_of(db, keyring, token, now)
    if card is None:
        raise refused(ProblemKind.EXPIRED)
    taken = db.execute(
        sa.update(Invite)
        .where(Invite.id == card.id, Invite.left > 0)
        .values(left=Invite.left - 1)
        .returning(Invite.id),
        execution_options={"synchronize_session": False},
    ).first()
    if taken is None:
        raise refused(ProblemKind.EXPIRED)
    db.enter(card.workspace)
    member = people_acts.meet(db, name, now, role=card.role)
    people_acts.join(db, member, now)
    people_acts.seat(db, card.circle, member, now)
    return Entrance(card.workspace, member)


def revoke_invite(db: Session, invite: str) -> None:
    """Take an invitation back."""
    gone = db.execute(sa.delete(Invite).where(Invite.id == invite), execution_options={"synchronize_session": False})
    if not gone.rowcount:  # type: ignore[attr-defined]
        raise refused(ProblemKind.NOT_FOUND)
