"""How often a token may ask: a little at once, and so much a minute."""

import threading
from dataclasses import dataclass, field

AT_ONCE = 60
PER_MINUTE = 120
MOST_KNOWN = 10_000
"""How many tokens are remembered; the one that has been silent for longest is forgotten first."""


@dataclass
class Allowance:
    """What each token has left, in this process."""

    at_once: float = AT_ONCE
    per_second: float = PER_MINUTE / 60
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, token: str, now: float) -> float:
        """Take one; returns for how many seconds the token has to wait, 0 where it need not."""
        with self._lock:
            left, since = self._left.pop(token, (self.at_once, now))
            left = min(self.at_once, left + max(0.0, now - since) * self.per_second)
            if left >= 1:
                left -= 1
                wait = 0.0
            else:
                wait = (1 - left) / self.per_second
            self._left[token] = (left, now)
            if len(self._left) > MOST_KNOWN:
                del self._left[next(iter(self._left))]
            return wait
