"""Socket Mode: one open socket for all the processes of the web, each envelope acknowledged after its commit."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
import sqlalchemy as sa
import structlog
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from sqlalchemy.orm import Mapped, Session, mapped_column

from integrations.slack import client as clients
from integrations.slack import outcomes
from integrations.slack.counter import Counter
from integrations.slack.oauth import NotInstalled
from service.db import Base, insert_into, new_id
from service.errors import StoreAway

log = structlog.get_logger("slack.socket")

LEASE: Final = timedelta(seconds=15)
"""How long one process holds the socket without saying so again; after a kill another one opens it as late as this."""
LOOK_EVERY_S: Final = 3.0
LONGEST_PAUSE_S: Final = 60.0
"""How long it waits at most after Slack did not let it open; how often that may be asked is limited."""
PING_EVERY_S: Final = 2.0
"""slack_sdk notices that nobody is there any more after four pings without an answer."""
TOGETHER: Final = 10
"""How many envelopes are read at the same time; messages among them share a commit."""


class SlackSocket(Base):
    """Who holds the one socket of this installation."""

    __tablename__ = "slack_socket"

    name: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    holder: Mapped[str] = mapped_column(sa.String(16))
    until: Mapped[datetime]


ONE: Final = "one"


def hold(db: Session, holder: str, now: datetime) -> bool:
    """Hold the socket, or go on holding it; False where somebody else does."""
    insert = insert_into(db, SlackSocket)
    free = sa.or_(
        SlackSocket.holder == holder,
        SlackSocket.until <= now,
        SlackSocket.until > now + LEASE,  # set by a clock that has gone back since
    )
    taken = insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": insert.excluded.holder, "until": insert.excluded.until},
        where=free,
    )
    row = {"name": ONE, "holder": holder, "until": now + LEASE}
    return db.scalars(taken.returning(SlackSocket.name), [row]).first() is not None


def held(db: Session, now: datetime) -> bool:
    """Whether some process holds the socket now."""
    return db.scalar(sa.select(SlackSocket.name).where(SlackSocket.name == ONE, SlackSocket.until > now)) is not None


def let_go(db: Session, holder: str) -> None:
    """Leave the socket to another process."""
    db.execute(sa.delete(SlackSocket).where(SlackSocket.name == ONE, SlackSocket.holder == holder))


class _Ended(ConnectionState):
    """Whether a connection is done with: once it was said to be, or is closed, in whichever order that was noticed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ended = False

    @property
    def terminated(self) -> bool:
        return self._ended or not self._connection.is_active()

    @terminated.setter
    def terminated(self, ended: bool) -> None:
        self._ended = self._ended or ended


class _Client(SocketModeClient):
    """slack_sdk's client, which can always be closed.

    Its own loop asks for a note that `connect` replaces and that the loop itself takes back as it begins. Closed right
    after it was opened, it waits for a loop that never hears of it.
    """

    def _run_current_session(self) -> None:
        connection = self.current_session
        if connection is not None and connection.is_active():
            connection.run_until_completion(_Ended(connection))


class Line:
    """The way Slack's envelopes take to the counter while this process holds the socket."""

    def __init__(
        self, counter: Counter, *, look_every_s: float = LOOK_EVERY_S, ping_every_s: float = PING_EVERY_S
    ) -> None:
        self._counter = counter
        self._runtime = counter.desk.runtime
        self._look_every_s, self._ping_every_s = look_every_s, ping_every_s
        self._holder = new_id()
        self._client: _Client | None = None
        self._pause_s = 0.0
        self._not_before = 0.0

    def keep(self, stopped: threading.Event) -> None:
        """Hold the socket, or wait until whoever holds it is gone, until told to stop."""
        try:
            while not stopped.is_set():
                self.look()
                stopped.wait(self._look_every_s)
        finally:
            self.close()

    def look(self) -> None:
        """Once: go on holding the socket and see that it is open, or let it be."""
        try:
            with self._runtime.housekeeping() as db:
                holds = hold(db, self._holder, self._runtime.now())
        except StoreAway:
            return  # nobody else can take it meanwhile either; what comes is not acknowledged and comes again
        if not holds:
            self._hang_up()
        elif not self.is_open and time.monotonic() >= self._not_before:
            self._open()

    @property
    def is_open(self) -> bool:
        """Whether this process holds the socket and hears by it."""
        return self._client is not None and self._client.is_connected()

    def close(self) -> None:
        """Hang up, and let another process take over at once."""
        self._hang_up()
        try:
            with self._runtime.housekeeping() as db:
                let_go(db, self._holder)
        except StoreAway:
            log.warning("the socket is let go when its lease ends")

    def _open(self) -> None:
        self._hang_up()
        settings = self._runtime.settings
        token = settings.slack_app_token
        client = _Client(
            app_token=token.get_secret_value() if token is not None else "",
            logger=clients.QUIET,
            web_client=clients.client(settings),
            auto_reconnect_enabled=False,  # it is opened again here alone, or two would be
            ping_interval=self._ping_every_s,
            concurrency=TOGETHER,
        )
        client.socket_mode_request_listeners.append(self._received)
        try:
            self._counter.adopt()
            client.connect()
        except (*outcomes.FAULTS, NotInstalled, StoreAway) as error:
            client.close()
            why = error.why if isinstance(error, NotInstalled) else outcomes.code(error)
            self._pause_s = min(LONGEST_PAUSE_S, self._pause_s * 2 or self._look_every_s)
            self._not_before = time.monotonic() + self._pause_s
            log.warning("the socket did not open", code=why)
            return
        self._client, self._pause_s = client, 0.0
        log.info("the socket is open")

    def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _received(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """One envelope. What was not committed is not acknowledged, so that Slack sends it again."""
        try:
            answer = self._counter.unwrapped(request.type, request.payload or {})
        except Exception as error:  # slack_sdk would say it to a log of its own, with the payload
            log.error("an envelope was not read", kind=request.type, exc_info=error)  # noqa: TRY400 - the same, by name
            return
        if answer.status_code >= 500:
            log.warning("an envelope was not taken", kind=request.type, status=answer.status_code)
            return
        said = answer.get_data() if answer.status_code == 200 else b""
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, _payload(said)))


def _payload(said: bytes) -> dict[str, Any] | None:
    """What is answered along with the acknowledgement: a command's words, or what becomes of a form."""
    if not said:
        return None
    found = msgspec.json.decode(said) if said.startswith(b"{") else {"text": said.decode()}
    return found if isinstance(found, dict) else None
