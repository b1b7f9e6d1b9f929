"""Annotated conversations: messages and gold of one document, as turns."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.asks import replay
from service.asks.windows import Turn


@dataclass(frozen=True, slots=True)
class Conversation:
    """One document: its turns in order by index, and the annotation of those that have one."""

    name: str
    turns: list[tuple[int, Turn]]
    gold: dict[int, dict[str, Any]]


def conversations(folder: Path, *, mentions_kept: float, seed: int) -> Iterator[Conversation]:
    """Every document of a folder in order of name, a share of its mentions forgotten at random."""
    paths = sorted(folder.glob("*.gold.jsonl"))
    if not paths:
        raise FileNotFoundError(f"No *.gold.jsonl in {folder}")
    for path in paths:
        name = path.name.removesuffix(".gold.jsonl")
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as opened:
            lines = [json.loads(line) for line in opened]
        with path.open(encoding="utf-8") as opened:
            gold = {row["i"]: row for row in map(json.loads, opened)}
        yield Conversation(name, list(replay.turns(lines, name, mentions_kept=mentions_kept, seed=seed)), gold)
