"""Every benchmark in turn: each module named here measures one path beside what one would otherwise write."""

import importlib
import platform
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from benchmarks.conversation import NoConversation
from benchmarks.rows import Row

MODULES = ("reading", "hearing", "importing", "feed", "insights", "rounds")


def rows(*, quick: bool, said: Callable[[str], None]) -> list[Row]:
    """All rows; `said` hears what is measured now, and what could not be."""
    found: list[Row] = []
    for name in MODULES:
        said(f"measuring {name}")
        try:
            found += importlib.import_module(f"benchmarks.{name}").measure(quick=quick)
        except NoConversation as missing:
            said(f"left out {name}: {missing}")
    return found


def report(found: list[Row]) -> dict[str, Any]:
    """The rows as other tools read them."""
    return {"machine": platform.platform(), "rows": [asdict(row) for row in found]}
