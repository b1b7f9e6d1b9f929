"""What does a message answer? A streaming window over one place: pure, bounded, without text."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from service.asks import features, judging, priors, tables, weights
from service.asks.beliefs import WHOLE, Answer, OpenAsk, Reason
from service.asks.history import History
from service.asks.priors import Prior
from service.asks.reading import Form
from service.asks.watching import Asks
from service.asks.weights import Weights
from service.asks.windows import Turn

_WORTH_TELLING = 10
_LIKELY = 200
_SLOW_TURNS = 10
_SLOW_SECONDS = 3600.0
_BOT = int(Form.BOT)
_THANKS = int(Form.THANKS)
_NOT_PLAIN = int(Form.ASKS | Form.GREETING)


class Linked(NamedTuple):
    """What one turn most likely replies to or continues: (moment, thousandths), most probable first."""

    at: float
    links: tuple[tuple[float, int], ...]
    starts: int

    @property
    def parent(self) -> float | None:
        """The moment of the turn it belongs to, or None where it starts a conversation."""
        return self.links[0][0] if self.links and self.links[0][1] > self.starts else None


class Heard(NamedTuple):
    """What a turn changed. `linked` is None where it was known or came too late; `again` are later turns relinked.

    `touched` are the asks to be kept anew; `answered` those of them that now count as answered, `reopened` those
    that no longer do.
    """

    linked: Linked | None
    again: tuple[Linked, ...] = ()
    answered: tuple[Answer, ...] = ()
    reopened: tuple[float, ...] = ()
    touched: tuple[float, ...] = ()


_NOTHING = Heard(None)


class Window:
    """The newest turns of one place and its open asks. Moments are seconds and name their turn."""

    def __init__(self, learnt: Weights | None = None) -> None:
        self._learnt = learnt or weights.shipped()
        self._history = History()
        self._asks = Asks()
        self._starts: dict[float, int] = {}
        self._bars = self._learnt.open_bar, self._learnt.directed_bar

    def expect(self, expected: Prior) -> None:
        """Judge from now on as befits what the place was taught."""
        learnt = self._learnt
        self._bars = priors.bar(learnt.open_bar, expected), priors.bar(learnt.directed_bar, expected)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The kept turns, oldest first."""
        return tuple(seat.turn for seat in self._history.seats)

    @property
    def asks(self) -> tuple[OpenAsk, ...]:
        """The watched asks, oldest first."""
        return tuple(self._asks.at[at] for at in self._asks.order)

    def ask(self, at: float) -> OpenAsk | None:
        """The watched ask of this moment."""
        return self._asks.at.get(at)

    def hear(self, new: Turn, *, watch: bool = False) -> Heard:
        """Link a turn; an older one is put in its place, a known one replaced, and what follows is linked again."""
        history = self._history
        index = history.place(new.at)
        if index == len(history):
            return self._told(self._append(new, watch=watch), ())
        old = history.find(new.at)
        if old == new:
            return self.watch(new.at) if watch else _NOTHING
        if not history.takes(index, new.at):
            return _NOTHING
        later = self._cut(index)
        linked = self._append(new, watch=watch or new.at in self._asks.at)
        return self._told(linked, self._relink(later if old is None else later[1:]))

    def watch(self, at: float) -> Heard:
        """Look for the answer to the kept turn of this moment; an unknown or forgotten turn changes nothing."""
        turn = self._history.find(at)
        if turn is None or at in self._asks.at:
            return _NOTHING
        index = self._history.place(at)
        if index + 1 == len(self._history) and at in self._starts:
            self._open(turn, self._starts[at])
            return self._told(None, ())
        later = self._cut(index)
        self._append(turn, watch=True)
        return self._told(None, self._relink(later[1:]))

    def close(self, at: float, closed_at: float) -> Heard:
        """Evidence from outside (a thread, a reaction, a tap) settled the ask: no later turn is linked to it."""
        ask = self._asks.at.get(at)
        if ask is None or ask.closed_at == closed_at:
            return _NOTHING
        ask.closed_at = closed_at
        self._asks.touch(ask)
        index = self._history.place(closed_at)
        return self._told(None, self._relink(self._cut(index)) if self._history.takes(index, closed_at) else ())

    def drop(self, at: float) -> None:
        """Watch the ask no more."""
        self._asks.drop(at)

    def take_out(self, at: float) -> Heard:
        """The message was deleted: its turn, its ask and what it proved go."""
        self._asks.drop(at)
        if self._history.find(at) is None:
            return _NOTHING
        return self._told(None, self._relink(self._cut(self._history.place(at))[1:]))

    @property
    def newest(self) -> float:
        """The moment of the newest turn, or 0 where there is none."""
        seats = self._history.seats
        return seats[-1].turn.at if seats else 0.0

    def after(self, at: float) -> tuple[Turn, ...]:
        """The kept turns later than this moment."""
        seats = self._history.seats
        return tuple(seat.turn for seat in seats[self._history.place(at) :] if seat.turn.at > at)

    def find(self, at: float) -> Turn | None:
        """The kept turn of this moment."""
        return self._history.find(at)

    def takes(self, at: float) -> bool:
        """Whether a turn of this moment can still be put in its place."""
        return self._history.takes(self._history.place(at), at)

    def rewind(self, at: float) -> Heard:
        """Forget the turns from this moment on, to hear them again one after the other."""
        for turn in self._cut(self._history.place(at)):
            self._asks.drop(turn.at)
        return self._told(None, ())

    def cells(self, new: Turn) -> tuple[list[tuple[tuple[int, ...], float]], tuple[int, ...]]:
        """What a turn, coming last, would be weighed by: the learnt cells of each candidate, and of a start."""
        return features.summed(self._history, new, self._asks.far(new), tables.part_cells())

    def unanswered(self, at: float) -> float:
        """The probability that nobody has answered the ask of this moment; 0 where no such ask is watched."""
        ask = self._asks.at.get(at)
        return 0.0 if ask is None else judging.unanswered(ask, self._learnt.belief)

    def answer(self, at: float) -> Answer | None:
        """The turn that answers the ask, where it counts as answered: silence is kept unless we are sure."""
        ask = self._asks.at.get(at)
        return None if ask is None else self._judged(ask)

    def reasons(self, at: float) -> tuple[Reason, ...]:
        """Which evidence counted, the weightiest first."""
        ask = self._asks.at.get(at)
        return () if ask is None else judging.reasons(ask)

    @classmethod
    def restore(cls, turns: Iterable[Turn], asks: Iterable[OpenAsk], learnt: Weights | None = None) -> "Window":
        """The window as it was when these were kept."""
        window = cls(learnt)
        for turn in sorted(turns, key=lambda turn: turn.at):
            window._history.append(turn)
        window._history.trim()
        for ask in asks:
            while ask.evidence and window._history.find(ask.evidence[0].at) is None:
                ask.fold()
            window._asks.open(ask)
            ask.answered = window._judged(ask) is not None
        return window

    def _append(self, new: Turn, *, watch: bool) -> Linked:
        history, asks = self._history, self._asks
        linked = _link(history, asks, new, self._learnt.link)
        low = history.lowest(new.at) - history.base
        first = history.seats[low].turn.at if low < len(history) else new.at
        if not new.form & _BOT:
            slow, thanked = self._first_in_slow_place(new), self._thanked(new, linked)
            asks.weigh(new, linked.links, first=first, slow=slow, thanked=thanked)
        history.append(new)
        if watch:
            self._open(new, linked.starts)
        self._starts[new.at] = linked.starts
        left = history.trim()
        asks.leave(left)
        for old in left:
            self._starts.pop(old.at, None)
        return linked

    def _open(self, turn: Turn, starts: int) -> None:
        known = self._asks.at.get(turn.at)
        if known is None or known.turn != turn:
            self._asks.drop(turn.at)
            known = OpenAsk(turn, closed_at=known.closed_at if known else None, answered=bool(known and known.answered))
            self._asks.open(known)
        known.starts = starts
        known.names = self._history.named_share(turn.at)
        self._asks.relinked(known)

    def _cut(self, index: int) -> list[Turn]:
        later = self._history.cut(index)
        self._asks.forget(later)
        return later

    def _relink(self, later: list[Turn]) -> tuple[Linked, ...]:
        return tuple(self._append(turn, watch=turn.at in self._asks.at) for turn in later)

    def _thanked(self, new: Turn, linked: Linked) -> tuple[tuple[float, int], ...]:
        """The turns of others that a thanks may be for."""
        if not new.form & _THANKS:
            return ()
        find = self._history.find
        return tuple(
            (at, share) for at, share in linked.links if (turn := find(at)) is not None and turn.author != new.author
        )

    def _first_in_slow_place(self, new: Turn) -> frozenset[float]:
        """The asks before `new` that only their asker has written after, where hardly anybody writes."""
        seats = self._history.seats
        if len(seats) >= _SLOW_TURNS and seats[-_SLOW_TURNS].turn.at > new.at - _SLOW_SECONDS:
            return frozenset()
        if not seats or new.form & _NOT_PLAIN:
            return frozenset()
        asker = seats[-1].turn.author
        if asker == new.author or any(person != asker for person in new.mentions):
            return frozenset()
        found = []
        for seat in reversed(seats):
            ask = seat.turn
            if ask.author != asker:
                break
            if ask.at in self._asks.at and (not ask.mentions or new.author in ask.mentions):
                found.append(ask.at)
        return frozenset(found)

    def _judged(self, ask: OpenAsk) -> Answer | None:
        bar = self._bars[bool(ask.turn.mentions)]
        total = ask.total
        if not total.last_at or judging.unanswered(ask, self._learnt.belief) >= bar:
            return None
        if total.settled_at and total.best < _LIKELY:
            return Answer(ask.at, total.settled_at, ask.turn.author, WHOLE)
        if total.best:
            return Answer(ask.at, total.best_at, total.best_author, total.best)
        return Answer(ask.at, total.last_at, ask.turn.author, 0)

    def _told(self, linked: Linked | None, again: tuple[Linked, ...]) -> Heard:
        asks = self._asks
        if not asks.touched and not asks.folded:
            return Heard(linked, again)
        answered: list[Answer] = []
        reopened: list[float] = []
        for at, was in asks.touched.items():
            ask = asks.at.get(at)
            if ask is None:
                continue
            answer = self._judged(ask)
            ask.answered = answer is not None
            if answer is not None and not was:
                answered.append(answer)
            elif answer is None and was:
                reopened.append(at)
        touched = tuple(asks.folded.union(asks.touched))
        asks.touched.clear()
        asks.folded.clear()
        return Heard(linked, again, tuple(answered), tuple(reopened), touched)


def _link(history: History, asks: Asks, new: Turn, learnt: tuple[tuple[float, ...], ...]) -> Linked:
    pairs, begins = features.summed(history, new, asks.far(new), learnt)
    exp = math.exp  # Of differences between sums of learnt weights: dozens, where 700 would be too much.
    shares = [(exp(score - begins), at) for score, at in pairs]
    scale = 1000.0 / (1.0 + sum([share for share, _ in shares]))
    least = _WORTH_TELLING / scale
    worth = [pair for pair in shares if pair[0] >= least]
    worth.sort(reverse=True)
    return Linked(new.at, tuple([(at, int(share * scale)) for share, at in worth]), int(scale))
