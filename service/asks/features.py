"""What speaks for one turn belonging to another: for each pair, where to look in the tables of weights."""

import functools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from service.asks import kinds
from service.asks.history import REACH, History, Seat
from service.asks.kinds import PARENT_KINDS, REPLY_KINDS, SIZES
from service.asks.reading import Form
from service.asks.tables import AMOUNTS, CLOSE, DISTANCES, LATELY, TIES
from service.asks.windows import Turn

NEAREST = 20
# Beyond this many turns a stranger's turn is no candidate, unless it asks and the new turn names nobody.
_STRANGERS = 8
_STRANGERS_WHERE_NAMED = 5
_OWN = 3
_NAMED = 4
_ADDRESSING = 3
_NAMES_AT_MOST = 3

_FAR = 201
_DISTANCE_STEPS = (2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 20, 26, 35, 50)
_DISTANCE = tuple(bisect_right(_DISTANCE_STEPS, distance) for distance in range(_FAR + 1))
_CLOSE = tuple(min(step, CLOSE - 1) for step in _DISTANCE)
_GAP_STEPS = (5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 3600.0)
_COUNT = tuple(bisect_right((1, 2, 3, 6), count) for count in range(_FAR + 1))
_PEOPLE = tuple(bisect_right((1, 2, 3, 4, 6), count) for count in range(_FAR + 1))
_LATELY = tuple(bisect_right((6, 21, REACH + 1), ago) for ago in range(_FAR + 1))
_SHARED_STEPS = (0.1, 3.0, 4.5, 7.0, 10.0)
_RARITY = tuple(math.log(REACH / count) if 0 < count < REACH else 0.0 for count in range(_FAR + 1))
_SINCE_STEPS = (2, 4, 8, 16, 32, REACH + 1)
_PARTNER_STEPS = (3, 6, 11, 21, REACH + 1)
_OWN_GAP_STEPS = (60.0, 180.0, 600.0, 1800.0, 10800.0)
_PLACE_GAP_STEPS = (10.0, 30.0, 60.0, 180.0, 600.0)
_PRESENT_STEPS = (3, 6, 10, 15, 20)
_START_FORMS = (
    Form.ASKS, Form.MARK, Form.OPENS_AS_QUESTION, Form.REQUEST, Form.GREETING, Form.TO_ALL, Form.SPEAKS_OF_ME,
    Form.SPEAKS_TO_YOU, Form.POINTS_BACK, Form.CARRIES_ON, Form.PROBLEM,
)  # fmt: skip
_ASKS = int(Form.ASKS)
_QUESTION = int(Form.ASKS | Form.MARK)
_NEVER = LATELY - 1
_SAME, _NAMES, _NAMED_BY, _MET, _STRANGER = range(TIES)
_NONE: list[int] = []
_NOBODY: dict[int, int] = {}

Row = tuple[int, ...]


def rows(history: History, new: Turn, far: Iterable[Turn]) -> tuple[list[tuple[float, Row]], Row]:
    """The moments of the turns that `new`, coming last, may belong to, each with its row, and the row for a start.

    A row has one cell for each wide table. `far` are asks that stay candidates however long ago they were.
    """
    scene = _Scene(history, new)
    found = scene.near()
    for number in scene.related():
        seat = history.seats[number - history.base]
        found.append((seat.turn.at, scene.farther(seat)))
    for ask in far:
        within = scene.number(ask)
        if within is None:
            found.append((ask.at, scene.beyond(ask)))
        elif within not in scene.taken:
            scene.taken.add(within)
            found.append((ask.at, scene.farther(history.seats[within - history.base])))
    return found, scene.start()


class _Scene:
    """One turn about to be linked, and what of the place every pair with it needs."""

    __slots__ = (
        "end", "has", "heard", "history", "kind", "last", "low", "me", "mine", "names", "new", "partner",
        "partner_ago", "shared", "size", "taken", "told",
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
        number, self.partner = history.partner.get(me, (-1, -1))
        self.partner_ago = _FAR
        if number >= low:
            self.partner_ago = self.end - number
        else:
            self.partner = -1
        self.shared: dict[int, float] = {}
        for word in new.prints:
            numbers = history.by_print.get(word)
            if numbers and numbers[-1] >= low:
                numbers = numbers[bisect_left(numbers, low) :]
                for number in numbers:
                    self.shared[number] = self.shared.get(number, 0.0) + _RARITY[len(numbers)]

    def near(self) -> list[tuple[float, Row]]:
        """The nearest turns, the last first: what lies between is counted on the way."""
        found = []
        wrote: dict[int, int] = {}
        named: dict[int, int] = {}
        me, names, low, told, heard, shared = self.me, self.names, self.low, self.told, self.heard, self.shared
        first = max(low, self.end - NEAREST)
        strangers = _STRANGERS_WHERE_NAMED if names else _STRANGERS
        base = self.history.base
        for distance, seat in enumerate(reversed(self.history.seats[first - base :]), 1):
            turn = seat.turn
            author = turn.author
            mentions = turn.mentions
            since = wrote.get(author, 0)
            if (
                distance <= strangers
                or author == me
                or seat.number in shared
                or author in names
                or me in mentions
                or told.get(author, -1) >= low
                or heard.get(author, -1) >= low
                or (not names and turn.form & _QUESTION)
            ):
                replied = 0
                for person in mentions:
                    if person in wrote:
                        replied = 1
                self.taken.add(seat.number)
                row = self._row(
                    seat, distance, wrote.get(me, 0), since, named.get(author, 0), len(wrote), replied,
                    shared.get(seat.number, 0.0),
                )  # fmt: skip
                found.append((turn.at, row))
            wrote[author] = since + 1
            for person in mentions:
                named[person] = named.get(person, 0) + 1
        return found

    def related(self) -> list[int]:
        """Farther turns of its author, of people it names and of those who lately addressed its author."""
        history = self.history
        found = self.mine[-_OWN:]
        for person in self.names[:_NAMES_AT_MOST]:
            found = found + history.by_author.get(person, _NONE)[-_NAMED:]
        found = found + history.by_named.get(self.me, _NONE)[-_ADDRESSING:]
        chosen = []
        for number in found:
            if number >= self.low and number not in self.taken:
                self.taken.add(number)
                chosen.append(number)
        return chosen

    def number(self, ask: Turn) -> int | None:
        """The number of an ask that is still within reach."""
        number = self.history.place(ask.at) + self.history.base
        return number if self.low <= number < self.end else None

    def farther(self, seat: Seat) -> Row:
        """The row of a turn within reach, wherever it stands."""
        return self._counted(seat, self.end - seat.number, seat.number, self.shared.get(seat.number, 0.0))

    def beyond(self, ask: Turn) -> Row:
        """The row of an ask that lies beyond reach."""
        shared = 0.0
        for word in self.new.prints:
            if word in ask.prints:
                numbers = self.history.by_print.get(word, _NONE)
                shared += _RARITY[max(1, len(numbers) - bisect_left(numbers, self.low))]
        return self._counted(Seat.of(-1, ask), _FAR, self.low - 1, shared)

    def _counted(self, seat: Seat, distance: int, number: int, shared: float) -> Row:
        writers = self.history.by_author
        author = seat.turn.author
        written = writers.get(author, _NONE)
        named = self.history.by_named.get(author, _NONE)
        replied = 0
        for person in seat.turn.mentions:
            later = writers.get(person)
            if later and later[-1] > number:
                replied = 1
        return self._row(
            seat, distance, len(self.mine) - bisect_right(self.mine, number),
            len(written) - bisect_right(written, number), len(named) - bisect_right(named, number),
            _FAR if distance > NEAREST else AMOUNTS, replied, shared,
        )  # fmt: skip

    def _row(
        self, seat: Seat, distance: int, mine: int, theirs: int, named: int, people: int, replied: int, shared: float
    ) -> Row:
        turn = seat.turn
        author = turn.author
        mentions = turn.mentions
        parent = seat.as_parent
        has = self.has
        told = heard = _NEVER
        relation = 0
        if mentions:
            replied += 2
            relation = (5 if len(mentions) > 1 else 4) if self.me in mentions else 1
            if has and not set(self.names).isdisjoint(mentions):
                relation += 2
        if author == self.me:
            same = 1
            tie = _SAME
            relation += 16
        else:
            same = 0
            tie = _NAMED_BY if relation >= 4 else _STRANGER
            number = self.told.get(author, -1)
            if number >= self.low:
                told = _LATELY[self.end - number]
                if tie == _STRANGER:
                    tie = _MET
            number = self.heard.get(author, -1)
            if number >= self.low:
                heard = _LATELY[self.end - number]
                if tie == _STRANGER:
                    tie = _MET
            if author in self.names:
                relation += 8
                tie = _NAMES
        partner = LATELY if author == self.partner else 0
        turned = 2 if self.last < 0 else 1 if self.end - distance < self.last else 0
        return (
            (((relation * LATELY + told) * LATELY + heard) * 2 + has) * 2 * LATELY
            + partner
            + _LATELY[self.partner_ago],
            ((bisect_right(_GAP_STEPS, self.new.at - turn.at) * DISTANCES + _DISTANCE[distance]) * TIES + tie) * 2
            + has,
            (((parent * REPLY_KINDS + self.kind) * 2 + same) * SIZES + seat.size) * SIZES + self.size,
            ((self.kind * 4 + replied) * TIES + tie) * CLOSE + _CLOSE[distance],
            (((parent * TIES + tie) * 3 + turned) * 3 + min(2, named)) * 2 + has,
            ((_COUNT[mine] * AMOUNTS + _COUNT[theirs]) * 6 + _PEOPLE[people]) * TIES + tie,
            ((bisect_right(_SHARED_STEPS, shared) if shared else 0) * PARENT_KINDS + parent) * TIES + tie,
        )

    def start(self) -> Row:
        """The row for starting a talk."""
        new, has, low = self.new, self.has, self.low
        history = self.history
        seats = history.seats
        since = _FAR
        own = gap = math.inf
        if self.last >= 0:
            since = self.end - self.last
            own = new.at - seats[self.last - history.base].turn.at
        if seats:
            gap = new.at - seats[-1].turn.at
        step = bisect_right(_SINCE_STEPS, since)
        mine = len(self.mine) - bisect_left(self.mine, low)
        known = any(history.by_author.get(person, _NONE)[-1:] >= [low] for person in self.names)
        shared = bisect_right(_SHARED_STEPS, max(self.shared.values(), default=0.0))
        present = len({seat.turn.author for seat in seats[low - history.base :]})
        return (
            (self.kind * 2 + has) * 7 + step,
            (step * 6 + bisect_right(_PARTNER_STEPS, self.partner_ago)) * 2 + has,
            bisect_right(_OWN_GAP_STEPS, own) * 6 + bisect_right(_PLACE_GAP_STEPS, gap),
            (shared * SIZES + self.size) * 2 + (new.form & _ASKS),
            (known * 2 + has) * 4 + min(3, mine),
            bisect_right(_PRESENT_STEPS, present),
            _start_forms(new.form),
        )


@functools.lru_cache(maxsize=4096)
def _start_forms(form: int) -> int:
    cell = 0
    for bit in _START_FORMS:
        cell = cell * 2 + bool(form & bit)
    return cell
