"""Thanks of a test: given, and looked at as no part of the product does."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from service.appreciations import actions as appreciations
from service.appreciations import queries
from service.appreciations.models import Appreciation
from service.appreciations.queries import AppreciationCard
from service.appreciations.rules import Draft
from service.nudges import delivery
from service.nudges import queries as nudges
from service.nudges.models import Nudge
from service.nudges.queries import NudgeCard
from service.nudges.rules import NudgeKind
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY

THANKS, POST = NudgeKind.THANKS_RECEIVED, NudgeKind.THANKS_SHARED


def give(runtime: Runtime, home: Home, giver: str, *recipients: str, now: datetime = MONDAY, **more: Any) -> str:
    """Thanks from one to others, by their names, in a transaction of its own."""
    words = more.pop("did", "covered my shift on Friday")
    draft = Draft(home[giver], tuple(home[one] for one in recipients), words, **more)
    with runtime.transaction(home.id) as db:
        return appreciations.give(db, draft, now)


def deliver(runtime: Runtime, now: datetime = MONDAY) -> None:
    """Deliver what is due, and change what was delivered."""
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, now)
    delivery.change_due(runtime.housekeeping, runtime.couriers, now)


def inbox(runtime: Runtime, home: Home, name: str) -> list[NudgeCard]:
    """The thanks in a member's inbox."""
    with runtime.transaction(home.id, writes=False) as db:
        return [card for card in nudges.inbox(db, home[name]) if card.kind is THANKS]


def keepsakes(runtime: Runtime, home: Home, name: str) -> list[AppreciationCard]:
    """What a member keeps."""
    with runtime.transaction(home.id, writes=False) as db:
        return list(queries.keepsakes(db, home[name]).cards)


def feed(runtime: Runtime, home: Home, reader: str | None = None) -> list[AppreciationCard]:
    """What the circle shares."""
    with runtime.transaction(home.id, writes=False) as db:
        return list(queries.feed(db, home.circle, reader=home[reader] if reader else None).cards)


def given(runtime: Runtime, home: Home, name: str) -> list[AppreciationCard]:
    """What a member gave."""
    with runtime.transaction(home.id, writes=False) as db:
        return list(queries.given(db, home[name]).cards)


def rows(runtime: Runtime) -> list[Appreciation]:
    """All thanks there are."""
    with runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(Appreciation).order_by(Appreciation.given_at)))


def nudged(runtime: Runtime, kind: NudgeKind = THANKS) -> list[Nudge]:
    """Every nudge of a kind, whatever became of it."""
    with runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(Nudge).where(Nudge.kind == kind).order_by(Nudge.reader)))
