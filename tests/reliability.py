"""Write down what the long profile found: `make soak` runs it and fills docs/reliability.md.

Each argument is a report of a run as pytest writes it with --junitxml; later ones win. A figure of which these runs
say nothing keeps what the page said of it.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests import figures
from tests.figures import Found, Runs

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
BEGINS, ENDS = "<!-- figures -->\n", "<!-- /figures -->\n"
NOT_RUN = "not run yet"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure."""

    title: str
    wanted: str
    tests: str
    """A regular expression of `module::name`."""
    counts_cases: bool = False

    def of(self, found: Found) -> bool:
        """Whether this test belongs to it."""
        return re.search(self.tests, f"{found.module}::{found.name}") is not None


ROWS = (
    Row("kill -9, SQLite, with Redis", "each point", r"test_matrix::test_whoever.*sqlite.* with redis"),
    Row("kill -9, SQLite, without Redis", "each point", r"test_matrix::test_whoever.*sqlite.* with no redis"),
    Row("kill -9, PostgreSQL, with Redis", "each point", r"test_matrix::test_whoever.*postgresql.* with redis"),
    Row("kill -9, PostgreSQL, without Redis", "each point", r"test_matrix::test_whoever.*postgresql.* with no redis"),
    Row("orders in which a chat may be heard", "5,000", r"asks\.test_orders::", counts_cases=True),
    Row(
        "requests of any kind, none answered with a fault of ours",
        "20,000",
        r"web\.test_fuzz::|test_requests::test_nothing_signed|api\.test_document::",
        counts_cases=True,
    ),
    Row("signatures of Slack", "5,000", r"slack\.test_signature::", counts_cases=True),
    Row("words on their way into Slack", "10,000", r"slack\.test_slack_text::", counts_cases=True),
    Row("hostile archives", "30", r"slack_export\.test_hostile::"),
    Row(
        "who may do what: each act, role and owner; each page",
        "all",
        r"people\.test_policy::|web\.test_(policies|doors)::",
    ),
    Row("fifty workers, a thousand nudges", "once each", r"nudges\.test_race::"),
    Row("clocks set forward and back: 40 zones, 5 years", "all", r"people\.test_hours::"),
    Row(
        "backups, restored and upgraded",
        "all",
        r"cli\.test_backups::|database\.test_upgrade::|test_matrix::test_whoever.*(backup|restore)",
    ),
    Row("kept as long as we say", "all", r"clock\.test_retention::"),
    Row("a storm of kills under load", "once", r"kills\.test_storm::"),
)


def line(row: Row, runs: Runs, before: str) -> str:
    """The row of the table for a figure."""
    found = runs.some(row.of)
    if not found:
        return before or f"| {row.title} | {row.wanted} | {NOT_RUN} | |"
    held = figures.tally(found)
    shown = (
        f"{sum(one.cases for one in found):,} cases in {held.held} tests" if row.counts_cases else f"{held.held} held"
    )
    failed = f"; FAILED: {', '.join(sorted(held.failed))}" if held.failed else ""
    return f"| {row.title} | {row.wanted} | {shown}{failed} | {max(one.day for one in found)}, {figures.machine()} |"


def table(runs: Runs, page: str) -> str:
    """All figures, as they stand after these runs."""
    kept = {told.split(" | ", 1)[0].removeprefix("| "): told for told in page.splitlines() if told.startswith("| ")}
    lines = ["| what was tried | wanted | what was found | on |", "|---|---|---|---|"]
    lines += [line(row, runs, kept.get(row.title, "")) for row in ROWS]
    noted = {name: told for name, told in kept.items() if name.startswith("storm, ")}
    noted |= {
        name: f"| {name} | | {value} | {runs.day}, {figures.machine()} |"
        for name, value in runs.figures.items()
        if name.startswith("storm, ")
    }
    return "\n".join([*lines, *noted.values()]) + "\n"


def written(paths: Iterable[Path], page: str) -> str:
    """The page with the figures of these runs in it."""
    before, _, rest = page.partition(BEGINS)
    old, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}{table(figures.read(paths), old)}{ENDS}{after}"


if __name__ == "__main__":
    PAGE.write_text(written([Path(each) for each in sys.argv[1:]], PAGE.read_text()))
