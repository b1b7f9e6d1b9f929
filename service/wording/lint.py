"""The rules a text can be held to by itself: blanks, shape, person, words, length, marks, repair."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.ruptures import Register
from service.wording import reading
from service.wording.slots import CLOSED, DAY, FREE
from service.wording.texts import Form, Part, Text
from service.wording.voice import SLOT, slots_of
from service.wording.word_lists import Lists


class Rule(StrEnum):
    """What a text is held to."""

    SLOTS = "slots"
    SHAPE = "shape"
    PERSON = "person"
    WORDS = "words"
    LENGTH = "length"
    READING = "reading"
    MARKS = "marks"
    REPAIR = "repair"
    PARITY = "parity"
    VOCABULARY = "vocabulary"
    APPROVAL = "approval"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the way of a text."""

    rule: Rule
    locale: str
    key: str
    why: str
    words: str = ""

    def __str__(self) -> str:
        said = f" “{self.words}”" if self.words else ""
        return f"{self.locale} {self.key}: {self.rule}: {self.why}.{said}"


_ALLOWED = {
    Form.NOTE: frozenset({"when", "where", "effort", DAY}),
    Form.CARD: frozenset({"where"}),
    Form.REPAIR: CLOSED | FREE | {DAY},
    Form.READY: frozenset[str](),
    Form.CHAIR: frozenset[str](),
}
_OUTSIDE = re.compile(r"https?:|www\.|[@\d<>*_#]")
_CAPITALS = re.compile(r"\b[^\W\d_a-zà-ÿ]{2,}\b")
_OPENS_WITH_SLOT = re.compile(r"(?:^|[.?!] )\{([a-z_]+)\}")


def marks(words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    """What no text holds: shouting, trailing off, emoji."""
    for mark in ("!", "¡", "...", "…"):
        if mark in words:
            yield Rule.MARKS, f"holds {mark}"
    for found in _CAPITALS.findall(SLOT.sub("", words)):
        if found not in lists.capitals:
            yield Rule.MARKS, f"{found} is in capitals"
    if any(unicodedata.category(mark) == "So" for mark in words):
        yield Rule.MARKS, "holds an emoji"


def system(words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    """What is held against system copy: the word lists from the second group on, and marks."""
    yield from marks(words, lists)
    for found in lists.everywhere.findall(words):
        yield Rule.WORDS, f"says {found}"


def catalogue(said: Text, words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    """What is held against one text about a kind, in the words of one language."""
    yield from _slots(said, words)
    yield from marks(words, lists)
    if ";" in words:
        yield Rule.MARKS, "holds a semicolon"
    yield from _words(said, words, lists)
    yield from _shape(said, words, lists)
    if said.form is Form.REPAIR:
        yield from _repair(words, lists)


def _slots(said: Text, words: str) -> Iterator[tuple[Rule, str]]:
    declared = slots_of(words)
    for slot in sorted(declared - _ALLOWED[said.form]):
        yield Rule.SLOTS, f"{{{slot}}} does not belong in a {said.form}"
    if SLOT.sub("", words).count("{") or SLOT.sub("", words).count("}"):
        yield Rule.SLOTS, "a brace that is no blank"
    if _OUTSIDE.search(SLOT.sub("", words)):
        yield Rule.SLOTS, "an address, a digit or a mark of markup"
    for slot in sorted(declared & FREE):
        if not words.endswith(f"{{{slot}}}"):
            yield Rule.SLOTS, f"{{{slot}}} is the writer's own words and comes last"
    for slot in _OPENS_WITH_SLOT.findall(words):
        if slot not in FREE:
            yield Rule.SLOTS, f"a sentence opens with {{{slot}}}"


def _words(said: Text, words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    held = [lists.catalogue, lists.everywhere]
    if said.form in {Form.NOTE, Form.CARD}:
        held.append(lists.suggestions)
    for pattern in held:
        for found in pattern.findall(words):
            yield Rule.WORDS, f"says {found}"


def _shape(said: Text, words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    match said.form, said.part:
        case ((Form.NOTE | Form.CHAIR), Part.ASK):
            yield from _ask(said, words, lists)
        case Form.CARD, Part.ACT:
            yield from _act(words, lists)
        case ((Form.NOTE | Form.CARD), _):
            yield from _statement(said, _without_quotes(words), lists)


def _ask(said: Text, words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    if not _opens(words, lists.ask):
        yield Rule.SHAPE, f"an ask opens with one of {', '.join(lists.ask)}"
    if words.count("?") != 1:
        yield Rule.SHAPE, "an ask holds one question"
    if said.form is Form.CHAIR and lists.subject.search(words):
        yield Rule.PERSON, "points at somebody"


def _act(words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    if not _opens(words, lists.act):
        yield Rule.SHAPE, f"an act opens with one of {', '.join(lists.act)}"
    if "?" in _without_quotes(words):
        yield Rule.SHAPE, "an act asks nothing"


def _statement(said: Text, words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    if "?" in words:
        yield Rule.SHAPE, "a question outside the ask"
    if lists.subject.search(words):
        yield Rule.PERSON, "says what somebody did to whom it is sent"
    if said.form is Form.CARD:
        yield from _observation(words, lists)


def _observation(words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    if lists.first_person.search(words):
        yield Rule.PERSON, "a card speaks for nobody"
    for found in lists.past.finditer(words):
        told = found[0].lower() not in lists.past_exceptions
        if told and not lists.passive.search(words[: found.start()]):
            yield Rule.SHAPE, f"a card tells of nothing that happened: {found[0]}"
    if not lists.open.search(words):
        yield Rule.SHAPE, "an observation says what can or may be, or what matters"


def _repair(words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    if not lists.repair.search(words):
        yield Rule.REPAIR, "owns nothing and thanks for nothing"
    if not lists.repair_first_person.search(words):
        yield Rule.REPAIR, "is not said in the first person"
    for found in lists.repairs.findall(words):
        yield Rule.REPAIR, f"half an apology, or a demand: {found}"


def length(form: Form, register: Register, words: str, lists: Lists) -> Iterator[tuple[Rule, str]]:
    """What is too long, in the joined and filled text of one form."""
    child = register is Register.CHILD
    most = lists.lengths.get(f"child_{form}" if child else form, lists.lengths[form])
    if len(words) > most:
        yield Rule.LENGTH, f"{len(words)} characters, {most} at the most"
    found = reading.sentences(words)
    if len(found) > lists.lengths["sentences"]:
        yield Rule.LENGTH, f"{len(found)} sentences"
    longest = lists.lengths["child_sentence" if child else "sentence"]
    for sentence in found:
        if len(reading.words(sentence)) > longest:
            yield Rule.LENGTH, f"a sentence of {len(reading.words(sentence))} words"


def _opens(words: str, openers: tuple[str, ...]) -> bool:
    return any(re.match(rf"{re.escape(opener)}\b", words.lstrip("¿")) for opener in openers)


def _without_quotes(words: str) -> str:
    return re.sub(r"[“«„][^”»“]*[”»“]", "", words)
