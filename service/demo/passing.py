"""What comes due as the demo's time passes: what a worker would have done on those days."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from service.asks import actions as asks
from service.db import EVERY_WORKSPACE, Session
from service.efforts import actions as efforts
from service.nudges import delivery
from service.occasions import actions as occasions
from service.people import queries as people
from service.repairs import actions as repairs
from service.runtime import Runtime
from service.suggestions import actions as suggestions


@dataclass
class Passing:
    """Time that passes inside one transaction over all workspaces."""

    runtime: Runtime
    db: Session
    random: Random

    def morning(self, now: datetime) -> None:
        """Offer what travels in the morning parcels, before these are packed."""
        with self._everywhere() as db:
            asks.surface_due(db, now)
            asks.tip_due(db, now)
            asks.drop_due(db, now)
            repairs.go_due(db, now)
        for _home in self._homes():
            occasions.tell_due(self.db, now)

    def digests(self, now: datetime) -> None:
        """Look for effort without thanks, where a lead's hour has come."""
        for _home in self._homes():
            efforts.notice_unthanked(self.db, now, self.random)

    def cards(self, now: datetime) -> None:
        """Draw the cards of whoever's hour has come; chance worked on the hats before."""
        for _home in self._homes():
            suggestions.hats_for_all(self.db, now)
            suggestions.night(self.db, self.random)
            suggestions.draw_due(self.db, now, self.random)

    def deliver(self, now: datetime) -> None:
        """Send whatever is due by now."""
        while delivery.deliver_due(self._everywhere, self.runtime.couriers, now).any:
            continue

    def _homes(self) -> Iterator[str]:
        """Each workspace in turn, and only its rows."""
        with self._everywhere() as db:
            homes = [home.id for home in people.workspaces(db)]
        for home in homes:
            self.db.enter(home)
            yield home

    @contextlib.contextmanager
    def _everywhere(self) -> Iterator[Session]:
        """The one transaction, seen as housekeeping sees it: what delivery opens is a part of it."""
        self.db.enter(EVERY_WORKSPACE)
        yield self.db
        self.db.flush()
