"""The stage of the demo: who stands on it, what is said there, and in which order things happen."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.appreciations import actions as appreciations
from service.appreciations.rules import Door, Draft, Sharing
from service.asks import actions as asks
from service.asks.rules import Said
from service.db import Session
from service.demo.calendar import Days
from service.efforts import actions as efforts
from service.efforts.rules import EffortKind, Named, Noticed, Source
from service.people.rules import IdentityKind
from service.runtime import Runtime

Play = Callable[[Session, datetime], object]
Make = Callable[[Session, datetime], str | None]
MENTION = re.compile(r"@([a-z]+)")


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody made up."""

    key: str
    name: str
    about: str
    """Who they are, for whoever chooses to be them."""


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
    kept: dict[str, str] = field(default_factory=dict)
    """What one scene made and a later one speaks of, by a name of the script."""

    def __getitem__(self, key: str) -> str:
        return self.members[key]

    def happens(self, at: datetime, play: Play) -> None:
        """Something happens at that moment."""
        self.scenes.append(Scene(at, self.home, play))

    def says(self, at: datetime, channel: str, who: str, words: str, *, thread: datetime | None = None) -> datetime:
        """Somebody writes into a channel, "@ada" naming Ada; it is heard there. Returns when, which names it."""
        self.happens(at, lambda db, now: self.write(db, now, channel, who, words, thread=thread))
        return at

    def write(
        self, db: Session, now: datetime, channel: str, who: str, words: str, *, thread: datetime | None = None
    ) -> None:
        """Somebody writes into a channel now, and what listens there hears it."""
        below = _ts(thread) if thread is not None else None
        self.said.append(
            {
                "channel": self.slack[channel],
                "author": self.slack[who],
                "text": MENTION.sub(lambda found: f"<@{self.slack[found[1]]}>", words),
                "at": now.timestamp(),
                "thread_ts": below,
            }
        )
        heard = Said(
            place=self.slack[channel],
            ts=_ts(now),
            author=self.slack[who],
            text=" ".join(MENTION.sub(" ", words).split()),
            named=tuple(self.slack[name] for name in MENTION.findall(words)),
            thread=below,
        )
        asks.hear(db, self.runtime.ears, [heard], now)

    def thanks(
        self,
        at: datetime,
        who: str,
        whom: str | Iterable[str],
        did: str,
        eased: str = "",
        *,
        sharing: Sharing = Sharing.PRIVATE,
        circle: str | None = None,
        place: str | None = None,
        about: Iterable[str] = (),
        **more: Any,
    ) -> None:
        """Somebody thanks others; `about` are efforts by the names of the script, and `more` fields of the draft."""

        def give(db: Session, now: datetime) -> None:
            draft = Draft(
                giver=self[who],
                recipients=tuple(self[one] for one in ([whom] if isinstance(whom, str) else whom)),
                did=did,
                eased=eased,
                sharing=sharing,
                circle=self.circles[circle] if circle is not None else None,
                place=self.places[place] if place is not None else None,
                efforts=tuple(self.kept[one] for one in about if one in self.kept),
                **{"door": Door.WEB, **more},
            )
            appreciations.give(db, draft, now)

        self.happens(at, give)

    def works(self, at: datetime, name: str, who: str, kind: EffortKind, title: str, *witnesses: str) -> None:
        """A tool shows work somebody did, and who saw it."""

        def notice(db: Session, now: datetime) -> None:
            noticed = Noticed(
                source=Source.GITHUB,
                reference=name,
                kind=kind,
                doer=_on_github(who),
                done_at=now,
                title=title,
                witnesses=tuple(_on_github(one) for one in witnesses),
                about=name.partition("/")[0],
            )
            self._keep(name, efforts.notice(db, noticed, now))

        self.happens(at, notice)

    def notes(self, at: datetime, name: str, who: str, whom: str, words: str) -> None:
        """Somebody notes what another did."""
        self.happens(at, lambda db, now: self._keep(name, efforts.note(db, self[who], self[whom], words, now)))

    def keeps(self, at: datetime, name: str, make: Make) -> None:
        """Something is made that a later scene speaks of by this name."""
        self.happens(at, lambda db, now: self._keep(name, make(db, now)))

    def _keep(self, name: str, made: str | None) -> None:
        if made is not None:
            self.kept[name] = made


def _ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"


def _on_github(who: str) -> Named:
    return Named(IdentityKind.GITHUB, f"{who}-at-harbourside")
