"""A day of an IRC log as messages: who, when, what, whom they name."""

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

BOTS = frozenset({"ubotu", "ubottu", "ubot2", "ubot3", "ubot5", "lubotu1", "lubotu3", "meetingology", "supybot"})
_SAID = re.compile(r"\[(\d\d):(\d\d)\] <([^>]+)> ?(.*)")
_ACTED = re.compile(r"\[(\d\d):(\d\d)\] +\* (\S+) ?(.*)")
_SYSTEM = re.compile(r"(?:\[(\d\d):(\d\d)\] )?=== (\S+) ?(.*)")
_RENAMED = re.compile(r"is now known as (\S+)")
_CONTROL = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|[\x00-\x1f\x7f]")
_EDGES = "@:,;.!?()[]{}<>\"'"
# A nickname that is also a word names somebody only at the beginning, before a colon or comma.
_ORDINARY_FROM = 3
_SHORTEST_NICKNAME = 3


@dataclass(slots=True)
class Line:
    """One line of a log; `minute` counts from midnight of the first line's day."""

    user: str
    text: str
    minute: int
    system: bool = False
    mentions: list[str] = field(default_factory=list)

    @property
    def bot(self) -> bool:
        name = self.user.lower()
        return name in BOTS or name.startswith("floodbot")


def read(lines: Iterable[str]) -> list[Line]:
    """Every line of a log in order, with one stable name a person and the people it names."""
    found: list[Line] = []
    names: dict[str, str] = {}
    minute = day = 0
    for raw in lines:
        line, clock, renamed = _line(raw.rstrip("\n"))
        if clock is not None:
            if clock + day < minute - 12 * 60:
                day += 24 * 60
            minute = max(minute, clock + day)
        line.minute = minute
        line.user = names.setdefault(line.user, line.user)
        if renamed:
            names[renamed] = line.user
        found.append(line)
    _resolve_mentions(found, names)
    return found


def moments(found: Sequence[Line], day: str) -> list[float]:
    """Seconds since 1970 of each line: the lines of one minute are spread evenly over it. `day` is YYYY-MM-DD."""
    year, month, date = map(int, day.split("-"))
    midnight = calendar.timegm((year, month, date, 0, 0, 0))
    together = Counter(line.minute for line in found)
    seen: Counter[int] = Counter()
    ats = []
    for line in found:
        ats.append(round(midnight + 60 * line.minute + 60 * seen[line.minute] / together[line.minute], 3))
        seen[line.minute] += 1
    return ats


def _line(raw: str) -> tuple[Line, int | None, str | None]:
    for pattern, begins in ((_SAID, ""), (_ACTED, "/me ")):
        if match := pattern.match(raw):
            hour, minute, user, text = match.groups()
            return Line(user, begins + _CONTROL.sub("", text), 0), 60 * int(hour) + int(minute), None
    if match := _SYSTEM.match(raw):
        hour, minute, user, text = match.groups()
        renamed = _RENAMED.search(text)
        clock = 60 * int(hour) + int(minute) if hour else None
        return Line(user, _CONTROL.sub("", text), 0, system=True), clock, renamed[1] if renamed else None
    return Line("", _CONTROL.sub("", raw), 0, system=True), None, None


def _resolve_mentions(found: Sequence[Line], names: dict[str, str]) -> None:
    people = {name.lower(): person for name, person in names.items() if len(name) >= _SHORTEST_NICKNAME}
    words = Counter(
        word for line in found if not line.system for word in {w.strip(_EDGES).lower() for w in line.text.split()[1:]}
    )
    opened = Counter(
        line.text.split()[0].rstrip(":,").lower()
        for line in found
        if not line.system and line.text.split() and line.text.split()[0][-1] in ":,"
    )
    for line in found:
        if line.system:
            continue
        for place, word in enumerate(line.text.split()):
            name = word.strip(_EDGES).lower()
            person = people.get(name)
            if person is None or person == line.user or person in line.mentions:
                continue
            ordinary = words[name] - opened[name] >= _ORDINARY_FROM and not opened[name]
            if (place == 0 and word[-1] in ":,") or not ordinary:
                line.mentions.append(person)
