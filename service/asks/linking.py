"""What does a message answer? A streaming window over one place: pure, bounded, without text."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass

from service.asks import features
from service.asks.beliefs import MATERIAL, Answer, Evidence, OpenAsk, Reason, Sign
from service.asks.reading import Form
from service.asks.windows import KEPT, REACH, REACH_SECONDS, History, Turn

OPEN_AT_MOST = 512
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Linked:
    """What one turn most likely replies to or continues: (moment, thousandths), most probable first."""

    at: float
    links: tuple[tuple[float, int], ...]
    starts: int

    @property
    def parent(self) -> float | None:
        """The moment of the turn it belongs to, or None where it starts a conversation."""
        return self.links[0][0] if self.links and self.links[0][1] > self.starts else None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a turn changed. `linked` is None where it came too late; `again` are later turns that were linked anew."""

    linked: Linked | None
    again: tuple[Linked, ...] = ()
    answered: tuple[Answer, ...] = ()
    reopened: tuple[float, ...] = ()
    touched: tuple[float, ...] = ()


class Window:
    """The newest turns of one place and its open asks. Moments are seconds and name their turn."""

    def __init__(self) -> None:
        self._history = History()
        self._asks: dict[float, OpenAsk] = {}
        self._order: list[float] = []
        self._members: dict[float, list[tuple[OpenAsk, int]]] = {}
        self._proofs: dict[float, list[OpenAsk]] = {}
        self._by_asker: dict[int, list[OpenAsk]] = {}
        self._by_named: dict[int, list[OpenAsk]] = {}
        self._touched: dict[float, bool] = {}

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The kept turns, oldest first."""
        return tuple(self._history.turns)

    @property
    def asks(self) -> tuple[OpenAsk, ...]:
        """The watched asks, oldest first."""
        return tuple(self._asks[at] for at in self._order)

    def hear(self, new: Turn, *, watch: bool = False) -> Heard:
        """Link a turn; an older one is put in its place, a known one replaced, and what follows is linked again."""
        history = self._history
        index = history.place(new.at)
        old = history.find(new.at)
        if old == new and (not watch or new.at in self._asks):
            return Heard(None)
        if not self._placeable(index, new.at):
            return Heard(None)
        if old is None and index == len(history.turns):
            linked = self._append(new, watch=watch)
            return self._told(linked, ())
        later = self._cut(index)
        if old is not None:
            later = later[1:]
            watch = watch or new.at in self._asks
        linked = self._append(new, watch=watch)
        return self._told(linked, self._replay(later))

    def watch(self, at: float) -> Heard:
        """Look for the answer to the kept turn of this moment. Unknown or forgotten turns change nothing."""
        turn = self._history.find(at)
        return Heard(None) if turn is None else self.hear(turn, watch=True)

    def close(self, at: float, closed_at: float) -> Heard:
        """Evidence from outside (a thread, a reaction, a tap) settled the ask: no later turn is linked to it."""
        ask = self._asks.get(at)
        if ask is None or ask.closed_at == closed_at:
            return Heard(None)
        ask.closed_at = closed_at
        self._touch(ask)
        index = self._history.place(closed_at)
        return self._told(None, self._replay(self._cut(index)) if self._placeable(index, closed_at) else ())

    def drop(self, at: float) -> None:
        """Watch the ask no more."""
        ask = self._asks.pop(at, None)
        if ask is None:
            return
        self._order.remove(at)
        self._members.pop(at, None)
        for moment in [moment for moment, held in self._members.items() if any(o is ask for o, _ in held)]:
            self._members[moment] = [pair for pair in self._members[moment] if pair[0] is not ask]
        for seen in ask.evidence:
            self._proofs[seen.at].remove(ask)
        self._by_asker[ask.turn.author].remove(ask)
        for person in ask.turn.mentions:
            self._by_named[person].remove(ask)

    def take_out(self, at: float) -> Heard:
        """The message was deleted: its turn, its ask and what it proved go."""
        self.drop(at)
        if self._history.find(at) is None:
            return Heard(None)
        index = self._history.place(at)
        return self._told(None, self._replay(self._cut(index)[1:]))

    def unanswered(self, at: float) -> float:
        """The probability that nobody has answered the ask of this moment; 0 where no such ask is watched."""
        ask = self._asks.get(at)
        return 0.0 if ask is None else self._belief(ask)

    def answer(self, at: float) -> Answer | None:
        """The turn that answers the ask, where one does beyond doubt enough to keep silent."""
        ask = self._asks.get(at)
        if ask is None or self._belief(ask) >= features.DOUBT:
            return None
        total = ask.total
        return Answer(at, total.best_at, total.best_author, total.best) if total.best else None

    def reasons(self, at: float) -> tuple[Reason, ...]:
        """Which evidence counted, the weightiest first."""
        ask = self._asks.get(at)
        return () if ask is None else features.reasons(ask)

    @classmethod
    def restore(cls, turns: Iterable[Turn], asks: Iterable[OpenAsk]) -> "Window":
        """The window as it was when these were kept."""
        window = cls()
        for turn in sorted(turns, key=lambda turn: turn.at):
            window._history.append(turn)
        for ask in asks:
            window._open(ask)
            for seen in ask.evidence:
                window._hold(ask, seen)
        return window

    def _placeable(self, index: int, at: float) -> bool:
        turns = self._history.turns
        if not turns:
            return True
        return len(turns) - index <= KEPT - REACH and turns[-1].at - at <= REACH_SECONDS

    def _cut(self, index: int) -> list[Turn]:
        later = self._history.cut(index)
        if later:
            first = later[0].at
            for turn in later:
                self._members.pop(turn.at, None)
                self._proofs.pop(turn.at, None)
            for ask in self._asks.values():
                if ask.evidence and ask.evidence[-1].at >= first:
                    ask.forget_from(first)
                    self._touch(ask)
        return later

    def _replay(self, later: list[Turn]) -> tuple[Linked, ...]:
        return tuple(self._append(turn, watch=turn.at in self._asks) for turn in later)

    def _append(self, new: Turn, *, watch: bool) -> Linked:
        links, starts = features.links(self._history, self._asks, self._order, new)
        self._history.append(new)
        self._weigh(new, links)
        if watch:
            ask = self._asks.get(new.at)
            if ask is None:
                self._open(OpenAsk(new, starts))
            else:
                if ask.turn != new:
                    closed_at = ask.closed_at
                    self.drop(new.at)
                    ask = OpenAsk(new, starts, closed_at)
                    self._open(ask)
                ask.starts = starts
                self._members[new.at] = [(ask, _WHOLE)]
            self._touch(self._asks[new.at])
        for left in self._history.trim():
            for ask in self._proofs.pop(left.at, ()):
                ask.fold()
                self._touch(ask)
            if left.at not in self._asks:
                self._members.pop(left.at, None)
        return Linked(new.at, links, starts)

    def _open(self, ask: OpenAsk) -> None:
        if len(self._order) >= OPEN_AT_MOST:
            self.drop(self._order[0])
        self._asks[ask.at] = ask
        insort(self._order, ask.at)
        self._members.setdefault(ask.at, []).append((ask, _WHOLE))
        self._by_asker.setdefault(ask.turn.author, []).append(ask)
        for person in ask.turn.mentions:
            self._by_named.setdefault(person, []).append(ask)
        self._touch(ask)

    def _weigh(self, new: Turn, links: tuple[tuple[float, int], ...]) -> None:
        shares: dict[float, float] = {}
        for at, share in links:
            for ask, held in self._members.get(at, ()):
                shares[ask.at] = shares.get(ask.at, 0.0) + share * held / _WHOLE
        met = dict.fromkeys(shares)
        for ask in self._by_asker.get(new.author, ()):
            met[ask.at] = None
        for ask in self._by_named.get(new.author, ()):
            met[ask.at] = None
        for person in new.mentions:
            for ask in self._by_asker.get(person, ()):
                met[ask.at] = None
        for at in met:
            ask = self._asks[at]
            if at >= new.at or (ask.closed_at is not None and ask.closed_at < new.at):
                continue
            share = min(_WHOLE, int(shares.get(at, 0.0)))
            signs = _signs(ask.turn, new)
            if share < MATERIAL and not signs:
                continue
            self._hold(ask, seen := Evidence(new.at, new.author, share, signs))
            ask.add(seen)
            self._touch(ask)

    def _hold(self, ask: OpenAsk, seen: Evidence) -> None:
        self._proofs.setdefault(seen.at, []).append(ask)
        if seen.signs & Sign.BY_ASKER and seen.share >= MATERIAL:
            self._members.setdefault(seen.at, []).append((ask, seen.share))

    def _touch(self, ask: OpenAsk) -> None:
        self._touched.setdefault(ask.at, ask.answered)

    def _belief(self, ask: OpenAsk) -> float:
        return features.unanswered(ask, self._history)

    def _told(self, linked: Linked | None, again: tuple[Linked, ...]) -> Heard:
        answered: list[Answer] = []
        reopened: list[float] = []
        touched = sorted(at for at in self._touched if at in self._asks)
        for at in touched:
            ask = self._asks[at]
            was = self._touched[at]
            ask.answered = (answer := self.answer(at)) is not None
            if answer is not None and not was:
                answered.append(answer)
            elif was and answer is None:
                reopened.append(at)
        self._touched.clear()
        return Heard(linked, again, tuple(answered), tuple(reopened), tuple(touched))


def _signs(ask: Turn, new: Turn) -> int:
    signs = 0
    if new.author == ask.author:
        signs = Sign.BY_ASKER
        if new.mentions:
            signs |= Sign.NAMES_ANOTHER
        if new.form & Form.THANKS:
            signs |= Sign.THANKS
        if new.form & (Form.SOLVED | Form.NEVER_MIND):
            signs |= Sign.CLOSES
        if new.form & (Form.ASKS | Form.AGAIN):
            signs |= Sign.ASKS_AGAIN
        return int(signs)
    if ask.author in new.mentions:
        signs |= Sign.NAMES_ASKER
    if new.author in ask.mentions:
        signs |= Sign.BY_NAMED
    return int(signs)
