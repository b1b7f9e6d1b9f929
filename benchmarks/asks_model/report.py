"""How well asks are judged, with intervals, calibration and errors: `python -m benchmarks.asks_model.report DEV`.

It prints the tables of docs/asks.md. Precision and recall are those of "nobody has answered".
"""

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.asks_model import plot
from benchmarks.asks_model.conversations import Conversation, conversations
from service.asks.linking import Window
from service.asks.reading import Form
from service.asks.windows import Turn

_ENOUGH_LATER = 50
_DRAWS = 2000
_BINS = (0.0, 0.1, 0.3, 0.5, 0.65, 0.8, 0.9, 1.0)
_FAR = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """One ask of the annotation, what we believe of it, and what went wrong if anything did."""

    kind: str
    belief: float
    flagged: bool
    unanswered: bool
    error: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plot", type=Path, help="Only draw the reliability plot, as an SVG.")
    chosen = parser.parse_args()
    folder = chosen.folder
    judged = judge(folder, mentions_kept=1.0, seed=0)
    if chosen.plot is not None:
        drawn = [(mean, share, len(held)) for _, _, held, mean, share in _binned(judged)]
        chosen.plot.write_text(plot.reliability(drawn), encoding="utf-8")
        return
    print("| asks | number | precision | recall | false nudges |")
    print("|---|---:|---:|---:|---:|")
    for name in ("all", "start", "directed"):
        _print_scores(name, [one for one in judged if name in ("all", one.kind)])
    for seed in (1, 2, 3):
        _print_scores(f"all, mentions cut to 20 %, seed {seed}", judge(folder, mentions_kept=0.2, seed=seed))
    print("\n| belief | asks | mean belief | in fact unanswered |\n|---|---:|---:|---:|")
    for low, high, held, mean, share in _binned(judged):
        print(f"| {low:.2f} to {high:.2f} | {len(held)} | {mean:.2f} | {share:.2f} |")
    print("\n| error | number |\n|---|---:|")
    for error, count in Counter(one.error for one in judged if one.error).most_common():
        print(f"| {error} | {count} |")


def _binned(judged: Sequence[Judged]) -> Iterator[tuple[float, float, list[Judged], float, float]]:
    """The asks of each step of belief, with their mean belief and the share in fact unanswered."""
    for low, high in itertools.pairwise(_BINS):
        held = [one for one in judged if low <= one.belief < high or one.belief == high == 1]
        if held:
            mean = sum(one.belief for one in held) / len(held)
            yield low, high, held, mean, sum(one.unanswered for one in held) / len(held)


def judge(folder: Path, *, mentions_kept: float, seed: int) -> list[Judged]:
    """Every annotated ask that enough messages follow, as the shipped weights judge it."""
    found = []
    for conversation in conversations(folder, mentions_kept=mentions_kept, seed=seed):
        window = Window()
        asks = {}
        turns = {}
        for place, (index, turn) in enumerate(conversation.turns):
            gold = conversation.gold.get(index)
            turns[index] = place, turn
            judged = gold and gold["question"] and gold["ask"] and gold["later"] >= _ENOUGH_LATER
            window.hear(turn, watch=bool(judged or (turn.form & Form.ASKS and not turn.form & Form.BOT)))
            if judged:
                asks[index] = turn
        for index, turn in asks.items():
            gold = conversation.gold[index]
            flagged = window.answer(turn.at) is None
            unanswered = not gold["answered"]
            error = ""
            if flagged and not unanswered:
                error = "nudged: " + _missed(conversation, turns, index)
            elif unanswered and not flagged:
                error = "silent: " + _imagined(conversation, turn)
            found.append(Judged(gold["ask"], window.unanswered(turn.at), flagged, unanswered, error))
    return found


def _missed(conversation: Conversation, turns: dict[int, tuple[int, Turn]], index: int) -> str:
    """Why an answer was not seen."""
    gold = conversation.gold[index]
    place, ask = turns[index]
    answer_place, answer = turns[gold["first_answer"]]
    if not gold["answered_direct"]:
        return "the answer was to a later line of the asker"
    if answer_place - place > _FAR:
        return f"the answer came more than {_FAR} messages later"
    return "the answer named nobody" if ask.author not in answer.mentions else "the answer named the asker"


def _imagined(conversation: Conversation, ask: Turn) -> str:
    """Why an answer was seen where there was none."""
    later = [turn for _, turn in conversation.turns if turn.at > ask.at]
    if any(ask.author in turn.mentions for turn in later):
        return "somebody named the asker about something else"
    if any(turn.author in ask.mentions for turn in later):
        return "the person named wrote about something else"
    return "a message of another seemed to fit"


def _print_scores(name: str, judged: Sequence[Judged]) -> None:
    cells = [_interval(judged, measure) for measure in (_precision, _recall, _false_nudges)]
    print(f"| {name} | {len(judged)} | {' | '.join(cells)} |")


def _interval(judged: Sequence[Judged], measure: Callable[[Sequence[Judged]], float]) -> str:
    """A share in percent, and where it falls in nineteen of twenty samples drawn from the same asks."""
    chance = random.Random(0)  # noqa: S311
    drawn = sorted(measure(chance.choices(judged, k=len(judged))) for _ in range(_DRAWS))
    low, high = drawn[_DRAWS // 40], drawn[-_DRAWS // 40]
    return f"{100 * measure(judged):.0f} ({100 * low:.0f} to {100 * high:.0f})"


def _precision(judged: Sequence[Judged]) -> float:
    flagged = [one for one in judged if one.flagged]
    return sum(one.unanswered for one in flagged) / max(1, len(flagged))


def _recall(judged: Sequence[Judged]) -> float:
    unanswered = [one for one in judged if one.unanswered]
    return sum(one.flagged for one in unanswered) / max(1, len(unanswered))


def _false_nudges(judged: Sequence[Judged]) -> float:
    answered = [one for one in judged if not one.unanswered]
    return sum(one.flagged for one in answered) / max(1, len(answered))


if __name__ == "__main__":
    main()
