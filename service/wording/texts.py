"""One text of the catalogue: what it is for, and how it is spoken once it has been approved."""

from dataclasses import dataclass
from enum import StrEnum

from service.ruptures import Register, Rupture
from service.wording import approvals, catalogues, slots
from service.wording.voice import Voice, fill, slots_of


class Form(StrEnum):
    """What a text is."""

    NOTE = "note"
    """Signed: what happened, what it did to me, what I ask."""
    CARD = "card"
    """Unsigned: an observation and a small act."""
    REPAIR = "repair"
    """Signed: to mend what I did."""
    READY = "ready"
    """A line to have ready for the one who is hurt."""
    CHAIR = "chair"
    """An ask to whoever leads a meeting or a table, about a practice, naming nobody."""


class Part(StrEnum):
    """Which part of its form a text is."""

    OBSERVE = "observe"
    IMPACT = "impact"
    ASK = "ask"
    ACT = "act"
    LINE = "line"


class UnapprovedTextError(RuntimeError):
    """A text that nobody approved is not spoken."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English, with what it is for; its register is its context in every other language."""

    rupture: Rupture
    register: Register
    form: Form
    part: Part
    english: str
    number: int = 1
    """Which of several acts, from 1."""

    @property
    def key(self) -> str:
        """Its name in the approvals: "talked_over.card.team.act.2"."""
        named = f"{self.rupture}.{self.form}.{self.register}.{self.part}"
        return f"{named}.{self.number}" if self.part is Part.ACT else named

    @property
    def slots(self) -> frozenset[str]:
        """The blanks it declares."""
        return slots_of(self.english)


NO_FILLINGS = slots.Fillings()


def filled(voice: Voice, said: Text, fillings: slots.Fillings) -> str:
    """The text in this voice, its blanks filled, approved or not: for the gate alone."""
    words = voice.wording(said.english, context=said.register)
    return fill(words, {slot: slots.filled(voice, slot, fillings) for slot in slots_of(words)})


def spoken(voice: Voice, said: Text, fillings: slots.Fillings = NO_FILLINGS) -> str:
    """The text in this voice, its blanks filled; raises `UnapprovedTextError` where its words changed unseen."""
    pseudo = voice.language == catalogues.PSEUDO
    if not approvals.holds(said.english if pseudo else voice.wording(said.english, context=said.register)):
        raise UnapprovedTextError(said.key)
    return filled(voice, said, fillings)
