"""Every text about the fourteen kinds, in one list."""

from collections.abc import Iterator

from service.wording import cards, notes, ready, repair_lines
from service.wording.texts import Text


def catalogue() -> Iterator[Text]:
    """Notes, cards, repair lines, lines to have ready and asks to the chair, in every register."""
    yield from notes.catalogue()
    yield from cards.catalogue()
    yield from repair_lines.catalogue()
    yield from ready.catalogue()
