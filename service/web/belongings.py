"""What is kept about a member, as they can read it: names for ids, days for moments, and nothing that means nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from service.suggestions import deck
from service.web.here import Here
from service.wording import belongings as words
from service.wording import boundaries, cards, kept_values, settings

MACHINERY: Final = frozenset(
    {
        *("id", "reference", "token", "place_id", "channel", "ts", "thread", "kept", "told", "about", "subject"),
        *("appreciation_id", "calendar_uid", "closed_in", "effort_id", "identity_id", "occasion_id", "session_id"),
    }
)
"""What is in the file, and tells a reader nothing."""

WHEN: Final = re.compile(
    r"(?P<moment>\d{4}-\d\d-\d\dT\S+)|(?P<day>\d{4}-\d\d-\d\d)|(?P<hour>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Everything of one kind."""

    title: str
    count: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def parts(here: Here, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Part]:
    """Everything that is kept, kind by kind."""
    return [
        Part(
            words.kind(here.voice, name),
            settings.kept_count(here.voice, len(rows)),
            tuple(row for row in (_row(here, name, row) for row in rows) if row),
        )
        for name, rows in found.items()
    ]


def _row(here: Here, kind: str, row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a row says besides that it is about them, which goes without saying here."""
    about = {name: value for name, value in row.items() if name not in MACHINERY and value != here.me.id}
    said = ((name, _said(here, f"{kind}.{name}", value)) for name, value in about.items())
    return tuple((words.label(here.voice, name), value) for name, value in said if value)


def _said(here: Here, field: str, value: object) -> str:
    """What stands in a field, in words."""
    if field in OF_THEIR_OWN and value is not None:
        return OF_THEIR_OWN[field](here, value)
    listed = kept_values.value(here.voice, field, value) if isinstance(value, str) else None
    return _value(here, value) if listed is None else listed


def _card(here: Here, card_id: str) -> str:
    found = deck.card(here.voice.register, card_id)
    return cards.card(here.voice, found).act if found is not None else card_id


OF_THEIR_OWN: Final[Mapping[str, Callable[[Here, Any], str]]] = {
    "boundary.days": lambda here, days: ", ".join(here.voice.weekday(int(one)) for one in days),
    "digest_reader.weekday": lambda here, weekday: here.voice.weekday(weekday),
    "drawn.card": _card,
    "effort.repeats": lambda here, _earlier: words.yes_or_no(here.voice, value=True),
    "member.courier": lambda here, courier: boundaries.courier_named(here.voice, courier),
    "nudge.courier": lambda here, courier: boundaries.courier_named(here.voice, courier),
    "occasion.month": lambda here, month: here.voice.month(date(2000, month, 1), short=True),
}
"""Fields that are read in a way of their own."""


def _value(here: Here, value: object) -> str:
    """One value in words; nothing where there is nothing."""
    match value:
        case None | "" | [] | {}:
            return ""
        case bool():
            return words.yes_or_no(here.voice, value)
        case str() if value in here.members:
            return here.name(value)
        case str() if value in {circle.id for circle in here.circles}:
            return next(circle.name for circle in here.circles if circle.id == value)
        case str():
            return _when(here, value)
        case dict():
            return ", ".join(filter(None, (_value(here, one) for one in value.values())))
        case list():
            return ", ".join(filter(None, (_value(here, one) for one in value)))
        case _:
            return str(value)


def _when(here: Here, value: str) -> str:
    """A moment, a day or an hour in words; anything else as it is."""
    found = WHEN.fullmatch(value)
    try:
        match found and found.lastgroup:
            case "moment":
                at = datetime.fromisoformat(value)
                there = (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).astimezone(here.boundary.tz)
                return words.moment(here.voice, here.day(there), here.voice.clock(there))
            case "day":
                return here.day(date.fromisoformat(value))
            case "hour":
                return here.voice.clock(time.fromisoformat(value))
            case _:
                return value
    except ValueError:
        return value
