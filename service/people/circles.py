"""What people do about circles and the places these listen in: make, seat, listen, take turns, be quiet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service import db as database
from service.errors import ProblemKind, refused
from service.people import rows
from service.people.models import Circle, CircleMember, Place
from service.people.rules import PlaceKind
from service.prepared import Prepared, PreparedChange, any_of, table


def make_circle(
    db: Session, name: str, now: datetime, *, leads: Collection[str] = (), members: Collection[str] = ()
) -> str:
    """Make a circle of these members; returns its id."""
    row = Circle(name=rows.named(name), created_at=now, invited_times=0)
    db.add(row)
    db.flush()
    for member in sorted({*leads, *members}):
        seat(db, row.id, member, now, leads=member in leads)
    return row.id


def seat(db: Session, circle: str, member: str, now: datetime, *, leads: bool | None = None) -> None:
    """Take a member into a circle, or change whether they lead it."""
    rows.circle(db, circle)
    rows.member(db, member)
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
    rows.circle(db, circle)
    row = _place(db, kind, external)
    if row is None:
        row = Place(circle_id=circle, kind=kind, external=external, name=name, created_at=now, listens=True, heard=0)
        db.add(row)
    elif row.listens and row.circle_id != circle:
        raise refused(ProblemKind.PLACE_TAKEN, "place")
    else:
        row.circle_id, row.listens, row.name = circle, True, name or row.name
    db.flush()
    return row.id


def stop_listening(db: Session, kind: PlaceKind, external: str) -> str | None:
    """Read nothing there any more; returns the place's id where there was one."""
    row = _place(db, kind, external)
    if row is None:
        return None
    row.listens = False
    return row.id


def _place(db: Session, kind: PlaceKind, external: str) -> Place | None:
    return db.scalar(sa.select(Place).where(Place.kind == kind, Place.external == external))


def agree_reaction(db: Session, kind: PlaceKind, external: str, reaction: str | None) -> None:
    """The people of a place agree that this reaction means: answered. None ends it."""
    row = db.scalar(sa.select(Place).where(Place.kind == kind, Place.external == external))
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.settled_by = reaction


def agree_thanks(db: Session, kind: PlaceKind, external: str, reaction: str | None) -> None:
    """The people of a place agree that whoever puts this reaction is offered a few words of thanks. None ends it."""
    row = _place(db, kind, external)
    if row is None:
        raise refused(ProblemKind.NOT_FOUND)
    row.thanks_by = reaction


_PLACE = table(Place)
_HELD = Prepared(
    sa.select(_PLACE.c.id, _PLACE.c.heard, _PLACE.c.revised, _PLACE.c.late)
    .where(_PLACE.c.id.in_(any_of("places")))
    .order_by(_PLACE.c.id)
    .with_for_update(),
    found=True,
)
_TURN = PreparedChange(sa.update(_PLACE).where(_PLACE.c.id.in_(any_of("places"))).values(heard=sa.bindparam("number")))


@dataclass(frozen=True, slots=True)
class Mark:
    """Random numbers of a place: the one before this batch, the one after it, and those of its last revision and of
    the last message that came late."""

    before: int
    after: int
    revised: int
    late: int


def take_turn(db: Session, places: Collection[str]) -> dict[str, Mark]:
    """Hold these places while they are heard; returns the marks of each.

    A mark changes with each batch, so that a window remembered in a process is known to be stale when anybody else
    heard something there, or when the batch it belongs to was rolled back.
    """
    if not places:
        return {}
    held = _HELD.rows(db, places=list(places))
    after = int.from_bytes(database.entropy(7), "big")
    _TURN.apply(db, places=[row.id for row in held], number=after)
    return {row.id: Mark(row.heard, after, row.revised, row.late) for row in held}


def revise(
    db: Session, marks: Mapping[str, Mark], revised: Collection[str], late: Collection[str] = ()
) -> dict[str, Mark]:
    """Note where something changed besides what was said last, and where something came late; returns the marks as
    they are from then on.

    Until the next revision a window that fell behind only has to hear what it missed.
    """
    number = int.from_bytes(database.entropy(7), "big")
    for column, changed in ((Place.revised, revised), (Place.late, late)):
        if changed:
            change = sa.update(Place).where(Place.id.in_(changed)).values({column: number})
            db.execute(change, execution_options={"synchronize_session": False})
    return {
        place: replace(
            mark,
            revised=number if place in revised else mark.revised,
            late=number if place in late else mark.late,
        )
        for place, mark in marks.items()
    }


def tell_week(db: Session, circle: str, *, on: bool) -> None:
    """A lead lets one word a week bring the thanks the circle shares, or no longer."""
    rows.circle(db, circle).tells_week = on


def quiet_time(db: Session, circle: str, until: date | None) -> None:
    """A lead sets a circle to quiet until a day; no reason is asked."""
    row = rows.circle(db, circle)
    row.quiet_until = None if until is None else datetime.combine(until, datetime.min.time(), tzinfo=UTC)
