"""Two workspaces and one abroad, lived in, and everybody who opens a page there."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from service.access import actions as access
from service.access import queries as ways_in
from service.access.passkeys import Answer
from service.access.rules import Entrance, Hook, Site
from service.app import create_app
from service.appreciations import actions as appreciations
from service.appreciations.rules import Draft as Thanks
from service.asks import home as questions
from service.db import Session
from service.efforts import actions as efforts
from service.efforts import chores
from service.errors import Refused
from service.moments import actions as moments
from service.moments.rules import Moment
from service.nudges.models import Nudge
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people_acts
from service.people import queries as people
from service.people.policy import Actor, Thing
from service.people.rules import Role, WorkspaceKind
from service.repairs import actions as repairs
from service.repairs.rules import Direction, Draft
from service.runtime import Runtime
from service.ruptures import Rupture
from service.web import entry
from tests.authenticator import Device
from tests.builders import Home, family, team
from tests.visitors import HTML

SITE = Site("http://localhost:8000", "localhost")
ABSENT = "abcdefghijklmnop"
CLOSED = {"kind": "ask_waiting", "which": "word", "way": "mine", "feature": "thanks", "token": "none", "door": "none"}
"""What addresses hold that is nobody's."""
SHARED = frozenset({"circle", "chore", "invite_id"})
"""What belongs to a circle; everything else belongs to members."""
BETWEEN_TWO = frozenset({"ask", "appreciation", "repair"})
"""What one person puts to another: tried from both sides."""
FILLED = {
    "answer": "thank",
    "words": "Yes.",
    "on": "2026-06-01",
    "mark": "no_rush",
    "did": "You came.",
    "how": "let_be",
}
"""What forms ask for, so that nothing but whose it is stands in the way."""


ACTORS = {
    "owner": ("work", "Olga", "Bo"),
    "lead": ("work", "Lea", "Bo"),
    "member": ("work", "Mo", "Bo"),
    "guest": ("work", "Gil", "Bo"),
    "adult": ("home", "Maja", "Ben"),
    "teen": ("home", "Theo", "Ben"),
    "child": ("home", "Kim", "Ben"),
    "relative": ("home", "Ruth", "Ben"),
}
"""Who acts: where, by what name, and with whom their own things are shared."""


@dataclass
class World:
    """Two workspaces of each kind, lived in, and the database as it was then."""

    runtime: Runtime
    app: Flask
    homes: dict[str, Home]
    things: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return Path(self.runtime.settings.database.removeprefix("sqlite:///"))

    def keep(self) -> None:
        """Remember the database as it is now."""
        self._alone(lambda: shutil.copyfile(self.path, self.path.with_suffix(".kept")))

    def put_back(self) -> None:
        """Make it so again."""
        self._alone(lambda: shutil.copyfile(self.path.with_suffix(".kept"), self.path))

    def _alone(self, act: Callable[[], object]) -> None:
        with self.runtime.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        self.runtime.engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        act()

    def actor(self, who: str) -> Actor:
        """Somebody as they stand, signed in just now."""
        where, name, _ = ACTORS[who]
        with self.runtime.transaction(self.homes[where].id, writes=False) as db:
            found = people.actor(db, self.homes[where][name], fresh=True)
        assert found is not None
        return found

    def thing(self, where: str, names: set[str]) -> Thing:
        """What another's thing is to the policy: a circle's, or a member's."""
        home = self.homes[where]
        if names & SHARED:
            return Thing(home.id, circles=frozenset({home.circle}))
        with self.runtime.transaction(home.id, writes=False) as db:
            found = people.thing(db, self.things[where, "same"]["member"][0])
        assert found is not None
        return found

    def asks(self, who: str, rule: Rule, method: str, ids: dict[str, str]) -> TestResponse:
        """What a request is answered; whatever it changed is put back."""
        client = self.app.test_client()
        if who in self.cookies:
            with client.session_transaction() as session:
                session[entry.COOKIE_KEY] = self.cookies[who]
        values: dict[str, Any] = {name: (ids | CLOSED).get(name, ABSENT) for name in rule.arguments}
        with self.app.test_request_context():
            path = self.app.url_map.bind("").build(rule.endpoint, values, method)
        answer = client.open(path, method=method, data=FILLED if method == "POST" else None, headers=HTML)
        if method == "POST" and answer.status_code < 400:
            self.put_back()
        return answer


def lived_in(db: Session, runtime: Runtime, home: Home, one: str, other: str) -> dict[str, list[str]]:
    """One of everything that is `one`'s, mostly with `other`, by the names that addresses have for it."""
    now, keyring = runtime.now(), runtime.keyring

    def passkey() -> str:
        asked, device = access.ask_to_keep(db, keyring, one, SITE, now), Device(SITE.origin)
        kept = access.keep_passkey(
            db, keyring, one, SITE, Answer(asked.challenge, device.makes(asked.options)), "", now
        )
        assert isinstance(kept, str)
        return kept

    def invite() -> str:
        role = Role.RELATIVE if _is_family(db, home) else Role.MEMBER
        access.make_invite(db, keyring, home.circle, role, one, now)
        return next(card.id for card in ways_in.invites(db, now) if card.made_by == one)

    def session() -> str:
        access.open_session(db, keyring, Entrance(home.id, one), "", now)
        return ways_in.sessions_of(db, one)[0].id

    def ask(by: str, of: str) -> str:
        return questions.put(db, by, home.circle, [of], "Are you free on Sunday?", now)[0]

    mine = Direction.MINE
    made: dict[str, list[Callable[[], str]]] = {
        "ask": [lambda: ask(other, one), lambda: ask(one, other)],
        "appreciation": [
            lambda: appreciations.give(db, Thanks(other, (one,), "You waited up."), now),
            lambda: appreciations.give(db, Thanks(one, (other,), "You came."), now),
        ],
        "repair": [
            lambda: repairs.send(db, Draft(other, one, mine, Rupture.SHARP_TONE, words="I was short."), now),
            lambda: repairs.send(db, Draft(one, other, mine, Rupture.SHARP_TONE, words="I was short."), now),
        ],
        "moment": [lambda: moments.note(db, keyring, one, Moment(Rupture.LEFT_OUT, other, "The plan"), now)],
        "occasion": [lambda: occasions.add(db, one, home.circle, OccasionKind.BIRTHDAY, Day(5, 1), now, of=one)],
        "effort": [lambda: efforts.note(db, one, one, "laid the table", now)],
        "invite_id": [invite],
        "session_id": [session],
        "passkey": [passkey],
        "member": [lambda: one],
        "other": [lambda: other],
        "circle": [lambda: home.circle],
        "secret": [lambda: access.make_hook_secret(db, keyring, Hook.GITHUB, now)[0]],
        "device": [lambda: hashlib.sha256(one.encode()).hexdigest()],
        "chore": [lambda: chores.make_chore(db, one, home.circle, "Lay the table", whose=one)],
    }
    found = {name: [made_by for make in makers if (made_by := _made(make))] for name, makers in made.items()}
    db.flush()
    found["nudge"] = list(db.scalars(sa.select(Nudge.id).where(Nudge.member_id == one).limit(1)))
    return found


def _made(make: Callable[[], str]) -> str | None:
    """What was made; nothing where somebody of this role has no such thing."""
    try:
        return make()
    except Refused:
        return None


def _is_family(db: Session, home: Home) -> bool:
    card = people.workspace(db, home.id)
    return card is not None and card.kind is WorkspaceKind.FAMILY


def made(runtime: Runtime) -> World:
    """All of it, with everybody signed in."""
    runtime.settings = runtime.settings.model_copy(update={"public_url": SITE.origin})
    app = create_app(runtime)
    app.config["WTF_CSRF_ENABLED"] = False  # tests/integration/web/test_doors.py asks every form for its token
    work = team(runtime, "Olga", "Lea", "Mo", "Gil", "Bo", "Cy")
    home = family(
        runtime, Otto=Role.ADULT, Maja=Role.ADULT, Ben=Role.ADULT, Theo=Role.TEEN, Kim=Role.CHILD, Ruth=Role.RELATIVE
    )
    abroad = family(runtime, Otto=Role.ADULT, Ben=Role.ADULT)
    now, world = runtime.now(), World(runtime, app, {"work": work, "home": home})
    with runtime.transaction(work.id) as db:
        people_acts.seat(db, work.circle, work["Olga"], now, leads=False)
        people_acts.seat(db, work.circle, work["Lea"], now, leads=True)
        people_acts.give_role(db, work["Gil"], Role.GUEST)
    with runtime.transaction(home.id) as db:
        people_acts.guard(db, home["Kim"], home["Maja"])
    for who, (where, name, peer) in ACTORS.items():
        here = world.homes[where]
        with runtime.transaction(here.id) as db:
            world.things[who, "own"] = lived_in(db, runtime, here, here[name], here[peer])
        with runtime.housekeeping() as db:
            world.cookies[who] = access.open_session(db, runtime.keyring, Entrance(here.id, here[name]), "", now)
    for where, one, other in (("work", "Bo", "Cy"), ("home", "Ben", "Otto")):
        with runtime.transaction(world.homes[where].id) as db:
            world.things[where, "same"] = lived_in(
                db, runtime, world.homes[where], world.homes[where][one], world.homes[where][other]
            )
    with runtime.transaction(abroad.id) as db:
        world.things["abroad", "other"] = lived_in(db, runtime, abroad, abroad["Ben"], abroad["Otto"])
    world.keep()
    return world
