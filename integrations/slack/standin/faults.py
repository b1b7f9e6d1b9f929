"""What can go wrong on the way, on request: each fault strikes the next calls it names, then is spent."""

import math
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a call goes wrong.

    Those that begin with `ACCEPT_THEN` do what was asked and lose the answer; `ACCEPT_LATE` hangs and then does
    it, perhaps after the caller has given up; `HANG` hangs and does nothing.
    """

    RATE_LIMITED = "rate_limited"
    ERROR = "error"
    GARBAGE = "garbage"
    REFUSE = "refuse"
    REVOKE = "revoke"
    RESET = "reset"
    HANG = "hang"
    ACCEPT_LATE = "accept_late"
    ACCEPT_THEN_ERROR = "accept_then_error"
    ACCEPT_THEN_DROP = "accept_then_drop"
    ACCEPT_THEN_RESET = "accept_then_reset"
    ACCEPT_THEN_HANG = "accept_then_hang"
    ACCEPT_THEN_GARBAGE = "accept_then_garbage"


@dataclass(slots=True)
class Fault:
    """One scripted fault.

    `method` is a Web API method or "*"; `channel` narrows it to one conversation, `team` to one team. The
    first `skip` matching calls pass, the next `times` are struck. `seconds` is Retry-After, or how long to
    hang; `status` the HTTP status of an error; `name` the error name of a refusal.
    """

    kind: Kind
    method: str = "chat.postMessage"
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    status: int = 500
    name: str = "internal_error"
    channel: str | None = None
    team: str | None = None
    struck: int = 0

    @property
    def accepts(self) -> bool:
        """Whether the call is carried out although its answer is lost."""
        return self.kind.startswith("accept_then_")

    def names_call(self, method: str, channel: str | None, team: str | None) -> bool:
        """Whether a call is one this fault is about."""
        return (
            self.method in ("*", method)
            and self.channel in (None, channel)
            and self.team in (None, team)
            and self.struck < self.times
        )


@dataclass(slots=True)
class Script:
    """The faults that wait for their calls, and how fast one conversation takes posts.

    `pace` is the least number of seconds between two posts to one conversation, as Slack's limit of about one a
    second; 0 for none.
    """

    faults: list[Fault] = field(default_factory=list)
    pace: float = 0.0
    posted_at: dict[tuple[str | None, str | None], float] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> Fault:
        """Let it strike from now on."""
        with self.lock:
            self.faults.append(fault)
        return fault

    def strikes(self, method: str, channel: str | None, team: str | None) -> Fault | None:
        """The fault that strikes this call, counted."""
        with self.lock:
            for fault in self.faults:
                if not fault.names_call(method, channel, team):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.struck += 1
                return fault
            return self._too_fast(method, channel, team)

    def _too_fast(self, method: str, channel: str | None, team: str | None) -> Fault | None:
        if not self.pace or method != "chat.postMessage":
            return None
        now, place = time.monotonic(), (team, channel)
        left = self.posted_at.get(place, -self.pace) + self.pace - now
        if left > 0:
            return Fault(Kind.RATE_LIMITED, method, seconds=math.ceil(left))
        self.posted_at[place] = now
        return None

    def clear(self) -> None:
        """No more faults."""
        with self.lock:
            self.faults.clear()
