"""One page of a list: how long, and from where."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from service.api.operations import LIMIT, Call
from service.errors import ProblemKind, refused

T = TypeVar("T")


def limit(call: Call) -> int:
    """How many a page may hold."""
    asked = call.query.get(LIMIT.name)
    if asked is None:
        return int(LIMIT.schema["default"])
    if not asked.isascii() or not asked.isdecimal() or len(asked) > 3 or not 1 <= int(asked) <= LIMIT.schema["maximum"]:
        raise refused(ProblemKind.UNKNOWN_VALUE, "limit")
    return int(asked)


def of(call: Call, everything: Sequence[T], key: Callable[[T], str]) -> tuple[Sequence[T], str | None]:
    """The page of a short list that is asked for, in the order of its random ids, and the next one's cursor."""
    after = call.query.get("cursor")
    in_order = sorted(everything, key=key)
    if after is not None:
        if len(after) != 16 or not after.isalnum():
            raise refused(ProblemKind.UNKNOWN_VALUE, "cursor")
        in_order = [one for one in in_order if key(one) > after]
    most = limit(call)
    return in_order[:most], key(in_order[most - 1]) if len(in_order) > most else None
