"""Row 8: what it costs to read a message, and to read and link it."""

import statistics
from collections.abc import Callable

from benchmarks import conversation
from benchmarks.rows import ROUNDS, Row, seconds, under
from service.asks import reading, windows
from service.asks.linking import Window
from service.asks.rules import Said

READER_US = 10
BOTH_US = 85


def measure(*, quick: bool) -> list[Row]:
    """Microseconds of the processor for one message, the median of several runs over the whole conversation."""
    said = conversation.messages()[: 3000 if quick else None]
    numbers: dict[str, int] = {}

    def number(name: str) -> int:
        return numbers.setdefault(name, len(numbers) + 1)

    people = [(number(one.author), [number(name) for name in one.named]) for one in said]
    return [
        under("8 read a message", _each(lambda: _read(said), len(said)), READER_US, "us"),
        under("8 read and link a message", _each(lambda: _link(said, people), len(said)), BOTH_US, "us"),
    ]


def _each(work: Callable[[], object], many: int) -> float:
    work()
    return statistics.median(seconds(work, processor=True) for _ in range(ROUNDS)) / many * 1e6


def _read(said: list[Said]) -> None:
    for one in said:
        reading.read(one.text)


def _link(said: list[Said], people: list[tuple[int, list[int]]]) -> None:
    window = Window()
    for one, (author, named) in zip(said, people, strict=True):
        read = reading.read(one.text)
        turn = windows.turn(read, float(one.ts), author, named, b"bench", bot=one.by_bot)
        heard = window.hear(turn)
        if read.asks and (named or heard.linked is None or heard.linked.parent is None):
            window.watch(turn.at)
