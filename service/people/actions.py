"""What people do about being here: arrive, join, set boundaries, make circles, leave.

Circles and boundaries have files of their own; all of it is said as `people.<verb>`.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.errors import ProblemKind, Refused, refused
from service.people import rows, rules
from service.people.boundaries import end_apart, keep_apart, pause, set_boundary, set_wishes
from service.people.circles import (
    Mark,
    agree_reaction,
    listen,
    make_circle,
    quiet_time,
    revise,
    seat,
    stop_listening,
    take_turn,
    tell_week,
    unseat,
)
from service.people.models import Identity, Member, Workspace
from service.people.rules import Feature, IdentityKind, Joined, Role, WorkspaceKind
from service.people.standing import another_adult, disown, give_role, inherit, others_are, own

# What is said here and lies in files of its own.
__all__ = [
    "Mark",
    "agree_reaction",
    "disown",
    "end_apart",
    "give_role",
    "keep_apart",
    "listen",
    "make_circle",
    "own",
    "pause",
    "quiet_time",
    "revise",
    "seat",
    "set_boundary",
    "set_wishes",
    "stop_listening",
    "take_turn",
    "tell_week",
    "unseat",
]

LONGEST_HELP = 280


def open_workspace(
    db: Session, kind: WorkspaceKind, name: str, now: datetime, *, language: str = "en", zone: str = "UTC"
) -> str:
    """Open a workspace; returns its id."""
    row = Workspace(
        kind=kind,
        name=rows.named(name),
        language=rows.code(language, "language"),
        zone=rows.zone(zone),
        switched_off={},
        created_at=now,
    )
    db.add(row)
    db.flush()
    return row.id


def suspend(db: Session, workspace: str, why: str, now: datetime) -> None:
    """Hold everything of a workspace that cannot be reached any more."""
    row = rows.workspace(db, workspace)
    if row.suspended_at is None:
        row.suspended_at, row.suspended_why = now, why[:64]


def resume(db: Session, workspace: str) -> None:
    """Let a workspace go on that can be reached again."""
    row = rows.workspace(db, workspace)
    row.suspended_at = row.suspended_why = None


def switch(db: Session, workspace: str, feature: str, *, on: bool) -> None:
    """An owner allows a feature in the workspace, or does not."""
    if feature not in tuple(Feature):
        raise refused(ProblemKind.UNKNOWN_VALUE, "feature")
    row = rows.workspace(db, workspace)
    row.switched_off = {**row.switched_off, feature: not on}


def name_home(db: Session, workspace: str, name: str, zone: str) -> None:
    """Say what a workspace is called, and on whose clock its common days go; nobody's own hours change."""
    row = rows.workspace(db, workspace)
    row.name, row.zone = rows.named(name), rows.zone(zone)


def speak_here(db: Session, workspace: str, language: str) -> None:
    """An owner says in which language people write here; those who chose none are spoken to in it as well."""
    rows.workspace(db, workspace).language = rows.code(language, "language")


def value(db: Session, workspace: str, words: str) -> None:
    """An owner says in a few words what is valued here; without any, thanks are not asked for one."""
    kept = rules.valued(words)
    problems = rules.problems_of_valued(kept)
    if problems:
        raise Refused(*problems)
    rows.workspace(db, workspace).valued = list(kept)


def name_help(db: Session, workspace: str, help_at: str, others_at_least: int) -> None:
    """An owner names those who can help, and how many others a card for one person needs."""
    row = rows.workspace(db, workspace)
    if len(help_at.strip()) > LONGEST_HELP:
        raise refused(ProblemKind.TOO_LONG, "help_at", most=LONGEST_HELP)
    row.help_at, row.others_at_least = help_at.strip(), others_at_least


def meet(
    db: Session,
    name: str,
    now: datetime,
    *,
    role: Role = Role.MEMBER,
    known: tuple[IdentityKind, str] | None = None,
    zone: str | None = None,
    language: str | None = None,
    courier: str = "inbox",
) -> str:
    """Know somebody by name, without noticing anything about them yet; returns their id.

    Meeting the same identity again changes their name and, until they join, their zone; and nothing else.
    """
    found = _again(db, name, known, zone)
    if found is not None:
        return found
    row = Member(
        name=rows.named(name),
        role=role,
        language=None if language is None else rows.code(language, "language"),
        courier=rows.code(courier, "courier"),
        created_at=now,
        joined=Joined.NO,
        is_owner=False,
        active=True,
        refuses_thanks=False,
    )
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
            if known is not None:
                db.add(Identity(member_id=row.id, kind=known[0], external=known[1], confirmed_at=now))
    except IntegrityError:
        # Somebody else met them in the same moment: theirs is the member.
        found = _again(db, name, known, zone)
        if found is None:
            raise
        return found
    _zone_of(db, row, zone)
    return row.id


def _again(db: Session, name: str, known: tuple[IdentityKind, str] | None, zone: str | None) -> str | None:
    identity = _identity(db, *known) if known is not None else None
    if identity is None:
        return None
    row = rows.member(db, identity.member_id)
    row.name, row.active = rows.named(name), True
    if row.joined is Joined.NO:
        _zone_of(db, row, zone)
    return row.id


def _zone_of(db: Session, row: Member, zone: str | None) -> None:
    if zone is not None and zone in available_timezones():
        rows.boundary(db, row.id).zone = zone
        db.flush()


def _identity(db: Session, kind: IdentityKind, external: str) -> Identity | None:
    return db.scalar(sa.select(Identity).where(Identity.kind == kind, Identity.external == external))


def join(db: Session, member: str, now: datetime, *, whole: bool = True) -> None:
    """A member agrees: to everything, or to thanks alone."""
    row = rows.member(db, member)
    if row.joined is not Joined.WHOLE:
        row.joined = Joined.WHOLE if whole else Joined.THANKS
        row.joined_at = row.joined_at or now
    rows.boundary(db, member)


def guard(db: Session, child: str, guardian: str) -> None:
    """Name the adult who answers for a child."""
    if rows.member(db, guardian).role is not Role.ADULT:
        raise refused(ProblemKind.NOT_ALLOWED, "guardian")
    rows.member(db, child).guardian_id = guardian


def invited(db: Session, member: str, now: datetime) -> bool:
    """Note that the one invitation reaches somebody who has not joined; False where it has been before."""
    row = rows.member(db, member)
    if row.invited_at is not None:
        return False
    row.invited_at = now
    return True


def refuse_thanks(db: Session, member: str) -> None:
    """ "Don't send me these", from somebody who has not joined."""
    rows.member(db, member).refuses_thanks = True


def speak(db: Session, member: str, *, language: str | None = None, formal: bool | None = None) -> None:
    """Set the language and address in which a member is spoken to; what is None stays as it was."""
    row = rows.member(db, member)
    row.language = rows.code(language, "language") if language is not None else row.language
    row.formal = formal if formal is not None else row.formal


def carry_by(db: Session, member: str, courier: str) -> None:
    """Choose the courier that carries a member's nudges."""
    rows.member(db, member).courier = rows.code(courier, "courier")


def rename(db: Session, member: str, name: str) -> None:
    """Change the name a member goes by."""
    rows.member(db, member).name = rows.named(name)


def identify(db: Session, member: str, kind: IdentityKind, external: str, now: datetime | None) -> None:
    """Keep a member's name elsewhere; without a moment it waits to be confirmed by them.

    What somebody else only says is theirs belongs to whoever says it last; what they confirmed is taken.
    """
    rows.member(db, member)
    found = _identity(db, kind, external)
    if found is None:
        try:
            with db.begin_nested():
                db.add(Identity(member_id=member, kind=kind, external=external, confirmed_at=now))
        except IntegrityError:  # somebody else said the same in the same moment
            found = _identity(db, kind, external)
        else:
            return
    if found is None or (found.member_id != member and found.confirmed_at is not None):
        raise refused(ProblemKind.PLACE_TAKEN, "identity")
    found.member_id, found.confirmed_at = member, found.confirmed_at or now
    db.flush()


def leave(db: Session, member: str, *, in_any_case: bool = False) -> None:
    """Erase what people keeps of a member; an owner and an adult stay, save for whom a backup brought back."""
    row = rows.member(db, member)
    if row.role is Role.ADULT and not in_any_case and others_are(db, member, Member.active):
        another_adult(db, member)
    if row.is_owner and others_are(db, member, Member.active):
        inherit(db, member, in_any_case=in_any_case)
    forget(db, [member])


def forget(db: Session, members: Iterable[str]) -> None:
    """Delete these members' rows here; whatever belongs to them falls with them."""
    db.execute(sa.delete(Member).where(Member.id.in_(list(members))))


def deactivate(db: Session, member: str) -> None:
    """Somebody was removed from the chat: nothing reaches them or speaks of them any more."""
    rows.member(db, member).active = False
