"""What is on its way to somebody when a process is killed, and what every scene of a kill is made of."""

from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa

from integrations.slack.standin.nouns import Message
from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft as Thanks
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.repairs import actions as repairs
from service.repairs.rules import Direction, Draft
from service.ruptures import Rupture
from service.suggestions.models import Drawn
from tests.e2e.kills.conftest import Site
from tests.slack import about_asks, texts


class Scene(Protocol):
    """Something under way."""

    runs: str
    """The command that is killed, and then started again."""
    step_s: float
    """How many seconds pass each time somebody looks."""

    def begins(self, site: Site) -> None:
        """Leave something to do for whoever comes."""

    def is_done(self, site: Site) -> bool:
        """Whether the effect is there; looked at again and again, while time passes."""

    def holds(self, site: Site) -> None:
        """Fail where it was lost, or happened twice."""


def asked(site: Site, words: str) -> Message:
    """Ada asks Ben in #ops, while the web runs."""
    web = site.start("web")
    try:
        return site.team.ada.says(site.team.ops, f"@ben {words}")
    finally:
        web.kill()


def almost_due(site: Site, before: int) -> None:
    """It is the morning on which Ben is told, and nothing else is due."""
    site.town.passes(days=1, hours=4)
    assert told(site, before) == []
    site.clock.to(weekday=2, hour=9)


def told(site: Site, before: int) -> list[Message]:
    """What Ben was told of asks since he had been told `before` times."""
    return about_asks(site.team.ben)[before:]


def thank(site: Site, did: str) -> str:
    """Ada thanks Ben."""
    with site.town.runtime.transaction(site.home) as db:
        draft = Thanks(site.member("ada"), (site.member("ben"),), did)
        return appreciations.give(db, draft, site.clock())


def saying(site: Site, words: str) -> list[Message]:
    """What Ben was sent with these words in it."""
    return [each for each in site.team.ben.inbox if words in texts(each)]


@dataclass
class Digest:
    """An ask has come due, and Ben is to be told of it."""

    runs: str = "worker"
    step_s: float = 15
    before: int = 0

    def begins(self, site: Site) -> None:
        self.before = len(about_asks(site.team.ben))
        asked(site, "could you look at the backup job?")
        almost_due(site, self.before)

    def is_done(self, site: Site) -> bool:
        return bool(told(site, self.before))

    def holds(self, site: Site) -> None:
        (digest,) = told(site, self.before)
        assert site.team.ada.mention in texts(digest)


@dataclass
class Unknown:
    """Slack accepts what is posted, and its answer is lost: the next round looks for it."""

    runs: str = "worker"
    step_s: float = 15
    words: str = ""

    def begins(self, site: Site) -> None:
        self.words = f"you stayed when answer {site.count} was lost"
        site.town.slack.fault("accept_then_reset", times=1)
        thank(site, self.words)

    def is_done(self, site: Site) -> bool:
        with site.town.runtime.housekeeping(writes=False) as db:
            newest = sa.select(Nudge.state).order_by(Nudge.offered_at.desc(), Nudge.id).limit(1)
            return db.scalar(newest) == NudgeState.SENT

    def holds(self, site: Site) -> None:
        assert len(saying(site, self.words)) == 1


@dataclass
class Changed:
    """Thanks that have arrived are said better."""

    runs: str = "worker"
    step_s: float = 15
    words: str = ""

    def begins(self, site: Site) -> None:
        self.words = f"you carried the boxes, all {site.count} of them"
        given = thank(site, "you carried the bocks")
        site.town.goes_on()
        with site.town.runtime.transaction(site.home) as db:
            appreciations.edit(db, given, site.member("ada"), self.words, "", site.clock())

    def is_done(self, site: Site) -> bool:
        return bool(saying(site, self.words))

    def holds(self, site: Site) -> None:
        assert len(saying(site, self.words)) == 1
        assert saying(site, "bocks") == []


@dataclass
class HeldBack:
    """A repair was held until the next morning, and the morning has come."""

    runs: str = "worker"
    step_s: float = 15
    words: str = ""

    def begins(self, site: Site) -> None:
        self.words = f"I cut you off in call {site.count}. That was mine."
        with site.town.runtime.transaction(site.home) as db:
            one, other = site.member("ada"), site.member("ben")
            draft = Draft(one, other, Direction.MINE, Rupture.SHARP_TONE, words=self.words, hold=True)
            repairs.send(db, draft, site.clock())
        site.clock.to(weekday=1, hour=9)
        site.clock.move(minutes=30)

    def is_done(self, site: Site) -> bool:
        return bool(saying(site, self.words))

    def holds(self, site: Site) -> None:
        assert len(saying(site, self.words)) == 1


@dataclass
class Draw:
    """The weekly slot of the shared hat has come."""

    runs: str = "worker"
    step_s: float = 15
    since: list[tuple[str, str]] = field(default_factory=list)

    def begins(self, site: Site) -> None:
        site.town.goes_on()
        self.since = self._drawn(site)
        site.clock.to(weekday=1, hour=11)

    def is_done(self, site: Site) -> bool:
        return len(self._drawn(site)) > len(self.since)

    def holds(self, site: Site) -> None:
        ((owner, week),) = [each for each in self._drawn(site) if each not in self.since]
        with site.town.runtime.housekeeping(writes=False) as db:
            of_this = sa.and_(Nudge.kind == NudgeKind.HOUSE_CARD, Nudge.subject == f"{owner}.{week}")
            readers = list(db.scalars(sa.select(Nudge.member_id).where(of_this)))
        assert sorted(readers, key=str) == sorted({*readers}, key=str)
        assert {site.member("ada"), site.member("ben")} <= {*readers}

    def _drawn(self, site: Site) -> list[tuple[str, str]]:
        with site.town.runtime.housekeeping(writes=False) as db:
            return [(owner, week.isoformat()) for owner, week in db.execute(sa.select(Drawn.owner, Drawn.week_on))]
