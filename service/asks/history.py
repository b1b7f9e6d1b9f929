"""The newest turns of one place, found by moment, author, person named and rare word."""

from bisect import bisect_left
from dataclasses import dataclass

from service.asks import kinds
from service.asks.windows import KEPT, KEPT_SECONDS, Turn

REACH = 80
REACH_SECONDS = 12 * 3600.0
PLACED = KEPT - REACH


# Not frozen: one is made of every message, and a frozen field costs three times as much to set.
@dataclass(slots=True)
class Seat:
    """One kept turn, its number in the place, and what it looks like to a reply: its kind, and kind and size."""

    number: int
    turn: Turn
    parent: int
    look: int

    @classmethod
    def of(cls, number: int, turn: Turn) -> "Seat":
        parent = kinds.as_parent(turn)
        return cls(number, turn, parent, parent * kinds.SIZES + kinds.size(turn.length))


class History:
    """The kept turns in order of time. A turn looks back at most `REACH` turns and `REACH_SECONDS`."""

    __slots__ = ("_ats", "_naming", "base", "by_author", "by_named", "by_print", "heard", "partner", "seats", "told")

    def __init__(self) -> None:
        self.base = 0
        self._fill([])

    def _fill(self, turns: list[Turn]) -> None:
        self.seats: list[Seat] = []
        self._ats: list[float] = []
        self._naming = [0]
        self.by_author: dict[int, list[int]] = {}
        self.by_named: dict[int, list[int]] = {}
        self.by_print: dict[int, list[int]] = {}
        self.told: dict[int, dict[int, int]] = {}
        self.heard: dict[int, dict[int, int]] = {}
        self.partner: dict[int, tuple[int, int]] = {}
        for turn in turns:
            self.append(turn)

    def __len__(self) -> int:
        return len(self.seats)

    def append(self, new: Turn) -> None:
        """Take in the newest turn."""
        number = self.base + len(self.seats)
        author = new.author
        self.seats.append(Seat.of(number, new))
        self._ats.append(new.at)
        self._naming.append(self._naming[-1] + bool(new.mentions))
        self.by_author.setdefault(author, []).append(number)
        for person in new.mentions:
            self.by_named.setdefault(person, []).append(number)
            self.told.setdefault(author, {})[person] = number
            self.heard.setdefault(person, {})[author] = number
            self.partner[author] = (number, person)
            self.partner[person] = (number, author)
        for word in new.prints:
            self.by_print.setdefault(word, []).append(number)

    def place(self, at: float) -> int:
        """Where a turn of this moment stands, or would stand, among the kept ones."""
        return bisect_left(self._ats, at)

    def find(self, at: float) -> Turn | None:
        """The kept turn of this moment."""
        index = bisect_left(self._ats, at)
        if index < len(self._ats) and self._ats[index] == at:
            return self.seats[index].turn
        return None

    def lowest(self, at: float) -> int:
        """The number of the first turn that one of this moment, coming last, looks back to."""
        first = max(0, len(self._ats) - REACH)
        oldest = at - REACH_SECONDS
        if first < len(self._ats) and self._ats[first] < oldest:
            first = bisect_left(self._ats, oldest)
        return self.base + first

    def takes(self, index: int, at: float) -> bool:
        """Whether a turn can still be put in this place: whatever follows can be linked again as if in order."""
        if not self._ats:
            return True
        return len(self._ats) - index <= PLACED and self._ats[-1] - at <= REACH_SECONDS

    def named_share(self, at: float) -> int:
        """In thousandths, how often the turns that one of this moment looks back to name somebody."""
        first = self.lowest(at) - self.base
        end = self.place(at)
        return 1000 * (self._naming[end] - self._naming[first]) // (end - first) if end > first else 0

    def cut(self, index: int) -> list[Turn]:
        """Take the turns from this place on away, to be linked again."""
        turns = [seat.turn for seat in self.seats]
        self._fill(turns[:index])
        return turns[index:]

    def trim(self) -> list[Turn]:
        """Let go of what is too old or too much."""
        ats = self._ats
        gone = max(0, len(ats) - KEPT)
        if ats and ats[gone] < ats[-1] - KEPT_SECONDS:
            gone = bisect_left(ats, ats[-1] - KEPT_SECONDS)
        if not gone:
            return []
        left = [seat.turn for seat in self.seats[:gone]]
        del self.seats[:gone]
        del ats[:gone]
        del self._naming[:gone]
        for old in left:
            _shift(self.by_author, old.author)
            for person in old.mentions:
                _shift(self.by_named, person)
                self._forget(old.author, person)
            for word in old.prints:
                _shift(self.by_print, word)
            self.base += 1
        return left

    def _forget(self, author: int, person: int) -> None:
        for index, one, other in ((self.told, author, person), (self.heard, person, author)):
            if index[one].get(other) == self.base:
                del index[one][other]
                if not index[one]:
                    del index[one]
        for one in (author, person):
            if one in self.partner and self.partner[one][0] == self.base:
                del self.partner[one]


def _shift(index: dict[int, list[int]], key: int) -> None:
    numbers = index[key]
    if len(numbers) == 1:
        del index[key]
    else:
        del numbers[0]
