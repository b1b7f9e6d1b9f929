"""Learn the weights of the linker from train alone: `python -m benchmarks.asks_model.train TRAIN [--out FILE]`."""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.asks_model import examples, learning
from benchmarks.asks_model.conversations import conversations
from service.asks import judging, tables, weights

ATTRIBUTION = (
    "Learnt from the train part of the Ubuntu IRC data of irc-disentanglement "
    "(https://www.jkk.name/irc-disentanglement), licensed CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/): "
    "Jonathan K. Kummerfeld, Sai R. Gouravajhala, Joseph Peper, Vignesh Athreya, Chulaka Gunasekara, Jatin Ganhotra, "
    "Siva Sankalp Patel, Lazaros Polymenakos, Walter S. Lasecki. A Large-Scale Corpus for Conversation "
    "Disentanglement. ACL 2019, pages 3846-3856. doi:10.18653/v1/P19-1374"
)
CHANGES = (
    "Messages parsed, nicknames joined across renames, mentions resolved and taken out of the text, times within a "
    "minute interpolated, bots marked, answers derived from the annotated links; of each message only form, length, "
    "people and keyed fingerprints of rare words were used; in a part of the examples mentions were forgotten at "
    "random. The weights are sums of evidence over all conversations and hold no text of any of them."
)
# Real Slack names somebody in far fewer messages than IRC: part of the examples forget most mentions.
MENTIONS = ((1.0, 1.0), (0.3, 0.4))
SEED = 7
LINK_ROUNDS = (2, 8)
BELIEF_ROUNDS = 30
BARS = {"open": 0.65, "directed": 0.65}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=weights.PATH)
    chosen = parser.parse_args()
    began = time.monotonic()
    learnt = weights.blank()
    link: list[float] = []
    for number, rounds in enumerate(LINK_ROUNDS, 1):
        heard = [
            (examples.links(conversations(chosen.train, mentions_kept=kept, seed=SEED), learnt), share)
            for kept, share in MENTIONS
        ]
        link = _rounded(learning.link_weights(tables.PART_CELLS, heard, rounds=rounds, seed=SEED))
        learnt = replace(learnt, link=tables.composed(_tables(link, tables.PARTS)))
        print(f"links, round {number}: {time.monotonic() - began:.0f} s", flush=True)
    asks = [
        (example, share)
        for kept, share in MENTIONS
        for example in examples.asks(conversations(chosen.train, mentions_kept=kept, seed=SEED), learnt)
    ]
    belief = _rounded(learning.belief_weights(judging.WEIGHTS, asks, rounds=BELIEF_ROUNDS, seed=SEED))
    print(f"beliefs: {time.monotonic() - began:.0f} s", flush=True)
    chosen.out.write_text(_json(link, belief), encoding="utf-8")


def _rounded(numbers: list[float]) -> list[float]:
    return [round(number, 2) + 0.0 for number in numbers]


def _json(link: list[float], belief: list[float]) -> str:
    """One table a line, so that a change shows where it is."""
    shape: dict[str, Any] = {
        "attribution": ATTRIBUTION,
        "changes": CHANGES,
        "bars": BARS,
        "link": _tables(link, tables.PARTS),
        "belief": _tables(belief, judging.TABLES),
    }
    lines = []
    for key, value in shape.items():
        if isinstance(value, dict):
            inner = ",\n".join(f"  {json.dumps(name)}: {json.dumps(cells)}" for name, cells in value.items())
            lines.append(f" {json.dumps(key)}: {{\n{inner}\n }}")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _tables(numbers: list[float], sizes: dict[str, int]) -> dict[str, list[float]]:
    found, first = {}, 0
    for name, size in sizes.items():
        found[name] = numbers[first : first + size]
        first += size
    return found


if __name__ == "__main__":
    main()
