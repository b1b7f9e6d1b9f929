"""Everything that is kept has a name that its owner can read, and so has each of its fields."""

import tomllib
from pathlib import Path

from service.belongings.rules import DECISIONS
from service.web.belongings import MACHINERY
from service.wording import belongings

COLUMNS = Path(__file__).parents[2] / "integration" / "belongings" / "columns.toml"
IN_WORDS = frozenset({"on", "kind", "who", "words", "from", "did", "eased", "given_at"})
"""The fields of moments and keepsakes, which are opened for their owner."""


def test_every_kind_that_is_shown_has_a_name() -> None:
    shown = {table for (table, _), decision in DECISIONS.items() if decision.shown}
    assert shown - belongings.named() == set()


def test_every_field_that_is_shown_has_a_label_and_no_other() -> None:
    """`columns.toml` holds every column that is shown; a new one needs its label too."""
    decided = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))["shown"]
    shown = {column for table, columns in decided.items() if table != "moment" for column in columns}
    assert belongings.labelled() == (shown | IN_WORDS) - MACHINERY
