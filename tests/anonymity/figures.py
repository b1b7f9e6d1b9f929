"""Write down what the long profile of the proofs found: `make figures` runs it and fills docs/anonymity-figures.md.

Each argument is a report of a run, or of a part of one, as pytest writes it with --junitxml. Of each test the newest
outcome counts, and each cell says on which days its tests ran and how many of those there are did not.
"""

import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import figures as reports

PAGE = Path(__file__).parents[2] / "docs" / "anonymity-figures.md"
PROOFS = {
    "test_bytes": "byte scan, web",
    "test_slack": "byte scan, Slack",
    "test_processes": "byte scan, real processes",
    "test_two_worlds": "two worlds, web and Slack",
    "test_leaks": "seeded leaks",
    "test_moments": "moments of one member",
    "test_sizes": "lengths of answers",
    "test_backups": "backups",
    "test_doctor": "what doctor says of a database's log",
    "test_statistics": "the draw, simulated",
}
ANY = "either"
SUITES = ("tests/anonymity", "tests/unit/suggestions/test_statistics.py")
Test = tuple[str, str]
"""A test by its module and its name."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a test ended, and when its run began."""

    held: bool
    began: str


@dataclass
class Tally:
    """What became of the tests of one proof on one database."""

    held: int = 0
    failed: list[str] = field(default_factory=list)
    waiting: int = 0
    days: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        if not self.days:
            return ""
        said = [f"{self.held} held"]
        said += [f"{len(self.failed)} failed"] if self.failed else []
        said += [f"{self.waiting} not run"] if self.waiting else []
        return ", ".join([*said, " to ".join(sorted({min(self.days), max(self.days)}))])


def read(paths: Iterable[Path]) -> tuple[dict[Test, Outcome], dict[str, str]]:
    """How each test ended last, and the figures that tests noted."""
    runs = reports.read(paths)
    ended = {(one.module.rsplit(".", 1)[-1], one.name): Outcome(one.held, one.began) for one in runs.found.values()}
    return ended, runs.figures


def there() -> list[Test]:
    """Every test of the long profile, as pytest counts them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", "-m", "soak or not soak", *SUITES]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line.partition("::") for line in said.splitlines() if "::" in line]
    return [(Path(path).stem, name) for path, _, name in lines]


def tallied(tests: Iterable[Test], outcomes: Mapping[Test, Outcome]) -> dict[Test, Tally]:
    """The tallies by proof and database. A test that is no longer there counts no longer."""
    tallies: dict[Test, Tally] = defaultdict(Tally)
    for module, name in tests:
        tally = tallies[module, next((one for one in ("sqlite", "postgresql") if one in name), ANY)]
        match outcomes.get((module, name)):
            case None:
                tally.waiting += 1
                continue
            case Outcome(held=True):
                tally.held += 1
            case _:
                tally.failed.append(name)
        tally.days.add(outcomes[module, name].began[:10])
    return tallies


def page(tallies: Mapping[Test, Tally], figures: Mapping[str, str]) -> str:
    """The page, for people who would like to know how it stands."""
    lines = [
        "# Unsigned cards: the figures of the last run",
        "",
        "Written by `make figures`, which runs the long profile of `tests/anonymity/` and of the draw, whole or, with",
        "`PART=…`, one part after another; do not edit it. [anonymity.md](anonymity.md) says what each proof is.",
        "",
        f"On {reports.machine()}. Each cell says how many tests held, and on which days they ran.",
        "",
        "| proof | SQLite | PostgreSQL | needs no database |",
        "|---|---|---|---|",
    ]
    for module, title in PROOFS.items():
        row = [_cell(tallies, module, where) for where in ("sqlite", "postgresql", ANY)]
        lines.append(f"| {title} | " + " | ".join(row) + " |")
    failed = sorted(f"{module}: {name}" for (module, _), tally in tallies.items() for name in tally.failed)
    lines += ["", "Failed: " + ("none." if not failed else "; ".join(failed) + "."), ""]
    lines += ["| the draw | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in figures.items()), ""]
    return "\n".join(lines)


def _cell(tallies: Mapping[Test, Tally], module: str, where: str) -> str:
    tally = tallies.get((module, where))
    return "–" if tally is None else str(tally) or "not run"


if __name__ == "__main__":
    outcomes, figures = read(Path(each) for each in sys.argv[1:])
    PAGE.write_text(page(tallied(there(), outcomes), figures))
