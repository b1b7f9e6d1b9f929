"""The rules: what they must stop, what they must let through, and what only a reader stops."""

import tomllib
from pathlib import Path

import pytest

from service.ruptures import Register, Rupture
from service.wording import gate, lint, texts, word_lists
from service.wording.lint import Rule
from service.wording.texts import Form, Part, Text
from service.wording.voice import Voice

LINES = tomllib.loads((Path(__file__).parent / "lines.toml").read_text(encoding="utf-8"))
ENGLISH = word_lists.lists("en")


def text_of(line: dict[str, str]) -> Text:
    form, register, part = line["part"].split(".")
    return Text(Rupture.LEFT_OUT, Register(register), Form(form), Part(part), line["words"])


def rules_against(line: dict[str, str]) -> set[Rule]:
    if line["part"] == "system":
        return {rule for rule, _ in lint.system(line["words"], ENGLISH)}
    found = {rule for rule, _ in lint.catalogue(text_of(line), line["words"], ENGLISH)}
    return found | ({Rule.VOCABULARY} if gate.new_words("en", line["words"]) else set())


@pytest.mark.parametrize("line", LINES["crude"], ids=lambda line: line["words"])
def test_a_crude_line_is_stopped_for_its_reason(line: dict[str, str]) -> None:
    assert set(line["by"]) <= {rule.value for rule in rules_against(line)}


@pytest.mark.parametrize("line", LINES["subtle"], ids=lambda line: line["words"])
def test_a_subtle_line_is_stopped(line: dict[str, str]) -> None:
    assert rules_against(line)


@pytest.mark.parametrize("line", LINES["good"], ids=lambda line: line["words"])
def test_a_good_line_passes(line: dict[str, str]) -> None:
    assert rules_against(line) <= {Rule.VOCABULARY}


@pytest.mark.parametrize("line", LINES["read"], ids=lambda line: line["words"])
def test_a_line_no_rule_stops_is_not_spoken_until_somebody_read_it(line: dict[str, str]) -> None:
    assert not rules_against(line)
    with pytest.raises(texts.UnapprovedTextError):
        texts.spoken(Voice(register=text_of(line).register), text_of(line))


@pytest.mark.parametrize(
    ("part", "words", "rule"),
    [
        ("card.team.observe", "When {effort} goes by, it can feel heavy.", Rule.SLOTS),
        ("note.team.observe", "{effort} got done.", Rule.SLOTS),
        ("note.team.observe", "Some {praise} went by.", Rule.SLOTS),
        ("repair.team.line", "The answer is {answer}, and I'm sorry.", Rule.SLOTS),
        ("note.team.impact", "It is on www.example.org.", Rule.SLOTS),
        ("note.team.observe", "It came at 22 hours.", Rule.SLOTS),
        ("note.team.observe", "Was it settled?", Rule.SHAPE),
        ("card.team.observe", "When we talk, it can help.", Rule.PERSON),
        ("card.team.observe", "A point got cut short.", Rule.SHAPE),
        ("card.team.observe", "A point is cut short.", Rule.SHAPE),
        ("card.team.act", "Go round once.", Rule.SHAPE),
        ("chair.team.ask", "Could you stop your jokes?", Rule.PERSON),
        ("note.team.impact", "I waited; it was long.", Rule.MARKS),
        ("note.team.impact", "I waited...", Rule.MARKS),
        ("note.team.impact", "It was REALLY long.", Rule.MARKS),
        ("note.team.impact", "It was long 🙂.", Rule.MARKS),
        ("repair.team.line", "It was a busy day.", Rule.REPAIR),
        ("repair.team.line", "I'm sorry, please forgive me.", Rule.REPAIR),
    ],
)
def test_each_rule_says_what_is_in_the_way(part: str, words: str, rule: Rule) -> None:
    assert rule in rules_against({"part": part, "words": words})


def test_what_is_quoted_points_at_nobody() -> None:
    line = {"part": "card.team.act", "words": "Try a line such as “I read this, and I'm glad you told me”."}
    assert not rules_against(line) - {Rule.VOCABULARY}


def test_a_banned_word_inside_another_is_no_find() -> None:
    assert list(lint.system("They sheared a hero.", ENGLISH)) == []


@pytest.mark.parametrize(
    ("register", "words", "count"),
    [
        (Register.TEAM, "One. Two. Three. Four. Five.", 1),
        (Register.TEAM, "word " * 19 + ".", 1),
        (Register.CHILD, "word " * 13 + ".", 1),
        (Register.CHILD, "word " * 12 + ".", 0),
        (Register.TEAM, "A" * 261, 1),
        (Register.CHILD, "A" * 151, 1),
    ],
)
def test_what_is_long_is_found(register: Register, words: str, count: int) -> None:
    assert len(list(lint.length(Form.NOTE, register, words, ENGLISH))) == count
