"""What taps teach about a place: how plainly a message must ask there, and how easily an answer is missed. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.asks.reading import Form


class Taught(StrEnum):
    """What a tap on an ask says about how its place was read."""

    NOT_AN_ASK = "not_an_ask"
    """Nothing was asked."""
    ALREADY_ANSWERED = "already_answered"
    """It was asked, and answered before we said that it was open."""
    RIGHTLY_READ = "rightly_read"
    """It was asked, and it was open."""


HALF_LIFE = timedelta(days=60)
"""After this long a tap counts half."""
FULL_VOICE = 3.0
"""So many recent taps make one member's voice whole; more change nothing."""
MOST = 1.5
"""No place is taught more than this, in log-odds: it takes four members of one mind."""
ONE_ALONE = math.log(2)
"""The most that one member alone can teach a place."""
FORGOTTEN_AFTER = HALF_LIFE * 6
"""From then on a tap weighs so little that it is deleted."""

_PLAINNESS = ((Form.REQUEST, 0.9), (Form.MARK, 0.6), (Form.OPENS_AS_QUESTION, 0.6), (Form.AGAIN, 0.3))
_NAMED = 0.7


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member has taught a place in one way; `weight` is the number of taps as it stood at that moment."""

    taught: Taught
    weight: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Prior:
    """What is expected of a place before anything is read, in log-odds from 0 to MOST."""

    asks: float = 0.0
    """How much more plainly than elsewhere a message must ask."""
    answered: float = 0.0
    """How much surer than elsewhere we must be that nobody answered."""


UNTAUGHT = Prior()


def weight(voice: Voice, now: datetime) -> float:
    """How many taps a voice still amounts to."""
    return voice.weight * math.pow(0.5, max(timedelta(), now - voice.at) / HALF_LIFE)


def tapped(before: Voice | None, taught: Taught, now: datetime) -> Voice:
    """A voice after one more tap."""
    return Voice(taught, min(FULL_VOICE, (weight(before, now) if before is not None else 0.0) + 1), now)


def prior(voices: Iterable[Voice], now: datetime) -> Prior:
    """What the voices of a place's members come to, one for each member and thing taught."""
    said = dict.fromkeys(Taught, 0.0)
    for voice in voices:
        said[voice.taught] += min(1.0, weight(voice, now) / FULL_VOICE)
    asked = said[Taught.RIGHTLY_READ] + said[Taught.ALREADY_ANSWERED]
    return Prior(
        asks=_doubt(said[Taught.NOT_AN_ASK], asked),
        answered=_doubt(said[Taught.ALREADY_ANSWERED], said[Taught.RIGHTLY_READ]),
    )


def _doubt(against: float, for_it: float) -> float:
    return min(MOST, max(0.0, math.log((1 + against) / (1 + for_it))))


def plainness(form: int, *, named: bool) -> float:
    """How plainly a message asks, in log-odds above the least that counts; by hand, not learnt."""
    return sum((worth for bit, worth in _PLAINNESS if form & bit), _NAMED if named else 0.0)


def asks(form: int, expected: Prior, *, named: bool) -> bool:
    """Whether a message asks plainly enough for its place."""
    return bool(form & Form.ASKS) and (not expected.asks or plainness(form, named=named) > expected.asks)


def bar(learnt: float, expected: Prior) -> float:
    """The least belief that nobody answered which still counts in a place, from the one that was learnt."""
    if not expected.answered:
        return learnt
    return max(learnt, 1 / (1 + math.exp(-(math.log(learnt / (1 - learnt)) + expected.answered))))
