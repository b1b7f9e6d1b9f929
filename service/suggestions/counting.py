"""The only limit on slipping: counted in a process's memory alone, and gone with it."""

import threading
from collections import Counter
from datetime import date
from typing import Final

MOST_A_DAY: Final = 3


class Counted:
    """How many cards each member slipped today in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day = date.min
        self._by: Counter[str] = Counter()

    def may_slip(self, member: str, today: date) -> bool:
        """Count one more card of this member; False where today's are used up."""
        with self._lock:
            if today != self._day:
                self._day, self._by = today, Counter()
            self._by[member] += 1
            return self._by[member] <= MOST_A_DAY


counted = Counted()
"""One count for all doors of a process."""
