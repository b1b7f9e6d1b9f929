"""What views hand to the macros: the pieces pages are put together from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ButtonKind = Literal["plain", "strong", "quiet", "grave"]
NoticeKind = Literal["good", "plain", "careful", "grave"]


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody as a picker or a card shows them; the key is their id and settles their colour."""

    name: str
    key: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A button: it posts to `action` with what is hidden, or leads to `href`."""

    label: str
    action: str | None = None
    href: str | None = None
    kind: ButtonKind = "plain"
    hidden: Mapping[str, str] = field(default_factory=dict)
    drawing: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The words that open an explanation, and its sentences."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nudge:
    """One nudge as a card; `by` and `to` are joined by a crack, or by gold once it is mended."""

    id: str
    title: str
    acts: tuple[Act, ...]
    lines: tuple[str, ...] = ()
    said: str | None = None
    """Somebody's own words, which our lines never mix with."""
    when: str | None = None
    by: Face | None = None
    to: Face | None = None
    mended: bool = False
    private: str | None = None
    why: Why | None = None
    fewer: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks on the feed: who to whom, and the giver's own words."""

    by: Face
    to: Face
    title: str
    said: str
    when: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What was just done, and how to take it back."""

    text: str
    kind: NoticeKind = "good"
    undo: Act | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several to choose from; `off` shows it without letting it be chosen."""

    value: str
    label: str
    hint: str | None = None
    off: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in the way of a form, and the field it is about."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its share of the whole width (0 to 1), and its value in words."""

    label: str
    share: float
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """One month of a chart: shares of its height (0 to 1), the same as values in words, or why there are none."""

    label: str
    short: str
    shares: tuple[float, ...] = ()
    values: tuple[str, ...] = ()
    silent: str | None = None
