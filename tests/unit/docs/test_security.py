"""docs/security.md, docs/asvs.csv and docs/reliability.md name files that are there."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATH = re.compile(r"\b(?:service|integrations|tests)/[\w/]+\.py")


@pytest.mark.parametrize("page", ["security.md", "asvs.csv", "reliability.md"])
def test_every_file_it_names_is_there(page: str) -> None:
    named = set(PATH.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))
    assert len(named) > 10
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_each_requirement_has_a_number_our_words_a_way_and_a_test_or_says_it_is_not_met() -> None:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = [row["id"] for row in rows]
    assert len(numbers) == len({*numbers}) >= 60
    for row in rows:
        assert re.fullmatch(r"V\d+\.\d+\.\d+", row["id"])
        assert row["what it asks, in our words"]
        assert row["how"]
        assert row["shown by"] in {"not met", "make lint"} or PATH.fullmatch(row["shown by"]), row["id"]
