"""What speaks for one turn belonging to another: for each pair, where to look in tables of weights."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from service.asks import kinds
from service.asks.history import REACH, History, Seat
from service.asks.kinds import PARENT_KINDS, REPLY_KINDS, SIZES
from service.asks.reading import Form
from service.asks.windows import Turn

NEAREST = 20
_OWN = 3
_NAMED = 4
_ADDRESSING = 3
_NAMES_AT_MOST = 3

_FAR = 201
_DISTANCE_STEPS = (2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 20, 26, 35, 50)
_DISTANCE = tuple(bisect_right(_DISTANCE_STEPS, distance) for distance in range(_FAR + 1))
_CLOSE = tuple(min(step, 8) for step in _DISTANCE)
_GAP_STEPS = (5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 3600.0)
_COUNT = tuple(bisect_right((1, 2, 3, 6), count) for count in range(_FAR + 1))
_PEOPLE = tuple(bisect_right((1, 2, 3, 4, 6), count) for count in range(_FAR + 1))
_LATELY = tuple(bisect_right((6, 21, REACH + 1), ago) for ago in range(_FAR + 1))
_SHARED_STEPS = (0.1, 3.0, 4.5, 7.0, 10.0)
_RARITY = (0.0, *(math.log(REACH / count) if count < REACH else 0.0 for count in range(1, _FAR + 1)))
_SINCE_STEPS = (2, 4, 8, 16, 32, REACH + 1)
_PARTNER_STEPS = (3, 6, 11, 21, REACH + 1)
_OWN_GAP_STEPS = (60.0, 180.0, 600.0, 1800.0, 10800.0)
_PLACE_GAP_STEPS = (10.0, 30.0, 60.0, 180.0, 600.0)
_PRESENT_STEPS = (3, 6, 10, 15, 20)
_START_FORMS = (
    Form.ASKS, Form.MARK, Form.OPENS_AS_QUESTION, Form.REQUEST, Form.GREETING, Form.TO_ALL, Form.SPEAKS_OF_ME,
    Form.SPEAKS_TO_YOU, Form.POINTS_BACK, Form.CARRIES_ON, Form.PROBLEM,
)  # fmt: skip
_START_BITS = tuple((int(form).bit_length() - 1) for form in _START_FORMS)

DISTANCES, GAPS, TIES, SHARED, AMOUNTS = 15, 11, 5, 6, 5
PAIR_TABLES = {
    "relation": 1024,
    "distance": DISTANCES * TIES * 2,
    "gap": GAPS * TIES,
    "gap_distance": GAPS * DISTANCES,
    "kinds": PARENT_KINDS * REPLY_KINDS * 2,
    "reply_distance": REPLY_KINDS * 9,
    "parent_tie": PARENT_KINDS * TIES * 3,
    "between": AMOUNTS * AMOUNTS * TIES,
    "named_since": 3 * PARENT_KINDS * 4,
    "shared_tie": SHARED * TIES,
    "shared_parent": SHARED * PARENT_KINDS,
    "sizes": SIZES * SIZES * 2,
    "partner": 2 * 4 * 2 * 2,
    "addressed_wrote": 4 * TIES * 9,
    "people_between": 6 * TIES,
}
START_TABLES = {
    "start_kind": REPLY_KINDS * 2 * 7,
    "start_since": 7 * 6 * 2,
    "start_gaps": 6 * 6,
    "start_shared": SHARED * SIZES * 2,
    "start_named": 2 * 2 * 4,
    "start_present": 6,
    **{f"start_{form.name.lower() if form.name else form}": 2 for form in _START_FORMS},
}


def _offsets(tables: dict[str, int], first: int) -> tuple[int, ...]:
    found = []
    for size in tables.values():
        found.append(first)
        first += size
    return tuple(found)


P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10, P11, P12, P13, P14 = _offsets(PAIR_TABLES, 0)
S0, S1, S2, S3, S4, S5, *_REST = _offsets(START_TABLES, sum(PAIR_TABLES.values()))
_START_CODES = tuple(zip(_REST, _START_BITS, strict=True))
WEIGHTS = sum(PAIR_TABLES.values()) + sum(START_TABLES.values())

Row = tuple[int, ...]

_NEVER = 3
_NONE: list[int] = []
_NOBODY = (-1, -1)


def rows(history: History, new: Turn, far: Iterable[Turn]) -> tuple[list[tuple[Turn, Row]], Row]:
    """The turns that `new`, coming last, may belong to, each with its row, and the row for starting a talk.

    `far` are asks that stay candidates however long ago they were.
    """
    scene = _Scene(history, new)
    found = scene.near()
    for number in scene.related():
        seat = history.seats[number - history.base]
        found.append((seat.turn, scene.farther(seat)))
    for ask in far:
        within = scene.number(ask)
        if within is None:
            found.append((ask, scene.beyond(ask)))
        elif within not in scene.taken:
            scene.taken.add(within)
            found.append((ask, scene.farther(history.seats[within - history.base])))
    return found, scene.start()


class _Scene:
    """One turn about to be linked, and what of the place every pair with it needs."""

    def __init__(self, history: History, new: Turn) -> None:
        self.history = history
        self.new = new
        self.end = history.base + len(history)
        self.low = history.lowest(new.at)
        self.taken: set[int] = set()
        me = new.author
        self.names = frozenset(new.mentions)
        self.has = 1 if new.mentions else 0
        self.kind = kinds.as_reply(new)
        self.size = kinds.size(new.length)
        self.mine = history.by_author.get(me, _NONE)
        last = self.mine[-1] if self.mine else -1
        self.last = last if last >= self.low else -1
        at, self.partner = history.partner.get(me, _NOBODY)
        self.partner_ago = self.end - at if at >= self.low else _FAR
        if self.partner_ago == _FAR:
            self.partner = -1
        self.lately = _LATELY[self.partner_ago]
        self.shared: dict[int, float] = {}
        for word in new.prints:
            numbers = history.by_print.get(word, _NONE)
            numbers = numbers[bisect_left(numbers, self.low) :]
            for number in numbers:
                self.shared[number] = self.shared.get(number, 0.0) + _RARITY[len(numbers)]

    def near(self) -> list[tuple[Turn, Row]]:
        """The nearest turns, the last first: what lies between is counted on the way."""
        found = []
        wrote: dict[int, int] = {}
        named: dict[int, int] = {}
        me = self.new.author
        first = max(self.low, self.end - NEAREST) - self.history.base
        for seat in reversed(self.history.seats[first:]):
            turn = seat.turn
            author = turn.author
            since = wrote.get(author, 0)
            mentions = turn.mentions
            replied = 0
            if mentions:
                for person in mentions:
                    if person in wrote:
                        replied = 1
            row = self._row(
                turn, seat.as_parent, seat.size, self.end - seat.number, wrote.get(me, 0), since,
                named.get(author, 0), len(wrote), replied, self.shared.get(seat.number, 0.0),
            )  # fmt: skip
            found.append((turn, row))
            wrote[author] = since + 1
            for person in mentions:
                named[person] = named.get(person, 0) + 1
        self.taken.update(range(first + self.history.base, self.end))
        return found

    def related(self) -> list[int]:
        """Farther turns of its author, of people it names and of those who lately addressed its author."""
        history = self.history
        found = self.mine[-_OWN:]
        for person in self.new.mentions[:_NAMES_AT_MOST]:
            found = found + history.by_author.get(person, _NONE)[-_NAMED:]
        found = found + history.by_named.get(self.new.author, _NONE)[-_ADDRESSING:]
        low = self.low
        taken = self.taken
        chosen = []
        for number in found:
            if number >= low and number not in taken:
                taken.add(number)
                chosen.append(number)
        return chosen

    def number(self, ask: Turn) -> int | None:
        """The number of an ask that is still within reach."""
        index = self.history.place(ask.at)
        number = index + self.history.base
        return number if self.low <= number < self.end else None

    def farther(self, seat: Seat) -> Row:
        """The row of a turn within reach, wherever it stands."""
        return self._counted(
            seat.turn, seat.as_parent, seat.size, self.end - seat.number, seat.number, self.shared.get(seat.number, 0.0)
        )

    def beyond(self, ask: Turn) -> Row:
        """The row of an ask that lies beyond reach."""
        shared = 0.0
        for word in self.new.prints:
            if word in ask.prints:
                numbers = self.history.by_print.get(word, _NONE)
                shared += _RARITY[max(1, len(numbers) - bisect_left(numbers, self.low))]
        return self._counted(ask, kinds.as_parent(ask), kinds.size(ask.length), _FAR, self.low - 1, shared)

    def _counted(self, turn: Turn, kind: int, size: int, distance: int, number: int, shared: float) -> Row:
        history = self.history
        writers = history.by_author
        written = writers.get(turn.author, _NONE)
        named = history.by_named.get(turn.author, _NONE)
        replied = 0
        for person in turn.mentions:
            later = writers.get(person)
            if later and later[-1] > number:
                replied = 1
        return self._row(
            turn, kind, size, distance, len(self.mine) - bisect_right(self.mine, number),
            len(written) - bisect_right(written, number), len(named) - bisect_right(named, number),
            _FAR if distance > NEAREST else 0, replied, shared,
        )  # fmt: skip

    def _row(
        self, turn: Turn, kind: int, size: int, distance: int, mine_since: int, theirs_since: int, named_since: int,
        people: int, replied: int, shared: float,
    ) -> Row:  # fmt: skip
        new = self.new
        me = new.author
        author = turn.author
        mentions = turn.mentions
        has = self.has
        end = self.end
        addresses = self.history.last_address
        same = names = named_by = both = other = 0
        if mentions:
            both = 1 if self.names and not self.names.isdisjoint(mentions) else 0
            if me in mentions:
                named_by = 1
                other = 1 if len(mentions) > 1 else 0
            else:
                other = 1
        if author == me:
            same = 1
            told = heard = _NEVER
            tie = 0
        else:
            number = addresses.get((me, author), -1)
            told = _LATELY[end - number] if number >= self.low else _NEVER
            number = addresses.get((author, me), -1)
            heard = _LATELY[end - number] if number >= self.low else _NEVER
            if author in self.names:
                names = 1
                tie = 1
            elif named_by:
                tie = 2
            else:
                tie = 3 if told < _NEVER or heard < _NEVER else 4
        step = _DISTANCE[distance]
        close = _CLOSE[distance]
        gap = bisect_right(_GAP_STEPS, new.at - turn.at)
        kinship = bisect_right(_SHARED_STEPS, shared) if shared else 0
        turned = 2 if self.last < 0 else 1 if end - distance < self.last else 0
        return (
            P0 + (((same + 2 * names + 4 * named_by + 8 * both + 16 * other) * 4 + told) * 4 + heard) * 2 + has,
            P1 + (step * 5 + tie) * 2 + has,
            P2 + gap * 5 + tie,
            P3 + gap * DISTANCES + step,
            P4 + (kind * REPLY_KINDS + self.kind) * 2 + same,
            P5 + self.kind * 9 + close,
            P6 + (kind * 5 + tie) * 3 + turned,
            P7 + (_COUNT[mine_since] * 5 + _COUNT[theirs_since]) * 5 + tie,
            P8 + ((min(named_since, 2) * PARENT_KINDS + kind) * 2 + has) * 2 + (tie == 4),
            P9 + kinship * 5 + tie,
            P10 + kinship * PARENT_KINDS + kind,
            P11 + (size * SIZES + self.size) * 2 + same,
            P12 + (((author == self.partner) * 4 + self.lately) * 2 + has) * 2 + same,
            P13 + ((replied + 2 * bool(mentions)) * 5 + tie) * 9 + close,
            P14 + _PEOPLE[people] * 5 + tie,
        )

    def start(self) -> Row:
        """The row for starting a talk."""
        new = self.new
        seats = self.history.seats
        low = self.low - self.history.base
        since = self.end - self.last if self.last >= 0 else _FAR
        own_gap = new.at - seats[self.last - self.history.base].turn.at if self.last >= 0 else math.inf
        gap = new.at - seats[-1].turn.at if seats else math.inf
        step = bisect_right(_SINCE_STEPS, since)
        mine = len(self.mine) - bisect_left(self.mine, self.low)
        known = any(self.history.by_author.get(person, _NONE)[-1:] >= [self.low] for person in new.mentions)
        shared = max(self.shared.values(), default=0.0)
        kin = bisect_right(_SHARED_STEPS, shared)
        asks = new.form & 1
        present = len({seat.turn.author for seat in seats[low:]}) if low < len(seats) else 0
        form = new.form
        has = self.has
        return (
            S0 + (self.kind * 2 + has) * 7 + step,
            S1 + (step * 6 + bisect_right(_PARTNER_STEPS, self.partner_ago)) * 2 + has,
            S2 + bisect_right(_OWN_GAP_STEPS, own_gap) * 6 + bisect_right(_PLACE_GAP_STEPS, gap),
            S3 + (kin * SIZES + self.size) * 2 + asks,
            S4 + (known * 2 + has) * 4 + min(mine, 3),
            S5 + bisect_right(_PRESENT_STEPS, present),
            *[offset + (form >> bit & 1) for offset, bit in _START_CODES],
        )
