"""The shipped weights fit the tables, say where they come from, and stay small."""

import json

from service.asks import judging, tables, weights


def test_the_shipped_weights_fit() -> None:
    learnt = weights.shipped()
    assert [len(table) for table in learnt.link] == [wide.size for wide in tables.ALL]
    assert len(learnt.belief) == judging.WEIGHTS
    assert 0.5 <= learnt.open_bar < 1
    assert 0.5 <= learnt.directed_bar < 1


def test_the_shipped_weights_name_their_source_and_what_was_changed() -> None:
    raw = json.loads(weights.PATH.read_text(encoding="utf-8"))
    assert "CC BY 4.0" in raw["attribution"]
    assert "Kummerfeld" in raw["attribution"]
    assert raw["changes"]
    assert weights.PATH.stat().st_size < 60_000


def test_a_wide_cell_is_the_sum_of_its_parts() -> None:
    parts = {name: [float(n) for n in range(size)] for name, size in tables.PARTS.items()}
    flat = [weight for name in tables.PARTS for weight in parts[name]]
    for table, cells in zip(tables.composed(parts), tables.part_cells(), strict=True):
        assert list(table) == [sum(flat[part] for part in of) for of in cells]


def test_each_part_sees_every_combination_it_looks_at() -> None:
    seen = {part for wide in tables.part_cells() for cells in wide for part in cells}
    assert seen == set(range(tables.PART_CELLS))
