"""Work of a test: noticed from GitHub, and looked at as no part of the product does."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from service.efforts import actions as efforts
from service.efforts.models import EffortRow, Shown, Witness
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.nudges import delivery
from service.nudges import queries as nudges
from service.nudges.models import Nudge
from service.nudges.queries import NudgeCard
from service.nudges.rules import NudgeKind
from service.people import actions as people
from service.people.rules import IdentityKind
from service.runtime import Runtime
from tests.builders import Home
from tests.fakes import MONDAY


def known(runtime: Runtime, home: Home, now: datetime) -> None:
    """Everybody's GitHub login is their name in small letters, and they said so."""
    with runtime.transaction(home.id) as db:
        for name, member in home.members.items():
            people.identify(db, member, IdentityKind.GITHUB, name.lower(), now)


def login(name: str) -> Named:
    """Somebody's name at GitHub."""
    return Named(IdentityKind.GITHUB, name.lower())


def change(doer: str, at: datetime, number: int = 1, *saw: str, kind: EffortKind = EffortKind.CHANGE) -> Noticed:
    """A change that was merged, and who saw it."""
    reference = f"7#{number}" if kind is EffortKind.CHANGE else f"7#{number}/{kind.value}/{doer}"
    return Noticed(
        source=Source.GITHUB,
        reference=reference,
        kind=kind,
        doer=login(doer),
        done_at=at,
        title=f"Mend the gate (#{number})",
        witnesses=tuple(login(one) for one in saw),
        about=f"7#{number}",
        link=f"https://github.example/7/{number}",
    )


def notice(runtime: Runtime, home: Home, noticed: Noticed, now: datetime) -> str | None:
    """Notice it in a transaction of its own."""
    with runtime.transaction(home.id) as db:
        return efforts.notice(db, noticed, now)


def rows(runtime: Runtime) -> list[EffortRow]:
    """Every effort there is."""
    with runtime.housekeeping(writes=False) as db:
        return list(db.scalars(sa.select(EffortRow).order_by(EffortRow.reference)))


def the_row(runtime: Runtime, effort: str | None) -> EffortRow:
    """One effort."""
    return next(row for row in rows(runtime) if row.id == effort)


def witnesses(runtime: Runtime, effort: str | None) -> set[str]:
    """Whoever was kept as having seen it."""
    with runtime.housekeeping(writes=False) as db:
        return set(db.scalars(sa.select(Witness.member_id).where(Witness.effort_id == effort)))


def shown(runtime: Runtime) -> list[tuple[str, str]]:
    """Reader and effort, once for each time somebody was shown one."""
    with runtime.housekeeping(writes=False) as db:
        return [(row.reader_id, row.effort_id) for row in db.scalars(sa.select(Shown))]


def thursday(week: int, hour: int = 10) -> datetime:
    """The Thursday of a week, counted from the one in which a test's clock begins."""
    return MONDAY.replace(hour=hour) + timedelta(days=3, weeks=week)


def look(runtime: Runtime, home: Home, now: datetime) -> int:
    """Look at every lead's slot; returns how many nudges were offered."""
    with runtime.transaction(home.id) as db:
        return efforts.notice_unthanked(db, now, runtime.random)


def begun(runtime: Runtime, home: Home) -> None:
    """The first two weeks lie behind every reader."""
    look(runtime, home, MONDAY)
    for week in (0, 1):
        look(runtime, home, thursday(week))
        deliver(runtime, thursday(week))


def deliver(runtime: Runtime, now: datetime) -> None:
    """Deliver what is due."""
    delivery.deliver_due(runtime.housekeeping, runtime.couriers, now)


def inbox(runtime: Runtime, home: Home, name: str, *kinds: NudgeKind) -> list[NudgeCard]:
    """What reached a member of these kinds, newest first."""
    with runtime.transaction(home.id, writes=False) as db:
        return [card for card in nudges.inbox(db, home[name]) if card.kind in kinds]


def named(card: NudgeCard) -> list[str | None]:
    """Whom a digest names."""
    return [item.who for item in card.told.items]


def brought(runtime: Runtime, home: Home, now: datetime, kinds: Collection[NudgeKind]) -> list[str]:
    """The names of those whom something of these kinds reached at this moment."""
    names = {member: name for name, member in home.members.items()}
    with runtime.housekeeping(writes=False) as db:
        reached = sa.select(Nudge.member_id).where(Nudge.sent_at == now, Nudge.kind.in_(kinds)).distinct()
        return sorted(names[member] for member in db.scalars(reached) if member in names)


def worked(runtime: Runtime, home: Home, doer: str, week: int, *saw: str, number: int = 1, days: int = 8) -> list[str]:
    """Three changes, as old on the Thursday of that week as `days` says."""
    at = thursday(week) - timedelta(days=days)
    changes = [change(doer, at + timedelta(minutes=n), 100 * week + 10 * number + n, *saw) for n in range(3)]
    kept = [notice(runtime, home, one, at) for one in changes]
    return [effort for effort in kept if effort is not None]
