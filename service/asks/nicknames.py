"""Whom a line of IRC calls, where no markup says so: shortened and misspelt nicknames at its beginning."""

from collections import OrderedDict

_REMEMBERED = 80
_SHORTEST = 3
_SHORTEST_PART = 4
_SHORTEST_MISSPELT = 5
_CALLING = ":,"
_CALLING_SURELY = ":"


class Present:
    """The people who wrote lately in one conversation, by the letters of their names."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, str] = OrderedDict()

    def wrote(self, person: str) -> None:
        """Somebody wrote, and may be called from now on."""
        letters = _letters(person)
        self._names.pop(letters, None)
        self._names[letters] = person
        if len(self._names) > _REMEMBERED:
            self._names.popitem(last=False)

    def called(self, text: str, author: str) -> str | None:
        """The one person whom the first word of a line can only mean, if there is one."""
        first = text.split(maxsplit=1)[0] if text.strip() else ""
        letters = _letters(first)
        if len(letters) < _SHORTEST:
            return None
        if first[-1] not in _CALLING:
            return None
        known = self._names.get(letters)
        if known is not None:
            return known if known != author else None
        if first[-1] != _CALLING_SURELY:
            return None
        found = [person for name, person in self._names.items() if person != author and _alike(name, letters)]
        return found[0] if len(found) == 1 else None


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).lower()


def _alike(name: str, called: str) -> bool:
    if min(len(name), len(called)) < _SHORTEST_PART:
        return False
    if name.startswith(called) or called.startswith(name):
        return True
    return min(len(name), len(called)) >= _SHORTEST_MISSPELT and _one_apart(name, called)


def _one_apart(one: str, other: str) -> bool:
    """Whether a letter more, less, other or moved by one makes one word the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, remains = one[start:], other[start:]
    return (
        rest[1:] == remains[1:]
        or rest[1:] == remains
        or rest == remains[1:]
        or (rest[:2] == remains[1::-1] and rest[2:] == remains[2:])
    )
