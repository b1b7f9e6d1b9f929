"""A language on disk: complete, in the order of the source, and never losing what was written."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.commands.words import words
from service.errors import StartRefused
from service.ruptures import Register
from service.wording import catalogues, editions, gate, parity, translating
from service.wording.lint import Rule
from service.wording.voice import Voice

OTHERS = [locale for locale in editions.locales() if locale != catalogues.SOURCE]


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_spanish_french_and_german_are_whole_or_say_that_they_are_not(language: str) -> None:
    assert catalogues.path(language + catalogues.FORMAL).exists()
    assert (language in catalogues.languages()) != (language in catalogues.underway())


def test_a_language_that_is_underway_is_not_offered_and_not_asked_of(
    apart: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    translating.refresh("nl", {})
    (catalogues.FOLDER / "nl" / catalogues.UNDERWAY).write_text("The web is still to be written.")
    catalogues.languages.cache_clear()
    assert catalogues.languages() == ("en",)
    assert catalogues.underway() == ("nl",)
    assert "nl" not in set(editions.locales())


@pytest.mark.parametrize("locale", OTHERS)
def test_writing_a_language_again_changes_nothing(locale: str) -> None:
    text, _ = translating.composed(locale, translating.written(locale))
    assert text == catalogues.path(locale).read_text(encoding="utf-8")


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder for languages with nothing in it."""
    kept = (catalogues.languages, catalogues.catalogue, catalogues.chain)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


LATE = (None, ("Sorry I was slow.",))
MORE = (None, ("And one more.", "And {count} more."))


@pytest.mark.usefixtures("apart")
def test_a_new_language_is_a_folder() -> None:
    assert catalogues.languages() == ("en",)
    left = translating.refresh("nl", {LATE: ("Sorry, ik was traag.",), MORE: ("En nog een.", "En nog {count}.")})
    assert left == len({(entry.context, entry.source) for entry in editions.entries("en")}) - 2
    assert catalogues.languages() == ("en", "nl")
    dutch = Voice.for_language("nl")
    assert dutch.say("Sorry I was slow.") == "Sorry, ik was traag."
    assert dutch.count("And one more.", "And {count} more.", 1) == "En nog een."
    assert dutch.count("And one more.", "And {count} more.", 2) == "En nog 2."
    assert dutch.say("Saved.") == "Saved."


@pytest.mark.usefixtures("apart")
def test_what_is_missing_stale_or_has_other_blanks_is_found() -> None:
    asked = (None, ("{name} asks you:",))
    translating.refresh("de", {LATE: ("Entschuldige.",), asked: ("{nom} fragt dich:",)})
    path = catalogues.path("de")
    stale = '\nmsgid "A sentence of last year."\nmsgstr "Ein Satz von gestern."\n'
    path.write_text(path.read_text(encoding="utf-8") + stale, encoding="utf-8")
    catalogues.catalogue.cache_clear()
    found = list(parity.findings("de"))
    assert {finding.rule for finding in found} == {Rule.PARITY}
    assert any(finding.words == "A sentence of last year." and "gone" in finding.why for finding in found)
    assert any(finding.key == "asks.asked_at_home" and "blanks" in finding.why for finding in found)
    assert any(finding.key == "pages.saved" and "not written" in finding.why for finding in found)
    assert not any(finding.key == "asks.answer_late" and finding.words == "Sorry I was slow." for finding in found)


@pytest.mark.usefixtures("apart")
def test_a_draft_is_not_spoken() -> None:
    translating.refresh("de", {LATE: ("Entschuldige.",)})
    path = catalogues.path("de")
    drafted = path.read_text(encoding="utf-8").replace(
        'msgid "Sorry I was slow."', '#, fuzzy\nmsgid "Sorry I was slow."'
    )
    path.write_text(drafted, encoding="utf-8")
    catalogues.catalogue.cache_clear()
    assert Voice("de").say("Sorry I was slow.") == "Sorry I was slow."


@pytest.mark.usefixtures("apart")
def test_a_register_may_be_said_differently_and_formal_falls_back() -> None:
    family = ("family", ("Saved.",))
    translating.refresh("de", {(None, ("Saved.",)): ("Gespeichert.",), family: ("Ist drin.",)})
    translating.refresh("de@formal", {LATE: ("Entschuldigung.",)})
    assert Voice.for_language("de").say("Sorry I was slow.") == "Entschuldigung."
    assert Voice.for_language("de").say("Saved.") == "Gespeichert."
    assert Voice.for_language("de", register=Register.FAMILY).say("Saved.") == "Ist drin."


@pytest.mark.usefixtures("apart")
def test_the_wrong_address_is_found() -> None:
    asked = (None, ("{name} asks you:",))
    translating.refresh("de", {asked: ("{name} fragt Sie:",)})
    translating.refresh("de@formal", {asked: ("{name} fragt dich:",)})
    for locale in ("de", "de@formal"):
        wrong = [finding for finding in gate.lint_of(locale) if finding.rule is Rule.ADDRESS]
        assert [finding.key for finding in wrong[:1]] == ["asks.asked_at_home"]


@pytest.mark.usefixtures("apart")
def test_what_is_missing_is_listed_filled_in_and_written(tmp_path: Path) -> None:
    translating.refresh("de", {LATE: ("Entschuldige.",)})
    listed = CliRunner().invoke(words, ["missing", "de", "--json"])
    rows = json.loads(listed.stdout)
    assert ["Sorry I was slow."] not in [row["english"] for row in rows]
    more = next(row for row in rows if row["english"] == list(MORE[1]))
    more["words"] = ["Und noch eins.", "Und {count} weitere."]
    filled = tmp_path / "filled.json"
    filled.write_text(json.dumps(rows), encoding="utf-8")
    assert "1 texts written" in CliRunner().invoke(words, ["write", "de", str(filled)]).stdout
    assert translating.written("de") == {LATE: ("Entschuldige.",), MORE: ("Und noch eins.", "Und {count} weitere.")}
    assert len(translating.missing("de")) == len(rows) - 1
    assert translating.missing("de@formal") == ()


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(
    "listed", ["no list", "{}[]", '[{"words": ["x"]}]', '[{"context": null, "english": ["Not said."], "words": ["x"]}]']
)
def test_a_list_that_does_not_fit_is_refused_and_changes_nothing(listed: str, tmp_path: Path) -> None:
    filled = tmp_path / "filled.json"
    filled.write_text(listed, encoding="utf-8")
    assert isinstance(CliRunner().invoke(words, ["write", "de", str(filled)]).exception, StartRefused)
    assert not catalogues.path("de").exists()
