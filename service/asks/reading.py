"""Does a message ask, and how is it put? By the rules of one language, in data/reading_<language>.json."""

import functools
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path
from typing import NamedTuple


class Form(IntFlag):
    """How a message is put: the bits that are kept of it."""

    ASKS = 1 << 0
    MARK = 1 << 1
    OPENS_AS_QUESTION = 1 << 2
    REQUEST = 1 << 3
    AGAIN = 1 << 4
    THANKS = 1 << 5
    SOLVED = 1 << 6
    NEVER_MIND = 1 << 7
    GREETING = 1 << 8
    AGREES = 1 << 9
    DENIES = 1 << 10
    TO_ALL = 1 << 11
    SPEAKS_OF_ME = 1 << 12
    SPEAKS_TO_YOU = 1 << 13
    POINTS_BACK = 1 << 14
    CARRIES_ON = 1 << 15
    ADVISES = 1 << 16
    HEDGES = 1 << 17
    LAUGHS = 1 << 18
    LINK = 1 << 19
    CODE = 1 << 20
    ACTION = 1 << 21
    FOR_INFORMATION = 1 << 22
    RHETORICAL = 1 << 23
    PROBLEM = 1 << 24
    COMMAND = 1 << 25
    BOT = 1 << 26
    ADVANCE = 1 << 27
    NO_REPLY = 1 << 28


class Reading(NamedTuple):
    """What one message says about itself; its rare words live only until they are fingerprinted."""

    form: int
    length: int
    rare: tuple[str, ...]

    @property
    def asks(self) -> bool:
        return bool(self.form & Form.ASKS)

    @property
    def thanks(self) -> bool:
        return bool(self.form & Form.THANKS)

    @property
    def solved(self) -> bool:
        return bool(self.form & Form.SOLVED)

    @property
    def never_mind(self) -> bool:
        return bool(self.form & Form.NEVER_MIND)

    @property
    def greets(self) -> bool:
        return bool(self.form & Form.GREETING)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases that begin with one word: the form of that word alone, and of what may follow it."""

    form: int
    after: Mapping[str, "_Phrases"]


@dataclass(frozen=True, slots=True)
class _Language:
    anywhere: Mapping[str, _Phrases]
    opening: Mapping[str, _Phrases]
    whole: Mapping[str, int]
    skipped: frozenset[str]
    tags: frozenset[str]
    common: frozenset[str]
    endings: tuple[str, ...]
    stem: Callable[[str, str], str]


_DATA = Path(__file__).parent / "data"
_EDGES = "\"'“”„‘’«»‹›()[]{}<>*_~,.;:!¡?¿…-`|=+#"
_RARE_AT_MOST = 12
_RARE_LENGTH = 3
_WHOLE_AT_MOST = 6

# Plain numbers: arithmetic on flags costs more than the reading itself.
_ASKS = int(Form.ASKS)
_MARK = int(Form.MARK)
_OPENS = int(Form.OPENS_AS_QUESTION)
_REQUEST = int(Form.REQUEST)
_AGAIN = int(Form.AGAIN)
_THANKS = int(Form.THANKS)
_LAUGHS = int(Form.LAUGHS)
_LINK = int(Form.LINK)
_CODE = int(Form.CODE)
_ACTION = int(Form.ACTION)
_COMMAND = int(Form.COMMAND)
_ADVANCE = int(Form.ADVANCE)
_CLOSES = int(Form.SOLVED | Form.NEVER_MIND)
_QUESTION = _MARK | _OPENS | _REQUEST | _AGAIN
_NEVER = int(Form.RHETORICAL | Form.COMMAND | Form.NO_REPLY)
_UNLESS_REQUESTED = int(Form.FOR_INFORMATION)


@functools.cache
def languages() -> frozenset[str]:
    """The languages whose asks can be read."""
    return frozenset(path.stem.removeprefix("reading_") for path in _DATA.glob("reading_*.json"))


def read(text: str, language: str = "en") -> Reading:
    """The form of a message, from its plain text without mentions. Whatever the text, it can be read.

    A language without rules of its own is read as English, whose question mark is at home in most chats.
    """
    rules = _language(language if language in languages() else "en")
    form = 0
    if "`" in text:
        text, form = _without_code(text), _CODE
    spans = text.lower().replace("’", "'").split()
    if not spans:
        return Reading(form, 0, ())
    if spans[0] == "/me":
        form |= _ACTION
        del spans[0]
    elif text[0] in "!/":
        form |= _COMMAND
    words, marks = _words(spans)
    opening = _opening(words, rules)
    form |= opening | _anywhere(words, rules.anywhere)
    if "://" in words:
        form |= _LINK
    if marks:
        form |= _MARK
    common, endings, stem = rules.common, rules.endings, rules.stem
    rare = [word for word in words if word not in common and len(word) >= _RARE_LENGTH]
    stems = dict.fromkeys([stem("", word) if word.endswith(endings) else word for word in rare[:_RARE_AT_MOST]])
    return Reading(_weighed(form, opening, words, marks, rules), len(words), tuple(stems))


def _words(spans: list[str]) -> tuple[list[str], int]:
    """The words without what surrounds them, and how many question marks end or stand in them."""
    words = []
    marks = 0
    for span in spans:
        if span.isalnum():
            words.append(span)
        elif "://" in span:
            words.append("://")
        elif span[-1].isalnum() and span[0].isalnum():
            words.append(span)
        else:
            if "?" in span:
                marks += 1
            words.append(span.strip(_EDGES) or span)
    return words, marks


def _anywhere(words: list[str], phrases: Mapping[str, _Phrases]) -> int:
    form = 0
    for index, word in enumerate(words):
        if word in phrases:
            form |= _longest(phrases[word], words, index)
    return form


def _opening(words: list[str], rules: _Language) -> int:
    first = 0
    last = len(words) - 1
    while first < last and words[first] in rules.skipped:
        first += 1
    if first <= last and words[first] in rules.opening:
        return _longest(rules.opening[words[first]], words, first)
    return 0


def _longest(phrases: _Phrases, words: list[str], index: int) -> int:
    form = phrases.form
    after = phrases.after
    while after and index + 1 < len(words):
        index += 1
        following = after.get(words[index])
        if following is None:
            break
        form |= following.form
        after = following.after
    return form


def _weighed(form: int, opening: int, words: list[str], marks: int, rules: _Language) -> int:
    """Weigh the signs against one another: a thanks in advance closes nothing, an “ok?” asks nothing."""
    if len(words) > 1 and not words[-1].strip(_EDGES):
        words = words[:-1]  # French sets its question mark apart.
    if len(words) <= _WHOLE_AT_MOST:
        form |= rules.whole.get(" ".join(words), 0)
    if form & _OPENS and not marks and len(words) < 3:
        form &= ~_OPENS
    question = form & _QUESTION
    if question == _MARK and marks == 1 and words[-1] in rules.tags:
        question = 0
    if form & _LAUGHS and not form & _REQUEST and not marks:
        question = 0
    if form & _UNLESS_REQUESTED and not form & _REQUEST:
        question = 0
    if question and not form & _NEVER:
        form |= _ASKS
        form &= ~_CLOSES
        if not opening & _THANKS:
            form &= ~_THANKS
    if form & _ADVANCE:
        form &= ~_THANKS
    return form


def _without_code(text: str) -> str:
    """Code says nothing about the person: “`a ? b : c`” asks nobody."""
    for fence in ("```", "`"):
        parts = text.split(fence)
        kept = parts[::2]
        if len(parts) % 2 == 0:
            kept.append(parts[-1])
        text = " ".join(kept)
    return text


@functools.cache
def _language(language: str) -> _Language:
    raw = json.loads((_DATA / f"reading_{language}.json").read_text(encoding="utf-8"))
    return _Language(
        anywhere=_branches(_forms(raw["anywhere"])),
        opening=_branches(_forms(raw["opening"])),
        whole={" ".join(words): form for words, form in _forms(raw["whole"]).items()},
        skipped=frozenset(raw["skipped"]),
        tags=frozenset(raw["tags"]),
        common=frozenset([*raw["common"], "://"]),
        endings=tuple(raw["endings"]),
        stem=re.compile(rf"(?<=\w\w\w)(?:{'|'.join(map(re.escape, raw['endings']))})$").sub,
    )


def _forms(section: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], int]:
    forms: dict[tuple[str, ...], int] = {}
    for name, phrases in section.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            forms[words] = forms.get(words, 0) | Form[name.upper()].value
    return forms


def _branches(forms: Mapping[tuple[str, ...], int]) -> dict[str, _Phrases]:
    heads: dict[str, dict[tuple[str, ...], int]] = {}
    for words, form in forms.items():
        heads.setdefault(words[0], {})[words[1:]] = form
    return {head: _Phrases(form=rest.pop((), 0), after=_branches(rest)) for head, rest in heads.items()}
