"""The byte scan: whatever somebody does with an unsigned card, no store holds one byte more of them."""

import pytest

from tests.anonymity import canaries, scenarios, stores
from tests.anonymity.scenarios import ALL, QUICK
from tests.anonymity.stage import Stage

each = [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.soak]) for name in ALL]


@pytest.mark.parametrize("name", each)
def test_nothing_grows_with_whoever_asks(stage: Stage, name: str) -> None:
    scenario = ALL[name]
    stage.whole = scenario.slips and name not in QUICK  # else no row changes, and pages are made of rows
    scenario.before(stage)
    secrets = stores.secrets_of(stage.runtime, workspace=stage.team.id)
    shapes = canaries.all_shapes([*stage.canaries, *stage.me.canaries], secrets)
    before, rows = stage.stores(), stores.rows(stage.runtime.engine)
    answered = scenario.does(stage)
    after, rows_after = stage.stores(), stores.rows(stage.runtime.engine)
    assert canaries.grown(before, after, shapes) == []
    assert answered == scenario.answered
    assert changed(rows, rows_after) == ({"hat": 1} if scenario.slips else {})


def changed(before: dict[str, list[tuple[object, ...]]], after: dict[str, list[tuple[object, ...]]]) -> dict[str, int]:
    """In which tables rows are other than before, and how many: a card changes bits in one hat."""
    assert before.keys() == after.keys()
    found = {table.split(" ")[0]: len(set(map(repr, after[table])) ^ set(map(repr, before[table]))) for table in after}
    return {table: count // 2 for table, count in found.items() if count}


def test_every_scenario_of_the_short_profile_is_there() -> None:
    assert set(QUICK) <= ALL.keys()
    assert len(ALL) >= 20
    assert scenarios.FORM == "/suggestions"
