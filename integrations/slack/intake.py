"""The fast lane: requests that arrive together share one transaction, and each is answered after its commit."""

import threading
from dataclasses import dataclass, field

import structlog

from service.asks import actions as asks
from service.asks.rules import Heard
from service.errors import StoreAway
from service.failpoints import fp
from service.runtime import Runtime

log = structlog.get_logger("slack.intake")

MOST_TOGETHER = 500


@dataclass(slots=True, eq=False)
class Waiting:
    """One request that waits for its message to be committed."""

    workspace: str
    message: Heard
    turn: threading.Event = field(default_factory=threading.Event)
    """Set when its message was heard or lost, or when it is its turn to lead."""
    heard: bool = False
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        """Whether the transaction with its message has ended."""
        return self.heard or self.error is not None


class Intake:
    """Takes messages in batches: whoever comes first leads, the others wait, and no batch waits for another message."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._queue: list[Waiting] = []
        self._led = False
        self._gate = threading.Lock()

    def hear(self, workspace: str, message: Heard) -> None:
        """Return once this message is committed. Raises StoreAway where it is not, and Slack should send it again."""
        mine = Waiting(workspace, message)
        with self._gate:
            self._queue.append(mine)
            leads, self._led = not self._led, True
        if not leads:
            mine.turn.wait()
        if not mine.is_done:
            self._lead()
        if mine.error is not None:
            raise StoreAway("not heard") from mine.error

    def _lead(self) -> None:
        """Hear all that wait, this request's message among them, and hand on to the first that came meanwhile."""
        batch: list[Waiting] = []
        failure: Exception = InterruptedError()
        try:
            self._heard(batch)
        except Exception as error:  # whoever waits must be answered, whatever went wrong
            failure = error
            if not isinstance(error, StoreAway):
                log.exception("a batch was not heard", count=len(batch))
        finally:
            batch = batch or self._gathered()
            with self._gate:
                following = self._queue[0] if self._queue else None
                self._led = following is not None
            for each in batch:
                if not each.is_done:
                    each.error = failure
                each.turn.set()
            if following is not None:
                following.turn.set()

    def _gathered(self) -> list[Waiting]:
        with self._gate:
            batch, self._queue = self._queue[:MOST_TOGETHER], self._queue[MOST_TOGETHER:]
        return batch

    def _heard(self, batch: list[Waiting]) -> None:
        """Hear all that wait once it is our turn to write, and name them in `batch`: whoever came until then is in."""
        by_workspace: dict[str, list[Waiting]] = {}
        ears = self._runtime.ears
        committed = False
        try:
            with self._runtime.hearing() as hearing:
                batch += self._gathered()
                now = self._runtime.now()
                fp("hear.gathered")
                for each in batch:
                    by_workspace.setdefault(each.workspace, []).append(each)
                hearing.alone = len(by_workspace) == 1
                for workspace, group in by_workspace.items():
                    with hearing.of(workspace) as db:
                        asks.hear(db, ears, [each.message for each in group], now)
                fp("hear.heard")
            committed = not hearing.lost
        finally:
            ears.ended(committed=committed)
        fp("hear.committed")
        for workspace, group in by_workspace.items():
            error = hearing.lost.get(workspace)
            if error is not None:
                log.error("a batch was not heard", workspace=workspace, count=len(group), exc_info=error)
            for each in group:
                each.heard, each.error = error is None, error
