"""The demo's clock: by how much it is ahead of this machine's, and to which moment each button moves it."""

import os
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from service.db import EVERY_WORKSPACE, Session
from service.demo import calendar
from service.demo.passing import Passing
from service.demo.standin import StandIn
from service.efforts import cadence
from service.people import hours
from service.people import queries as people
from service.people.rules import Joined, WorkspaceKind
from service.runtime import DEMO_CLOCK, Runtime, system_time
from service.settings import Settings
from service.suggestions.rules import SLOTS

A_LITTLE = timedelta(seconds=1)
"""How far past its moment the clock is set, so that what is due then is due."""
ALREADY = timedelta(minutes=1)
"""A morning nearer than this is not the next one: it comes by itself."""


class Move(StrEnum):
    """Where somebody may move the clock to."""

    MORNING = "morning"
    """The next morning parcel of anybody."""
    THURSDAY = "thursday"
    """When leads hear of effort without thanks."""
    CARD = "card"
    """When the team's cards are drawn."""
    FAMILY_CARD = "family_card"
    """When the family's are."""


def move(runtime: Runtime, to: Move) -> float:
    """Move the clock on, ours and the stand-in's; returns by how many seconds it is ahead now."""
    now = runtime.now()
    with runtime.housekeeping() as db:
        moment = _next(db, to, now)
        # A parcel is packed when its hour comes: what is due by then has to lie ready a moment before.
        Passing(runtime, db, Random(moment.timestamp())).morning(moment - A_LITTLE)  # noqa: S311 - the demo's chance
    ahead = (moment + A_LITTLE - system_time()).total_seconds()
    turn(runtime.settings, ahead)
    runtime.soon()
    return ahead


def zone() -> ZoneInfo:
    """The zone the demo's clock is read in: this machine's."""
    return ZoneInfo(calendar.zone_here())


def turn(settings: Settings, ahead: float) -> None:
    """Set our clock and the stand-in's to be so many seconds ahead of this machine's."""
    path = settings.state_dir / DEMO_CLOCK
    draft = path.with_name(f"{DEMO_CLOCK}.{os.getpid()}")
    draft.write_text(f"{ahead:.3f}")
    draft.replace(path)
    StandIn.of(settings).tell("/clock", offset_seconds=ahead)


def _next(db: Session, to: Move, now: datetime) -> datetime:
    match to:
        case Move.MORNING:
            return _next_morning(db, now)
        case Move.THURSDAY:
            return cadence.slot(now + A_LITTLE, calendar.zone_here())
        case Move.CARD:
            return _next_draw(WorkspaceKind.TEAM, now)
        case Move.FAMILY_CARD:
            return _next_draw(WorkspaceKind.FAMILY, now)


def _next_morning(db: Session, now: datetime) -> datetime:
    mornings: list[datetime | None] = []
    for home in people.workspaces(db):
        db.enter(home.id)
        joined = [card.id for card in people.everybody(db) if card.joined is Joined.WHOLE]
        boundaries = people.boundaries(db, joined).values()
        mornings += [hours.next_digest(boundary, now + ALREADY) for boundary in boundaries]
    db.enter(EVERY_WORKSPACE)
    return min((one for one in mornings if one is not None), default=now + timedelta(days=1))


def _next_draw(kind: WorkspaceKind, now: datetime) -> datetime:
    weekday, at = SLOTS[kind]
    return cadence.slot(now + A_LITTLE, calendar.zone_here(), weekday, at)
