"""Whom a turn asks: each person it names who has joined, or everybody."""

from collections.abc import Mapping

from service.asks import priors
from service.asks.priors import Prior
from service.asks.reading import Form
from service.asks.windows import Turn

EVERYBODY = None


def may_ask_everybody(turn: Turn) -> bool:
    """Whether this turn asks everybody where it begins a conversation."""
    return (
        bool(turn.form & Form.ASKS) and not turn.form & Form.BOT and bool(turn.form & Form.TO_ALL or not turn.mentions)
    )


def opens(
    turn: Turn, expected: Prior, members: Mapping[int, str], *, in_thread: bool, starts: bool
) -> tuple[str | None, ...]:
    """Whom this turn asks, of the members by their numbers; None stands for everybody."""
    if not turn.form & Form.ASKS or turn.form & Form.BOT:
        return ()
    named = tuple(members[number] for number in turn.mentions if number in members)
    if named:
        return named if priors.asks(turn.form, expected, named=True) else ()
    is_open = starts and not in_thread and may_ask_everybody(turn)
    if not is_open or turn.author not in members:
        return ()
    return (EVERYBODY,) if priors.asks(turn.form, expected, named=False) else ()
