"""What a benchmark reports, and how two ways of doing one thing are measured side by side."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

ROUNDS = 6
"""How often each side is run; the median counts."""
_BY_ITSELF = 700, 10, 10
GATE = 0.8
"""Continuous integration asks for this share of a target, because its machines are noisy."""


@dataclass(frozen=True, slots=True)
class Row:
    """One path, ours beside its peer."""

    path: str
    ours: float
    peer: float | None
    ratio: float | None
    target: str
    met: bool


@contextmanager
def as_python_does() -> Iterator[None]:
    """Look for rings as often as Python does by itself: a program somebody else writes first is run like that."""
    ours = gc.get_threshold()
    gc.set_threshold(*_BY_ITSELF)
    try:
        yield
    finally:
        gc.set_threshold(*ours)


def seconds(work: Callable[[], object], *, processor: bool = False) -> float:
    """How long one run takes, in seconds of the clock or of the processor."""
    gc.collect()
    clock = time.process_time if processor else time.perf_counter
    began = clock()
    work()
    return clock() - began


def side_by_side(
    ours: Callable[[], object], peer: Callable[[], object], *, rounds: int = ROUNDS, processor: bool = False
) -> tuple[float, float]:
    """The median seconds of both, run in turn after one run that does not count."""
    ours()
    peer()
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(seconds(ours, processor=processor))
        theirs.append(seconds(peer, processor=processor))
    return statistics.median(mine), statistics.median(theirs)


def faster(path: str, ours: float, peer: float, least: float) -> Row:
    """A row whose target is to be so many times as fast as the peer."""
    ratio = peer / ours
    return Row(path, ours, peer, round(ratio, 2), f">= {least:g}x", ratio >= least)


def within(path: str, ours: float, peer: float, most: float) -> Row:
    """A row whose target is to cost at most so many times what the peer costs."""
    ratio = ours / peer
    return Row(path, ours, peer, round(ratio, 2), f"<= {most:g}x", ratio <= most)


def under(path: str, ours: float, most: float, unit: str) -> Row:
    """A row whose target is a figure of its own, in a unit."""
    return Row(path, round(ours, 2), None, None, f"<= {most:g} {unit}", ours <= most)


def exact(path: str, wrong: int) -> Row:
    """A row whose target is that nothing at all is wrong."""
    return Row(path, wrong, None, None, "= 0", wrong == 0)


def none(path: str, ours: int, peer: int) -> Row:
    """A row whose target is that it does not happen at all, beside how often it happens to the peer."""
    return Row(path, ours, peer, None, "= 0", ours == 0)


def medians(runs: Iterable[list[Row]]) -> list[Row]:
    """Of each path, the row that stands in the middle of several runs; of two in the middle, the worse."""
    found: dict[str, list[Row]] = {}
    for run in runs:
        for row in run:
            found.setdefault(row.path, []).append(row)
    return [_middle(rows) for rows in found.values()]


def _middle(rows: list[Row]) -> Row:
    better = [row.ours if row.ratio is None else row.ratio for row in rows]
    falls = rows[0].ratio is not None and rows[0].target.startswith(">=")
    ordered = sorted(zip(better, rows, strict=True), key=lambda pair: pair[0], reverse=falls)
    return ordered[len(ordered) // 2][1]
