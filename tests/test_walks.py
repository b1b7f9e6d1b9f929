"""docs/walks.md tells the truth: every module and function it names is there."""

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

WALKS = Path(__file__).parent.parent / "docs" / "walks.md"
NAMED = sorted(set(re.findall(r"`((?:service|integrations)\.[\w.]+(?::[\w.]+)?)`", WALKS.read_text())))


def test_the_page_names_something() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize("name", NAMED)
def test_what_a_walk_names_exists(name: str) -> None:
    module, _, function = name.partition(":")
    found = importlib.import_module(module)
    if function:
        assert callable(reduce(getattr, function.split("."), found))


@pytest.mark.parametrize("letter", "abcde")
def test_there_are_five_walks(letter: str) -> None:
    assert f"## ({letter}) " in WALKS.read_text()
