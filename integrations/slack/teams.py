"""Which team is which workspace: remembered for a while, so that in steady state nothing is asked for an event."""

import threading
import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from integrations.slack import installations, tokens
from integrations.slack.installations import Installation
from service.runtime import Runtime

LIFE_S = 60.0
"""How long an installation is taken for granted; the process that hears of its end forgets it at once."""
ABSENT_LIFE_S = 2.0
MOST = 10_000


class Teams:
    """The installations this process remembers, by team and by workspace."""

    def __init__(self, runtime: Runtime, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._runtime = runtime
        self._elapsed = elapsed
        self._known: dict[tuple[str, str], tuple[float, Installation | None]] = {}
        self._lock = threading.Lock()

    def of(self, team: str) -> Installation | None:
        """The app in a team; None where it is not installed. Raises StoreAway."""
        keyring = self._runtime.keyring
        return self._remembered(("team", team), lambda db: installations.of_team(db, keyring, team))

    def of_workspace(self, workspace: str) -> Installation | None:
        """The app in a workspace; None where it is not installed. Raises StoreAway."""
        keyring = self._runtime.keyring
        return self._remembered(("workspace", workspace), lambda db: installations.of_workspace(db, keyring, workspace))

    def drop(self, team: str) -> None:
        """Forget what is remembered of a team, since it has changed."""
        with self._lock:
            self._known = {
                name: (until, found)
                for name, (until, found) in self._known.items()
                if name != ("team", team) and (found is None or found.team != team)
            }

    def _remembered(self, name: tuple[str, str], ask: Callable[[Session], Installation | None]) -> Installation | None:
        now = self._elapsed()
        kept = self._known.get(name)
        if kept is not None and kept[0] > now:
            return kept[1]
        with self._runtime.housekeeping(writes=False) as db:
            found = ask(db)
        if found is not None:
            found = tokens.usable(self._runtime, found)
        with self._lock:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[name] = (now + (LIFE_S if found is not None else ABSENT_LIFE_S), found)
        return found
