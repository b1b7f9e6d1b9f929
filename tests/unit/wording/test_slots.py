"""What fills a blank comes from a closed list, and is kept and read back unchanged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import ProblemKind, Refused
from service.nudges.rules import NudgeKind, Told
from service.ruptures import Register, Rupture
from service.suggestions.deck import Setting
from service.wording import notes, nudges, slots
from service.wording.voice import Voice

FILLINGS = st.builds(
    slots.Fillings,
    when=st.sampled_from(slots.When),
    where=st.none() | st.sampled_from(Setting),
    effort=st.none() | st.sampled_from(slots.Effort),
    benefit=st.none() | st.sampled_from(slots.Benefit),
    audience=st.none() | st.sampled_from(slots.Audience),
    occasion=st.none() | st.sampled_from(slots.Occasion),
    day=st.none() | st.dates(),
    answer=st.none() | st.text(min_size=1),
)


@given(FILLINGS)
def test_what_is_kept_is_read_back(fillings: slots.Fillings) -> None:
    assert slots.parsed(slots.kept(fillings)) == fillings


@pytest.mark.parametrize(
    ("slot", "value"),
    [("when", "at ten"), ("effort", "lazing"), ("day", "tomorrow"), ("name", "Ada"), ("where", "Tidying")],
)
def test_a_value_on_no_list_is_refused(slot: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        slots.parsed({slot: value})
    assert [(problem.kind, problem.at) for problem in refusal.value.problems] == [(ProblemKind.UNKNOWN_VALUE, slot)]


@pytest.mark.parametrize("register", Register)
def test_every_choice_has_words_of_its_own(register: Register) -> None:
    for slot in slots.CLOSED:
        said = [slots.phrase(Voice(register=register), value) for value in slots.choices(slot, register)]
        assert said
        assert len(set(said)) == len(said)


def test_a_note_arrives_in_the_register_of_whoever_wrote_it() -> None:
    fillings = slots.Fillings(where=Setting.MEALS)
    told = Told(
        who="m1",
        kind=Rupture.DIVIDED_ATTENTION,
        extra={**slots.kept(fillings), "register": Register.CHILD.value},
    )
    said = nudges.lines(
        Voice(register=Register.FAMILY), NudgeKind.NOTE_RECEIVED, told, nudges.Names(), date(2026, 11, 24)
    )
    written = notes.note(Voice(register=Register.CHILD), Rupture.DIVIDED_ATTENTION, fillings)
    assert said == (written.observe, written.impact, written.ask)
