"""The port through which letters leave: what a postman is handed."""

from dataclasses import dataclass
from typing import Protocol

from service.access.rules import LetterKind
from service.ruptures import Register


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in letter somebody asked for, before anybody looked up whether the address is known here."""

    address: str
    secret: str
    """Of the link, in hexadecimal digits."""
    code: str
    browser: str
    """The hash by which the browser that asked is known."""
    until: float
    """When the link runs out, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter is made of."""

    address: str
    path: str
    """Where its link leads, below our own address."""
    until: float
    """When the link runs out, in seconds since 1970."""
    language: str
    formal: bool
    register: Register
    code: str | None = None
    """What may be typed in place of the link, in the browser that asked for it."""
    name: str | None = None
    """Who invites."""
    circle: str | None = None
    """To which circle."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that is to go out now."""

    id: str
    kind: LetterKind
    words: Words


class Postman(Protocol):
    """Carries letters."""

    def send(self, letter: Ready) -> None:
        """Carry it there, or raise CourierError; the same letter may come twice."""
