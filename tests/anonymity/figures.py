"""Write down what the long profile of the proofs found: `make figures` runs it and fills docs/anonymity-figures.md.

Each argument is a report of a run as pytest writes it with --junitxml; later ones win.
"""

import os
import platform
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

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


@dataclass
class Tally:
    """How many of a proof's tests held, and which did not."""

    held: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.held and not self.failed:
            return "not run"
        return f"{self.held} held" + (f", {len(self.failed)} failed" if self.failed else "")


def read(paths: Iterable[Path]) -> tuple[dict[tuple[str, str], Tally], dict[str, str], str]:
    """The tallies by proof and database, the figures that tests noted, and the day of the newest run."""
    outcomes: dict[tuple[str, str], bool] = {}
    figures, day = {}, ""
    for path in paths:
        root = ET.parse(path).getroot()  # noqa: S314 - pytest wrote it just now
        for suite in root.iter("testsuite"):
            day = max(day, suite.get("timestamp", "")[:10])
        for case in root.iter("testcase"):
            module, name = case.get("classname", "").rsplit(".", 1)[-1], case.get("name", "")
            if case.find("skipped") is None:
                outcomes[module, name] = case.find("failure") is None and case.find("error") is None
            figures.update({each.get("name", ""): each.get("value", "") for each in case.iter("property")})
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for (module, name), held in outcomes.items():
        tally = tallies[module, next((one for one in ("sqlite", "postgresql") if one in name), ANY)]
        if held:
            tally.held += 1
        else:
            tally.failed.append(name)
    return tallies, figures, day


def page(tallies: dict[tuple[str, str], Tally], figures: dict[str, str], day: str) -> str:
    """The page, for people who would like to know how it stands."""
    day = datetime.fromisoformat(day).strftime("%Y-%m-%d") if day else "never"
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# Unsigned cards: the figures of the last run",
        "",
        "Written by `make figures`, which runs the long profile of `tests/anonymity/` and of the draw; do not edit it.",
        "[anonymity.md](anonymity.md) says what each proof is.",
        "",
        f"Run of {day}; {machine}. A blank cell was not run that day.",
        "",
        "| proof | SQLite | PostgreSQL | needs no database |",
        "|---|---|---|---|",
    ]
    for module, title in PROOFS.items():
        row = [str(tallies.get((module, where), Tally())) for where in ("sqlite", "postgresql", ANY)]
        lines.append(f"| {title} | " + " | ".join("" if cell == "not run" else cell for cell in row) + " |")
    failed = sorted(f"{module}: {name}" for (module, _), tally in tallies.items() for name in tally.failed)
    lines += ["", "Failed: " + ("none." if not failed else "; ".join(failed) + "."), ""]
    lines += ["| the draw | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in figures.items()), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(*read(Path(each) for each in sys.argv[1:])))
