"""What a page or a Slack view says that did not come from the catalogue, seen in the made-up language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from babel.dates import get_day_names, get_month_names

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?")
_NAMED = re.compile(r"<[@#!][^>]*>|<https?:[^|>]*|&\w+;|\b[A-Z]\w+(?:/\w[\w -]*)+|\bGoldseam\b|x{2,}|y{2,}")
"""Names that are alike in every language: of people and channels in Slack, of zones, our own, and made-up words."""
_SPOKEN = frozenset({"title", "placeholder", "aria-label", "alt", "content", "label", "data-confirm"})
_SILENT = frozenset({"script", "style", "code", "pre", "svg", "textarea"})
_LISTS = frozenset({"zone", "holidays", "country", "language"})
"""Names of fields whose choices are named by locale data: zones, countries, languages."""
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_IN_SLACK = frozenset({"text", "fallback", "alt_text", "accessibility_label"})


DAYS = tuple(
    str(name)
    for names in (get_day_names("wide", locale="en_GB"), get_month_names("wide", locale="en_GB"))
    for name in names.values()
)
"""What locale data says in the made-up language."""


def outside(text: str) -> str:
    """A text without what the made-up language put in its brackets, blanks and all."""
    depth, kept = 0, []
    for mark in text:
        depth += mark == "["
        if depth == 0:
            kept.append(mark)
        depth -= mark == "]" and depth > 0
    return "".join(kept)


def untranslated(said: Iterable[str], names: Iterable[str]) -> list[str]:
    """The texts with a word that is neither from the catalogue nor among these names and words of people."""
    known = sorted(names, key=len, reverse=True)
    found = []
    for text in said:
        left = _NAMED.sub(" ", outside(text))
        for name in known:
            left = left.replace(name, " ")
        if _WORD.search(left):
            found.append(" ".join(text.split()))
    return found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.within: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = tag in _SILENT or given.get("translate") == "no" or (tag == "select" and given.get("name") in _LISTS)
        silent = silent or (self.within[-1][1] if self.within else False)
        if tag == "meta" and given.get("name") != "description":
            return
        if not silent:
            spoken = {name for name in _SPOKEN if given.get(name)}
            if tag == "input" and given.get("type") in {"submit", "button"}:
                spoken.add("value")
            self.said += [str(given[name]) for name in sorted(spoken)]
        if tag not in _VOID:
            self.within.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.within:
            if self.within.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.within and self.within[-1][1]):
            self.said.append(data)


def of_page(html: str) -> list[str]:
    """Everything a page says, to the eye or to a screen reader."""
    page = _Page()
    page.feed(html)
    return page.said


def of_view(view: Any) -> Iterator[str]:
    """Everything a Slack view or message says."""
    if isinstance(view, Mapping):
        for name, value in view.items():
            if name in _IN_SLACK and isinstance(value, str):
                yield value
            else:
                yield from of_view(value)
    elif isinstance(view, list | tuple):
        for each in view:
            yield from of_view(each)
