"""The stage of the demo: who stands on it, and in which order things happen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.db import Session
from service.demo.calendar import Days
from service.runtime import Runtime

Play = Callable[[Session, datetime], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody made up."""

    key: str
    name: str
    about: str
    """Who they are, for whoever chooses to be them."""
    called: str = ""
    """What they are called for short, where it is not the key."""

    @property
    def short(self) -> str:
        """What they are called for short."""
        return self.called or self.key.title()


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens at a moment in one workspace."""

    at: datetime
    home: str
    play: Play


@dataclass
class Stage:
    """One workspace while its month is told; people, places and circles go by the names its script uses."""

    runtime: Runtime
    days: Days
    home: str = ""
    members: dict[str, str] = field(default_factory=dict)
    circles: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    slack: dict[str, str] = field(default_factory=dict)
    """People and channels as Slack names them."""
    scenes: list[Scene] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    """What stands in the channels, as the stand-in is told of it."""
    efforts: dict[str, str] = field(default_factory=dict)
    """Work that was noticed, by the names of the script."""

    def __getitem__(self, key: str) -> str:
        return self.members[key]

    def happens(self, on: str, play: Play) -> None:
        """Something happens on that day of the script, at that time."""
        self.scenes.append(Scene(self.days.when(on), self.home, play))
