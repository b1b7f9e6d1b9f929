"""What an export holds: how many messages ask, and how many of those nobody answered. Pure, and without text."""

import hashlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from service.asks import reading, windows
from service.asks.beliefs import OpenAsk
from service.asks.linking import Window
from service.asks.reading import Form
from service.asks.rules import Said
from service.asks.windows import KEPT_SECONDS, Turn

KEY = b"an import reads, and keeps no words"


@dataclass
class Finder:
    """Reads one channel message by message, in order; what it keeps can be stored and taken up again."""

    window: Window = field(default_factory=Window)
    people: dict[str, int] = field(default_factory=dict)
    messages: int = 0
    asks: int = 0
    answered: int = 0
    open: deque[float] = field(default_factory=deque)
    """The watched asks, oldest first."""
    language: str = "en"
    """That of the workspace, by whose rules a message is read."""

    def hear(self, said: Said) -> None:
        """One more message."""
        self.messages += 1
        turn = self._turn(said)
        if said.thread is not None and said.thread != said.ts:
            self._answered_in_thread(float(said.thread), turn)
            return
        heard = self.window.hear(turn).linked
        starts = heard is None or heard.parent is None
        if turn.form & Form.ASKS and not turn.form & Form.BOT and (turn.mentions or starts):
            self.window.watch(turn.at)
            self.open.append(turn.at)
            self.asks += 1
        while self.open and self.open[0] < turn.at - KEPT_SECONDS:
            self._finish(self.open.popleft())

    def _turn(self, said: Said) -> Turn:
        return windows.turn(
            reading.read(said.text, self.language),
            float(said.ts),
            self._number(said.author),
            [self._number(name) for name in said.named],
            KEY,
            bot=said.by_bot,
        )

    def _number(self, name: str) -> int:
        """A number for a person, the same in every run, so that an import can be taken up again."""
        found = self.people.get(name)
        if found is None:
            found = self.people[name] = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=7).digest(), "big")
        return found

    def _answered_in_thread(self, root: float, turn: Turn) -> None:
        for ask in self.window.asks:
            if ask.at == root and ask.turn.author != turn.author and not turn.form & Form.BOT:
                self.answered += 1
                self.window.drop(root)
                self.open.remove(root)

    def _finish(self, at: float) -> None:
        self.answered += self.window.answer(at) is not None
        self.window.drop(at)

    def finish(self) -> None:
        """The channel has ended: what was not answered by now was not answered in it."""
        while self.open:
            self._finish(self.open.popleft())

    def kept(self) -> bytes:
        """What the next file goes on from."""
        turns = [turn.encode() for turn in self.window.turns]
        return msgspec.msgpack.encode([turns, [ask.encode() for ask in self.window.asks]])

    @classmethod
    def resumed(cls, kept: bytes, messages: int, asks: int, answered: int, language: str) -> "Finder":
        """A finder that goes on from there."""
        turns, open_asks = msgspec.msgpack.decode(kept, type=tuple[list[bytes], list[bytes]]) if kept else ([], [])
        window = Window.restore([Turn.decode(one) for one in turns], [OpenAsk.decode(one) for one in open_asks])
        return cls(window, {}, messages, asks, answered, deque(ask.at for ask in window.asks), language)


def read_only(messages: Iterable[Said]) -> tuple[int, int]:
    """How many messages there are, and how many are put as asks in English, without following what answers them."""
    read = asked = 0
    for said in messages:
        read += 1
        asked += not said.by_bot and reading.read(said.text).asks
    return read, asked
