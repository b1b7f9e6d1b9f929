"""A voice says only what it was given, safely, in its own language."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ruptures import Register
from service.wording import catalogues, voice
from service.wording.voice import SlotError, Voice

ENGLISH = Voice()
TODAY = date(2026, 11, 24)


def test_slots_are_filled() -> None:
    assert ENGLISH.say("{name} asks you:", name="Ada") == "Ada asks you:"


@pytest.mark.parametrize("slots", [{}, {"nam": "Ada"}, {"name": "Ada", "day": "Monday"}])
def test_a_slot_missing_or_undeclared_is_an_error(slots: dict[str, str]) -> None:
    with pytest.raises(SlotError):
        ENGLISH.say("{name} asks you:", **slots)


@given(st.text())
def test_a_value_stays_a_value(value: str) -> None:
    said = ENGLISH.say("{name} asks {other}:", name=value, other="Ben")
    assert said == f"{voice.plain(value)} asks Ben:"
    assert "\n" not in said


@pytest.mark.parametrize("value", ["{other}", "{name.__class__}", "%(other)s", "{0}", "}{"])
def test_braces_in_a_value_are_words(value: str) -> None:
    assert ENGLISH.say("{name} and {other}", name=value, other="Ben") == f"{value} and Ben"


def test_a_value_neither_breaks_the_line_nor_turns_it() -> None:
    assert ENGLISH.say("{name} asks you:", name="A\nd\u202ea\x00 ") == "A d a asks you:"


def test_numbers_choose_the_form_and_are_written_as_the_language_writes_them() -> None:
    assert ENGLISH.count("And one more.", "And {count} more.", 1) == "And one more."
    assert ENGLISH.count("And one more.", "And {count} more.", 1200) == "And 1,200 more."


def test_a_day_near_by_is_a_weekday_and_one_far_off_has_its_date() -> None:
    assert ENGLISH.day(date(2026, 11, 26), TODAY) == "Thursday"
    assert ENGLISH.day(date(2026, 11, 18), TODAY) == "Wednesday"
    assert ENGLISH.day(date(2026, 11, 17), TODAY) == "Tuesday 17 November"
    assert ENGLISH.day(date(2026, 11, 26)) == "Thursday 26 November"
    assert ENGLISH.day(date(2026, 1, 2), TODAY) == "Friday 2 January 2026"


def test_a_moment_is_taken_on_the_clock_it_carries() -> None:
    assert ENGLISH.day(datetime(2026, 11, 26, 23, tzinfo=UTC), TODAY) == "Thursday"
    with pytest.raises(ValueError, match="zone"):
        ENGLISH.day(datetime(2026, 11, 26, 23))  # noqa: DTZ001 - the refusal of it is what is tested


def test_names_times_and_days_of_the_year() -> None:
    assert ENGLISH.names(["Ada", "Ben", "Cleo"]) == "Ada, Ben and Cleo"
    assert ENGLISH.clock(time(9, 5)) == "09:05"
    assert ENGLISH.day_of_year(date(2024, 2, 29)) == "29 February"
    assert ENGLISH.weekday(6) == "Sunday"
    assert ENGLISH.language_name("es") == "Español"
    assert ENGLISH.language_name("xx-not") == "xx-not"


@pytest.mark.parametrize("wished", ["en", "EN", "en-US", "en_GB", "tlh", "", None, "../../etc"])
def test_a_language_we_do_not_speak_is_english(wished: str | None) -> None:
    assert Voice.for_language(wished).language == "en"


def test_address_is_formal_at_work_unless_chosen_and_never_at_home() -> None:
    assert Voice.for_language("en").formal
    assert not Voice.for_language("en", formal=False).formal
    for register in (Register.FAMILY, Register.CHILD):
        assert not Voice.for_language("en", formal=True, register=register).formal


def test_the_pseudo_language_marks_every_text_and_keeps_its_slots() -> None:
    pseudo = Voice.for_language(catalogues.PSEUDO)
    said = pseudo.say("{name} asks you:", name="Ada")
    assert said.startswith("[Ada ")
    assert said.endswith("]")
    assert "asks" not in said
    assert pseudo.count("And one more.", "And {count} more.", 3).startswith("[")


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_language_names_days_and_joins_names(language: str) -> None:
    spoken = Voice(language)
    assert len({spoken.weekday(day) for day in range(7)}) == 7
    assert spoken.day(date(2026, 11, 26)).startswith(spoken.weekday(3))
    assert spoken.names(["Ada", "Ben"]) != "AdaBen"


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    french = Voice("fr")
    assert french.day_of_year(date(2026, 3, 1)) == "1er mars"
    assert french.day(date(2027, 3, 1), date(2026, 3, 1)) == "lundi 1er mars 2027"
    assert french.day_of_year(date(2026, 3, 11)) == "11 mars"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Ana", "Irene"], "Ana e Irene"),
        (["Ben", "Ana", "Hilda"], "Ben, Ana e Hilda"),
        (["Ana", "Hiam"], "Ana y Hiam"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["Irene", "Ana"], "Irene y Ana"),
        (["Ana y Irene", "Ben"], "Ana y Irene y Ben"),
    ],
)
def test_and_is_said_as_spanish_says_it(names: list[str], said: str) -> None:
    assert Voice("es").names(names) == said
