"""The weights of linker and judgement, learnt from annotated conversations: data/linker.json."""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.asks import judging, tables

PATH = Path(__file__).parent / "data" / "linker.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for each cell of each table; the bars are the least belief that still counts as unanswered."""

    link: tuple[tuple[float, ...], ...]
    belief: tuple[float, ...]
    open_bar: float
    directed_bar: float


def blank() -> Weights:
    """Weights that know nothing, to begin learning with."""
    return Weights(
        tables.composed({name: [0.0] * size for name, size in tables.PARTS.items()}), (0.0,) * judging.WEIGHTS, 0.5, 0.5
    )


@functools.cache
def shipped() -> Weights:
    """The weights in the package."""
    raw = json.loads(PATH.read_text(encoding="utf-8"))
    return Weights(
        link=tables.composed(_checked(raw["link"], tables.PARTS)),
        belief=tuple(weight for cells in _checked(raw["belief"], judging.TABLES).values() for weight in cells),
        open_bar=raw["bars"]["open"],
        directed_bar=raw["bars"]["directed"],
    )


def _checked(found: Mapping[str, list[float]], sizes: Mapping[str, int]) -> dict[str, list[float]]:
    for name, size in sizes.items():
        if len(found.get(name, ())) != size:
            raise ValueError(f"{PATH.name}: table {name} must have {size} cells")
    return {name: found[name] for name in sizes}
