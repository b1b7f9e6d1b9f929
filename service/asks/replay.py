"""A whole conversation heard again from its first message on, to score what we make of it."""

import gzip
import json
import random
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from service.asks import reading, windows
from service.asks.linking import Linked, Window
from service.asks.nicknames import Present
from service.asks.reading import Form
from service.asks.windows import KEPT_SECONDS, Turn

KEY = b"replay"
_SURELY_OPEN = 0.7
_WORTH_FOLLOWING = 0.02
_WAITING_AT_MOST = 400
_ASKS = int(Form.ASKS)
_BOT = int(Form.BOT)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay read and how long it took; `micros` is processor time a message, to read and link it."""

    documents: int
    messages: int
    asks: int
    unanswered: int
    micros: float


@dataclass(slots=True)
class _Heard:
    """One conversation after its last message: every turn with its links, which turns ask, and what was answered."""

    doc: str
    index_of: dict[float, int] = field(default_factory=dict)
    linked: list[tuple[Turn, Linked]] = field(default_factory=list)
    asks: dict[float, bool] = field(default_factory=dict)
    answers: dict[float, float] = field(default_factory=dict)


def replay(
    lines: Iterable[dict[str, Any]], doc: str, *, mentions_kept: float = 1.0, seed: int = 0
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Predictions and links of one document, in the rows that the scorer reads."""
    return _rows(_hear(lines, doc, mentions_kept=mentions_kept, seed=seed))


def _hear(lines: Iterable[dict[str, Any]], doc: str, *, mentions_kept: float, seed: int) -> _Heard:
    window = Window()
    heard = _Heard(doc)
    waiting: deque[float] = deque()
    for index, turn in turns(lines, doc, mentions_kept=mentions_kept, seed=seed):
        linked = window.hear(turn).linked
        if linked is None:
            raise ValueError(f"{doc}: message {index} is not in order")
        heard.index_of[turn.at] = index
        heard.linked.append((turn, linked))
        if turn.form & _ASKS and not turn.form & _BOT:
            window.watch(turn.at)
            waiting.append(turn.at)
            heard.asks[turn.at] = bool(turn.mentions) or linked.parent is None
        while waiting and (waiting[0] < turn.at - KEPT_SECONDS or len(waiting) > _WAITING_AT_MOST):
            _finish(heard, window, waiting.popleft())
    for at in waiting:
        _finish(heard, window, at)
    return heard


def _finish(heard: _Heard, window: Window, at: float) -> None:
    answer = window.answer(at)
    window.drop(at)
    if answer is not None:
        heard.answers[at] = answer.at


def _rows(heard: _Heard) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    doc, index_of, asks = heard.doc, heard.index_of, heard.asks
    answers = {**_plain_answers(heard.linked), **dict.fromkeys(asks, None), **heard.answers}
    predictions = []
    links = []
    for turn, linked in heard.linked:
        index = index_of[turn.at]
        links.append({"doc": doc, "i": index, "parent": None if linked.parent is None else index_of[linked.parent]})
        if not turn.form & _BOT:
            answer = answers.get(turn.at)
            predictions.append(
                {
                    "doc": doc,
                    "i": index,
                    "answered": answer is not None,
                    "answer": None if answer is None else index_of[answer],
                    "ask": asks.get(turn.at, False),
                }
            )
    return predictions, links


def turns(
    lines: Iterable[dict[str, Any]], doc: str, *, mentions_kept: float = 1.0, seed: int = 0
) -> Iterator[tuple[int, Turn]]:
    """What would be kept of each message of a document; a share of the mentions is forgotten at random."""
    chance = random.Random(f"{seed} {doc}")  # noqa: S311
    people: dict[str, int] = {}
    present = Present()
    for line in lines:
        if line["system"]:
            continue
        text = _bare(line["text"], line["mentions"])
        names = line["mentions"]
        called = present.called(text, line["user"])
        if called is not None and called not in names:
            names = [called, *names]
            text = text.strip().partition(" ")[2]
        present.wrote(line["user"])
        named = [name for name in names if mentions_kept >= 1 or chance.random() < mentions_kept]
        yield (
            line["i"],
            windows.turn(
                reading.read(text),
                line["ts"],
                people.setdefault(line["user"], len(people) + 1),
                [people.setdefault(name, len(people) + 1) for name in named],
                KEY,
                bot=line["bot"],
            ),
        )


def _plain_answers(linked: Sequence[tuple[Turn, Linked]]) -> dict[float, float]:
    """What answers a message that is no ask: the first of another person that leaves it in doubt."""
    author = {turn.at: turn.author for turn, _ in linked}
    belongs: dict[float, dict[float, float]] = {}
    open_share: dict[float, float] = {}
    answers: dict[float, float] = {}
    for turn, one in linked:
        mine = belongs[turn.at] = {turn.at: 1.0}
        for parent, share in one.links:
            for root, held in belongs.get(parent, {}).items():
                part = held * share / 1000
                if author[root] == turn.author:
                    mine[root] = mine.get(root, 0.0) + part
                elif not turn.form & _BOT:
                    open_share[root] = open_share.get(root, 1.0) * (1 - part)
                    if open_share[root] < _SURELY_OPEN:
                        answers.setdefault(root, turn.at)
        belongs[turn.at] = {root: part for root, part in mine.items() if part >= _WORTH_FOLLOWING}
    return answers


def replay_files(
    paths: Sequence[Path],
    pred_path: Path | None,
    links_path: Path | None,
    *,
    mentions_kept: float = 1.0,
    seed: int = 0,
) -> Replayed:
    """Replay documents (<doc>.jsonl or .jsonl.gz) and write one JSON object a line for each prediction and link."""
    spent = 0.0
    messages = asked = unanswered = 0
    Window()  # the weights are read once, whatever is replayed
    with ExitStack() as stack:
        # Written document by document: what is kept of the earlier ones would slow the later ones down.
        outputs = [_output(path, stack) for path in (pred_path, links_path)]
        for path in paths:
            lines = list(_lines(path))
            doc = path.name.removesuffix(".gz").removesuffix(".jsonl")
            began = time.process_time()
            heard = _hear(lines, doc, mentions_kept=mentions_kept, seed=seed)
            spent += time.process_time() - began
            messages += len(lines)
            predictions, links = _rows(heard)
            for output, rows in zip(outputs, (predictions, links), strict=True):
                if output is not None:
                    output.writelines(json.dumps(row) + "\n" for row in rows)
            asks = [row for row in predictions if row["ask"]]
            asked += len(asks)
            unanswered += sum(not row["answered"] for row in asks)
    return Replayed(len(paths), messages, asked, unanswered, 1e6 * spent / max(1, messages))


def _output(path: Path | None, stack: ExitStack) -> TextIO | None:
    return None if path is None else stack.enter_context(path.open("w", encoding="utf-8"))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as opened:
        for number, line in enumerate(opened, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: not JSON") from error


def _bare(text: str, names: Sequence[str]) -> str:
    """The text without the names in it, as a place with marked mentions would give it."""
    for name in names:
        head = text[: len(name)]
        if head.lower() == name.lower():
            text = text[len(name) :].lstrip(":,> ")
    if names:
        dropped = {name.lower() for name in names}
        text = " ".join(word for word in text.split() if word.strip("@:,.?!").lower() not in dropped)
    return text
