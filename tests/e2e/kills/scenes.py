"""What is under way when a process is killed: for each, how it begins, when it is done, and what must hold then."""

import contextlib
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from integrations.slack import installations
from integrations.slack.standin.driver import Held
from integrations.slack.standin.nouns import Message
from service import backups, schema
from service.access import actions as access
from service.access import rules as ways_in
from service.access.models import Letter
from service.asks import queries as asks
from service.asks.rules import AskState
from service.errors import Refused, StoreAway
from service.people import actions as people
from service.people.rules import IdentityKind
from tests.e2e.kills.conftest import Site
from tests.e2e.kills.sendings import Changed, Digest, Draw, HeldBack, Scene, Unknown, saying, thank


@dataclass
class SignIn:
    """Somebody asked for a letter with a way in, which is good for ten minutes."""

    runs: str = "worker"
    step_s: float = 0.5
    address: str = ""
    opened: str | None = None

    def begins(self, site: Site) -> None:
        self.address = f"ada-{site.count}@example.org"
        with site.town.runtime.transaction(site.home) as db:
            people.identify(db, site.member("ada"), IdentityKind.MAIL, self.address, site.clock())
        with site.town.runtime.housekeeping() as db:
            access.begin_sign_in(db, site.town.runtime.keyring, self.address, f"10.0.0.{site.count}", site.clock())

    def is_done(self, site: Site) -> bool:
        with site.town.runtime.housekeeping(writes=False) as db:
            left = db.scalar(sa.select(Letter.id))
        if left is not None or not self._links(site):
            return False
        self.opened = self._follows(site)
        return True

    def holds(self, site: Site) -> None:
        """A letter may come twice, with the same link: it opens once."""
        assert len({*self._links(site)}) == 1
        assert (self.opened, self._follows(site)) == (site.member("ada"), None)

    def _follows(self, site: Site) -> str | None:
        """Whom the link lets in."""
        runtime = site.town.runtime
        try:
            with runtime.housekeeping() as db:
                return access.consume_link(db, runtime.keyring, self._links(site)[0], site.clock()).member
        except Refused:
            return None

    def _links(self, site: Site) -> list[str]:
        letters = [
            body.replace(b"=\r\n", b"").decode(errors="replace")
            for to, body in site.mailbox.taken
            if to == self.address
        ]
        return [re.findall(rf"{ways_in.LINK_PATH}([\w.~-]+)", letter)[0] for letter in letters]


@dataclass
class Renewal:
    """The token of a team that runs out is to be renewed."""

    runs: str = "worker"
    step_s: float = 15
    name: str = ""

    def begins(self, site: Site) -> None:
        self.name = f"Birch {site.count}"
        slack = site.town.slack
        slack.world.app.rotates_tokens = True
        web = site.start("web")
        try:
            there = slack.team(self.name)
            assert slack.install(self.name, by=slack.person("owner", team=there, is_owner=True)).ok
        finally:
            web.kill()
            slack.world.app.rotates_tokens = False
        site.clock.move(hours=10, minutes=30)

    def is_done(self, site: Site) -> bool:
        return self._revoked(site) or self._good_for(site) > timedelta(hours=9)

    def holds(self, site: Site) -> None:
        """A refresh token is good once: where its answer was lost, the team waits until the app is installed again."""
        if not self._revoked(site):
            return
        web = site.start("web")
        try:
            assert site.town.slack.install(self.name).ok
        finally:
            web.kill()
        assert not self._revoked(site)

    def _installation(self, site: Site) -> installations.Installation | None:
        with site.town.runtime.housekeeping(writes=False) as db:
            return installations.of_team(db, site.town.runtime.keyring, site.town.slack.team(self.name).id)

    def _revoked(self, site: Site) -> bool:
        return self._installation(site) is None

    def _good_for(self, site: Site) -> timedelta:
        found = self._installation(site)
        return timedelta(0) if found is None or found.expires_at is None else found.expires_at - site.clock()


@dataclass
class Import:
    """An export is being imported."""

    runs: str = ""
    step_s: float = 15
    report: dict[str, object] = field(default_factory=dict)

    def begins(self, site: Site) -> None:
        path, start = site.folder / f"export-{site.count}.zip", int(site.clock().timestamp()) - 200_000
        name = f"harbour{site.count}"
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("channels.json", json.dumps([{"id": f"C0IMP{site.count}", "name": name}]))
            for day in range(3):
                rows = [
                    {
                        "type": "message",
                        "user": f"U{who}",
                        "text": "who knows when it leaves?",
                        "ts": f"{start + day * 60 + who}.0",
                    }
                    for who in range(4)
                ]
                made.writestr(f"{name}/2026-03-0{day + 1}.json", json.dumps(rows))
        self.runs = f"slack import {path} --json"

    def is_done(self, site: Site) -> bool:
        shown = re.search(r"^\{.*\}$", site.newest.said, re.MULTILINE)
        self.report = json.loads(shown[0]) if shown else {}
        return bool(shown)

    def holds(self, site: Site) -> None:
        assert (self.report["files"], self.report["messages"]) == (3, 12)


@dataclass
class Heard:
    """A message is on its way in; Slack sends it again until it is acknowledged."""

    runs: str = "web"
    step_s: float = 15
    held: Held | None = None
    question: Message | None = None

    def begins(self, site: Site) -> None:
        with site.town.slack.holding() as self.held:
            self.question = site.team.ada.says(site.team.ops, "@ben which day suits you for the move?")

    def is_done(self, site: Site) -> bool:
        assert self.held is not None
        return all(answer.ok for answer in self.held.deliver(times=2))

    def holds(self, site: Site) -> None:
        assert self.question is not None
        with site.town.runtime.transaction(site.home, writes=False) as db:
            found = asks.of_message(db, site.team.ops.id, self.question.ts)
        assert [each.state for each in found] == [AskState.OPEN]


@dataclass
class Backup:
    """A backup is being written."""

    runs: str = ""
    step_s: float = 15
    target: Path = Path()

    def begins(self, site: Site) -> None:
        self.target = site.folder / f"kept-{site.count}"
        self.runs = f"backup {self.target}"

    def is_done(self, site: Site) -> bool:
        return site.newest.status == 0

    def holds(self, site: Site) -> None:
        assert self.target.exists()
        assert not self.target.with_name(f"{self.target.name}.draft").exists()


@dataclass
class Restore:
    """A backup from before something was sent is being put back, and a worker comes by in the middle of it."""

    runs: str = ""
    step_s: float = 15
    words: str = ""

    def begins(self, site: Site) -> None:
        self.words = f"you fetched the keys {site.count} times"
        thank(site, self.words)
        kept = site.folder / f"restored-{site.count}"
        backups.save(site.town.runtime, kept)
        site.town.goes_on()
        assert len(saying(site, self.words)) == 1
        self.runs = f"restore {kept} --yes"

    def is_done(self, site: Site) -> bool:
        with contextlib.suppress(StoreAway):  # as a worker would: tables that go and come are a database that is away
            if schema.look(site.town.runtime.engine)[0] is schema.Fit.FITS:
                site.town.works()
        return site.newest.status == 0

    def holds(self, site: Site) -> None:
        site.town.goes_on()
        assert len(saying(site, self.words)) == 1


SCENES: dict[str, Callable[[], Scene]] = {
    "asks.offered": Digest,
    "backup.written": Backup,
    "cards.drawn": Draw,
    "cards.night": Draw,
    "delivery.after_send": Digest,
    "delivery.before_change": Changed,
    "delivery.before_send": Digest,
    "delivery.change_recorded": Changed,
    "delivery.changed": Changed,
    "delivery.claimed": Digest,
    "delivery.found": Unknown,
    "delivery.recorded": Digest,
    "delivery.refused": Unknown,
    "delivery.traced": Unknown,
    "delivery.tracing": Unknown,
    "hear.committed": Heard,
    "hear.gathered": Heard,
    "hear.heard": Heard,
    "import.file": Import,
    "import.read": Import,
    "letters.before_send": SignIn,
    "letters.claimed": SignIn,
    "letters.recorded": SignIn,
    "letters.sent": SignIn,
    "repairs.gone": HeldBack,
    "restore.prepared": Restore,
    "restore.put_back": Restore,
    "round.batch": Digest,
    "round.begun": Digest,
    "round.done": Digest,
    "round.home": Draw,
    "round.walked": Digest,
    "token.begun": Renewal,
    "token.granted": Renewal,
    "token.kept": Renewal,
}
"""For each point at which a test may end the program, what it does when it comes by."""
