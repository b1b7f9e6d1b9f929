"""Given the evidence, how likely is it that nobody has answered?"""

import math
from bisect import bisect_right
from collections.abc import Sequence

from service.asks import kinds
from service.asks.beliefs import OpenAsk, Reason, Sign
from service.asks.kinds import SIZES

_SURVIVES_STEPS = tuple(
    math.exp(step) for step in (-8, -6, -5, -4, -3, -2.5, -2, -1.6, -1.3, -1, -0.75, -0.5, -0.3, -0.15, -0.05)
)
_BEST_STEPS = (20, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900)
_START_STEPS = (100, 300, 500, 700, 900)
_NAMED_SHARE_STEPS = (80, 150, 250, 350)
_FEW = (0, 1, 2, 2, 3, 3, 3, 3, 4)
_SOME = (0, 1, 2, 2, 3)
_STARTED = 300
_SETTLED = 0.01
_SOON = int(Sign.SOON)
_CERTAIN = int(Sign.CERTAIN)
_ASKER_SIGNS = int(Sign.THANKS | Sign.CLOSES | Sign.ASKS_AGAIN)
_ASKER_SIGNS_FROM = int(Sign.THANKS)

TABLES = {
    "bias": 3,
    "starts": 6,
    "named_share": (len(_NAMED_SHARE_STEPS) + 1) * 2,
    "size": SIZES,
    "survives": (len(_SURVIVES_STEPS) + 1) * 2,
    "best": len(_BEST_STEPS) + 1,
    "asker_named": 3 * (len(_NAMED_SHARE_STEPS) + 1),
    "named_wrote": 4 * 2,
    "asker_wrote": 5,
    "asker_named_another": 5,
    "asker_signs": 8,
}
WEIGHTS = sum(TABLES.values())
_B0, _B1, _B2, _B3, _B4, _B5, _B6, _B7, _B8, _B9, _B10 = (
    sum(list(TABLES.values())[:number]) for number in range(len(TABLES))
)


def row(ask: OpenAsk) -> tuple[int, ...]:
    """Where to look in the tables for one ask."""
    total = ask.total
    directed = 1 if ask.turn.mentions else 0
    share = bisect_right(_NAMED_SHARE_STEPS, ask.names)
    signs = total.signs
    return (
        _B0 + (directed if ask.starts >= _STARTED else 2 * directed),
        _B1 + bisect_right(_START_STEPS, ask.starts),
        _B2 + share * 2 + directed,
        _B3 + kinds.size(ask.turn.length),
        _B4 + bisect_right(_SURVIVES_STEPS, total.survives) * 2 + directed,
        _B5 + bisect_right(_BEST_STEPS, total.best),
        _B6 + min(total.asker_named, 2) * (len(_NAMED_SHARE_STEPS) + 1) + share,
        _B7 + _SOME[min(total.named_wrote, 4)] * 2 + (1 if signs & _SOON else 0),
        _B8 + _FEW[min(total.asker_wrote, 8)],
        _B9 + _FEW[min(total.asker_named_another, 8)],
        _B10 + (signs & _ASKER_SIGNS) // _ASKER_SIGNS_FROM,
    )


def unanswered(ask: OpenAsk, weights: Sequence[float]) -> float:
    """The probability that nobody has answered the ask, or that its asker still hopes for it."""
    if ask.total.signs & _CERTAIN:
        return _SETTLED
    return 1 / (1 + math.exp(-sum(map(weights.__getitem__, row(ask)))))


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
