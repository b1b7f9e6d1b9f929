"""A team, a family and somebody who asks: the real application, with everything around it that could keep a trace."""

import io
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service import doctor, measures
from service.access import actions as access
from service.access import tokens
from service.access.rules import Entrance
from service.belongings import queries as belongings
from service.people import actions as people
from service.people.rules import IdentityKind, Role
from service.runtime import Runtime
from service.ruptures import Register
from service.suggestions import actions as suggestions
from service.suggestions.deck import deck
from service.web import entry
from tests import builders
from tests.anonymity import stores
from tests.anonymity.canaries import Canary
from tests.builders import Home
from tests.fakes import Clock

OWNER, DRAWER = "Olga Sternhagel", "Bertram Vosswinkel"
OTHERS = ("Cosima Trautwein", "Dietlinde Pfaff", "Eberhard Krumbiegel", "Friedhild Ansorge", "Gernot Zwingmann")
ASKER = "Quirina Zwaardvlinder"
CARD = deck(Register.TEAM)[0].id
HOME_CARD = deck(Register.FAMILY)[0].id
NEAR = ("/today", "/cards", "/suggestions", "/people", "/inbox", "/settings")
HEADERS = ("Sec-Fetch-Site", "Accept")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Browser:
    """Somebody's browser, which tells who it is in every way a browser can."""

    client: FlaskClient
    token: str = ""
    address: str = "203.0.113.177"
    agent: str = "Schwalbenschwanz/77.31 (X11; Linux) Gecko/20100101 Firefox/139.0"
    marks: Mapping[str, str] = field(
        default_factory=lambda: {
            "X-Request-Id": "rq-7c1e55d09b3f42aa",
            "Referer": "http://localhost/from-the-hyacinth-page",
            "X-Forwarded-For": "198.51.100.213",
        }
    )

    def opens(self, path: str, **more: str) -> TestResponse:
        """Open a page and remember its token."""
        answer = self.client.get(path, query_string=more or None, **self._how())
        found = TOKEN.search(answer.get_data(as_text=True))
        self.token = found.group(1) if found else self.token
        return answer

    def sends(self, path: str, *, method: str = "POST", **fields: str) -> TestResponse:
        """Send a form, with the token that stood in it."""
        extra: dict[str, str] = {name: fields.pop(name) for name in HEADERS if name in fields}
        form = {"csrf_token": self.token, **fields}
        return self.client.open(path, method=method, data=form, **self._how(extra))

    def _how(self, extra: Mapping[str, str] | None = None) -> dict[str, Any]:
        return {
            "headers": {**self.marks, "User-Agent": self.agent, "Accept": "text/html", **(extra or {})},
            "environ_base": {"REMOTE_ADDR": self.address},
        }

    @property
    def canaries(self) -> list[Canary]:
        """What it sends with every request."""
        cookies = [self.client.get_cookie("session")]
        return [
            Canary("the address", self.address),
            Canary("the user agent", self.agent),
            Canary("the browser", self.agent.split()[0]),
            *(Canary(name, value) for name, value in self.marks.items()),
            *(Canary("the cookie", one.value) for one in cookies if one is not None),
            *([Canary("the form's token", self.token)] if self.token else []),
        ]


@dataclass
class Stage:
    """An installation with everybody in it, just before somebody asks."""

    runtime: Runtime
    clock: Clock
    app: Flask
    log: io.StringIO
    redis_url: str
    team: Home
    family: Home
    browsers: dict[str, Browser] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)
    whole: bool = False
    """Whether every page there is is looked at, or only those on which cards and people are."""

    @property
    def me(self) -> Browser:
        """The asker's browser."""
        return self.browsers[ASKER]

    def signs_in(self, home: Home, name: str) -> Browser:
        """Open a session for somebody; all that it consists of are canaries."""
        with self.runtime.housekeeping() as db:
            cookie = access.open_session(
                db, self.runtime.keyring, Entrance(home.id, home[name]), "Firefox, Linux", self.clock()
            )
        client = self.app.test_client()
        with client.session_transaction() as session:
            session[entry.COOKIE_KEY] = cookie
        browser = self.browsers[name] = Browser(client)
        secret = tokens.read(self.runtime.keyring.derived("access.session"), cookie)
        assert secret is not None
        self.canaries += [
            Canary("the member", home[name]),
            Canary("the name", name),
            Canary("the family name", name.rsplit(maxsplit=1)[-1]),
            Canary("the mail", address_of(name)),
            Canary("the chat's id", slack_id_of(name)),
            Canary("the session", cookie),
            Canary("the session's secret", secret.secret.hex()),
            Canary("the session's hash", tokens.hashed(secret.secret)),
        ]
        return browser

    def stores(self) -> dict[str, bytes]:
        """All stores as they are now. What was written is read before anybody else looks at a page."""
        kept = {
            "log": self.log.getvalue().encode(),
            "dump": stores.dump(self.runtime.engine),
            **stores.database_files(self.runtime.engine),
            **stores.in_redis(self.redis_url),
            **stores.folder(self.runtime.settings.state_dir),
        }
        return {**kept, "counters": measures.exposed(self.runtime), **self._exports(), **self._pages()}

    def _exports(self) -> dict[str, bytes]:
        found = [f"{one.what}: {one.said} {one.remedy}" for one in doctor.examine(self.runtime, [])]
        exports = {"doctor": "\n".join(found).encode()}
        with self.runtime.transaction(self.team.id, writes=False) as db:
            for name in (OWNER, DRAWER):
                about = belongings.everything_about(db, self.runtime.keyring, self.team[name])
                exports[f"export of {name}"] = json.dumps(about, default=str).encode()
        return exports

    def _pages(self) -> dict[str, bytes]:
        """The pages as others see them; what their own visits say in the log is no part of it."""
        logging.disable()
        try:
            return {
                f"{path} for {name}": self.browsers[name].opens(path).get_data()
                for name in (OWNER, DRAWER)
                for path in (self.paths() if self.whole else NEAR)
            }
        finally:
            logging.disable(logging.NOTSET)

    def paths(self) -> list[str]:
        """The address of every page there is; where one is about somebody, it is about whoever asks."""
        there = []
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                names: dict[str, Any] = {name: self.team[ASKER] if "member" in name else "x" for name in rule.arguments}
                with self.app.test_request_context():
                    there.append(self.app.url_for(rule.endpoint, **names))
        return sorted(set(there))


def address_of(name: str) -> str:
    """The mail address of somebody."""
    return f"{name.split(maxsplit=1)[0].lower()}@{name.split()[1].lower()}.example"


def slack_id_of(name: str) -> str:
    """Their id in the chat."""
    return f"U{name.upper()}"


def built(runtime: Runtime, clock: Clock, app: Flask, log: io.StringIO, redis_url: str) -> Stage:
    """A team of eight, of whom the asker came after the hats were given out, and a family of four.

    Since the asker has no hat, no page of the database on which hats lie says anything about them at all.
    """
    begun = clock()
    team = builders.team(runtime, OWNER, DRAWER, *OTHERS, now=begun)
    family = builders.family(runtime, Maja=Role.ADULT, Nils=Role.ADULT, Tove=Role.TEEN, Pim=Role.CHILD, now=begun)
    for home in (team, family):
        with runtime.transaction(home.id) as db:
            suggestions.hats_for_all(db, begun)
    comes(runtime, team, ASKER, clock)
    with runtime.transaction(team.id) as db:
        for name in team.members:
            people.identify(db, team[name], IdentityKind.MAIL, address_of(name), begun)
    return Stage(runtime, clock, app, log, redis_url, team, family)


def comes(runtime: Runtime, home: Home, name: str, clock: Clock, role: Role = Role.MEMBER) -> None:
    """Somebody joins the home's circle."""
    with runtime.transaction(home.id) as db:
        known = (IdentityKind.SLACK, slack_id_of(name))
        home.members[name] = people.meet(db, name, clock(), role=role, known=known)
        people.join(db, home[name], clock())
        people.seat(db, home.circle, home[name], clock())


def signed_in(stage: Stage) -> Stage:
    """Everybody needed signs in, and a night passes, so that a visit would be noted if it were to be."""
    stage.signs_in(stage.team, ASKER)
    asker = list(stage.canaries)
    for name in (OWNER, DRAWER):
        stage.signs_in(stage.team, name)
    stage.canaries = asker
    for name in (OWNER, DRAWER):
        browser = stage.browsers[name]
        browser.address, browser.agent, browser.marks = "192.0.2.1", "Mozilla/5.0 (X11; Linux) Firefox/139.0", {}
    stage.clock.at += timedelta(days=1)
    for name in (OWNER, DRAWER):
        stage.browsers[name].opens("/today")  # their own day of visit is noted before anything is compared
    stage.me.opens("/suggestions")
    stage.canaries += stage.me.canaries
    return stage
