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

    def ago(self, days: int, clock: str) -> datetime:
        """So many days ago, at that time."""
        return self.at(self.today - timedelta(days=days), clock)

    def work(self, days: int, clock: str) -> datetime:
        """So many working days ago: 1 is the last one before today."""
        on = self.today
        while days:
            on -= timedelta(days=1)
            days -= on.weekday() < 5
        return self.at(on, clock)

    def before_digest(self, days: int, clock: str) -> datetime:
        """So many days before the last Thursday at ten that has passed, when leads heard of unthanked effort."""
        on = self.today - timedelta(days=(self.today.weekday() - THURSDAY) % 7)
        if self.at(on, "10:00") > self.now:
            on -= timedelta(days=7)
        return self.at(on - timedelta(days=days), clock)

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
