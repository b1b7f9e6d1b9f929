"""Every text about a kind with every value of its blanks, as somebody would receive it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from service.ruptures import Register, Rupture
from service.wording import slots, texts
from service.wording.catalogue import catalogue
from service.wording.texts import Form, Part, Text
from service.wording.voice import Voice

_TODAY = date(2026, 11, 24)
_DAYS = (date(2026, 11, 26), date(2026, 9, 30))
_FREE = "Yes, by noon."
"""Stands for the writer's own words."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole note, card or line: its parts in the order they are read."""

    rupture: Rupture
    register: Register
    form: Form
    parts: tuple[Text, ...]

    @property
    def key(self) -> str:
        """Its name in a finding."""
        return f"{self.rupture}.{self.form}.{self.register}"


@cache
def wholes() -> tuple[Whole, ...]:
    """Everything the catalogue can send about a kind."""
    found: dict[tuple[Rupture, Register, Form], list[Text]] = {}
    for said in catalogue():
        found.setdefault((said.rupture, said.register, said.form), []).append(said)
    return tuple(Whole(*whole, parts) for whole, texts in found.items() for parts in _readings(texts))


def _readings(parts: list[Text]) -> Iterator[tuple[Text, ...]]:
    acts = [part for part in parts if part.part is Part.ACT]
    if not acts:
        yield tuple(parts)
    for act in acts:
        yield parts[0], act


def renderings(voice: Voice, whole: Whole) -> Iterator[str]:
    """The whole in this voice, once for every value of every blank."""
    declared = sorted(frozenset[str]().union(*(part.slots for part in whole.parts)))
    for values in product(*(_values(slot, whole.register) for slot in declared)):
        filled: dict[str, Any] = dict(zip(declared, values, strict=True))
        fillings = slots.Fillings(today=_TODAY, **filled)
        yield " ".join(texts.filled(voice, part, fillings) for part in whole.parts)


def _values(slot: str, register: Register) -> tuple[object, ...]:
    if slot == slots.DAY:
        return _DAYS
    if slot in slots.FREE:
        return (_FREE,)
    return slots.choices(slot, register)
