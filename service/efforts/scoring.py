"""How well the reader of thanks reads: precision, recall and F1 against labelled messages, by their source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.efforts import reading

COLUMNS = ("id", "source", "label", "text")


class NotLabelled(ValueError):  # noqa: N818 - says what is wrong with a file, in a sentence
    """A line that is not a labelled message; the message names the line."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and whether somebody judged that it thanks."""

    source: str
    thanks: bool
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How the reader did on the messages of one source; None where there is nothing to divide by."""

    source: str
    rows: int
    thanks: int
    read: int
    right: int

    @property
    def precision(self) -> float | None:
        """Of what was read as thanks, the share that is."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Of what is thanks, the share that was read so."""
        return self.right / self.thanks if self.thanks else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.read + self.thanks) if self.read + self.thanks else None


def labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """The messages of a table with tabs and the columns id, source, label (0 or 1) and text."""
    for number, line in enumerate(lines, start=1):
        cells = line.rstrip("\r\n").split("\t")
        if number == 1:
            if tuple(cells) != COLUMNS:
                raise NotLabelled(f"Line 1 should name the columns {', '.join(COLUMNS)}, separated by tabs.")
            continue
        if cells == [""]:
            continue
        if len(cells) != len(COLUMNS) or cells[2] not in ("0", "1"):
            raise NotLabelled(f"Line {number} should hold an id, a source, a label 0 or 1, and a text.")
        yield Labelled(cells[1], cells[2] == "1", cells[3])


def score(rows: Iterable[Labelled], language: str = "en") -> tuple[Score, ...]:
    """One score for each source, by name."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        read = reading.thanked(row.text, language) is not None
        count = counts.setdefault(row.source, [0, 0, 0, 0])
        for column, seen in enumerate((True, row.thanks, read, read and row.thanks)):
            count[column] += seen
    return tuple(Score(source, *count) for source, count in sorted(counts.items()))
