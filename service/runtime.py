"""What every entrypoint is handed: settings, transactions, the time, chance, couriers, and a way to wake workers."""

import contextlib
import random as chance
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.asks.actions import Ears
from service.db import EVERY_WORKSPACE, Session
from service.errors import StoreAway
from service.nudges.couriers import Courier, InboxCourier
from service.occasions.calendars import Calendar
from service.schedule import Round
from service.sealing import Keyring
from service.settings import Settings

if TYPE_CHECKING:
    import click
    from flask import Blueprint

DEMO_CLOCK = "demo-clock"
"""The file in the state folder that says by how many seconds the demo's clock is ahead."""


def system_time() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def demo_time(state_dir: Path) -> datetime:
    """The time of this machine, moved ahead as far as somebody pressed in the demo."""
    return datetime.now(UTC) + timedelta(seconds=demo_offset(state_dir))


def demo_offset(state_dir: Path) -> float:
    """By how many seconds the demo's clock is ahead."""
    try:
        return float((state_dir / DEMO_CLOCK).read_text())
    except (FileNotFoundError, ValueError):
        return 0.0


@dataclass
class Hearing:
    """One commit for a batch from several workspaces, each inside a savepoint of its own; one `alone` needs none."""

    session: Session
    alone: bool = False
    lost: dict[str, Exception] = field(default_factory=dict)

    @contextlib.contextmanager
    def of(self, workspace: str) -> Iterator[Session]:
        """Hear one workspace; what goes wrong there is rolled back to its savepoint and kept in `lost`."""
        self.session.enter(workspace)
        if self.alone:
            yield self.session
            return
        try:
            with self.session.begin_nested():
                yield self.session
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - one workspace's fault must not lose the others' messages
            self.session.expunge_all()
            self.lost[workspace] = error


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `goldseam doctor` looked at."""

    what: str
    well: bool
    said: str
    remedy: str | None = None


class Door(Protocol):
    """A way to sign in that an integration offers; `service.web` alone makes the session."""

    name: str
    title: str
    """What people call it."""

    def begin(self, state: str) -> str:
        """The address where it begins; it hands the state back, and whoever comes back brings it."""

    def finish(self, query: Mapping[str, str]) -> "SignedIn":
        """Who came back through it; raises Refused where nobody did. It may ask over the network."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody whom a door vouches for."""

    workspace: str
    member: str


@dataclass(frozen=True, slots=True)
class Plug:
    """What an integration brings; each one returns it from `plug(runtime)`."""

    name: str
    blueprint: "Blueprint | None" = None
    courier: Courier | None = None
    commands: "tuple[click.Command, ...]" = ()
    checks: tuple[Callable[[], list[Finding]], ...] = ()
    rounds: Mapping[Round, Callable[[datetime], None]] = field(default_factory=dict)
    beside: Callable[[threading.Event], None] | None = None
    """What runs beside the web, in each of its processes, until told to stop."""
    door: Door | None = None
    calendar: Calendar | None = None
    screen_key: str | None = None
    """What browsers are told of us, where nudges may show on their screens."""


@dataclass
class Runtime:
    """Made once in each process by `service.bootstrap`."""

    settings: Settings
    engine: sa.Engine
    keyring: Keyring
    random: chance.Random = field(default_factory=secrets.SystemRandom)
    couriers: dict[str, Courier] = field(default_factory=lambda: {"inbox": InboxCourier()})
    now: Callable[[], datetime] = system_time
    wake: Callable[[], None] = lambda: None
    calendar: Calendar | None = None
    screen_key: str | None = None
    ears: Ears = field(init=False)

    def __post_init__(self) -> None:
        """Make what hears."""
        self.ears = Ears(self.keyring)

    @contextlib.contextmanager
    def transaction(self, workspace: str, *, writes: bool = True) -> Iterator[Session]:
        """One transaction that sees one workspace's rows and no others."""
        with self._session(workspace, writes=writes) as session:
            yield session

    @contextlib.contextmanager
    def housekeeping(self, *, writes: bool = True) -> Iterator[Session]:
        """One transaction for rounds, sign-in and the command line, over all workspaces."""
        with self._session(EVERY_WORKSPACE, writes=writes) as session:
            yield session

    @contextlib.contextmanager
    def hearing(self) -> Iterator[Hearing]:
        """One transaction for a batch of messages from several workspaces, begun when it is our turn to write."""
        with self._session(EVERY_WORKSPACE, writes=True) as session:
            session.connection()
            yield Hearing(session)

    @contextlib.contextmanager
    def _session(self, scope: str, *, writes: bool) -> Iterator[Session]:
        try:
            with self.engine.connect().execution_options(reads_only=not writes) as connection:
                session = Session(bind=connection, info={"scope": scope}, expire_on_commit=False)
                with session, session.begin():
                    yield session
        except (OperationalError, InterfaceError, PoolTimeout) as error:
            raise StoreAway(_first_line(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise StoreAway(_first_line(error)) from error
            raise

    def soon(self) -> None:
        """Wake a worker; where that fails, the next round finds the work anyway."""
        self.wake()


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]
