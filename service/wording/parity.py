"""What texts are held to side by side: nothing missing, nothing stale, the same blanks, no echoes."""

from collections.abc import Iterator
from itertools import combinations

from service.wording import catalogues, editions, reading, word_lists
from service.wording.editions import Entry
from service.wording.lint import Finding, Rule
from service.wording.voice import SLOT, Voice, slots_of

_ECHO = 0.8
_SHORT = 4


def findings(locale: str) -> Iterator[Finding]:
    """What is missing, stale, different in its blanks, an echo, or in the wrong address."""
    found = editions.entries(locale)
    yield from _beside_source(locale, found)
    yield from _echoes(locale, found)
    yield from _address(locale)


def _beside_source(locale: str, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    for entry in entries:
        if entry.words is None:
            yield Finding(Rule.PARITY, locale, entry.key, "is not written yet", entry.source[0])
            continue
        declared = frozenset[str]().union(*map(slots_of, entry.source))
        if any(slots_of(form) - declared for form in entry.words) or slots_of(entry.words[-1]) != declared:
            yield Finding(Rule.PARITY, locale, entry.key, f"holds other blanks than {sorted(declared)}")
        if len(entry.source) > 1 and len(entry.words) != _forms(locale):
            yield Finding(Rule.PARITY, locale, entry.key, f"has {len(entry.words)} forms for its numbers")
        if len(entry.source) == 1 and len(entry.words) != 1:
            yield Finding(Rule.PARITY, locale, entry.key, "counts nothing, and has several forms")
    for source in editions.stale(locale):
        yield Finding(Rule.PARITY, locale, "-", "its English source is gone", source)


def _forms(locale: str) -> int:
    if locale == catalogues.SOURCE:
        return 2
    plural = catalogues.catalogue(locale).plural
    return len({plural(count) for count in range(200)})


def _echoes(locale: str, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    alike: dict[tuple[str, str, str], list[tuple[Entry, frozenset[str]]]] = {}
    for entry in entries:
        if entry.said is not None and entry.words is not None:
            said = frozenset(word.lower() for word in reading.words(SLOT.sub("", entry.words[0])))
            if len(said) >= _SHORT:
                shape = (entry.said.form, entry.said.register, entry.said.part)
                alike.setdefault(shape, []).append((entry, said))
    for pairs in alike.values():
        for (one, these), (other, those) in combinations(pairs, 2):
            if len(these & those) / len(these | those) > _ECHO:
                yield Finding(Rule.PARITY, locale, one.key, f"echoes {other.key}")


def _address(locale: str) -> Iterator[Finding]:
    if locale == catalogues.SOURCE:
        return
    lists = word_lists.lists(editions.language_of(locale))
    formal = editions.is_formal(locale)
    wrong = lists.informal if formal else lists.formal
    for voice in editions.voices(locale):
        for entry in editions.entries(editions.language_of(locale)):
            for form in _heard(voice, entry):
                found = wrong.search(form)
                if found:
                    why = f"says “{found[0]}”, {'informal' if formal else 'formal'} address"
                    yield Finding(Rule.ADDRESS, locale, entry.key, why, form)


def _heard(voice: Voice, entry: Entry) -> tuple[str, ...]:
    """What this voice would say for an entry; nothing where the entry is for another register."""
    if entry.context not in {None, voice.register.value} or entry.words is None:
        return ()
    if len(entry.source) > 1:
        return tuple(voice.forms(entry.source[0]))
    return (voice.wording(entry.source[0], context=entry.context),)
