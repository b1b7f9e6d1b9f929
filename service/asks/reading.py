"""Does a message ask, and how is it put? Rules of one language, in data/reading_<language>.json."""

import functools
import json
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path


class Form(IntFlag):
    """How a message is put; the bits that are kept of it."""

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


@dataclass(frozen=True, slots=True)
class Reading:
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
class _Trie:
    """Phrases that begin with one word: the words that may follow, and the form of the whole."""

    form: int
    after: dict[str, "_Trie"]


@dataclass(frozen=True, slots=True)
class _Language:
    anywhere: dict[str, _Trie]
    opening: dict[str, _Trie]
    whole: dict[str, int]
    skipped: frozenset[str]
    common: frozenset[str]


_DATA = Path(__file__).parent / "data"
_EDGES = "\"'“”‘’()[]{}<>*_~,.;:!?…-`|=+#"
_RARE_AT_MOST = 16
_QUESTION = Form.MARK | Form.OPENS_AS_QUESTION | Form.REQUEST | Form.AGAIN


def languages() -> tuple[str, ...]:
    """The languages whose asks can be read."""
    return tuple(sorted(path.stem.removeprefix("reading_") for path in _DATA.glob("reading_*.json")))


def read(text: str, language: str = "en") -> Reading:  # noqa: C901
    """The form of a message, from its plain text without mentions. Never fails, whatever the text."""
    rules = _language(language)
    form = 0
    if "```" in text or "`" in text:
        text, form = _without_code(text), Form.CODE
    spans = text.lower().split()
    if not spans:
        return Reading(int(form), 0, ())
    if spans[0] == "/me":
        form |= Form.ACTION
        del spans[0]
    elif text[0] in "!/":
        form |= Form.COMMAND
    words: list[str] = []
    rare: list[str] = []
    common = rules.common
    marks = 0
    for span in spans:
        if span[-1].isalnum():
            word = span if span[0].isalnum() else span.lstrip(_EDGES)
        else:
            if "?" in span:
                marks += 1
            word = span.strip(_EDGES)
        if "://" in span:
            form |= Form.LINK
            marks -= span[-1] == "?"
            word = "://"
        if word:
            words.append(word)
            if word not in common and len(word) > 2:
                rare.append(word)
    form |= _phrases(words, rules)
    if marks:
        form |= Form.MARK
    return Reading(int(_settled(form, words, rules, text)), len(words), tuple(dict.fromkeys(rare[:_RARE_AT_MOST])))


def _phrases(words: list[str], rules: _Language) -> int:
    form = 0
    anywhere = rules.anywhere
    for index, word in enumerate(words):
        if (trie := anywhere.get(word)) is not None:
            form |= _longest(trie, words, index)
    first = 0
    last = len(words) - 1
    while first < last and words[first] in rules.skipped:
        first += 1
    if words and (trie := rules.opening.get(words[first])) is not None:
        form |= _longest(trie, words, first)
    return form


def _longest(trie: _Trie, words: list[str], index: int) -> int:
    form = trie.form
    after = trie.after
    while after and index + 1 < len(words):
        index += 1
        following = after.get(words[index])
        if following is None:
            break
        form |= following.form
        after = following.after
    return form


def _settled(form: int, words: list[str], rules: _Language, text: str) -> int:
    """Weigh the signs against one another: a thanks in advance closes nothing, an “ok?” asks nothing."""
    if len(words) < 6:
        form |= rules.whole.get(" ".join(words), 0)
    if form & Form.OPENS_AS_QUESTION and len(words) < 3 and not form & Form.MARK:
        form &= ~Form.OPENS_AS_QUESTION
    asks = form & _QUESTION and not form & (Form.RHETORICAL | Form.COMMAND | Form.FOR_INFORMATION)
    if asks and words and (text.count("?") or not form & Form.LAUGHS):
        form |= Form.ASKS
        form &= ~(Form.SOLVED | Form.NEVER_MIND)
        if not form & Form.POINTS_BACK:
            form &= ~Form.THANKS
    return form


def _without_code(text: str) -> str:
    """Code says nothing about the person: “`a ? b : c`” asks nobody."""
    for fence in ("```", "`"):
        parts = text.split(fence)
        if len(parts) > 2:
            kept = parts[::2] if len(parts) % 2 else [*parts[:-1:2], parts[-1]]
            text = " ".join(kept)
    return text


@functools.cache
def _language(language: str) -> _Language:
    spoken = language.partition("-")[0]
    known = spoken if spoken in languages() else "en"
    raw = json.loads((_DATA / f"reading_{known}.json").read_text(encoding="utf-8"))
    whole: dict[str, int] = {}
    for name, phrases in raw["whole"].items():
        for phrase in phrases:
            whole[phrase] = whole.get(phrase, 0) | int(Form[name.upper()])
    return _Language(
        anywhere=_tries(raw["anywhere"]),
        opening=_tries(raw["opening"]),
        whole=whole,
        skipped=frozenset(raw["skipped"]),
        common=frozenset(raw["common"].split()),
    )


def _tries(section: dict[str, list[str]]) -> dict[str, _Trie]:
    forms: dict[tuple[str, ...], int] = {}
    for name, phrases in section.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            forms[words] = forms.get(words, 0) | int(Form[name.upper()])
    return _branches(forms)


def _branches(forms: dict[tuple[str, ...], int]) -> dict[str, _Trie]:
    heads: dict[str, dict[tuple[str, ...], int]] = {}
    for words, form in forms.items():
        heads.setdefault(words[0], {})[words[1:]] = form
    return {head: _Trie(form=rest.pop((), 0), after=_branches(rest)) for head, rest in heads.items()}
