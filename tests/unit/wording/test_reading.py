"""How hard a text is to read."""

import pytest

from service.wording import reading


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("answer", 2), ("make", 1), ("table", 2), ("stopped", 1), ("settled", 2), ("I", 1), ("meeting", 2)],
)
def test_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_longer_words_and_sentences_are_harder() -> None:
    plain = "The cat sat on the mat. It was warm."
    heavy = "Organisational communication necessitates considerable institutional understanding."
    assert reading.flesch_kincaid(plain) < 2
    assert reading.flesch_kincaid(heavy) > 12
    assert reading.lix(plain) < 20 < 60 < reading.lix(heavy)


def test_the_grade_is_the_published_formula() -> None:
    assert reading.flesch_kincaid("The cat sat.") == pytest.approx(0.39 * 3 + 11.8 - 15.59)


def test_a_colon_ends_a_sentence_and_an_empty_text_has_none() -> None:
    assert reading.sentences("One thing: two things. Three?") == ["One thing:", "two things.", "Three?"]
    assert reading.sentences("  ") == []
    assert reading.hardness("lix", "") == 0
