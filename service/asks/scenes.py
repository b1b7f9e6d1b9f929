"""One turn about to be linked, which turns it may belong to, and what lies between them."""

import math
from bisect import bisect_left, bisect_right

from service.asks import kinds
from service.asks.history import REACH, History, Seat
from service.asks.reading import Form
from service.asks.tables import AMOUNTS, BETWEEN, FAR, PARENT, cells
from service.asks.windows import Turn

NEAREST = 10
# Beyond this many turns a stranger's turn is no candidate, unless it asks and the new turn names nobody.
_STRANGERS = 5
_STRANGERS_WHERE_NAMED = 3
_OWN = 1
_NAMED = 3
_ADDRESSING = 1
_NAMES_AT_MOST = 3

# What is counted between two turns, as distances in the tables.
_COUNT_STEPS = (1, 2, 3, 6)
_MINE = cells(_COUNT_STEPS, BETWEEN.stride("mine"))
_THEIRS = cells(_COUNT_STEPS, BETWEEN.stride("theirs"))
PEOPLE_STEPS = (1, 2, 3, 5, 8)
_BETWEEN = cells(PEOPLE_STEPS, BETWEEN.stride("people"))
_NAMED_SINCE = cells((1, 2), PARENT.stride("named_since"))
_RARITY = tuple(math.log(REACH / count) if 0 < count < REACH else 0.0 for count in range(FAR + 1))
_QUESTION = int(Form.ASKS | Form.MARK)
_NONE: list[int] = []
LONG_AGO = [-1]
_NOBODY: dict[int, int] = {}

Fact = tuple[Seat, int, int, int, int, float]
"""A candidate: how many turns ago, who wrote and was named since (as distances in the tables), whom it named, and how
rare the words are that both have."""


class Scene:
    """One turn about to be linked, and what of the place every pair with it needs."""

    __slots__ = (
        "end", "has", "heard", "history", "kin", "kind", "last", "low", "me", "mine", "names", "new", "partner",
        "partner_ago", "present", "shared", "size", "taken", "told",
    )  # fmt: skip

    def __init__(self, history: History, new: Turn) -> None:
        self.history = history
        self.new = new
        self.end = history.base + len(history)
        self.low = low = history.lowest(new.at)
        self.taken: set[int] = set()
        self.me = me = new.author
        self.names = new.mentions
        self.has = 1 if new.mentions else 0
        self.kind = kinds.as_reply(new)
        self.size = kinds.size(new.length)
        self.mine = history.by_author.get(me, _NONE)
        last = self.mine[-1] if self.mine else -1
        self.last = last if last >= low else -1
        self.told = history.told.get(me, _NOBODY)
        self.heard = history.heard.get(me, _NOBODY)
        self.kin = kin = {me, *new.mentions}
        for index in (self.told, self.heard):
            for person, number in index.items():
                if number >= low:
                    kin.add(person)
        number, self.partner = history.partner.get(me, (-1, -1))
        self.partner_ago = FAR
        if number >= low:
            self.partner_ago = self.end - number
        else:
            self.partner = -1
        self.present = 0
        self.shared: dict[int, float] = {}
        for word in new.prints:
            numbers = history.by_print.get(word)
            if numbers and numbers[-1] >= low:
                numbers = numbers[bisect_left(numbers, low) :]
                for number in numbers:
                    self.shared[number] = self.shared.get(number, 0.0) + _RARITY[len(numbers)]

    def near(self) -> list[Fact]:
        """The nearest turns, the last first: what lies between is counted on the way."""
        found: list[Fact] = []
        wrote: dict[int, int] = {}
        named: dict[int, int] = {}
        me, names, low, kin, shared = self.me, self.names, self.low, self.kin, self.shared
        taken = self.taken
        mine = 0
        strangers = _STRANGERS_WHERE_NAMED if names else _STRANGERS
        seats = self.history.seats[max(low, self.end - NEAREST) - self.history.base :]
        for distance, seat in enumerate(reversed(seats), 1):
            turn = seat.turn
            author = turn.author
            mentions = turn.mentions
            since = wrote.get(author, 0)
            if (
                distance <= strangers
                or author in kin
                or seat.number in shared
                or me in mentions
                or (not names and turn.form & _QUESTION)
            ):
                replied = 0
                if mentions:
                    replied = 2
                    for person in mentions:
                        if person in wrote:
                            replied = 3
                taken.add(seat.number)
                between = _MINE[mine] + _THEIRS[since] + _BETWEEN[len(wrote)]
                since_named = _NAMED_SINCE[named.get(author, 0)]
                found.append((seat, distance, between, since_named, replied, shared.get(seat.number, 0.0)))
            if author == me:
                mine += 1
            wrote[author] = since + 1
            for person in mentions:
                named[person] = named.get(person, 0) + 1
        self.present = len(wrote)
        return found

    def related(self, found: list[Fact]) -> None:
        """Farther turns of its author, of people it names and of those who lately addressed its author."""
        history = self.history
        numbers = self.mine[-_OWN:]
        for person in self.names[:_NAMES_AT_MOST]:
            numbers = numbers + history.by_author.get(person, _NONE)[-_NAMED:]
        numbers = numbers + history.by_named.get(self.me, _NONE)[-_ADDRESSING:]
        low, taken = self.low, self.taken
        found += [self._within(number) for number in numbers if number >= low and number not in taken]

    def far(self, found: list[Fact], ask: Turn) -> None:
        """An ask, within reach or beyond."""
        number = self.history.place(ask.at) + self.history.base
        if self.low <= number < self.end:
            if number not in self.taken:
                found.append(self._within(number))
            return
        shared = 0.0
        for word in self.new.prints:
            if word in ask.prints:
                numbers = self.history.by_print.get(word, _NONE)
                shared += _RARITY[max(1, len(numbers) - bisect_left(numbers, self.low))]
        found.append(self._counted(Seat.of(-1, ask), FAR, self.low - 1, shared))

    def _within(self, number: int) -> Fact:
        self.taken.add(number)
        seat = self.history.seats[number - self.history.base]
        return self._counted(seat, self.end - number, number, self.shared.get(number, 0.0))

    def _counted(self, seat: Seat, distance: int, number: int, shared: float) -> Fact:
        history, turn, mine = self.history, seat.turn, self.mine
        writers, mentions = history.by_author, turn.mentions
        written = writers.get(turn.author, _NONE)
        named = history.by_named.get(turn.author, _NONE)
        replied = 0
        if mentions:
            replied = 2
            for person in mentions:
                if writers.get(person, LONG_AGO)[-1] > number:
                    replied = 3
        between = (
            _MINE[len(mine) - bisect_right(mine, number)]
            + _THEIRS[len(written) - bisect_right(written, number)]
            + _BETWEEN[FAR if distance > NEAREST else AMOUNTS]
        )
        since_named = _NAMED_SINCE[len(named) - bisect_right(named, number)]
        return seat, distance, between, since_named, replied, shared
