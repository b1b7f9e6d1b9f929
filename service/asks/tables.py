"""How weights are laid out: small tables that are learnt, added up into a few wide ones that are looked up.

A wide table has a cell for each combination of what it looks at, in the order of `looks`; its weight is the sum of
the small tables named under it, each of which looks at a part of the same.
"""

import functools
import itertools
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.asks.kinds import PARENT_KINDS, REPLY_KINDS, SIZES

DISTANCES = 15
CLOSE = 9
GAPS = 11
TIES = 5
SHARED = 6
AMOUNTS = 5
LATELY = 4
START_FORMS = 11
FAR = 201
"""More than any amount that is counted."""


@dataclass(frozen=True, slots=True)
class Wide:
    """One table that is looked up: what it looks at, with how many values each, and its learnt parts."""

    looks: Mapping[str, int]
    parts: Mapping[str, tuple[str, ...]]

    @property
    def size(self) -> int:
        return math.prod(self.looks.values())

    def part_size(self, name: str) -> int:
        return math.prod(self.looks[look] for look in self.parts[name])

    def stride(self, look: str) -> int:
        """How many cells lie between two values of what is looked at."""
        names = list(self.looks)
        return math.prod(self.looks[name] for name in names[names.index(look) + 1 :])


def cells(steps: Sequence[int], stride: int, last: int = FAR) -> tuple[int, ...]:
    """For each amount up to FAR, how far into a table its step leads; `last` is the last step there is."""
    return tuple(min(bisect_right(steps, amount), last) * stride for amount in range(FAR + 1))


RELATION = Wide(
    {
        "same": 2, "names": 2, "named_by": 2, "both": 2, "other": 2, "told": LATELY, "heard": LATELY, "has": 2,
        "is_partner": 2, "partner_ago": LATELY,
    },
    {
        "relation": ("same", "names", "named_by", "both", "other", "told", "heard", "has"),
        "partner": ("is_partner", "partner_ago", "has", "same"),
    },
)  # fmt: skip
MOMENT = Wide(
    {"has": 2, "gap": GAPS, "step": DISTANCES, "tie": TIES},
    {"distance": ("step", "tie", "has"), "gap": ("gap", "tie"), "gap_distance": ("gap", "step")},
)
KINDS = Wide(
    {"reply": REPLY_KINDS, "reply_size": SIZES, "same": 2, "parent": PARENT_KINDS, "parent_size": SIZES},
    {"kinds": ("parent", "reply", "same"), "sizes": ("parent_size", "reply_size", "same")},
)
FLOW = Wide(
    {"reply": REPLY_KINDS, "close": CLOSE, "replied": 4, "tie": TIES},
    {"reply_distance": ("reply", "close"), "replied": ("replied", "tie", "close")},
)
PARENT = Wide(
    {"has": 2, "parent": PARENT_KINDS, "turned": 3, "named_since": 3, "shared": SHARED, "tie": TIES},
    {
        "parent_tie": ("parent", "tie", "turned"), "named_since": ("named_since", "parent", "has", "tie"),
        "shared_tie": ("shared", "tie"), "shared_parent": ("shared", "parent"),
    },
)  # fmt: skip
BETWEEN = Wide(
    {"mine": AMOUNTS, "theirs": AMOUNTS, "people": 6, "tie": TIES},
    {"between": ("mine", "theirs", "tie"), "people": ("people", "tie")},
)
PAIRS = (RELATION, MOMENT, KINDS, FLOW, PARENT, BETWEEN)
STARTS = (
    Wide({"reply": REPLY_KINDS, "has": 2, "since": 7}, {"start_kind": ("reply", "has", "since")}),
    Wide({"since": 7, "partner_ago": 6, "has": 2}, {"start_since": ("since", "partner_ago", "has")}),
    Wide({"own_gap": 6, "gap": 6}, {"start_gaps": ("own_gap", "gap")}),
    Wide({"shared": SHARED, "size": SIZES, "asks": 2}, {"start_shared": ("shared", "size", "asks")}),
    Wide({"known": 2, "has": 2, "mine": 4}, {"start_named": ("known", "has", "mine")}),
    Wide({"people": 6}, {"start_people": ("people",)}),
    Wide({f"form{n}": 2 for n in range(START_FORMS)}, {f"start_form{n}": (f"form{n}",) for n in range(START_FORMS)}),
)
ALL = PAIRS + STARTS
PARTS = {name: wide.part_size(name) for wide in ALL for name in wide.parts}
PART_CELLS = sum(PARTS.values())


def composed(learnt: Mapping[str, Sequence[float]]) -> tuple[tuple[float, ...], ...]:
    """The wide tables, from the learnt parts by name."""
    flat = [weight for name in PARTS for weight in learnt[name]]
    return tuple(tuple(sum(flat[cell] for cell in cells) for cells in wide) for wide in part_cells())


@functools.cache
def part_cells() -> tuple[tuple[tuple[int, ...], ...], ...]:
    """For each wide table and each of its cells, the cells of its parts, all parts in a row."""
    found = []
    first = 0
    for wide in ALL:
        rows: list[list[int]] = [[] for _ in range(wide.size)]
        for name, looks in wide.parts.items():
            for number, values in enumerate(itertools.product(*map(range, wide.looks.values()))):
                here = dict(zip(wide.looks, values, strict=True))
                cell = 0
                for look in looks:
                    cell = cell * wide.looks[look] + here[look]
                rows[number].append(first + cell)
            first += wide.part_size(name)
        found.append(tuple(map(tuple, rows)))
    return tuple(found)
