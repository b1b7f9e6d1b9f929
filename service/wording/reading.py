"""How hard a text is to read: school grades for English, LIX for the others."""

import re

_SENTENCE = re.compile(r"[^.?!:]+[.?!:]*")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]es?|[^aeioudtyl]ed|[aeiouy]l+ed)$")
_LONG = 6


def words(text: str) -> list[str]:
    """The words of a text, as written."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a colon ends one too, since what follows it stands by itself."""
    return [found.strip() for found in _SENTENCE.findall(text) if words(found)]


def syllables(word: str) -> int:
    """The syllables of an English word, counted by its vowels."""
    lower = word.lower()
    counted = len(_VOWELS.findall(lower))
    return max(1, counted - 1 if _SILENT_END.search(lower) and counted > 1 else counted)


def flesch_kincaid(text: str) -> float:
    """The school grade that reads an English text with ease (Kincaid et al., 1975)."""
    said = words(text)
    per_sentence = len(said) / max(1, len(sentences(text)))
    per_word = sum(map(syllables, said)) / max(1, len(said))
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def lix(text: str) -> float:
    """Words a sentence plus the share of words over six letters, in percent (Björnsson, 1968)."""
    said = words(text)
    long = sum(len(word) > _LONG for word in said)
    return len(said) / max(1, len(sentences(text))) + 100 * long / max(1, len(said))


def hardness(formula: str, text: str) -> float:
    """The figure of the formula a language names."""
    return flesch_kincaid(text) if formula == "flesch-kincaid" else lix(text)
