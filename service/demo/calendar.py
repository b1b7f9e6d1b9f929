"""The days of the demo, counted back from today on the clock of this machine."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from service.people import hours
from service.people.rules import Boundary

THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Days:
    """Days and hours as the made-up people's clocks show them; each "09:40" is a time of day there."""

    now: datetime
    zone: str

    @property
    def tz(self) -> ZoneInfo:
        """The zone their clocks show."""
        return ZoneInfo(self.zone)

    @property
    def today(self) -> date:
        """The day it is for them."""
        return self.now.astimezone(self.tz).date()

    def when(self, on: str) -> datetime:
        """A moment as a script tells it.

        "ago 2 14:10" is two days ago at that time, "work 3 09:05" three working days ago, and "digest 1 18:10" one
        day before the last Thursday on which, at ten, leads heard of effort without thanks.
        """
        kind, count, clock = on.split()
        match kind:
            case "ago":
                return self.at(self.today - timedelta(days=int(count)), clock)
            case "work":
                return self.at(self._work(int(count)), clock)
            case "digest":
                return self.at(self._last_thursday() - timedelta(days=int(count)), clock)
        raise ValueError(on)

    def _work(self, days: int) -> date:
        on = self.today
        while days:
            on -= timedelta(days=1)
            days -= on.weekday() < 5
        return on

    def _last_thursday(self) -> date:
        """The last one the past's worker looked at; yesterday's and today's are left to the worker of today."""
        on = self.today - timedelta(days=2)
        return on - timedelta(days=(on.weekday() - THURSDAY) % 7)

    def at(self, on: date, clock: str) -> datetime:
        """The moment their clock shows that on that day."""
        return hours.local(Boundary(zone=self.zone), on, time.fromisoformat(clock))


def zone_here() -> str:
    """The time zone of this machine by its name; UTC where it does not say."""
    named = os.environ.get("TZ", "").removeprefix(":") or _linked(Path("/etc/localtime"))
    return named if named in available_timezones() and not named.startswith("Etc/") else "UTC"


def _linked(clock: Path) -> str:
    """The zone a machine's clock is linked to, on Linux and macOS."""
    _, _, name = str(clock.resolve()).partition("zoneinfo/")
    return name


def days(now: datetime) -> Days:
    """The days before this moment."""
    return Days(now.astimezone(UTC), zone_here())
