"""Sums of table cells fitted to examples, one at a time: plain Python, the same to the last digit each time."""

import math
import random
from collections.abc import Sequence

from benchmarks.asks_model.examples import PAIR_CELLS, START_CELLS, AskExample, LinkExamples

_STEADY = 1e-6
_WORTH_MOVING = 1e-3


class Learner:
    """Weights under adaptive gradient descent (Adagrad): a cell often moved moves less."""

    def __init__(self, size: int, rate: float, keep: float) -> None:
        self.weights = [0.0] * size
        self._moved = [_STEADY] * size
        self._rate = rate
        self._keep = keep

    def move(self, cells: Sequence[int], slope: float) -> None:
        weights, moved, rate, keep = self.weights, self._moved, self._rate, self._keep
        for cell in cells:
            step = slope + keep * weights[cell]
            moved[cell] += step * step
            weights[cell] -= rate * step / math.sqrt(moved[cell])


def link_weights(size: int, examples: Sequence[tuple[LinkExamples, float]], *, rounds: int, seed: int) -> list[float]:
    """Weights under which a message's annotated parent, or a start, is the most probable; the later rounds averaged."""
    learner = Learner(size, rate=0.1, keep=1e-4)
    order = [(source, message) for source, (heard, _) in enumerate(examples) for message in range(len(heard.ends))]
    chance = random.Random(seed)  # noqa: S311
    mean = [0.0] * size
    averaged = 0
    for number in range(rounds):
        chance.shuffle(order)
        for source, message in order:
            _learn_message(learner, *examples[source], message)
        if number >= rounds // 2:
            averaged += 1
            mean = [old + (new - old) / averaged for old, new in zip(mean, learner.weights, strict=True)]
    return mean


def belief_weights(size: int, examples: Sequence[tuple[AskExample, float]], *, rounds: int, seed: int) -> list[float]:
    """Weights that give the probability that an ask has no answer; the later rounds averaged."""
    learner = Learner(size, rate=0.05, keep=1e-4)
    order = list(examples)
    chance = random.Random(seed)  # noqa: S311
    mean = [0.0] * size
    averaged = 0
    for number in range(rounds):
        chance.shuffle(order)
        for example, weight in order:
            score = sum(map(learner.weights.__getitem__, example.cells))
            slope = example.weight * weight * (1 / (1 + math.exp(-score)) - example.unanswered)
            learner.move(example.cells, slope)
        if number >= rounds // 2:
            averaged += 1
            mean = [old + (new - old) / averaged for old, new in zip(mean, learner.weights, strict=True)]
    return mean


def _learn_message(learner: Learner, heard: LinkExamples, weight: float, message: int) -> None:
    first = heard.ends[message - 1] if message else 0
    end = heard.ends[message]
    weight_of = learner.weights.__getitem__
    candidates = [heard.pairs[at * PAIR_CELLS : (at + 1) * PAIR_CELLS] for at in range(first, end)]
    candidates.append(heard.starts[message * START_CELLS : (message + 1) * START_CELLS])
    right = [*heard.right[first:end], heard.begins[message]]
    scores = [sum(map(weight_of, cells)) for cells in candidates]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    whole = sum(shares)
    held = max(sum(share for share, fits in zip(shares, right, strict=True) if fits), 1e-9)
    for cells, share, fits in zip(candidates, shares, right, strict=True):
        slope = share / whole - (share / held if fits else 0.0)
        if slope > _WORTH_MOVING or slope < -_WORTH_MOVING:
            learner.move(cells, weight * slope)
