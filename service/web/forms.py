"""What somebody typed: kept when a form is refused, with what is in the way beside each field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Final, TypeVar

from flask import g, request

from service.errors import ProblemKind, Refused, refused
from service.web.pieces import Fault
from service.wording import refusals
from service.wording.voice import Voice

E = TypeVar("E", bound=StrEnum)
PROOF: Final = "csrf_token"
"""The field by which a form shows that it is ours."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form: as it begins, or as it was sent."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def one(self, name: str, default: str = "") -> str:
        """What stands in a field."""
        return next(iter(self.values.get(name, ())), default)

    def all(self, name: str) -> list[str]:
        """Everything chosen under one name."""
        return list(self.values.get(name, ()))

    def error(self, name: str) -> str | None:
        """What is in the way at a field."""
        return next((fault.text for fault in self.faults if fault.id == name), None)

    def declined(self, voice: Voice, problems: Refused) -> "Typed":
        """The same, with what is in the way of it; a problem belongs to the field it names, where the form has it."""
        faults = tuple(
            Fault(refusals.sentence(voice, problem), problem.at if problem.at in self.values else None)
            for problem in problems.problems
        )
        return Typed(self.values, faults)

    def faulty(self, name: str, text: str) -> "Typed":
        """The same, with something in the way at one field."""
        return Typed(self.values, (*self.faults, Fault(text, name)))


def begun(**values: str | Iterable[str]) -> Typed:
    """A form as it begins: empty, or with what was typed before a fresh sign-in (see `service.web.unsent`)."""
    begins = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
    unsent: Mapping[str, list[str]] = g.get("unsent", {})
    return Typed({name: tuple(_clean(one) for one in unsent.get(name, first)) for name, first in begins.items()})


def sent(*fields: str) -> Typed:
    """A form as it was sent: these fields and no others."""
    return Typed({name: tuple(_clean(value) for value in request.form.getlist(name)) for name in fields})


def asked(*fields: str) -> Typed:
    """What the address of a page holds, for forms that begin filled in."""
    return Typed({name: tuple(_clean(value) for value in request.args.getlist(name)) for name in fields})


def _clean(value: str) -> str:
    """As browsers send it, without what no text can hold."""
    return value.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()


def choice(kind: type[E], value: str, at: str) -> E:
    """One of a closed list."""
    try:
        return kind(value)
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE, at) from None


def day(value: str, at: str) -> date:
    """A day, as a date field sends it."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise refused(ProblemKind.UNKNOWN_VALUE if value else ProblemKind.MISSING, at) from None


def clock(value: str, at: str) -> time:
    """A time of day, as a time field sends it."""
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise refused(ProblemKind.MISSING, at) from None


def number(value: str, at: str) -> int:
    """A small whole number."""
    if not (value.isascii() and value.isdigit() and len(value) < 4):
        raise refused(ProblemKind.UNKNOWN_VALUE, at)
    return int(value)
