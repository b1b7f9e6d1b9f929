"""What an operation of the API is: its name, who may ask for it, what it takes and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec import Struct

from service.db import Session
from service.people.acts import Act

COMMON = (401, 403, 422, 429, 503)
"""What any operation may answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an operation, by a token of one workspace, inside one transaction."""

    db: Session
    workspace: str
    token: str
    """The id of the token, never the token."""
    now: datetime
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    raw: bytes = b""
    key: str | None = None
    """What the tool calls this request, so that asking again does nothing twice."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the query."""

    name: str
    schema: Mapping[str, Any]
    said: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a tool may ask for: `<noun>.<verb>`."""

    id: str
    method: str
    path: str
    """Under /api/v1, with the names of ids in braces."""
    act: Act
    """What the token has to be allowed."""
    said: str
    answer: Callable[[Call], Struct | None]
    status: int = 200
    gives: type[Struct] | None = None
    takes: type[Struct] | None = None
    query: tuple[Parameter, ...] = ()
    repeats: bool = False
    """Whether it takes an Idempotency-Key."""
    problems: frozenset[int] = field(default_factory=frozenset)

    @property
    def refusals(self) -> tuple[int, ...]:
        """Every way in which it may be declined."""
        of_body = (400, 413, 415) if self.takes is not None else ()
        of_path = (404,) if "{" in self.path else ()
        return tuple(sorted({*COMMON, *of_body, *of_path, *self.problems}))


CURSOR = Parameter("cursor", {"type": "string", "minLength": 1, "maxLength": 64}, "The `next` of the page before.")
LIMIT = Parameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}, "How many to give at the most."
)
PAGING = (CURSOR, LIMIT)
