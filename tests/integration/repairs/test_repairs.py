"""Signed repair: who may send what, when it goes, what may be answered, and whose word settles it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from service.errors import ProblemKind, Refused
from service.nudges import queries as nudges
from service.nudges.models import Nudge
from service.nudges.rules import NudgeKind, NudgeState
from service.people.rules import Role
from service.repairs import actions as repairs
from service.repairs import queries
from service.repairs.rules import Answer, Direction, Draft, RepairState
from service.runtime import Runtime
from service.ruptures import Rupture
from tests import builders
from tests.builders import Home
from tests.fakes import MONDAY, Clock

TALKED_OVER = Rupture.TALKED_OVER


@pytest.fixture
def home(runtime: Runtime) -> Home:
    return builders.team(runtime, "Ada", "Bob", "Cy", "Di", "Ed", now=MONDAY - timedelta(days=90))


def _send(runtime: Runtime, home: Home, by: str, to: str, direction: Direction, **more: object) -> str:
    with runtime.transaction(home.id) as db:
        draft = Draft(home[by], home[to], direction, TALKED_OVER, **more)  # type: ignore[arg-type]
        return repairs.send(db, draft, runtime.now())


def _walk(runtime: Runtime, home: Home) -> None:
    with runtime.transaction(home.id) as db:
        repairs.go_due(db, runtime.now())


def _state(runtime: Runtime, home: Home, repair: str, reader: str) -> RepairState | None:
    with runtime.transaction(home.id, writes=False) as db:
        card = queries.repair(db, repair, home[reader])
        return card.state if card is not None else None


def _waiting(runtime: Runtime, home: Home, kind: NudgeKind, member: str) -> int:
    with runtime.transaction(home.id, writes=False) as db:
        found = db.scalars(sa.select(Nudge).where(Nudge.kind == kind, Nudge.member_id == home[member]))
        return len([row for row in found if row.state is NudgeState.WAITING])


def test_a_repair_line_goes_at_once_and_its_receiver_settles(runtime: Runtime, home: Home) -> None:
    repair = _send(runtime, home, "Ada", "Bob", Direction.MINE)
    assert _state(runtime, home, repair, "Bob") is RepairState.SENT
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        repairs.settle(db, repair, home["Ada"], runtime.now())
    assert refusal.value.problems[0].kind is ProblemKind.NOT_ALLOWED
    with runtime.transaction(home.id) as db:
        repairs.answer(db, repair, home["Bob"], Answer.THANK, runtime.now())
        repairs.settle(db, repair, home["Bob"], runtime.now())
    assert _state(runtime, home, repair, "Ada") is RepairState.SETTLED
    assert _waiting(runtime, home, NudgeKind.REPAIR_ANSWERED, "Ada") == 2


def test_a_note_waits_for_the_morning_and_its_sender_settles(runtime: Runtime, home: Home, clock: Clock) -> None:
    repair = _send(runtime, home, "Ada", "Bob", Direction.HURT)
    _walk(runtime, home)
    assert _state(runtime, home, repair, "Ada") is RepairState.HELD
    assert _state(runtime, home, repair, "Bob") is None, "what is held is nobody's but its writer's"
    clock.move(days=1)
    _walk(runtime, home)
    assert _state(runtime, home, repair, "Bob") is RepairState.SENT
    with runtime.transaction(home.id) as db:
        repairs.settle(db, repair, home["Ada"], runtime.now())
    assert _state(runtime, home, repair, "Ada") is RepairState.SETTLED


def test_a_form_sent_twice_sends_once(runtime: Runtime, home: Home) -> None:
    first = _send(runtime, home, "Ada", "Bob", Direction.MINE, token="one")
    assert _send(runtime, home, "Ada", "Bob", Direction.MINE, token="one") == first
    assert _waiting(runtime, home, NudgeKind.REPAIR_RECEIVED, "Bob") == 1


def test_one_note_from_the_same_writer_in_two_weeks(runtime: Runtime, home: Home, clock: Clock) -> None:
    _send(runtime, home, "Ada", "Bob", Direction.HURT)
    clock.move(days=13)
    with pytest.raises(Refused) as refusal:
        _send(runtime, home, "Ada", "Bob", Direction.HURT)
    assert refusal.value.problems[0].kind is ProblemKind.TOO_SOON
    clock.move(days=2)
    _send(runtime, home, "Ada", "Bob", Direction.HURT)


def test_a_receiver_gets_one_note_a_week_and_a_repair_line_is_never_held_back(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    first = _send(runtime, home, "Ada", "Bob", Direction.HURT)
    clock.move(days=1)
    _walk(runtime, home)
    second = _send(runtime, home, "Cy", "Bob", Direction.HURT)
    clock.move(days=1)
    _walk(runtime, home)
    assert _state(runtime, home, first, "Bob") is RepairState.SENT
    assert _state(runtime, home, second, "Cy") is RepairState.HELD
    line = _send(runtime, home, "Di", "Bob", Direction.MINE)
    assert _state(runtime, home, line, "Bob") is RepairState.SENT
    clock.move(days=7)
    _walk(runtime, home)
    assert _state(runtime, home, second, "Bob") is RepairState.SENT


def test_three_writers_in_a_week_are_all_held_and_each_hears_it_did_not_go(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    notes = {name: _send(runtime, home, name, "Bob", Direction.HURT) for name in ("Ada", "Cy", "Di")}
    for _ in range(15):
        clock.move(days=1)
        _walk(runtime, home)
    assert [_state(runtime, home, note, name) for name, note in notes.items()] == [RepairState.EXPIRED] * 3
    assert [_waiting(runtime, home, NudgeKind.NOTE_EXPIRED, name) for name in notes] == [1] * 3


def test_a_pile_holds_nobody_who_writes_later(runtime: Runtime, home: Home, clock: Clock) -> None:
    for name in ("Ada", "Cy", "Di"):
        _send(runtime, home, name, "Bob", Direction.HURT)
    clock.move(days=8)
    later = _send(runtime, home, "Ed", "Bob", Direction.HURT)
    clock.move(days=1)
    _walk(runtime, home)
    assert _state(runtime, home, later, "Bob") is RepairState.SENT


def test_what_is_held_can_be_taken_back_and_what_went_for_ten_minutes(
    runtime: Runtime, home: Home, clock: Clock
) -> None:
    held = _send(runtime, home, "Ada", "Bob", Direction.HURT)
    gone = _send(runtime, home, "Ada", "Cy", Direction.MINE, words="I am sorry about this morning.")
    with runtime.transaction(home.id) as db:
        repairs.take_back(db, held, home["Ada"], runtime.now())
        repairs.take_back(db, gone, home["Ada"], runtime.now())
    assert _state(runtime, home, gone, "Cy") is None
    late = _send(runtime, home, "Ada", "Cy", Direction.MINE)
    clock.move(minutes=11)
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        repairs.take_back(db, late, home["Ada"], runtime.now())
    assert refusal.value.problems[0].kind is ProblemKind.TOO_LATE


def test_unfair_takes_a_note_away_and_tells_nobody(runtime: Runtime, home: Home, clock: Clock) -> None:
    note = _send(runtime, home, "Ada", "Bob", Direction.HURT)
    clock.move(days=1)
    _walk(runtime, home)
    with runtime.transaction(home.id) as db:
        repairs.answer(db, note, home["Bob"], Answer.UNFAIR, runtime.now())
    assert _state(runtime, home, note, "Bob") is None
    assert _waiting(runtime, home, NudgeKind.REPAIR_ANSWERED, "Ada") == 0


@pytest.mark.parametrize(("direction", "answer"), [(Direction.MINE, Answer.UNFAIR), (Direction.HURT, Answer.THANK)])
def test_answers_of_the_other_direction_are_refused(
    runtime: Runtime, home: Home, clock: Clock, direction: Direction, answer: Answer
) -> None:
    repair = _send(runtime, home, "Ada", "Bob", direction)
    clock.move(days=1)
    _walk(runtime, home)
    with pytest.raises(Refused) as refusal, runtime.transaction(home.id) as db:
        repairs.answer(db, repair, home["Bob"], answer, runtime.now())
    assert refusal.value.problems[0].kind is ProblemKind.UNKNOWN_VALUE


def test_nobody_else_sees_or_answers_it(runtime: Runtime, home: Home) -> None:
    other = builders.team(runtime, "Zoe")
    repair = _send(runtime, home, "Ada", "Bob", Direction.MINE)
    assert _state(runtime, home, repair, "Cy") is None
    with pytest.raises(Refused), runtime.transaction(home.id) as db:
        repairs.answer(db, repair, home["Cy"], Answer.THANK, runtime.now())
    with pytest.raises(Refused), runtime.transaction(other.id) as db:
        repairs.settle(db, repair, home["Bob"], runtime.now())


def test_a_note_takes_no_words_of_ones_own_and_a_relative_gets_none(runtime: Runtime, home: Home) -> None:
    with pytest.raises(Refused) as refusal:
        _send(runtime, home, "Ada", "Bob", Direction.HURT, words="You always do this")
    assert refusal.value.problems[0].at == "words"
    family = builders.family(runtime, Maja=Role.ADULT, Gran=Role.RELATIVE)
    with pytest.raises(Refused) as refusal:
        _send(runtime, family, "Maja", "Gran", Direction.MINE)
    assert refusal.value.problems[0].kind is ProblemKind.OUT_OF_REACH


def test_the_nudge_carries_kind_and_blanks_and_no_more_of_the_catalogue(runtime: Runtime, home: Home) -> None:
    repair = _send(runtime, home, "Ada", "Bob", Direction.MINE, slots={"restated": "the draft needs a date"})
    with runtime.transaction(home.id, writes=False) as db:
        (card,) = nudges.about(db, NudgeKind.REPAIR_RECEIVED, repair)
    assert card.told.kind == TALKED_OVER.value
    assert card.told.extra == {"restated": "the draft needs a date", "register": "team"}
