"""What speaks for one turn belonging to another: for each pair, where to look in the tables of weights."""

import functools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeVar

from service.asks import kinds
from service.asks.history import REACH, History, Seat
from service.asks.kinds import REPLY_KINDS, SIZES
from service.asks.reading import Form
from service.asks.tables import AMOUNTS, CLOSE, DISTANCES, LATELY, SHARED, TIES
from service.asks.windows import Turn

NEAREST = 12
# Beyond this many turns a stranger's turn is no candidate, unless it asks and the new turn names nobody.
_STRANGERS = 6
_STRANGERS_WHERE_NAMED = 4
_OWN = 2
_NAMED = 3
_ADDRESSING = 2
_NAMES_AT_MOST = 3

_FAR = 201
_DISTANCE_STEPS = (2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 20, 26, 35, 50)
_DISTANCE = tuple(bisect_right(_DISTANCE_STEPS, distance) for distance in range(_FAR + 1))
_CLOSE = tuple(min(step, CLOSE - 1) for step in _DISTANCE)
_GAP_STEPS = (5.0, 15.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 3600.0)
_COUNT = tuple(bisect_right((1, 2, 3, 6), count) for count in range(_FAR + 1))
_TWO = (0, 1, *(2,) * (_FAR - 1))
_PEOPLE = tuple(bisect_right((1, 2, 3, 5, 8), count) for count in range(_FAR + 1))
_LATELY = tuple(bisect_right((6, 21, REACH + 1), ago) for ago in range(_FAR + 1))
_SHARED_STEPS = (0.1, 3.0, 4.5, 7.0, 10.0)
_RARITY = tuple(math.log(REACH / count) if 0 < count < REACH else 0.0 for count in range(_FAR + 1))
_SINCE_STEPS = (2, 4, 8, 16, 32, REACH + 1)
_PARTNER_STEPS = (3, 6, 11, 21, REACH + 1)
_OWN_GAP_STEPS = (60.0, 180.0, 600.0, 1800.0, 10800.0)
_PLACE_GAP_STEPS = (10.0, 30.0, 60.0, 180.0, 600.0)
_START_FORMS = (
    Form.ASKS, Form.MARK, Form.OPENS_AS_QUESTION, Form.REQUEST, Form.GREETING, Form.TO_ALL, Form.SPEAKS_OF_ME,
    Form.SPEAKS_TO_YOU, Form.POINTS_BACK, Form.CARRIES_ON, Form.PROBLEM,
)  # fmt: skip
_ASKS = int(Form.ASKS)
_QUESTION = int(Form.ASKS | Form.MARK)
_NEVER = LATELY - 1
_SAME, _NAMES, _NAMED_BY, _MET, _STRANGER = range(TIES)
_NONE: list[int] = []
_LONG_AGO = [-1]
_NOBODY: dict[int, int] = {}

Cell = TypeVar("Cell", float, tuple[int, ...])
Fact = tuple[Seat, int, int, int, int, int, int, float]


def summed(
    history: History, new: Turn, far: Iterable[Turn], tables: Sequence[Sequence[Cell]]
) -> tuple[list[tuple[Cell, float]], Cell]:
    """For each turn that `new`, coming last, may belong to, what the tables say of the pair, and for a start.

    What they say is added up: weights to a score, cells to the row that learning needs. A candidate is given by its
    moment. `far` are asks that stay candidates however long ago they were.
    """
    scene = _Scene(history, new)
    facts = scene.near()
    scene.related(facts)
    for ask in far:
        scene.far(facts, ask)
    return scene.pairs(facts, tables), scene.start(tables)


class _Scene:
    """One turn about to be linked, and what of the place every pair with it needs."""

    __slots__ = (
        "end", "has", "heard", "history", "kind", "last", "low", "me", "mine", "names", "new", "partner",
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
        number, self.partner = history.partner.get(me, (-1, -1))
        self.partner_ago = _FAR
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
        me, names, low, told, heard, shared = self.me, self.names, self.low, self.told, self.heard, self.shared
        strangers = _STRANGERS_WHERE_NAMED if names else _STRANGERS
        seats = self.history.seats[max(low, self.end - NEAREST) - self.history.base :]
        for distance, seat in enumerate(reversed(seats), 1):
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
                if mentions:
                    replied = 2
                    for person in mentions:
                        if person in wrote:
                            replied = 3
                self.taken.add(seat.number)
                found.append(
                    (seat, distance, wrote.get(me, 0), since, named.get(author, 0), len(wrote), replied,
                     shared.get(seat.number, 0.0))
                )  # fmt: skip
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
        for number in numbers:
            if number >= self.low and number not in self.taken:
                self._within(found, number)

    def far(self, found: list[Fact], ask: Turn) -> None:
        """An ask, within reach or beyond."""
        number = self.history.place(ask.at) + self.history.base
        if self.low <= number < self.end:
            if number not in self.taken:
                self._within(found, number)
            return
        shared = 0.0
        for word in self.new.prints:
            if word in ask.prints:
                numbers = self.history.by_print.get(word, _NONE)
                shared += _RARITY[max(1, len(numbers) - bisect_left(numbers, self.low))]
        found.append(self._counted(Seat.of(-1, ask), _FAR, self.low - 1, shared))

    def _within(self, found: list[Fact], number: int) -> None:
        self.taken.add(number)
        seat = self.history.seats[number - self.history.base]
        found.append(self._counted(seat, self.end - number, number, self.shared.get(number, 0.0)))

    def _counted(self, seat: Seat, distance: int, number: int, shared: float) -> Fact:
        writers = self.history.by_author
        mentions = seat.turn.mentions
        written = writers.get(seat.turn.author, _NONE)
        named = self.history.by_named.get(seat.turn.author, _NONE)
        replied = 2 if mentions else 0
        for person in mentions:
            if writers.get(person, _LONG_AGO)[-1] > number:
                replied = 3
        return (
            seat, distance, len(self.mine) - bisect_right(self.mine, number),
            len(written) - bisect_right(written, number), len(named) - bisect_right(named, number),
            _FAR if distance > NEAREST else AMOUNTS, replied, shared,
        )  # fmt: skip

    def pairs(self, facts: list[Fact], tables: Sequence[Sequence[Cell]]) -> list[tuple[Cell, float]]:  # noqa: C901
        """Every pair, looked up by who both are to each other, when, in which kinds, and what lies between."""
        relations, moments, kinds_of, flows, parents, betweens = tables[:6]
        me, names, has, low, end, last = self.me, self.names, self.has, self.low, self.end, self.last
        told_at, heard_at, partner, reply, size = self.told, self.heard, self.partner, self.kind, self.size
        at = self.new.at
        ago = _LATELY[self.partner_ago]
        found: list[tuple[Cell, float]] = []
        for seat, distance, mine, theirs, named, people, replied, shared in facts:
            turn = seat.turn
            author = turn.author
            parent = seat.as_parent
            told = heard = _NEVER
            relation = 0
            if replied:
                mentions = turn.mentions
                relation = 1
                if me in mentions:
                    relation = 5 if len(mentions) > 1 else 4
                if has:
                    for person in names:
                        if person in mentions:
                            relation |= 2
            if author == me:
                same = 1
                tie = _SAME
                relation += 16
            else:
                same = 0
                tie = _NAMED_BY if relation >= 4 else _STRANGER
                number = told_at.get(author, -1)
                if number >= low:
                    told = _LATELY[end - number]
                    tie = _MET if tie == _STRANGER else tie
                number = heard_at.get(author, -1)
                if number >= low:
                    heard = _LATELY[end - number]
                    tie = _MET if tie == _STRANGER else tie
                if author in names:
                    relation += 8
                    tie = _NAMES
            turned = 2 if last < 0 else 1 if end - distance < last else 0
            step = _DISTANCE[distance]
            found.append(
                (
                    relations[
                        (((relation * LATELY + told) * LATELY + heard) * 2 + has) * 2 * LATELY
                        + (LATELY + ago if author == partner else ago)
                    ]
                    + moments[((bisect_right(_GAP_STEPS, at - turn.at) * DISTANCES + step) * TIES + tie) * 2 + has]
                    + kinds_of[(((parent * REPLY_KINDS + reply) * 2 + same) * SIZES + seat.size) * SIZES + size]
                    + flows[((reply * 4 + replied) * TIES + tie) * CLOSE + _CLOSE[distance]]
                    + parents[
                        ((((parent * TIES + tie) * 3 + turned) * 3 + _TWO[named]) * 2 + has) * SHARED
                        + (bisect_right(_SHARED_STEPS, shared) if shared else 0)
                    ]
                    + betweens[((_COUNT[mine] * AMOUNTS + _COUNT[theirs]) * 6 + _PEOPLE[people]) * TIES + tie],
                    turn.at,
                )
            )
        return found

    def start(self, tables: Sequence[Sequence[Cell]]) -> Cell:
        """What the tables say of starting a talk."""
        by_kind, by_since, by_gaps, by_shared, by_named, by_people, by_form = tables[6:]
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
        known = any(history.by_author.get(person, _LONG_AGO)[-1] >= low for person in self.names)
        shared = bisect_right(_SHARED_STEPS, max(self.shared.values(), default=0.0))
        return (
            by_kind[(self.kind * 2 + has) * 7 + step]
            + by_since[(step * 6 + bisect_right(_PARTNER_STEPS, self.partner_ago)) * 2 + has]
            + by_gaps[bisect_right(_OWN_GAP_STEPS, own) * 6 + bisect_right(_PLACE_GAP_STEPS, gap)]
            + by_shared[(shared * SIZES + self.size) * 2 + (new.form & _ASKS)]
            + by_named[(known * 2 + has) * 4 + min(3, mine)]
            + by_people[_PEOPLE[self.present]]
            + by_form[_start_forms(new.form)]
        )


@functools.lru_cache(maxsize=4096)
def _start_forms(form: int) -> int:
    cell = 0
    for bit in _START_FORMS:
        cell = cell * 2 + bool(form & bit)
    return cell
