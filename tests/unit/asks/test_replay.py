"""Replaying annotated conversations: what the scorer reads, and how well we do on the part we choose by."""

import gzip
import json
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from service.asks import replay

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "unanswered"
TALK = [
    ("ann", "could you look at the figures?", ["ben"]),
    ("cat", "the kettle leaks", []),
    ("ben", "yes, they are fine", ["ann"]),
    ("eve", "hi all, has anyone booked the large room for thursday?", []),
    ("dan", "hello", []),
]


def lines() -> list[dict[str, Any]]:
    return [
        {"i": 10 + n, "ts": 100.0 * n * n, "user": user, "text": text, "system": False, "bot": False, "mentions": named}
        for n, (user, text, named) in enumerate(TALK)
    ]


def test_one_prediction_a_message_and_one_link() -> None:
    predictions, links = replay.replay(lines(), "talk")
    assert [row["i"] for row in predictions] == [row["i"] for row in links] == [10, 11, 12, 13, 14]
    assert predictions[0] == {"doc": "talk", "i": 10, "answered": True, "answer": 12, "ask": True}
    assert predictions[3]["ask"]
    assert links[2]["parent"] == 10


def test_forgetting_mentions_is_the_same_for_the_same_seed() -> None:
    kept = [replay.replay(lines(), "talk", mentions_kept=0.5, seed=seed) for seed in (1, 1, 2, 3, 4)]
    assert kept[0] == kept[1]
    turns = [list(replay.turns(lines(), "talk", mentions_kept=0.0))[n][1].mentions for n in range(5)]
    assert turns == [()] * 5


def test_files_are_replayed_and_written(tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as opened:
        opened.writelines(json.dumps(line) + "\n" for line in lines())
    done = replay.replay_files([path], tmp_path / "p.jsonl", tmp_path / "l.jsonl")
    assert (done.documents, done.messages, done.asks, done.unanswered) == (1, 5, 2, 1)
    assert done.micros > 0
    assert len((tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()) == 5


def test_a_plain_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines()), encoding="utf-8")
    assert replay.replay_files([path], None, None).messages == 5


def test_a_document_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="message 10 is not in order"):
        replay.replay([lines()[1], lines()[0], lines()[0]], "talk")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talk.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as opened:
        opened.write("{}\nnot json\n")
    with pytest.raises(ValueError, match=r"talk\.jsonl\.gz:2"):
        replay.replay_files([path], None, None)


def scored(folder: Path, *, mentions_kept: float = 1.0, seed: int = 0) -> dict[str, Any]:
    """What the scorer says of a replay of dev."""
    if not SHARED.is_dir():
        warnings.warn(f"NOT SCORED: the annotated conversations are not at {SHARED}", stacklevel=2)
        pytest.skip(f"NOT SCORED: the annotated conversations are not at {SHARED}")
    files = sorted((SHARED / "dev").glob("*.jsonl.gz"))
    replay.replay_files(files, folder / "p.jsonl", folder / "l.jsonl", mentions_kept=mentions_kept, seed=seed)
    said = subprocess.run(
        [
            sys.executable, SHARED / "score.py", "--json", "--gold", SHARED / "dev",
            "--pred", folder / "p.jsonl", "--links", folder / "l.jsonl",
        ],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def test_dev_is_read_well_enough_to_be_trusted(tmp_path: Path) -> None:
    found = scored(tmp_path)
    asks, channel = found["pred"]["asks"], found["pred"]["asks.channel"]
    assert asks["precision"] >= 0.90
    assert asks["recall"] >= 0.65
    assert asks["false_nudge_rate"] <= 0.035
    assert channel["precision"] >= 0.87
    assert channel["recall"] >= 0.82
    assert found["links"]["link"]["f1"] >= 0.70


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_where_few_messages_name_anybody_we_are_rather_silent(tmp_path: Path, seed: int) -> None:
    assert scored(tmp_path, mentions_kept=0.2, seed=seed)["pred"]["asks"]["false_nudge_rate"] <= 0.10
