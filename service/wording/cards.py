"""Unsigned cards: an observation that is true by chance, and one small act."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.ruptures import Register, Rupture
from service.suggestions.deck import ACTS, Card
from service.wording import slots, texts
from service.wording.card_texts import CARDS
from service.wording.texts import Form, Part, Text
from service.wording.voice import Voice


@dataclass(frozen=True, slots=True)
class Spoken:
    """A card in somebody's language."""

    observation: str
    act: str

    def __str__(self) -> str:
        return f"{self.observation} {self.act}"


def _observation(rupture: Rupture, register: Register) -> Text:
    return Text(rupture, register, Form.CARD, Part.OBSERVE, CARDS[rupture][register][0])


def _act(rupture: Rupture, register: Register, number: int) -> Text:
    return Text(rupture, register, Form.CARD, Part.ACT, CARDS[rupture][register][number], number)


def catalogue() -> Iterator[Text]:
    """Every observation and every act."""
    for rupture in Rupture:
        for register in Register:
            yield _observation(rupture, register)
            for number in range(1, ACTS[register] + 1):
                yield _act(rupture, register, number)


def card(voice: Voice, drawn: Card) -> Spoken:
    """A card in the register of the voice; a child reads a household's card in the words for children."""
    number = min(drawn.act, ACTS[voice.register])
    fillings = slots.Fillings(where=drawn.setting)
    return Spoken(
        texts.spoken(voice, _observation(drawn.rupture, voice.register), fillings),
        texts.spoken(voice, _act(drawn.rupture, voice.register, number), fillings),
    )
