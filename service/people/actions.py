"""What people do about being here: arrive, join, set boundaries, make circles, leave."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from zoneinfo import available_timezones

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.db import entropy
from service.errors import Problem, ProblemKind, Refused, refused
from service.people import queries
from service.people.models import (
    Apart,
    BoundaryCard,
    Circle,
    CircleMember,
    Identity,
    Member,
    Place,
    Workspace,
)
from service.people.rules import (
    Boundary,
    IdentityKind,
    Joined,
    PlaceKind,
    Role,
    ThanksWish,
    WorkspaceKind,
    problems_of,
)

NAME_LENGTH = 80


def open_workspace(
    db: Session, kind: WorkspaceKind, name: str, now: datetime, *, language: str = "en", zone: str = "UTC"
) -> str:
    """Open a workspace; returns its id."""
    row = Workspace(kind=kind, name=_named(name), language=language, zone=_zone(zone), switched_off={}, created_at=now)
    db.add(row)
    db.flush()
    return row.id


def suspend(db: Session, workspace: str, why: str, now: datetime) -> None:
    """Hold everything of a workspace that cannot be reached any more."""
    row = db.get(Workspace, workspace)
    if row is not None and row.suspended_at is None:
        row.suspended_at, row.suspended_why = now, why


def resume(db: Session, workspace: str) -> None:
    """Let a workspace go on that can be reached again."""
    row = db.get(Workspace, workspace)
    if row is not None:
        row.suspended_at = row.suspended_why = None


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

    Meeting the same identity again changes their name and zone and nothing else.
    """
    if known is not None:
        found = db.scalar(sa.select(Identity).where(Identity.kind == known[0], Identity.external == known[1]))
        if found is not None:
            row = db.get_one(Member, found.member_id)
            row.name, row.active = _named(name), True
            return row.id
    row = Member(
        name=_named(name),
        role=role,
        language=language,
        courier=courier,
        created_at=now,
        joined=Joined.NO,
        is_owner=False,
        active=True,
        refuses_thanks=False,
    )
    db.add(row)
    db.flush()
    if known is not None:
        db.add(Identity(member_id=row.id, kind=known[0], external=known[1], confirmed_at=now))
    if zone is not None and zone in available_timezones():
        _boundary_row(db, row.id).zone = zone
    db.flush()
    return row.id


def join(db: Session, member: str, now: datetime, *, whole: bool = True) -> None:
    """A member agrees: to everything, or to thanks alone."""
    row = _the(db, member)
    if row.joined is not Joined.WHOLE:
        row.joined = Joined.WHOLE if whole else Joined.THANKS
        row.joined_at = row.joined_at or now
    _boundary_row(db, member)


def own(db: Session, member: str) -> None:
    """Make a member an owner of the workspace."""
    _the(db, member).is_owner = True


def invited(db: Session, member: str, now: datetime) -> bool:
    """Note that the one invitation reaches somebody who has not joined; False where it has been before."""
    row = _the(db, member)
    if row.invited_at is not None:
        return False
    row.invited_at = now
    return True


def refuse_thanks(db: Session, member: str) -> None:
    """ "Don't send me these", from somebody who has not joined."""
    _the(db, member).refuses_thanks = True


def set_boundary(db: Session, member: str, boundary: Boundary) -> None:
    """Keep a member's boundary, or say what is in the way of it."""
    problems = list(problems_of(boundary))
    if boundary.zone not in available_timezones():
        problems.insert(0, Problem(ProblemKind.UNKNOWN_TIME_ZONE, "zone"))
    if problems:
        raise Refused(*problems)
    row = _boundary_row(db, member)
    row.zone, row.days = boundary.zone, "".join(str(day) for day in sorted(boundary.days))
    row.starts_at, row.ends_at, row.digest_at = boundary.starts_at, boundary.ends_at, boundary.digest_at
    row.weekly_allowance, row.paused_until = boundary.weekly_allowance, boundary.paused_until
    row.country, row.region = boundary.holidays if boundary.holidays is not None else (None, None)


def pause(db: Session, member: str, until: datetime | None) -> None:
    """Say nothing to a member until then; None ends the pause."""
    _boundary_row(db, member).paused_until = until


def set_wishes(
    db: Session,
    member: str,
    *,
    thanks_wish: ThanksWish | None = None,
    raise_with_me: str | None = None,
    shares_away: bool | None = None,
    sources_off: Collection[str] | None = None,
) -> None:
    """Keep what a member said beside their hours; what is None stays as it was."""
    if raise_with_me is not None and len(raise_with_me) > 280:
        raise refused(ProblemKind.TOO_LONG, "raise_with_me", most=280)
    row = _boundary_row(db, member)
    row.thanks_wish = thanks_wish if thanks_wish is not None else row.thanks_wish
    row.raise_with_me = raise_with_me if raise_with_me is not None else row.raise_with_me
    row.shares_away = shares_away if shares_away is not None else row.shares_away
    if sources_off is not None:
        row.sources_off = ",".join(sorted(sources_off))


def speak(db: Session, member: str, *, language: str | None = None, formal: bool | None = None) -> None:
    """Set the language and address in which a member is spoken to; what is None stays as it was."""
    row = _the(db, member)
    row.language = language if language is not None else row.language
    row.formal = formal if formal is not None else row.formal


def carry_by(db: Session, member: str, courier: str) -> None:
    """Choose the courier that carries a member's nudges."""
    _the(db, member).courier = courier


def rename(db: Session, member: str, name: str) -> None:
    """Change the name a member goes by."""
    _the(db, member).name = _named(name)


def identify(db: Session, member: str, kind: IdentityKind, external: str, now: datetime | None) -> None:
    """Keep a member's name elsewhere; without a moment it waits to be confirmed by them."""
    found = db.scalar(sa.select(Identity).where(Identity.kind == kind, Identity.external == external))
    if found is None:
        db.add(Identity(member_id=member, kind=kind, external=external, confirmed_at=now))
    elif found.member_id == member:
        found.confirmed_at = found.confirmed_at or now
    else:
        raise refused(ProblemKind.PLACE_TAKEN, "identity")
    db.flush()


def make_circle(
    db: Session, name: str, now: datetime, *, leads: Collection[str] = (), members: Collection[str] = ()
) -> str:
    """Make a circle of these members; returns its id."""
    row = Circle(name=_named(name), created_at=now, invited_times=0)
    db.add(row)
    db.flush()
    for member in {*leads, *members}:
        seat(db, row.id, member, now, leads=member in leads)
    return row.id


def seat(db: Session, circle: str, member: str, now: datetime, *, leads: bool | None = None) -> None:
    """Take a member into a circle, or change whether they lead it."""
    row = db.get(CircleMember, (circle, member))
    if row is None:
        db.add(CircleMember(circle_id=circle, member_id=member, leads=bool(leads), since_on=now.astimezone(UTC).date()))
        db.flush()
    elif leads is not None:
        row.leads = leads


def unseat(db: Session, circle: str, member: str) -> None:
    """Let a member out of a circle; nobody is told."""
    db.execute(sa.delete(CircleMember).where(CircleMember.circle_id == circle, CircleMember.member_id == member))


def listen(db: Session, circle: str, kind: PlaceKind, external: str, now: datetime, *, name: str | None = None) -> str:
    """Let a circle listen in a place; a place belongs to one circle. Returns its id."""
    row = db.scalar(sa.select(Place).where(Place.kind == kind, Place.external == external))
    if row is None:
        row = Place(circle_id=circle, kind=kind, external=external, name=name, created_at=now, listens=True, heard=0)
        db.add(row)
    elif row.listens and row.circle_id != circle:
        raise refused(ProblemKind.PLACE_TAKEN, "place")
    else:
        row.circle_id, row.listens, row.name = circle, True, name or row.name
    db.flush()
    return row.id


def take_turn(db: Session, places: Collection[str]) -> dict[str, tuple[int, int]]:
    """Hold these places while they are heard; returns each one's mark before and after.

    The mark is a random number that changes with each batch, so that a window remembered in a process is known
    to be stale when anybody else heard something there, or when the batch it belongs to was rolled back.
    """
    rows = db.execute(sa.select(Place.id, Place.heard).where(Place.id.in_(places)).order_by(Place.id).with_for_update())
    marks = {place: (before, int.from_bytes(entropy(7), "big")) for place, before in rows}
    db.execute(sa.update(Place), [{"id": place, "heard": after} for place, (_, after) in marks.items()])
    return marks


def stop_listening(db: Session, kind: PlaceKind, external: str) -> str | None:
    """Read nothing there any more; returns the place's id where there was one."""
    row = db.scalar(sa.select(Place).where(Place.kind == kind, Place.external == external))
    if row is None:
        return None
    row.listens = False
    return row.id


def keep_apart(db: Session, member: str, other: str) -> None:
    """No contact about or with somebody; they are not told."""
    if member == other:
        raise refused(ProblemKind.ONLY_YOURSELF, "other")
    if db.get(Apart, (member, other)) is None:
        db.add(Apart(member_id=member, other_id=other))


def end_apart(db: Session, member: str, other: str) -> None:
    """Let contact be possible again, as far as this member is concerned."""
    db.execute(sa.delete(Apart).where(Apart.member_id == member, Apart.other_id == other))


def leave(db: Session, member: str) -> None:
    """Erase what people keeps of a member; a workspace keeps one owner at least."""
    row = _the(db, member)
    if row.is_owner and not _others_own(db, member):
        raise refused(ProblemKind.LAST_OWNER)
    forget(db, [member])


def forget(db: Session, members: Iterable[str]) -> None:
    """Delete these members' rows here; whatever belongs to them falls with them."""
    db.execute(sa.delete(Member).where(Member.id.in_(list(members))))


def deactivate(db: Session, member: str) -> None:
    """Somebody was removed from the chat: nothing reaches them or speaks of them any more."""
    _the(db, member).active = False


def switch(db: Session, workspace: str, feature: str, *, on: bool) -> None:
    """An owner allows a feature in the workspace, or does not."""
    row = db.get_one(Workspace, workspace)
    row.switched_off = {**row.switched_off, feature: not on}


def quiet_time(db: Session, circle: str, until: date | None) -> None:
    """A lead sets a circle to quiet until a day; no reason is asked."""
    row = db.scalar(sa.select(Circle).where(Circle.id == circle))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.quiet_until = None if until is None else datetime.combine(until, datetime.min.time(), tzinfo=UTC)


def _others_own(db: Session, member: str) -> bool:
    """Whether another owner remains, or nobody at all would."""
    others = [card for card in queries.everybody(db) if card.id != member]
    return not others or any(card.is_owner for card in others)


def _the(db: Session, member: str) -> Member:
    row = db.scalar(sa.select(Member).where(Member.id == member))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    return row


def _boundary_row(db: Session, member: str) -> BoundaryCard:
    row = db.scalar(sa.select(BoundaryCard).where(BoundaryCard.member_id == member))
    if row is None:
        first = queries.boundaries(db, [member])[member]
        row = BoundaryCard(
            member_id=member,
            zone=first.zone,
            days="".join(str(day) for day in sorted(first.days)),
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            digest_at=first.digest_at,
            weekly_allowance=first.weekly_allowance,
            thanks_wish=ThanksWish.PRIVATE,
            raise_with_me="",
            shares_away=False,
            sources_off="",
        )
        db.add(row)
        db.flush()
    return row


def _named(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise refused(ProblemKind.MISSING, "name")
    if len(cleaned) > NAME_LENGTH:
        raise refused(ProblemKind.TOO_LONG, "name", most=NAME_LENGTH)
    return cleaned


def _zone(zone: str) -> str:
    if zone not in available_timezones():
        raise refused(ProblemKind.UNKNOWN_TIME_ZONE, "zone")
    return zone
