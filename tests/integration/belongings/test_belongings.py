"""Everything kept about a member is theirs to take along, and nothing of it stays when they go."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from migrations import tables
from service.appreciations import actions as appreciations
from service.appreciations import queries as thanks
from service.appreciations.rules import Draft, Sharing
from service.asks import actions as asks
from service.asks.rules import Said
from service.belongings import actions as belongings
from service.belongings import queries, rules
from service.efforts import actions as efforts
from service.errors import ProblemKind, Refused
from service.moments import actions as moments
from service.moments.rules import Moment
from service.occasions import actions as occasions
from service.occasions.rules import Day, OccasionKind
from service.people import actions as people
from service.people.rules import Boundary
from service.repairs import actions as repairs
from service.repairs.rules import Direction
from service.repairs.rules import Draft as Repair
from service.runtime import Runtime
from service.ruptures import Rupture
from service.suggestions import actions as suggestions
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY

START = MONDAY.timestamp()


def test_every_column_that_names_a_member_has_a_decision() -> None:
    named = {
        (table.name, column.name)
        for table in tables.metadata().sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "member"
    }
    assert named == set(rules.DECISIONS)
    assert rules.unnamed() == []


@pytest.fixture
def home(runtime: Runtime) -> Home:
    """A team in which Bob has done a little of everything."""
    home = builders.team(runtime, "Ada", "Bob", "Cy", now=MONDAY - timedelta(days=90))
    place = builders.channel(runtime, home)
    ada, bob, cy = home
    with runtime.transaction(home.id) as db:
        people.set_boundary(db, bob, Boundary(zone="Europe/Lisbon"))
        people.keep_apart(db, bob, cy)
        said = [
            Said("C0HARBOUR", f"{START:.6f}", "UADA", "could you look at the figures?", ("UBOB",)),
            Said("C0HARBOUR", f"{START + 9:.6f}", "UBOB", "does anyone have the store key?"),
        ]
        asks.hear(db, runtime.ears, said, MONDAY)
        efforts.note(db, ada, bob, "covered the late shift", MONDAY)
        given = Draft(bob, (ada,), "you stayed calm at the gate", sharing=Sharing.CIRCLE, circle=home.circle)
        appreciations.give(db, given, MONDAY)
        appreciations.give(db, Draft(ada, (bob,), "the late shift"), MONDAY)
        repairs.send(db, Repair(bob, ada, Direction.MINE, Rupture.TALKED_OVER), MONDAY)
        repairs.send(db, Repair(bob, cy, Direction.HURT, Rupture.SHARP_TONE), MONDAY)
        moments.note(db, runtime.keyring, bob, Moment(Rupture.SHARP_TONE, ada, "at the stand-up"), MONDAY)
        occasions.add(db, bob, home.circle, OccasionKind.BIRTHDAY, Day(5, 4), MONDAY, of=bob)
        suggestions.hats_for_all(db, MONDAY)
        suggestions.other_kind(db, bob)
        assert place
    return home


def _dump(runtime: Runtime) -> str:
    with runtime.engine.connect().execution_options(reads_only=True) as connection:
        names = sa.inspect(connection).get_table_names()
        return "\n".join(
            f"{name} {row!r}"
            for name in names
            for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))  # noqa: S608
        )


def test_a_member_may_take_everything_along_but_what_is_others(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id, writes=False) as db:
        found = queries.everything_about(db, runtime.keyring, home["Bob"])
    assert found["moment"][0]["words"] == "at the stand-up"
    assert found["keepsake"][0]["did"] == "the late shift"
    assert found["appreciation"][0]["did"] == "you stayed calm at the gate"
    assert found["boundary"][0]["zone"] == "Europe/Lisbon"
    assert {"ask", "effort", "identity", "apart", "repair", "deck", "occasion"} <= set(found)
    assert "hat" not in found
    with runtime.transaction(home.id, writes=False) as db:
        assert "apart" not in queries.everything_about(db, runtime.keyring, home["Cy"])


def test_nothing_names_them_once_they_are_gone_and_their_words_stay_with_the_receiver(
    runtime: Runtime, home: Home
) -> None:
    bob = home["Bob"]
    with runtime.transaction(home.id) as db:
        belongings.erase(db, bob, MONDAY)
    left = _dump(runtime)
    assert bob not in left
    assert "UBOB" not in left
    assert "Bob" not in left
    with runtime.transaction(home.id, writes=False) as db:
        (kept,) = thanks.keepsakes(db, home["Ada"]).cards
    assert (kept.giver, kept.did) == (None, "you stayed calm at the gate")


def test_they_may_take_back_what_they_wrote(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        belongings.erase(db, home["Bob"], MONDAY, take_back=True)
    assert "you stayed calm" not in _dump(runtime)


def test_the_last_owner_names_another_first(runtime: Runtime, home: Home) -> None:
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        belongings.erase(db, home["Ada"], MONDAY)
    assert refusal.value.problems[0].kind is ProblemKind.LAST_OWNER
    assert home["Ada"] in _dump(runtime)
