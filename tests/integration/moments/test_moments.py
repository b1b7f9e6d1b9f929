"""Private moments: sealed, counted for oneself alone, and gone when they fade."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.errors import ProblemKind, Refused
from service.moments import actions as moments
from service.moments import queries
from service.moments.models import MomentRow
from service.moments.rules import LONGEST, Moment, Resolved
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind
from service.people.rules import Role
from service.runtime import Runtime
from service.ruptures import Rupture
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Bob", "Cy", now=MONDAY - timedelta(days=200))


def _note(runtime: Runtime, home: Home, words: str = "", kind: Rupture = Rupture.TALKED_OVER) -> str:
    with runtime.transaction(home.id) as db:
        moment = Moment(kind, home["Bob"], words)
        return moments.note(db, runtime.keyring, home["Ada"], moment, runtime.now())


def _patterns(runtime: Runtime, home: Home) -> list[Nudge]:
    with runtime.transaction(home.id, writes=False) as db:
        return list(db.scalars(sa.select(Nudge).where(Nudge.kind == NudgeKind.MOMENT_PATTERN)))


def test_three_days_of_a_kind_with_the_same_person_are_told_to_oneself(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    for _ in range(2):
        _note(runtime, home)
        _note(runtime, home)
        clock.move(days=3)
    assert _patterns(runtime, home) == [], "twice on one day is one day"
    _note(runtime, home)
    (nudge,) = _patterns(runtime, home)
    assert nudge.member_id == home["Ada"]
    assert nudge.told == {}, "the nudge names neither kind nor person"


def test_other_kinds_or_a_month_between_are_no_pattern(runtime: Runtime, home: Home, clock: Clock) -> None:
    for kind in (Rupture.TALKED_OVER, Rupture.SHARP_TONE, Rupture.TALKED_OVER):
        _note(runtime, home, kind=kind)
        clock.move(days=10)
    clock.move(days=20)
    _note(runtime, home)
    assert _patterns(runtime, home) == []


def test_letting_it_be_ends_the_pattern(runtime: Runtime, home: Home, clock: Clock) -> None:
    noted = [_note(runtime, home)]
    clock.move(days=1)
    noted.append(_note(runtime, home))
    with runtime.transaction(home.id) as db:
        moments.resolve(db, home["Ada"], noted[0], Resolved.LET_BE)
    clock.move(days=1)
    _note(runtime, home)
    assert _patterns(runtime, home) == []


def test_what_was_written_is_sealed_and_opens_for_its_member_alone(runtime: Runtime, home: Home) -> None:
    words = "felt like some paper lantern under heavy rain"
    moment = _note(runtime, home, words)
    with runtime.transaction(home.id, writes=False) as db:
        (row,) = db.scalars(sa.select(MomentRow))
        kept = " ".join(str(getattr(row, column.key)) for column in sa.inspect(MomentRow).column_attrs)
        assert not any(
            word in kept
            for word in (*[one for one in words.split() if len(one) > 3], home["Bob"], Rupture.TALKED_OVER.value)
        )
        assert queries.moment(db, runtime.keyring, home["Bob"], moment) is None
        (card,) = queries.mine(db, runtime.keyring, home["Ada"])
    assert (card.words, card.who, card.kind) == (words, home["Bob"], Rupture.TALKED_OVER)
    assert runtime.keyring.opened(queries.purpose(home["Bob"]), row.sealed) is None


def test_moments_fade_after_half_a_year(runtime: Runtime, home: Home, clock: Clock) -> None:
    _note(runtime, home)
    clock.move(days=179)
    _note(runtime, home)
    clock.move(days=2)
    with runtime.housekeeping() as db:
        moments.fade_due(db, runtime.now())
    with runtime.transaction(home.id, writes=False) as db:
        assert len(queries.mine(db, runtime.keyring, home["Ada"])) == 1


def test_refusals_name_what_is_in_the_way(runtime: Runtime, home: Home) -> None:
    family = builders.family(runtime, Maja=Role.ADULT, Ben=Role.CHILD)
    with pytest.raises(Refused) as child, runtime.transaction(family.id) as db:
        moments.note(db, runtime.keyring, family["Ben"], Moment(Rupture.SHARP_TONE, None, ""), runtime.now())
    with pytest.raises(Refused) as long:
        _note(runtime, home, "x" * (LONGEST + 1))
    assert child.value.problems[0].kind is ProblemKind.NOT_ALLOWED
    assert long.value.problems[0].kind is ProblemKind.TOO_LONG
