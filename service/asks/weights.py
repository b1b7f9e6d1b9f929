"""The weights of linker and judgement, learnt from annotated conversations: data/linker.json."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.asks import features, judging

PATH = Path(__file__).parent / "data" / "linker.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for each cell of each table; `bars`: the least belief that still counts as unanswered."""

    link: tuple[float, ...]
    belief: tuple[float, ...]
    open_bar: float
    directed_bar: float


def blank() -> Weights:
    """Weights that know nothing, to begin learning with."""
    return Weights((0.0,) * features.WEIGHTS, (0.0,) * judging.WEIGHTS, 0.5, 0.5)


@functools.cache
def shipped() -> Weights:
    """The weights in the package."""
    raw = json.loads(PATH.read_text(encoding="utf-8"))
    return Weights(
        link=_flat(raw["link"], features.PAIR_TABLES | features.START_TABLES),
        belief=_flat(raw["belief"], judging.TABLES),
        open_bar=raw["bars"]["open"],
        directed_bar=raw["bars"]["directed"],
    )


def _flat(tables: Mapping[str, list[float]], sizes: Mapping[str, int]) -> tuple[float, ...]:
    for name, size in sizes.items():
        if len(tables[name]) != size:
            raise ValueError(f"{PATH.name}: table {name} has {len(tables[name])} cells, not {size}")
    return tuple(weight for name in sizes for weight in tables[name])
