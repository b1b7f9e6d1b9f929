"""Everything we say in one language and address, beside its English source."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from service.ruptures import Register
from service.wording import catalogues, extraction
from service.wording.catalogue import catalogue
from service.wording.texts import Text
from service.wording.voice import Voice


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of an edition."""

    key: str
    context: str | None
    source: tuple[str, ...]
    """The English text, or both forms of one that counts."""
    words: tuple[str, ...] | None
    """How it is said; None where it is not written yet."""
    said: Text | None = None
    """What it is for, where it is about a kind; None for system copy."""


def locales() -> Iterator[str]:
    """Every edition: English, then each language and its formal variant."""
    for language in catalogues.languages():
        yield language
        if language != catalogues.SOURCE and catalogues.path(language + catalogues.FORMAL).exists():
            yield language + catalogues.FORMAL


def language_of(locale: str) -> str:
    """The language of an edition."""
    return locale.removesuffix(catalogues.FORMAL)


def is_formal(locale: str) -> bool:
    """Whether an edition holds only what formal address changes."""
    return locale.endswith(catalogues.FORMAL)


def voices(locale: str) -> tuple[Voice, ...]:
    """The voices that speak from an edition; formal address is for work alone."""
    if is_formal(locale):
        return (Voice(language_of(locale), formal=True, register=Register.TEAM),)
    return tuple(Voice(locale, register=register) for register in Register)


@cache
def _source() -> tuple[Entry, ...]:
    texts = (Entry(said.key, said.register.value, (said.english,), None, said) for said in catalogue())
    found = {(one.context, one.source): one for one in texts}
    system = (Entry(one.key, None, one.forms, None) for one in extraction.sentences())
    return *found.values(), *{(one.key, one.source): one for one in system}.values()


def entries(locale: str) -> tuple[Entry, ...]:
    """The texts of an edition: all for a language, and for a formal variant those it holds."""
    if locale == catalogues.SOURCE:
        return tuple(Entry(one.key, one.context, one.source, one.source, one.said) for one in _source())
    texts = catalogues.catalogue(locale).texts
    found = []
    for one in _source():
        words = texts.get((one.context, one.source[0]))
        if words is not None or not is_formal(locale):
            found.append(Entry(one.key, one.context, one.source, words, one.said))
        if one.context is None:
            for register in Register:
                varied = texts.get((register.value, one.source[0]))
                if varied is not None:
                    found.append(Entry(f"{one.key}.{register}", register.value, one.source, varied))
    return tuple(found)


def stale(locale: str) -> Iterator[str]:
    """The texts of an edition whose English source is gone."""
    if locale == catalogues.SOURCE:
        return
    held = {(one.context, one.source[0]) for one in entries(locale)}
    for context, source in catalogues.catalogue(locale).texts:
        if (context, source) not in held:
            yield source
