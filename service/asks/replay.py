"""A whole conversation heard again from its first message on, to score what we make of it."""

import gzip
import json
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.asks import linking, reading, windows

SETTLED_AFTER = 3 * 3600.0
KEY = b"replay"


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
    window = linking.Window()
    chance = random.Random(f"{seed} {doc}")  # noqa: S311
    index_of: dict[float, int] = {}
    people: dict[str, int] = {}
    links: list[dict[str, Any]] = []
    predictions: list[dict[str, Any]] = []
    waiting: dict[float, dict[str, Any]] = {}
    for line in lines:
        if line["system"]:
            continue
        at = line["ts"]
        index_of[at] = line["i"]
        kept = [name for name in line["mentions"] if mentions_kept >= 1 or chance.random() < mentions_kept]
        read = reading.read(_bare(line["text"], line["mentions"]))
        author = people.setdefault(line["user"], len(people) + 1)
        named = [people.setdefault(name, len(people) + 1) for name in kept]
        turn = windows.turn(read, at, author, named, KEY, bot=line["bot"])
        heard = window.hear(turn, watch=not line["bot"])
        if heard.linked is None:
            raise ValueError(f"{doc}: message {line['i']} is not in order")
        parent = heard.linked.parent
        links.append({"doc": doc, "i": line["i"], "parent": None if parent is None else index_of[parent]})
        if not line["bot"]:
            asks = read.asks and (bool(named) or parent is None)
            waiting[at] = {"doc": doc, "i": line["i"], "answered": False, "answer": None, "ask": asks}
        for passed in [passed for passed in waiting if passed < at - SETTLED_AFTER]:
            predictions.append(_final(waiting.pop(passed), window, passed, index_of))
    predictions += [_final(row, window, at, index_of) for at, row in waiting.items()]
    return predictions, links


def _final(row: dict[str, Any], window: linking.Window, at: float, index_of: dict[float, int]) -> dict[str, Any]:
    answer = window.answer(at)
    window.drop(at)
    return row if answer is None else row | {"answered": True, "answer": index_of[answer.at]}


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
