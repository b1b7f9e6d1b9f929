"""The gate: all we say passes, and nothing ships that nobody read."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.ruptures import Register, Rupture
from service.suggestions import deck
from service.wording import approvals, cards, catalogues, editions, gate, lint, notes, ready, repair_lines, slots, texts
from service.wording.approvals import Approval
from service.wording.catalogue import catalogue
from service.wording.lint import Rule
from service.wording.texts import Form, Part
from service.wording.voice import SlotError, Voice


def test_everything_we_say_passes_the_gate() -> None:
    """`goldseam words check` lists the same; `goldseam words approve` approves what was read."""
    found = gate.check()
    assert not found, "\n".join(map(str, found))


def test_the_catalogue_has_every_form_for_every_kind_and_register() -> None:
    found = {(said.rupture, said.register, said.form) for said in catalogue()}
    for rupture in Rupture:
        for register in Register:
            for form in (Form.NOTE, Form.CARD, Form.REPAIR, Form.READY):
                assert (rupture, register, form) in found
            assert ((rupture, register, Form.CHAIR) in found) is (register is not Register.CHILD)


def test_keys_are_unique() -> None:
    keys = [said.key for said in catalogue()]
    assert len(keys) == len(set(keys))
    assert "talked_over.card.team.act.2" in keys


def test_an_edited_text_is_not_spoken() -> None:
    said = next(catalogue())
    voice = Voice(register=said.register)
    fillings = slots.Fillings(effort=slots.Effort.TIDYING)
    assert texts.spoken(voice, said, fillings)
    edited = replace(said, english=said.english.replace("Some", "Much"))
    with pytest.raises(texts.UnapprovedTextError, match=r"effort_unseen\.note\.team\.observe"):
        texts.spoken(voice, edited, fillings)


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Approvals and vocabulary in a folder of the test, with all English texts approved."""
    monkeypatch.setattr(approvals, "FOLDER", tmp_path / "approvals")
    monkeypatch.setattr(gate, "VOCABULARY", tmp_path / "vocabulary")
    gate.approve_words("en")
    gate.approve("en")


def english() -> list[lint.Finding]:
    return gate.check(["en"])


def test_a_text_without_its_approval_is_found_and_approving_it_once_is_enough(apart: None) -> None:
    held = approvals.read("en")
    dropped = next(one for one in sorted(held) if one.key == "talked_over.note.team.impact")
    approvals.write("en", held - {dropped})
    assert [(found.rule, found.key) for found in english()] == [(Rule.APPROVAL, dropped.key)]
    assert gate.approve("en").new == (dropped.key,)
    assert english() == []
    assert approvals.read("en") == held


def test_an_approval_of_other_words_is_found_and_dropped(apart: None) -> None:
    stray = Approval("talked_over.note.team.impact", approvals.digest("Other words."))
    approvals.write("en", approvals.read("en") | {stray})
    assert [(found.rule, found.key) for found in english()] == [(Rule.APPROVAL, stray.key)]
    assert gate.approve("en").gone == (stray.key,)
    assert english() == []


def test_a_new_word_holds_its_text_back_until_the_word_is_approved(apart: None) -> None:
    path = gate.VOCABULARY / "en.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("\nstall\n", "\n"), encoding="utf-8")
    key = "reply_waiting.card.team.observe"
    approvals.write("en", {one for one in approvals.read("en") if one.key != key})
    assert {(found.rule, found.key) for found in english()} == {(Rule.VOCABULARY, "stall"), (Rule.APPROVAL, key)}
    held = gate.approve("en")
    assert held.new == ()
    assert [found.key for found in held.held_back] == ["stall"]
    assert gate.approve_words("en") == ("stall",)
    assert gate.approve("en").new == (key,)
    assert english() == []


def test_a_finding_reads_as_a_line() -> None:
    found = lint.Finding(Rule.WORDS, "en", "left_out.note.team.ask", "says never", "Could you never do it?")
    assert str(found) == "en left_out.note.team.ask: words: says never. “Could you never do it?”"


@pytest.mark.parametrize("locale", list(editions.locales()))
@pytest.mark.parametrize("register", Register)
def test_every_card_of_every_deck_is_spoken(locale: str, register: Register) -> None:
    voices = [voice for voice in editions.voices(locale) if voice.register is register]
    for voice in voices:
        said = [str(cards.card(voice, card)) for card in deck.deck(register)]
        assert len(set(said)) == len(said)
        assert not any("{" in one for one in said)


def test_a_child_reads_the_card_of_the_household_in_their_own_words() -> None:
    drawn = deck.Card(Rupture.DIVIDED_ATTENTION, 3, deck.Setting.MEALS)
    child = cards.card(Voice(register=Register.CHILD), drawn)
    assert str(child) == "It's nice when someone looks up and listens. Try putting the screen down and looking."


def test_the_pseudo_language_speaks_approved_texts() -> None:
    pseudo = Voice(catalogues.PSEUDO)
    assert str(cards.card(pseudo, deck.Card(Rupture.LEFT_OUT, 1))).startswith("[")


FILLED = slots.Fillings(
    where=deck.Setting.HOME,
    effort=slots.Effort.TIDYING,
    benefit=slots.Benefit.WEEK,
    audience=slots.Audience.TEAM,
    occasion=slots.Occasion.BIRTHDAY,
    day=date(2026, 11, 26),
    answer="by hand",
    restated="by hand",
    promise="by hand",
    wish="by hand",
)


@pytest.mark.parametrize("register", Register)
@pytest.mark.parametrize("rupture", Rupture)
def test_blanks_say_what_a_note_and_a_line_need(rupture: Rupture, register: Register) -> None:
    voice = Voice(register=register)
    assert "{" not in str(notes.note(voice, rupture, FILLED))
    assert "{" not in repair_lines.line(voice, rupture, FILLED)
    nothing: dict[str, Any]
    for blank in notes.blanks(rupture, register) - {"when"}:
        nothing = {blank: None}
        with pytest.raises(SlotError, match=blank):
            notes.note(voice, rupture, replace(FILLED, **nothing))
    for blank in repair_lines.blanks(rupture, register):
        nothing = {blank: None}
        with pytest.raises(SlotError, match=blank):
            repair_lines.line(voice, rupture, replace(FILLED, **nothing))


def test_an_empty_blank_is_an_error() -> None:
    with pytest.raises(SlotError, match="effort"):
        notes.note(Voice(), Rupture.EFFORT_UNSEEN)


def test_children_are_offered_what_fits_a_home() -> None:
    offered = slots.choices("effort", Register.CHILD)
    assert slots.Effort.LAUNDRY in offered
    assert slots.Effort.PREPARING not in offered
    assert deck.Setting.MEETINGS not in slots.choices("where", Register.FAMILY)


def test_lines_to_have_ready_and_asks_to_the_chair() -> None:
    assert ready.line(Voice(), Rupture.TALKED_OVER) == "I'd like to get to the end of my point."
    assert ready.to_chair(Voice(register=Register.CHILD), Rupture.TALKED_OVER) is None
    chair = ready.to_chair(Voice(), Rupture.TALKED_OVER)
    assert chair == "Could we go round once in our reviews, so each point gets to its end?"


def test_acts_are_numbered_as_the_deck_numbers_them() -> None:
    for register in Register:
        numbers = {said.number for said in catalogue() if said.part is Part.ACT and said.register is register}
        assert numbers == set(range(1, deck.ACTS[register] + 1))
