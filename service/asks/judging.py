"""Given the evidence, how likely is it that nobody has answered?"""

import math
from bisect import bisect_right
from collections.abc import Sequence

from service.asks import kinds
from service.asks.beliefs import OpenAsk, Reason, Sign
from service.asks.kinds import SIZES

_SURVIVAL_STEPS = (-8.0, -6.0, -5.0, -4.0, -3.0, -2.5, -2.0, -1.6, -1.3, -1.0, -0.75, -0.5, -0.3, -0.15, -0.05)
_BEST_STEPS = (20, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900)
_START_STEPS = (100, 300, 500, 700, 900)
_NAMED_SHARE_STEPS = (80, 150, 250, 350)
_FEW = (1, 2, 4, 8)
_LEAST = 1e-9
_STARTED = 300
_THANKS = int(Sign.THANKS)
_CLOSES = int(Sign.CLOSES)
_AGAIN = int(Sign.ASKS_AGAIN)
_SOON = int(Sign.SOON)

TABLES = {
    "bias": 3,
    "survives": (len(_SURVIVAL_STEPS) + 1) * 2,
    "best": len(_BEST_STEPS) + 1,
    "asker_named": 3 * (len(_NAMED_SHARE_STEPS) + 1),
    "named_wrote": 4 * 2,
    "asker_wrote": 5,
    "asker_named_another": 5,
    "asker_signs": 8,
    "starts": 6,
    "named_share": (len(_NAMED_SHARE_STEPS) + 1) * 2,
    "size": SIZES,
}
WEIGHTS = sum(TABLES.values())
_OFFSETS = [sum(list(TABLES.values())[:n]) for n in range(len(TABLES))]


def row(ask: OpenAsk) -> tuple[int, ...]:
    """Where to look in the tables for one ask."""
    total = ask.total
    directed = 1 if ask.turn.mentions else 0
    share = bisect_right(_NAMED_SHARE_STEPS, ask.names)
    survival = bisect_right(_SURVIVAL_STEPS, math.log(max(total.survives, _LEAST)))
    signs = total.signs
    cells = (
        directed + (directed and ask.starts < _STARTED),
        survival * 2 + directed,
        bisect_right(_BEST_STEPS, total.best),
        min(total.asker_named, 2) * (len(_NAMED_SHARE_STEPS) + 1) + share,
        bisect_right((1, 2, 4), total.named_wrote) * 2 + bool(signs & _SOON),
        bisect_right(_FEW, total.asker_wrote),
        bisect_right(_FEW, total.asker_named_another),
        bool(signs & _THANKS) + 2 * bool(signs & _CLOSES) + 4 * bool(signs & _AGAIN),
        bisect_right(_START_STEPS, ask.starts),
        share * 2 + directed,
        kinds.size(ask.turn.length),
    )
    return tuple(offset + cell for offset, cell in zip(_OFFSETS, cells, strict=True))


def unanswered(ask: OpenAsk, weights: Sequence[float]) -> float:
    """The probability that nobody has answered the ask."""
    score = sum(weights[cell] for cell in row(ask))
    return 1 / (1 + math.exp(-score))


def reasons(ask: OpenAsk) -> tuple[Reason, ...]:
    """Which evidence counted, the weightiest first."""
    total = ask.total
    found = (
        (Reason.ASKER_CLOSED, total.signs & Sign.CLOSES),
        (Reason.ASKER_THANKED, total.signs & Sign.THANKS),
        (Reason.ASKER_NAMED, total.asker_named),
        (Reason.LINKED, total.best >= 200),
        (Reason.FIRST_IN_SLOW_PLACE, total.signs & Sign.SLOW_FIRST),
        (Reason.NAMED_PERSON_WROTE, total.named_wrote),
        (Reason.ASKED_AGAIN, total.signs & Sign.ASKS_AGAIN),
    )
    return tuple(reason for reason, there in found if there) or (Reason.NOTHING_SINCE,)
