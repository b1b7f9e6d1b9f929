"""What a turn looks like to the linker: a few kinds made of the form bits, and steps made of amounts."""

import functools
from bisect import bisect_right

from service.asks.reading import Form
from service.asks.windows import Turn

PARENT_KINDS = 12
REPLY_KINDS = 15
SIZES = 5
_SHORT = 2
_IS_SHORT = -1
_ASKS_EVERYBODY = -2
_ASKS_ALL = int(Form.ASKS | Form.TO_ALL)
_SIZE_STEPS = (2, 4, 8, 15)

# The last that fits wins, so the telling ones come last.
_PARENT = (
    (int(Form.PROBLEM), 1),
    (int(Form.ADVISES), 2),
    (_IS_SHORT, 3),
    (int(Form.AGREES | Form.DENIES), 4),
    (int(Form.THANKS | Form.SOLVED | Form.NEVER_MIND), 5),
    (int(Form.LAUGHS), 6),
    (int(Form.MARK | Form.OPENS_AS_QUESTION | Form.REQUEST), 7),
    (int(Form.ASKS), 8),
    (_ASKS_EVERYBODY, 9),
    (int(Form.GREETING), 10),
    (int(Form.BOT), 11),
)
_REPLY = (
    (int(Form.SPEAKS_OF_ME), 1),
    (int(Form.POINTS_BACK), 2),
    (int(Form.ADVISES), 3),
    (int(Form.CARRIES_ON), 4),
    (_IS_SHORT, 5),
    (int(Form.AGREES), 6),
    (int(Form.DENIES), 7),
    (int(Form.LAUGHS), 8),
    (int(Form.ASKS), 9),
    (_ASKS_EVERYBODY, 10),
    (int(Form.THANKS | Form.SOLVED | Form.NEVER_MIND), 11),
    (int(Form.GREETING), 12),
    (int(Form.AGAIN), 13),
    (int(Form.BOT), 14),
)


def as_parent(turn: Turn) -> int:
    """Its kind as something that others reply to."""
    return _as_parent(turn.form, turn.length <= _SHORT)


def as_reply(turn: Turn) -> int:
    """Its kind as a reply."""
    return _as_reply(turn.form, turn.length <= _SHORT)


def size(length: int) -> int:
    """One of five steps of length in words."""
    return bisect_right(_SIZE_STEPS, length)


@functools.lru_cache(maxsize=4096)
def _as_parent(form: int, short: bool) -> int:  # noqa: FBT001
    return _kind(_PARENT, form, short=short)


@functools.lru_cache(maxsize=4096)
def _as_reply(form: int, short: bool) -> int:  # noqa: FBT001
    return _kind(_REPLY, form, short=short)


def _kind(table: tuple[tuple[int, int], ...], form: int, *, short: bool) -> int:
    for bits, kind in reversed(table):
        if bits == _IS_SHORT:
            fits = short
        elif bits == _ASKS_EVERYBODY:
            fits = form & _ASKS_ALL == _ASKS_ALL
        else:
            fits = bool(form & bits)
        if fits:
            return kind
    return 0
