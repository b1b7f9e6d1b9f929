"""What a run of tests found, read from the report that pytest writes with --junitxml.

Tests note a figure with `record_property`; how many cases Hypothesis tried it notes by itself.
"""

import base64
import binascii
import os
import platform
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

_STATISTICS = "hypothesis-statistics-"
_PASSING = re.compile(r"(\d+) passing")


@dataclass
class Tally:
    """How many tests held, and which did not."""

    held: int = 0
    failed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.held and not self.failed:
            return "not run"
        return f"{self.held} held" + (f", {len(self.failed)} failed" if self.failed else "")


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one test."""

    module: str
    """With dots, such as `tests.unit.slack.test_signature`."""
    name: str
    held: bool
    began: str
    """When its run began."""
    cases: int = 0
    """How many cases Hypothesis tried, or the test counted by itself; 0 for a test of one case."""

    @property
    def day(self) -> str:
        """On which day that was."""
        return self.began[:10]


@dataclass
class Runs:
    """What became of every test in these reports, and the figures they noted."""

    found: dict[tuple[str, str], Found] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """When the newest of them ran."""
        return max((each.day for each in self.found.values()), default="") or "never"

    def some(self, chosen: Callable[[Found], bool]) -> list[Found]:
        """The tests that were chosen."""
        return [each for each in self.found.values() if chosen(each)]


def read(paths: Iterable[Path]) -> Runs:
    """Read reports; of each test the newest outcome counts."""
    runs = Runs()
    suites = [suite for path in paths for suite in ET.parse(path).getroot().iter("testsuite")]  # noqa: S314 - our own
    for suite in sorted(suites, key=lambda one: one.get("timestamp", "")):
        tried = _cases(suite)
        for case in suite.iter("testcase"):
            runs.figures |= {each.get("name", ""): each.get("value", "") for each in case.iter("property")}
            if case.find("skipped") is None:
                one = _found(case, tried, suite.get("timestamp", ""))
                runs.found[one.module, one.name] = one
    return runs


def _cases(suite: ET.Element) -> dict[str, int]:
    """How many cases Hypothesis tried, by the id of each test: it notes them for the whole suite."""
    noted = ((each.get("name", ""), each.get("value", "")) for each in suite.iterfind("properties/property"))
    return {name.removeprefix(_STATISTICS): _tried(value) for name, value in noted if name.startswith(_STATISTICS)}


def _found(case: ET.Element, tried: dict[str, int], began: str) -> Found:
    module, name = case.get("classname", ""), case.get("name", "")
    held = case.find("failure") is None and case.find("error") is None
    counted = next((int(each.get("value", "0")) for each in case.iter("property") if each.get("name") == "cases"), 0)
    return Found(module, name, held, began, counted or tried.get(f"{module.replace('.', '/')}.py::{name}", 0))


def _tried(written: str) -> int:
    try:
        told = base64.b64decode(written).decode()
    except (binascii.Error, UnicodeError):
        return 0
    return sum(int(passing) for passing in _PASSING.findall(told))


def tally(found: Iterable[Found]) -> Tally:
    """Count them."""
    counted = Tally()
    for one in found:
        if one.held:
            counted.held += 1
        else:
            counted.failed.append(one.name)
    return counted


def machine() -> str:
    """The machine this runs on."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
