"""Everything that is kept has a name that its owner can read."""

from service.belongings.rules import DECISIONS
from service.wording import belongings


def test_every_kind_that_is_shown_has_a_name() -> None:
    shown = {table for (table, _), decision in DECISIONS.items() if decision.shown}
    assert shown - belongings.named() == set()
