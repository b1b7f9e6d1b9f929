"""Every column of every table has a decision: shown to whom it is about, withheld from them, or about nobody."""

import tomllib
from pathlib import Path

from migrations import tables
from service.belongings import queries
from service.runtime import Runtime
from tests.builders import Home
from tests.integration.belongings.test_belongings import home as lived_in

DECIDED = Path(__file__).with_name("columns.toml")
home = lived_in
OTHERWISE = {"moment", "keepsake"}
"""What is opened for its owner, in words of its own."""


def decided() -> dict[str, dict[str, list[str]]]:
    """Columns by table, under `shown` and `withheld`; and under `nobody` the tables that are about no person."""
    return tomllib.loads(DECIDED.read_text(encoding="utf-8"))


def test_every_column_is_decided() -> None:
    kept = decided()
    told = [
        f"{table.name}: {sorted({column.name for column in table.columns} ^ columns)}"
        for table in tables.metadata().sorted_tables
        if table.name not in kept["nobody"]
        and (columns := {*kept["shown"].get(table.name, ()), *kept["withheld"].get(table.name, ())})
        != {column.name for column in table.columns}
    ]
    assert not told, f"decide in {DECIDED.name} whom each is shown to, and in service/belongings/rules.py: {told}"
    names = {table.name for table in tables.metadata().sorted_tables}
    assert {*kept["nobody"], *kept["shown"], *kept["withheld"]} <= names


def test_what_is_about_nobody_names_no_member() -> None:
    naming = {
        table.name
        for table in tables.metadata().sorted_tables
        if any(key.column.table.name == "member" for key in table.foreign_keys)
    }
    assert naming & set(decided()["nobody"]) == set()


def test_all_that_is_shown_is_in_what_a_member_takes_along(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id, writes=False) as db:
        found = queries.everything_about(db, runtime.keyring, home["Bob"])
    shown = decided()["shown"]
    assert len(found) > 10
    for table, rows in found.items():
        if table not in OTHERWISE:
            assert {column for row in rows for column in row} == set(shown[table]), table
