"""Fill the demo, or empty it and fill it anew: two workspaces with a month behind them, in a few seconds."""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final

import sqlalchemy as sa

from service import bootstrap
from service.db import EVERY_WORKSPACE, Session
from service.demo import calendar, casting, clock, family, script, team
from service.demo.calendar import Days
from service.demo.passing import Passing
from service.demo.stage import Scene, Stage
from service.demo.standin import StandIn
from service.efforts import cadence
from service.nudges import queries as nudges
from service.people import actions as people
from service.people import queries
from service.people.models import Workspace
from service.people.rules import ALL_WEEK, Boundary
from service.runtime import Runtime, system_time
from service.settings import Settings

SEED: Final = 418
BEGAN_DAYS_AGO: Final = 34
PARCELS_IN: Final = timedelta(seconds=12)
"""When the first parcels come after the demo is ready: late enough to open a page before, soon enough to be seen."""
CARDS: Final = {1: "10:01", 6: "18:01"}
"""Just after cards are drawn, by weekday: the team's, and the family's."""
CARDS_BEGAN_DAYS_AGO: Final = 20


@dataclass
class Told:
    """A month while it is told: one transaction, and the moment it has come to."""

    runtime: Runtime
    db: Session
    standin: StandIn
    passing: Passing

    def play(self, scenes: Iterable[Scene]) -> None:
        """Play scenes in the order of their moments; after each, what is due is sent."""
        for scene in sorted(scenes, key=lambda one: one.at):
            self.db.enter(scene.home)
            scene.play(self.db, scene.at)
            self.db.flush()
            self.send(scene.at)

    def send(self, at: datetime) -> None:
        """Send what is due, with every clock at that moment."""
        self.db.enter(EVERY_WORKSPACE)
        if nudges.waiting(self.db, at):
            self.runtime.now = lambda: at
            self.standin.tell("/clock", offset_seconds=(at - system_time()).total_seconds())
            self.passing.deliver(at)


def fill(settings: Settings, ahead: timedelta = timedelta(0)) -> None:
    """Make the demo's people and their month; whatever was there before is gone.

    The demo's clock is `ahead` of this machine's when it begins.
    """
    with _alone(settings):
        made = bootstrap.runtime(settings)
        bootstrap.plugs(made)
        try:
            _fill(made, lambda: system_time() + ahead)
        finally:
            clock.turn(settings, ahead.total_seconds())
            made.engine.dispose()


def _fill(made: Runtime, now: Callable[[], datetime]) -> None:
    days, standin = calendar.days(now()), StandIn.of(made.settings)
    harbour, okafors = Stage(made, days), Stage(made, days)
    with made.housekeeping() as db:
        _empty(db)
    standin.tell("/reset")
    began = days.when(f"ago {BEGAN_DAYS_AGO} 08:30")
    # The app is installed by Slack's own walk, on a clock that is a month behind.
    clock.turn(made.settings, (began - system_time()).total_seconds())
    team.arrive(harbour, standin)
    clock.turn(made.settings, (now() - system_time()).total_seconds())
    with made.housekeeping() as db:
        passing = Passing(made, db, Random(SEED))  # noqa: S311 - the same month each time
        told = Told(made, db, standin, passing)
        team.settle_in(harbour, db, began)
        family.settle_in(okafors, db, began)
        _open_up(db, lambda boundary: replace(boundary, days=ALL_WEEK))
        script.plan(harbour, "team")
        script.plan(okafors, "family")
        told.play([*harbour.scenes, *okafors.scenes, *_looks(passing, days)])
        soon = (now() + PARCELS_IN).astimezone(days.tz).time().replace(microsecond=0)
        _open_up(db, lambda one: replace(one, starts_at=time.min, ends_at=time.max, digest_at=soon))
        passing.morning(now())
    standin.tell("/messages", messages=harbour.said)
    casting.keep(made.settings, {**harbour.members, **okafors.members})


def _looks(passing: Passing, days: Days) -> Iterator[Scene]:
    """The hours at which a worker of the past looked for what was due; whatever is due is sent at each.

    A lead's hour of yesterday is left to the worker of today: what it offers to a peer could be due this morning
    already, and would take the place of the first parcels.
    """

    def look(ago: int, clock: str, offer: Callable[[datetime], None]) -> Scene:
        return Scene(days.when(f"ago {ago} {clock}"), EVERY_WORKSPACE, lambda _db, now: offer(now))

    for ago in range(BEGAN_DAYS_AGO, 0, -1):
        weekday = (days.today - timedelta(days=ago)).weekday()
        yield look(ago, "07:00", passing.morning)
        yield look(ago, "08:01", lambda _now: None)
        yield look(ago, "09:16", lambda _now: None)
        if weekday == cadence.THURSDAY and ago > 1:
            yield look(ago, "10:01", passing.digests)
        if weekday in CARDS and ago <= CARDS_BEGAN_DAYS_AGO:
            yield look(ago, CARDS[weekday], passing.cards)


def _open_up(db: Session, so: Callable[[Boundary], Boundary]) -> None:
    """Change when everybody may be reached."""
    db.enter(EVERY_WORKSPACE)
    for home in queries.workspaces(db):
        db.enter(home.id)
        everybody = [card.id for card in queries.everybody(db)]
        for member, boundary in queries.boundaries(db, everybody).items():
            people.set_boundary(db, member, so(boundary))


def _empty(db: Session) -> None:
    """Forget every workspace; whatever belongs to one falls with it."""
    db.execute(sa.delete(Workspace))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One filling at a time, whichever process it is asked of."""
    with (settings.state_dir / "filling.lock").open("a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
