"""The people of a test, by noun."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from service.people import actions as people
from service.people import queries
from service.people.rules import ALL_WEEK, IdentityKind, PlaceKind, Role, WorkspaceKind
from service.runtime import Runtime
from tests.fakes import MONDAY


@dataclass(slots=True)
class Home:
    """A workspace with its people; `home["Ada"]` is the id of the member Ada."""

    id: str
    circle: str
    members: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.members.values())


def team(
    runtime: Runtime,
    *names: str,
    now: datetime = MONDAY,
    zone: str = "UTC",
    courier: str = "inbox",
    joined: bool = True,
) -> Home:
    """A team: the first member owns it and leads its one circle; each has the Slack id `U<NAME>`."""
    home = _opened(runtime, WorkspaceKind.TEAM, "Harbour", now, zone)
    with runtime.transaction(home.id) as db:
        for name in names:
            known = (IdentityKind.SLACK, f"U{name.upper()}")
            home.members[name] = people.meet(db, name, now, known=known, courier=courier)
            if joined:
                people.join(db, home[name], now)
        home.circle = people.make_circle(db, "Harbour", now, leads=[*home][:1], members=[*home])
        if names:
            people.own(db, home[names[0]])
    return home


def family(runtime: Runtime, *, now: datetime = MONDAY, zone: str = "UTC", **roles: Role) -> Home:
    """A family, such as `family(runtime, Maja=Role.ADULT, Ben=Role.CHILD)`: the first member owns it."""
    home = _opened(runtime, WorkspaceKind.FAMILY, "Lindgren", now, zone)
    with runtime.transaction(home.id) as db:
        for name, role in roles.items():
            home.members[name] = people.meet(db, name, now, role=role)
            people.join(db, home[name], now)
        home.circle = people.make_circle(db, "Lindgren", now, members=[*home])
        if roles:
            people.own(db, next(iter(home)))
    return home


def channel(runtime: Runtime, home: Home, external: str = "C0HARBOUR", *, now: datetime = MONDAY) -> str:
    """A channel that the home's circle listens in; returns the place's id."""
    with runtime.transaction(home.id) as db:
        return people.listen(db, home.circle, PlaceKind.CHANNEL, external, now, name=external.lower())


def always_open(runtime: Runtime, home: Home) -> None:
    """Let everybody in a home be written to at any hour of any day."""
    with runtime.transaction(home.id) as db:
        for member in home:
            boundary = queries.boundaries(db, [member])[member]
            whole_day = replace(boundary, days=ALL_WEEK, starts_at=time.min, digest_at=time.min, ends_at=time.max)
            people.set_boundary(db, member, whole_day)


def _opened(runtime: Runtime, kind: WorkspaceKind, name: str, now: datetime, zone: str) -> Home:
    with runtime.housekeeping() as db:
        return Home(people.open_workspace(db, kind, name, now, zone=zone), "")
