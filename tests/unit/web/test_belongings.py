"""Everything that is kept has a name that its owner can read, and so has each of its fields."""

import tomllib
from pathlib import Path

from migrations import tables
from service.belongings.rules import DECISIONS
from service.db import EnumText
from service.web.belongings import MACHINERY
from service.wording import belongings, kept_values
from service.wording.voice import Voice

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


def test_every_value_with_a_short_name_is_said_in_words() -> None:
    """What the store keeps as one of a few short names, as columns of tables that are shown."""
    voice = Voice()
    listed = [
        (f"{table.name}.{column.name}", name.value)
        for table in tables.metadata().sorted_tables
        if table.name in belongings.named()
        for column in table.columns
        if isinstance(column.type, EnumText) and column.name not in MACHINERY
        for name in column.type.kind
    ]
    assert {"ask.state", "nudge.kind", "repair.answer"} <= {field for field, _ in listed}
    said = {(field, kept): kept_values.value(voice, field, kept) for field, kept in listed}
    assert [each for each, words in said.items() if words is None or "_" in words] == []


def test_a_field_without_short_names_says_what_it_holds() -> None:
    assert kept_values.value(Voice(), "member.name", "open") is None
