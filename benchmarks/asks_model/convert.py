"""Conversations to learn from, made of the public corpus: `python -m benchmarks.asks_model.convert CORPUS OUT`.

CORPUS is the folder `data` of irc-disentanglement (https://www.jkk.name/irc-disentanglement, CC BY 4.0), which has
`train` and `dev` with `<day>[.part].raw.txt` and `.annotation.txt` (two indexes and a dash a line). OUT receives
`<part>/<name>.jsonl.gz` and `<name>.gold.jsonl`.
"""

import argparse
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.asks_model import irc
from benchmarks.asks_model.irc import Line
from service.asks import reading
from service.asks.reading import Form

CONTEXT = {"train": 300, "dev": 1000}
_ENOUGH_LATER = 50
_QUESTION = Form.MARK | Form.OPENS_AS_QUESTION | Form.REQUEST | Form.AGAIN


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    for part, context in CONTEXT.items():
        target = chosen.out / part
        target.mkdir(parents=True, exist_ok=True)
        raws = sorted((chosen.corpus / part).glob("*.raw.txt"))
        for raw in raws:
            convert(raw, target, context)
        print(f"{part}: {len(raws)} documents")


def convert(raw: Path, target: Path, context: int) -> None:
    """One document: its messages from the context on, and the gold of its annotated part."""
    name = raw.name.removesuffix(".raw.txt")
    found = irc.read(raw.read_text(encoding="utf-8", errors="replace").splitlines())
    ats = irc.moments(found, name[:10])
    annotation = raw.with_name(f"{name}.annotation.txt").read_text(encoding="utf-8")
    links = annotated(annotation.splitlines())
    first = max(0, min(links) - context)
    with gzip.GzipFile(target / f"ubuntu.{name}.jsonl.gz", "wb", mtime=0) as opened:
        for index in range(first, len(found)):
            opened.write((json.dumps(_message(index, ats[index], found[index])) + "\n").encode())
    rows = gold(found, links)
    (target / f"ubuntu.{name}.gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def annotated(lines: Iterable[str]) -> dict[int, list[int]]:
    """For each annotated message the earlier ones that it replies to or continues."""
    links: dict[int, list[int]] = {}
    for line in lines:
        if not line.strip():
            continue
        one, other = sorted(map(int, line.split()[:2]))
        parents = links.setdefault(other, [])
        if one != other:
            parents.append(one)
    return {index: sorted(links[index]) for index in sorted(links)}


def gold(found: Sequence[Line], links: Mapping[int, list[int]]) -> list[dict[str, Any]]:
    """What follows from the links: what asks, what starts, and who answered first."""
    replies: dict[int, list[int]] = {}
    for index, parents in links.items():
        for parent in parents:
            replies.setdefault(parent, []).append(index)
    rows = []
    last = len(links)
    for place, (index, parents) in enumerate(links.items(), 1):
        line = found[index]
        direct = first_answer(found, replies, index, through_own=False)
        answer = first_answer(found, replies, index, through_own=True)
        form = reading.read(line.text).form
        question = bool(form & _QUESTION) and not line.system
        by_person = not line.system and not line.bot and not form & Form.COMMAND
        ask = None
        if by_person and not parents:
            ask = "start"
        elif by_person and question and line.mentions:
            ask = "directed"
        rows.append(
            {
                "i": index,
                "links": parents,
                "starts": not parents,
                "ask": ask,
                "question": question,
                "answered": answer is not None,
                "first_answer": answer,
                "answered_direct": direct is not None,
                "first_answer_direct": direct,
                "later": last - place,
                "scored": ask is not None and last - place >= _ENOUGH_LATER,
            }
        )
    return rows


def first_answer(
    found: Sequence[Line], replies: Mapping[int, list[int]], index: int, *, through_own: bool
) -> int | None:
    """The first message of another person that is linked to this one, or to its author's own continuation of it."""
    author = found[index].user
    if found[index].bot or found[index].system:
        return None
    answers = []
    waiting = [index]
    while waiting:
        for reply in replies.get(waiting.pop(), ()):
            if found[reply].user == author:
                if through_own:
                    waiting.append(reply)
            elif not found[reply].bot and not found[reply].system:
                answers.append(reply)
    return min(answers, default=None)


def _message(index: int, at: float, line: Line) -> dict[str, Any]:
    return {
        "i": index,
        "ts": at,
        "user": line.user,
        "text": line.text,
        "system": line.system,
        "bot": line.bot,
        "mentions": line.mentions,
    }


if __name__ == "__main__":
    main()
