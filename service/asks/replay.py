"""A whole conversation heard again from its first message on, to score what we make of it."""

import gzip
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.asks import reading, windows
from service.asks.linking import Linked, Window
from service.asks.nicknames import Present
from service.asks.reading import Form
from service.asks.windows import KEPT_SECONDS, Turn

KEY = b"replay"
_MORE_LIKELY_THAN_NOT = 0.5
_WORTH_FOLLOWING = 0.02


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay read and how long it took; `micros` is processor time a message."""

    documents: int
    messages: int
    asks: int
    unanswered: int
    micros: float


def replay(
    lines: Iterable[dict[str, Any]], doc: str, *, mentions_kept: float = 1.0, seed: int = 0
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Predictions and links of one document, in the rows that the scorer reads."""
    window = Window()
    index_of: dict[float, int] = {}
    linked: list[tuple[Turn, Linked]] = []
    asks: dict[float, bool] = {}
    answers: dict[float, float] = {}
    for index, turn in turns(lines, doc, mentions_kept=mentions_kept, seed=seed):
        index_of[turn.at] = index
        heard = window.hear(turn).linked
        if heard is None:
            raise ValueError(f"{doc}: message {index} is not in order")
        linked.append((turn, heard))
        if turn.form & Form.ASKS and not turn.form & Form.BOT:
            window.watch(turn.at)
            asks[turn.at] = bool(turn.mentions) or heard.parent is None
        for ask in window.asks[:1]:
            if ask.at < turn.at - KEPT_SECONDS:
                answers |= _final(window, ask.at)
    for ask in window.asks:
        answers |= _final(window, ask.at)
    answers |= {at: answer for at, answer in _plain_answers(linked).items() if at not in asks}
    links = [{"doc": doc, "i": index_of[one.at], "parent": index_of.get(one.parent or 0.0)} for _, one in linked]
    predictions = [
        {
            "doc": doc,
            "i": index_of[turn.at],
            "answered": turn.at in answers,
            "answer": index_of[answers[turn.at]] if turn.at in answers else None,
            "ask": asks.get(turn.at, False),
        }
        for turn, _ in linked
        if not turn.form & Form.BOT
    ]
    return predictions, links


def _final(window: Window, at: float) -> dict[float, float]:
    answer = window.answer(at)
    window.drop(at)
    return {} if answer is None else {at: answer.at}


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
    """What answers a message that is no ask: the first of another person that more likely than not belongs to it."""
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
                elif not turn.form & Form.BOT:
                    open_share[root] = open_share.get(root, 1.0) * (1 - part)
                    if open_share[root] < _MORE_LIKELY_THAN_NOT:
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
    """Replay documents (<doc>.jsonl.gz) and write one JSON object a line for each prediction and link."""
    predictions: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    spent = 0.0
    messages = 0
    for path in paths:
        lines = list(_lines(path))
        began = time.process_time()
        found, linked = replay(lines, path.name.removesuffix(".jsonl.gz"), mentions_kept=mentions_kept, seed=seed)
        spent += time.process_time() - began
        messages += len(lines)
        predictions += found
        links += linked
    for target, rows in ((pred_path, predictions), (links_path, links)):
        if target is not None:
            target.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    asks = [row for row in predictions if row["ask"]]
    return Replayed(
        documents=len(paths),
        messages=messages,
        asks=len(asks),
        unanswered=sum(not row["answered"] for row in asks),
        micros=1e6 * spent / max(1, messages),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as opened:
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
