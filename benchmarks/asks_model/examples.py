"""What the weights learn from: for each annotated message its candidates, for each ask the evidence about it."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.asks_model.conversations import Conversation
from service.asks import judging, tables
from service.asks.linking import Window
from service.asks.reading import Form
from service.asks.weights import Weights
from service.asks.windows import Turn

PAIR_CELLS = sum(len(wide.parts) for wide in tables.PAIRS)
START_CELLS = sum(len(wide.parts) for wide in tables.STARTS)
HORIZONS = ((15, 0.3), (40, 0.3))
_ENOUGH_LATER = 50


@dataclass(slots=True)
class LinkExamples:
    """Cells of learnt parts: `PAIR_CELLS` a candidate, `START_CELLS` a message; `ends`: where its candidates end."""

    pairs: "array[int]" = field(default_factory=lambda: array("H"))
    right: bytearray = field(default_factory=bytearray)
    ends: list[int] = field(default_factory=list)
    starts: "array[int]" = field(default_factory=lambda: array("H"))
    begins: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True, slots=True)
class AskExample:
    """The cells of one ask at one moment, whether it had no answer by then, and how much it counts."""

    cells: tuple[int, ...]
    unanswered: bool
    weight: float


def links(read: Iterable[Conversation], learnt: Weights) -> LinkExamples:
    """The candidates of every annotated message, as a window with these weights would find them."""
    found = LinkExamples()
    for conversation in read:
        window = Window(learnt)
        moments: dict[int, float] = {}
        for index, turn in conversation.turns:
            moments[index] = turn.at
            gold = conversation.gold.get(index)
            if gold is not None:
                parents = {moments[parent] for parent in gold["links"] if parent in moments}
                _add_message(found, window, turn, parents, begins=gold["starts"])
            window.hear(turn, watch=_asks(turn))
    return found


def asks(read: Iterable[Conversation], learnt: Weights) -> list[AskExample]:
    """The evidence about every judged ask at the end of its conversation, and some messages after it."""
    found = []
    for conversation in read:
        window = Window(learnt)
        waiting: dict[float, tuple[int, int]] = {}
        for place, (index, turn) in enumerate(conversation.turns):
            gold = conversation.gold.get(index)
            judged = bool(gold and gold["question"] and gold["ask"] and gold["later"] >= _ENOUGH_LATER)
            window.hear(turn, watch=judged or _asks(turn))
            if judged:
                waiting[turn.at] = index, place
            for horizon, weight in HORIZONS:
                for at in [at for at, (_, since) in waiting.items() if place - since == horizon]:
                    answer = conversation.gold[waiting[at][0]]["first_answer"]
                    found.append(_ask(window, at, unanswered=answer is None or answer > index, weight=weight))
        for at, (index, _) in waiting.items():
            found.append(_ask(window, at, unanswered=not conversation.gold[index]["answered"], weight=1.0))
    return found


def _asks(turn: Turn) -> bool:
    return bool(turn.form & Form.ASKS and not turn.form & Form.BOT)


def _add_message(found: LinkExamples, window: Window, turn: Turn, parents: set[float], *, begins: bool) -> None:
    pairs, start = window.cells(turn)
    right = [at in parents for _, at in pairs]
    if not begins and not any(right):
        return
    for cells, _ in pairs:
        found.pairs.extend(cells)
    found.right.extend(right)
    found.ends.append(len(found.right))
    found.starts.extend(start)
    found.begins.append(begins)


def _ask(window: Window, at: float, *, unanswered: bool, weight: float) -> AskExample:
    ask = next(ask for ask in window.asks if ask.at == at)
    return AskExample(judging.row(ask), unanswered, weight)
