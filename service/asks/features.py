"""What speaks for one turn belonging to another, and what that makes of an ask."""

import math
from collections.abc import Mapping, Sequence

from service.asks.beliefs import OpenAsk, Reason, Sign
from service.asks.reading import Form
from service.asks.windows import REACH, REACH_SECONDS, History, Turn

DOUBT = 0.5
_NEAREST = 20
_FAR_ASKS = 8


def links(  # noqa: C901
    history: History, asks: Mapping[float, OpenAsk], order: Sequence[float], new: Turn
) -> tuple[tuple[tuple[float, int], ...], int]:
    """The turns that `new` may belong to with thousandths, most probable first, and those for a new start."""
    turns = history.turns
    count = len(turns)
    low = max(0, count - REACH)
    near = set(range(max(low, count - _NEAREST), count))
    base = history.base
    for person in (new.author, *new.mentions):
        near.update(seat - base for seat in history.by_author.get(person, ())[-3:] if seat - base >= low)
    chosen = {turns[index].at: (turns[index], count - index) for index in near}
    for at in order[-_FAR_ASKS:]:
        if (
            at not in chosen
            and asks[at].turn.form & Form.ASKS
            and asks[at].closed_at is None
            and asks[at].total.survives > 0.3
        ):
            chosen[at] = (asks[at].turn, REACH)
    named = set(new.mentions)
    scores: list[tuple[float, float]] = []
    words = set(new.prints)
    for at, (old, distance) in chosen.items():
        if new.at - at > REACH_SECONDS and distance < REACH:
            continue
        score = -0.7 * math.log(distance) - 0.25 * math.log1p((new.at - at) / 60)
        if old.author == new.author:
            score += 1.2 if distance <= 3 else 0.2
        elif old.author in named:
            score += 3.2
        elif named:
            score -= 1.5
        if new.author in old.mentions:
            score += 1.8
        elif old.mentions and old.author != new.author:
            score -= 0.7
        if old.form & Form.ASKS:
            score += 0.8
        score += 0.5 * len(words.intersection(old.prints))
        scores.append((score, at))
    start = 0.0 if not named else -2.0
    if new.form & (Form.ASKS | Form.GREETING) and not named:
        start += 0.8
    top = max([start, *(score for score, _ in scores)])
    whole = math.exp(start - top) + sum(math.exp(score - top) for score, _ in scores)
    shares = sorted(((int(1000 * math.exp(score - top) / whole), at) for score, at in scores), reverse=True)
    return tuple((at, share) for share, at in shares if share >= 5), int(1000 * math.exp(start - top) / whole)


def unanswered(ask: OpenAsk, history: History) -> float:
    """The probability that nobody has answered the ask."""
    total = ask.total
    belief = total.survives
    if total.asker_named:
        belief *= 0.2
    if total.named_wrote:
        belief *= 0.3
    if total.signs & (Sign.THANKS | Sign.CLOSES):
        belief *= 0.3
    return belief


def reasons(ask: OpenAsk) -> tuple[Reason, ...]:
    """Which evidence counted, the weightiest first."""
    total = ask.total
    found = [
        (Reason.ASKER_CLOSED, total.signs & Sign.CLOSES),
        (Reason.ASKER_THANKED, total.signs & Sign.THANKS),
        (Reason.ASKER_NAMED, total.asker_named),
        (Reason.LINKED, total.best >= 200),
        (Reason.NAMED_PERSON_WROTE, total.named_wrote),
        (Reason.ASKED_AGAIN, total.signs & Sign.ASKS_AGAIN),
    ]
    counted = tuple(reason for reason, there in found if there)
    return counted or (Reason.NOTHING_SINCE,)
