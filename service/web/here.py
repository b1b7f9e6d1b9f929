"""Who opened a page, and where they are: what every view for members is handed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from flask import g

from service.access.queries import SessionCard
from service.db import Session
from service.nudges import actions as nudges
from service.people import policy
from service.people import queries as people
from service.people.acts import Act
from service.people.cards import CircleCard, MemberCard, WorkspaceCard
from service.people.policy import Actor, Thing
from service.people.rules import Boundary, Role, WorkspaceKind, register_of
from service.runtime import Runtime
from service.web.pieces import Face
from service.wording import people as words
from service.wording.voice import Voice


@dataclass(frozen=True)
class Here:
    """A member who is signed in, as they stand now, in their own workspace."""

    runtime: Runtime
    session: SessionCard
    """The session they came with; never its secret."""
    me: MemberCard
    home: WorkspaceCard
    actor: Actor
    circles: tuple[CircleCard, ...]
    members: dict[str, MemberCard]
    """Everybody I share a circle with, and myself, by id in the order of names; and whoever else a page speaks of."""
    boundary: Boundary
    now: datetime

    @cached_property
    def voice(self) -> Voice:
        """How we speak to them."""
        register = register_of(self.home.kind, self.me.role)
        return Voice.for_language(self.me.language, formal=self.me.formal, register=register)

    @property
    def today(self) -> date:
        """The day on their own clock."""
        return self.now.astimezone(self.boundary.tz).date()

    @property
    def is_family(self) -> bool:
        """Whether this is a home."""
        return self.home.kind is WorkspaceKind.FAMILY

    @contextmanager
    def transaction(self, *, writes: bool = True) -> Iterator[Session]:
        """One transaction in their workspace. What they do here with a nudge shows wherever it was sent."""
        with self.runtime.transaction(self.home.id, writes=writes) as db:
            yield db
            if writes:
                nudges.show_acted(db, self.me.id, self.now)

    def may(self, act: Act, thing: Thing | None = None) -> bool:
        """Whether they may do this to what is their own, or to this thing."""
        return policy.allows(act, self.actor, thing)

    def check(self, act: Act, thing: Thing | None = None) -> None:
        """Raise Refused where they may not."""
        policy.check(act, self.actor, policy.own(self.actor) if thing is None else thing)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment on their own clock."""
        return moment.astimezone(self.boundary.tz).date()

    def day(self, on: date | datetime) -> str:
        """A day in words, as seen from today."""
        return self.voice.day(self.day_of(on) if isinstance(on, datetime) else on, self.today)

    def name(self, member: str | None) -> str:
        """What somebody is called; somebody who has left is a former member."""
        found = self.members.get(member or "")
        return found.name if found is not None else words.former_member(self.voice)

    def learn(self, db: Session, members: Iterable[str | None]) -> None:
        """Know the names of these members too."""
        missing = {one for one in members if one is not None} - self.members.keys()
        self.members.update(people.members(db, missing))

    def face(self, member: str | None, note: str | None = None) -> Face:
        """Somebody as a page shows them."""
        return Face(self.name(member), member or "", note)

    def peers(self) -> list[MemberCard]:
        """Everybody who shares a circle with me, without me, in the order of names."""
        shared = {one for circle in self.circles for one in circle.members} - {self.me.id}
        return [card for card in self.members.values() if card.id in shared and card.active]

    def home_circle(self) -> CircleCard | None:
        """The circle most pages are about: the first of mine."""
        return self.circles[0] if self.circles else None

    @property
    def is_child(self) -> bool:
        """Whether a guardian answers for them."""
        return self.me.role is Role.CHILD


def load(db: Session, runtime: Runtime, session: SessionCard, now: datetime) -> Here | None:
    """Somebody as they stand now, read inside their own workspace; None where they are not here any more."""
    member = session.member
    actor = people.actor(db, member, fresh=session.is_fresh)
    home = people.workspace(db, actor.workspace) if actor is not None and actor.workspace is not None else None
    if actor is None or home is None or home.suspended_at is not None:
        return None
    boundary = people.boundaries(db, [member])[member]
    circles = tuple(people.circles_of(db, member))
    near = people.members(db, {member, *(one for circle in circles for one in circle.members)})
    members = dict(sorted(near.items(), key=lambda one: (one[1].name.casefold(), one[0])))
    return Here(runtime, session, near[member], home, actor, circles, members, boundary, now)


def found() -> Here | None:
    """Whoever opened this page, where they are signed in."""
    here: Here | None = g.get("here")
    return here
