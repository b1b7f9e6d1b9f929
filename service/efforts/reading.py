"""Was somebody thanked, praised or credited here? Read from the words alone; it only ever suppresses a nudge."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

BOOKS = Path(__file__).parent / "data"
LONGEST = 1000
"""Characters read of a message: thanks stand at its beginning or its end."""


class Form(StrEnum):
    """How somebody was seen."""

    THANKED = "thanked"
    PRAISED = "praised"
    CREDITED = "credited"


@dataclass(frozen=True, slots=True)
class Thanks:
    """What was read: the form, and the reason of the rule that found it."""

    form: Form
    why: str


@dataclass(frozen=True, slots=True)
class _Rule:
    why: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_speak(self, lowered: str) -> bool:
        return any(map(lowered.__contains__, self.words))


@dataclass(frozen=True, slots=True)
class _Closing:
    pattern: re.Pattern[str]
    request: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Book:
    aside: tuple[_Rule, ...]
    closing: _Closing
    finds: tuple[tuple[Form, _Rule], ...]


@cache
def languages() -> frozenset[str]:
    """The languages that have a book of thanks."""
    return frozenset(path.name.split(".")[1] for path in BOOKS.glob("thanks.*.toml"))


@cache
def _book(language: str) -> _Book:
    raw = tomllib.loads((BOOKS / f"thanks.{language}.toml").read_text(encoding="utf-8"))
    lists = {name: f"(?:{'|'.join(parts)})" for name, parts in raw["lists"].items()}

    def compiled(pattern: str) -> re.Pattern[str]:
        for name, parts in lists.items():
            pattern = pattern.replace(f"<{name}>", parts.replace(" ", r"\ ") if "(?x)" in pattern else parts)
        return re.compile(pattern, re.IGNORECASE | re.DOTALL)

    def rule(entry: dict[str, Any]) -> _Rule:
        return _Rule(entry["why"], tuple(entry["words"]), compiled(entry["pattern"]))

    closing = raw["closing"]
    return _Book(
        aside=tuple(rule(entry) for entry in raw["aside"]),
        closing=_Closing(
            compiled(closing["pattern"]),
            compiled(closing["request"]),
            compiled(closing["unless"]),
        ),
        finds=tuple((form, rule(entry)) for form in Form for entry in raw.get(form.value, ())),
    )


def thanked(text: str, language: str = "en") -> Thanks | None:
    """What thanks, praise or credit the words give for something done, or None.

    A language without a book of its own is read as English, whose word of thanks is at home in most chats.
    """
    book = _book(language if language in languages() else "en")
    said = _said(text)
    if _found(book, said) is None:
        return None
    lowered = said.lower()
    for rule in book.aside:
        if rule.may_speak(lowered):
            said = rule.pattern.sub(" … ", said)
    return _found(book, _unasked(book.closing, said))


def _found(book: _Book, said: str) -> Thanks | None:
    lowered = said.lower()
    for form, rule in book.finds:
        if rule.may_speak(lowered) and rule.pattern.search(said):
            return Thanks(form, rule.why)
    return None


_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_QUOTED = re.compile(r"^(?:>|&gt;).*\n", re.MULTILINE)


def _said(text: str) -> str:
    """The author's own words: without code and without the lines they quote."""
    text = text[:LONGEST].replace("\u2019", "'")
    if "`" in text:
        text = _CODE.sub(" ", text)
    if ">" in text or "&gt;" in text:
        text = _QUOTED.sub("", text)
    return text.strip()


def _unasked(closing: _Closing, said: str) -> str:
    """The words without thanks that end a request."""
    end = closing.pattern.search(said)
    if end is None or end.start() == 0:
        return said
    before = said[: end.start()]
    return before if closing.request.search(before) and not closing.unless.search(before) else said
