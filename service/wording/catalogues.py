"""The translations on disk: one readable file per language and address, read at first use."""

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = "en"
PSEUDO = "en-XA"
"""A made-up language for tests: every text is marked and longer, so that words from elsewhere show."""
FORMAL = "@formal"
DOMAIN = "goldseam"
UNDERWAY = "UNDERWAY"
"""A file of this name in a language's folder says what is still missing."""
FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts of one language and address, by context and English text."""

    texts: Mapping[tuple[str | None, str], tuple[str, ...]]
    plural: Callable[[int], int]
    """Which of the forms a count takes."""


def path(locale: str) -> Path:
    """Where the texts of a locale ("de", "de@formal") stand."""
    return FOLDER / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def languages() -> tuple[str, ...]:
    """The languages we speak, English first; another one is another folder."""
    return SOURCE, *(name for name in _folders() if not is_underway(name))


def underway() -> tuple[str, ...]:
    """Languages that are being written: nobody is spoken to in them yet, and the gate asks nothing of them."""
    return tuple(name for name in _folders() if is_underway(name))


def is_underway(language: str) -> bool:
    """Whether a language's folder says that it is not whole yet."""
    return (FOLDER / language / UNDERWAY).exists()


def _folders() -> list[str]:
    if not FOLDER.exists():
        return []
    return sorted(entry.name for entry in FOLDER.glob("*") if FORMAL not in entry.name and path(entry.name).exists())


@cache
def catalogue(locale: str) -> Catalogue:
    """The finished texts of a locale; those still marked as a draft (fuzzy) or empty are left out."""
    with path(locale).open("rb") as lines:
        read = read_po(lines, locale=locale.removesuffix(FORMAL), domain=DOMAIN)
    texts: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for message in read:
        forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
        source = message.id if isinstance(message.id, str) else message.id[0]
        if source and not message.fuzzy and all(forms):
            texts[message.context, source] = tuple(str(form) for form in forms)
    return Catalogue(texts, gettext.c2py(read.plural_expr))


@cache
def chain(language: str, *, formal: bool) -> tuple[Catalogue, ...]:
    """Where a text is looked for: the formal variant holds only what differs from the informal one."""
    if language in {SOURCE, PSEUDO}:
        return ()
    locales = (language + FORMAL, language) if formal else (language,)
    return tuple(catalogue(locale) for locale in locales if path(locale).exists())
