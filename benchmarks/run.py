"""Every benchmark in turn: each module named here measures one path beside what one would otherwise write."""

import importlib
import os
import platform
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.conversation import NoConversation
from benchmarks.rows import Row, medians

MODULES = (
    "intake",
    "steady",
    "hearing",
    "importing",
    "reading",
    "rounds",
    "delivering",
    "feed",
    "insights",
    "standing",
)
BEGINS, ENDS = "<!-- written by goldseam bench -->", "<!-- end of what was written -->"


def rows(*, quick: bool, runs: int, said: Callable[[str], None]) -> list[Row]:
    """All rows, of several runs the middle one; `said` hears what is measured now, and what could not be."""
    return medians(_run(quick=quick, said=said) for _ in range(runs))


def _run(*, quick: bool, said: Callable[[str], None]) -> list[Row]:
    found: list[Row] = []
    for name in MODULES:
        said(f"measuring {name}")
        try:
            found += importlib.import_module(f"benchmarks.{name}").measure(quick=quick)
        except NoConversation as missing:
            said(f"left out {name}: {missing}")
    return found


def report(found: list[Row], runs: int) -> dict[str, Any]:
    """The rows as other tools read them."""
    return {
        "machine": f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "measured_on": datetime.now(UTC).date().isoformat(),
        "runs": runs,
        "rows": [asdict(row) for row in found],
    }


def write(found: dict[str, Any], path: Path, *, quick: bool) -> None:
    """Put the table where the last one stands in a page; ValueError where there is no place for it."""
    text = path.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(BEGINS)}.*{re.escape(ENDS)}", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"{path.name} has no place for the table: a line {BEGINS} and a line {ENDS}.")
    how = " with `--quick`, which is only a hint" if quick else ""
    how += f", the medians of {found['runs']} runs" if found["runs"] > 1 else ""
    lines = [
        BEGINS,
        f"Measured on {found['measured_on']}{how}: {found['machine']}.",
        "",
        "| path | ours | peer | ratio | target | met |",
        "|---|--:|--:|--:|---|---|",
        *(_line(row) for row in found["rows"]),
        ENDS,
    ]
    path.write_text(place.sub(lambda _: "\n".join(lines), text), encoding="utf-8")


def _line(row: dict[str, Any]) -> str:
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    cells = (row["path"], _short(row["ours"]), _short(row["peer"]), ratio, row["target"], "yes" if row["met"] else "no")
    return f"| {' | '.join(cells)} |"


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"
