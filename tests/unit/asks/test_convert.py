"""The public corpus becomes conversations to learn from."""

import gzip
import json
from pathlib import Path

from benchmarks.asks_model import convert, irc

LOG = """\
[21:58] <ann> hi all, how do I mount a disk?
=== ben is now known as benny
[21:58] <benny> ann: which one?
[21:59] <ann> the \x02old\x0f one
[21:59]  * cat waves
[21:59] <ubotu> A disk is mounted with mount
[00:01] <benny> ann, try the disk tool
=== cat has left the room
"""
NOTES = "0 0 -\n0 2 -\n2 3 -\n4 4 -\n0 5 -\n3 6 -\n7 7 -\n"


def test_a_log_becomes_messages() -> None:
    found = irc.read(LOG.splitlines())
    assert [line.user for line in found] == ["ann", "ben", "ben", "ann", "cat", "ubotu", "ben", "cat"]
    assert found[2].mentions == ["ann"]
    assert found[3].text == "the old one"
    assert found[4].text == "/me waves"
    assert [line.system for line in found] == [False, True, False, False, False, False, False, True]
    assert found[5].bot
    assert found[6].minute == 24 * 60 + 1


def test_the_lines_of_a_minute_are_spread_over_it() -> None:
    found = irc.read(LOG.splitlines())
    ats = irc.moments(found, "2005-06-27")
    assert ats == sorted(ats)
    assert ats[0] == 1119909480.0
    assert [round(at - ats[0], 3) for at in ats[:4]] == [0.0, 20.0, 40.0, 60.0]


def test_gold_follows_from_the_links() -> None:
    rows = convert.gold(irc.read(LOG.splitlines()), convert.annotated(NOTES.splitlines()))
    first = rows[0]
    assert (first["ask"], first["question"], first["first_answer"]) == ("start", True, 2)
    assert (rows[1]["ask"], rows[1]["first_answer"]) == ("directed", 3)
    assert [row["later"] for row in rows] == [6, 5, 4, 3, 2, 1, 0]


def test_an_answer_to_the_askers_own_continuation_counts() -> None:
    found = irc.read(["[21:58] <ann> any idea?", "[11:58] <ann> about disks", "[21:59] <ben> yes"])
    replies = {0: [1], 1: [2]}
    assert convert.first_answer(found, replies, 0, through_own=True) == 2
    assert convert.first_answer(found, replies, 0, through_own=False) is None


def test_documents_are_written(tmp_path: Path) -> None:
    (tmp_path / "2005-06-27.train-a.raw.txt").write_text(LOG, encoding="utf-8")
    (tmp_path / "2005-06-27.train-a.annotation.txt").write_text(NOTES, encoding="utf-8")
    convert.convert(tmp_path / "2005-06-27.train-a.raw.txt", tmp_path, context=300)
    with gzip.open(tmp_path / "ubuntu.2005-06-27.train-a.jsonl.gz", "rt", encoding="utf-8") as opened:
        messages = [json.loads(line) for line in opened]
    assert [message["i"] for message in messages] == list(range(8))
    assert (tmp_path / "ubuntu.2005-06-27.train-a.gold.jsonl").read_text(encoding="utf-8").count("\n") == 7
