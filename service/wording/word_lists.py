"""What the gate knows of each language: words, shapes, lengths, and how hard a text may be to read."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lists"


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one language."""

    catalogue: re.Pattern[str]
    suggestions: re.Pattern[str]
    repairs: re.Pattern[str]
    everywhere: re.Pattern[str]
    capitals: frozenset[str]
    ask: tuple[str, ...]
    act: tuple[str, ...]
    open: re.Pattern[str]
    past: re.Pattern[str]
    past_exceptions: frozenset[str]
    passive: re.Pattern[str]
    """What makes the word after it no past tense: "names are said"."""
    first_person: re.Pattern[str]
    repair_first_person: re.Pattern[str]
    repair: re.Pattern[str]
    subject: re.Pattern[str]
    informal: re.Pattern[str]
    formal: re.Pattern[str]
    lengths: Mapping[str, int]
    formula: str
    most: float
    child_most: float


def _one(entry: str) -> str:
    return re.escape(entry).replace(r"\*", r"\w*").replace("'", "['’]")


def words(entries: Iterable[str], *, endings: Iterable[str] = ()) -> re.Pattern[str]:
    """A pattern for any of these words, stems ("ignor*") or phrases, as whole words; nothing where empty."""
    found = [_one(entry) for entry in entries] + [rf"\w+{re.escape(ending)}" for ending in endings]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE) if found else _NOTHING


def _patterns(entries: Iterable[str], *, exact_case: bool = False) -> re.Pattern[str]:
    found = "|".join(f"(?:{entry})" for entry in entries)
    return re.compile(found, 0 if exact_case else re.IGNORECASE) if found else _NOTHING


_NOTHING = re.compile(r"(?!)")


@cache
def lists(language: str) -> Lists:
    """The lists of a language; a language without them has no gate and is not offered."""
    read: Mapping[str, Mapping[str, Any]] = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    said, shape, address = read["words"], read["shape"], read.get("address", {})
    return Lists(
        catalogue=words(said["catalogue"]),
        suggestions=words(said["suggestions"]),
        repairs=words(said["repairs"]),
        everywhere=words(said["everywhere"]),
        capitals=frozenset(said["capitals"]),
        ask=tuple(shape["ask"]),
        act=tuple(shape["act"]),
        open=words(shape["open"]),
        past=words(shape["past"], endings=shape["past_endings"]),
        past_exceptions=frozenset(shape["past_exceptions"]),
        passive=re.compile(rf"{words(shape['passive']).pattern} $", re.IGNORECASE),
        first_person=words(shape["first_person"]),
        repair_first_person=words(shape["repair_first_person"]),
        repair=words(shape["repair"]),
        subject=_patterns(read["person"]["subject"]),
        informal=_patterns(address.get("informal", ())),
        formal=_patterns(address.get("formal", ()), exact_case=True),
        lengths=dict(read["length"]),
        formula=read["reading"]["formula"],
        most=read["reading"]["most"],
        child_most=read["reading"]["child_most"],
    )
