"""The gate every text passes before it ships: rules, parity, vocabulary, approval."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.ruptures import Register, Rupture
from service.wording import (
    approvals,
    catalogues,
    editions,
    extraction,
    lint,
    parity,
    reading,
    rendering,
    slots,
    word_lists,
)
from service.wording.approvals import Approval
from service.wording.editions import Entry
from service.wording.lint import Finding, Rule
from service.wording.voice import SLOT, Voice

VOCABULARY = Path(__file__).parent / "vocabulary"


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval changed."""

    new: tuple[str, ...]
    """What is approved from now on."""
    gone: tuple[str, ...]
    """What was approved and is said no more."""
    held_back: tuple[Finding, ...]
    """What keeps other texts from being approved."""


def check(locales: Iterable[str] | None = None) -> list[Finding]:
    """Everything in the way of what we say today, in these editions or in all of them."""
    found = [Finding(Rule.PARITY, "en", where, "is glued from pieces") for where in extraction.glued()]
    for locale in editions.locales() if locales is None else locales:
        found += lint_of(locale)
        found += vocabulary_of(locale)
        found += _unapproved(locale)
    return found


def lint_of(locale: str) -> list[Finding]:
    """What an edition itself does wrong, approved or not."""
    found = [finding for entry in editions.entries(locale) for finding in _entry(locale, entry)]
    found += parity.findings(locale)
    for voice in editions.voices(locale):
        found += _wholes(locale, voice)
    return list(dict.fromkeys(found))


def _entry(locale: str, entry: Entry) -> Iterator[Finding]:
    lists = word_lists.lists(editions.language_of(locale))
    for words in entry.words or ():
        held = lint.system(words, lists) if entry.said is None else lint.catalogue(entry.said, words, lists)
        for rule, why in held:
            yield Finding(rule, locale, entry.key, why, words)


def _wholes(locale: str, voice: Voice) -> Iterator[Finding]:
    lists = word_lists.lists(editions.language_of(locale))
    spoken = [whole for whole in rendering.wholes() if whole.register is voice.register]
    for whole in spoken:
        seen: dict[tuple[Rule, str], str] = {}
        for words in rendering.renderings(voice, whole):
            held = [*lint.length(whole.form, whole.register, words, lists), *lint.system(words, lists)]
            for fault in held:
                seen.setdefault(fault, words)
        for (rule, why), words in seen.items():
            yield Finding(rule, locale, whole.key, why, words)
    most = lists.child_most if voice.register is Register.CHILD else lists.most
    for rupture in Rupture:
        joined = " ".join(next(rendering.renderings(voice, whole)) for whole in spoken if whole.rupture is rupture)
        hardness = reading.hardness(lists.formula, joined)
        if hardness > most:
            key = f"{rupture}.{voice.register}"
            yield Finding(Rule.READING, locale, key, f"reads at {hardness:.1f}, {most:g} at the most")


def words_of(locale: str) -> frozenset[str]:
    """The words an edition uses in what it says about kinds, in lower case."""
    said = [entry.words[0] for entry in editions.entries(locale) if entry.said and entry.words]
    said += [
        slots.phrase(voice, value)
        for voice in editions.voices(locale)
        for slot in sorted(slots.CLOSED)
        for value in slots.choices(slot, voice.register)
    ]
    return frozenset(word.lower() for text in said for word in reading.words(SLOT.sub(" ", text)))


def _vocabulary(locale: str) -> Path:
    return VOCABULARY / f"{editions.language_of(locale)}.txt"


def _known(locale: str) -> frozenset[str]:
    path = _vocabulary(locale)
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


def new_words(locale: str, words: str) -> frozenset[str]:
    """The words of a text that its language does not use yet."""
    said = reading.words(SLOT.sub(" ", words))
    return frozenset(word.lower() for word in said) - _known(locale)


def vocabulary_of(locale: str) -> list[Finding]:
    """Words nobody has looked at yet: they come in a commit of their own."""
    new = sorted(words_of(locale) - _known(locale))
    return [Finding(Rule.VOCABULARY, locale, word, "is a new word") for word in new]


def _wanted(locale: str) -> dict[Approval, Entry]:
    return {
        Approval(entry.key, approvals.digest(words)): entry
        for entry in editions.entries(locale)
        for words in entry.words or ()
    }


def _unapproved(locale: str) -> Iterator[Finding]:
    wanted, held = _wanted(locale), approvals.read(locale)
    for one, entry in wanted.items():
        if one not in held:
            words = " / ".join(entry.words or ())
            yield Finding(Rule.APPROVAL, locale, one.key, "nobody has approved these words", words)
    for one in sorted(held - wanted.keys()):
        yield Finding(Rule.APPROVAL, locale, one.key, "an approval for words that are gone")


def approve(locale: str = catalogues.SOURCE) -> Approved:
    """Approve the texts of an edition as they stand, save those a rule holds back.

    Read each as somebody who receives it on a bad day first; the commit says why it may go out.
    """
    held_back = [*lint_of(locale), *vocabulary_of(locale)]
    stopped = tuple(f"{finding.key}." for finding in held_back)
    before = approvals.read(locale)
    after = {
        one
        for one, entry in _wanted(locale).items()
        if one in before or not (f"{entry.key}.".startswith(stopped) or _has_new_words(locale, entry))
    }
    approvals.write(locale, after)
    return Approved(
        new=tuple(sorted({one.key for one in after - before})),
        gone=tuple(sorted({one.key for one in before - after})),
        held_back=tuple(held_back),
    )


def _has_new_words(locale: str, entry: Entry) -> bool:
    return entry.said is not None and bool(new_words(locale, " ".join(entry.words or ())))


def approve_words(language: str = catalogues.SOURCE) -> tuple[str, ...]:
    """Add the new words of a language to those in use, and say which; they come in a commit of their own."""
    known = _known(language)
    used = frozenset[str]().union(
        *(words_of(locale) for locale in editions.locales() if editions.language_of(locale) == language)
    )
    VOCABULARY.mkdir(exist_ok=True)
    _vocabulary(language).write_text("".join(f"{word}\n" for word in sorted(known | used)), encoding="utf-8")
    return tuple(sorted(used - known))
