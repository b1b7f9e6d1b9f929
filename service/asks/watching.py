"""The asks of a place that are watched, found by who asked, who was asked, and which turns belong to them."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from service.asks.beliefs import MATERIAL, WHOLE, Evidence, OpenAsk, Sign
from service.asks.evidence import settles, signs
from service.asks.windows import Turn

WATCHED_AT_MOST = 512
_FAR_AT_MOST = 5
_TIED_AT_MOST = 2
_STILL_OPEN = 0.3
_BY_ASKER = int(Sign.BY_ASKER)
_SLOW_FIRST = int(Sign.SLOW_FIRST)
_CERTAIN = int(Sign.CERTAIN)
_SLOW_SHARE = 900
# Past this an answer is so sure that nothing said later could make it doubtful.
_BEYOND_DOUBT = 0.03


class Asks:
    """Open asks in order of time, with the evidence about each."""

    def __init__(self) -> None:
        self.at: dict[float, OpenAsk] = {}
        self.order: list[float] = []
        self.touched: dict[float, bool] = {}
        self.folded: set[float] = set()
        self._members: dict[float, list[tuple[OpenAsk, int]]] = {}
        self._proofs: dict[float, list[OpenAsk]] = {}
        self._by_asker: dict[int, list[OpenAsk]] = {}
        self._by_named: dict[int, list[OpenAsk]] = {}

    def open(self, ask: OpenAsk) -> None:
        """Watch an ask, with whatever evidence it brings; over the limit the oldest is watched no more."""
        if len(self.order) >= WATCHED_AT_MOST:
            self.drop(self.order[0])
        self.at[ask.at] = ask
        insort(self.order, ask.at)
        self._belongs(ask)
        insort(self._by_asker.setdefault(ask.turn.author, []), ask, key=_moment)
        for person in ask.turn.mentions:
            insort(self._by_named.setdefault(person, []), ask, key=_moment)
        for seen in ask.evidence:
            self._hold(ask, seen)

    def drop(self, at: float) -> None:
        """Watch the ask no more."""
        ask = self.at.pop(at, None)
        if ask is None:
            return
        self.folded.add(at)
        self.order.remove(at)
        self._disown(ask, at)
        for seen in ask.evidence:
            self._disown(ask, seen.at)
            if ask in (held := self._proofs.get(seen.at, [])):
                held.remove(ask)
        _remove(self._by_asker, ask.turn.author, ask)
        for person in ask.turn.mentions:
            _remove(self._by_named, person, ask)

    def touch(self, ask: OpenAsk) -> None:
        """What is known about it changed."""
        self.touched.setdefault(ask.at, ask.answered)

    def relinked(self, ask: OpenAsk) -> None:
        """Its own turn was linked again."""
        self._belongs(ask)
        self.touch(ask)

    def forget(self, turns: list[Turn]) -> None:
        """These newest turns are about to be linked again: what they proved no longer counts."""
        for turn in turns:
            self._members.pop(turn.at, None)
            for ask in self._proofs.pop(turn.at, ()):
                if ask.evidence and ask.evidence[-1].at >= turns[0].at:
                    ask.forget_from(turns[0].at)
                    self.touch(ask)

    def leave(self, turns: Iterable[Turn]) -> None:
        """These oldest turns left the window: of what they proved only the sum is kept."""
        for turn in turns:
            for ask in self._proofs.pop(turn.at, ()):
                ask.fold()
                self.folded.add(ask.turn.at)
            if turn.at not in self.at:
                self._members.pop(turn.at, None)

    def far(self, new: Turn) -> list[Turn]:
        """Asks that a turn may answer however long ago they were: the newest, and those with a tie to it."""
        if not self.order:
            return []
        at = self.at
        end = bisect_left(self.order, new.at)
        found = [at[moment] for moment in self.order[max(0, end - _FAR_AT_MOST) : end]]
        found += self._tied(new)
        open_still = [ask for ask in found if ask.total.survives > _STILL_OPEN and not _closed(ask, new)]
        return [ask.turn for ask in dict.fromkeys(open_still)]

    def weigh(
        self,
        new: Turn,
        links: tuple[tuple[float, int], ...],
        *,
        first: float,
        slow: frozenset[float] = frozenset(),
        thanked: tuple[tuple[float, int], ...] = (),
    ) -> None:
        """Take in what a linked turn says about the asks before it.

        `first` is the moment of the first turn within its reach; to the asks in `slow` it is the first message of
        another person in a slow place; `thanked` are the turns of others among its links if it gives thanks.
        """
        for at, share in self._shares(new, links, first, slow).items():
            ask = self.at[at]
            survives = ask.total.survives
            if survives < _BEYOND_DOUBT or (share < MATERIAL and survives < _STILL_OPEN) or _closed(ask, new):
                continue
            found = signs(ask.turn, new)
            if at in slow:
                found |= _SLOW_FIRST
            if found & _BY_ASKER and settles(ask, new, share, thanked):
                found |= _CERTAIN
            if found or share >= MATERIAL:
                ask.add(seen := Evidence(new.at, new.author, min(WHOLE, share), found))
                self._hold(ask, seen)
                self.touch(ask)

    def _shares(
        self, new: Turn, links: tuple[tuple[float, int], ...], first: float, slow: frozenset[float]
    ) -> dict[float, int]:
        """The asks that a turn has to do with, and the thousandths that it belongs to each."""
        shares: dict[float, int] = {}
        for at, share in links:
            for ask, held in self._members.get(at, ()):
                shares[ask.turn.at] = shares.get(ask.turn.at, 0) + share * held // WHOLE
        for at in slow:
            shares[at] = max(shares.get(at, 0), _SLOW_SHARE)
        for ask in self._tied(new):
            shares.setdefault(ask.turn.at, 0)
        for ask in _lately(self._by_asker.get(new.author), new.at):
            if ask.turn.at >= first:
                shares.setdefault(ask.turn.at, 0)
        return shares

    def _tied(self, new: Turn) -> list[OpenAsk]:
        """The last asks to the author of a turn, and of the people it names."""
        found = _lately(self._by_named.get(new.author), new.at)
        for person in new.mentions:
            found += _lately(self._by_asker.get(person), new.at)
        return found

    def _hold(self, ask: OpenAsk, seen: Evidence) -> None:
        self._proofs.setdefault(seen.at, []).append(ask)
        if seen.signs & _BY_ASKER and seen.share >= MATERIAL:
            self._members.setdefault(seen.at, []).append((ask, seen.share))

    def _belongs(self, ask: OpenAsk) -> None:
        self._disown(ask, ask.at)
        self._members.setdefault(ask.at, []).append((ask, WHOLE))

    def _disown(self, ask: OpenAsk, at: float) -> None:
        held = self._members.get(at)
        if held is not None:
            held[:] = [pair for pair in held if pair[0] is not ask]
            if not held:
                del self._members[at]


def _moment(ask: OpenAsk) -> float:
    return ask.turn.at


def _lately(held: list[OpenAsk] | None, at: float) -> list[OpenAsk]:
    if not held:
        return []
    if held[-1].turn.at < at:
        return held[-_TIED_AT_MOST:]
    end = bisect_left(held, at, key=_moment)
    return held[max(0, end - _TIED_AT_MOST) : end]


def _closed(ask: OpenAsk, new: Turn) -> bool:
    return ask.closed_at is not None and ask.closed_at < new.at


def _remove(index: dict[int, list[OpenAsk]], person: int, ask: OpenAsk) -> None:
    held = index[person]
    held.remove(ask)
    if not held:
        del index[person]
