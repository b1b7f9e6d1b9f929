"""Writing a language down: its file in the order of the source, with what is still to be written left empty."""

from collections.abc import Mapping

from babel.messages.plurals import get_plural
from babel.messages.pofile import escape

from service.wording import catalogues, editions
from service.wording.editions import Entry

Source = tuple[str | None, tuple[str, ...]]
"""A context and an English text, or both forms of one that counts."""


def written(locale: str) -> dict[Source, tuple[str, ...]]:
    """What a locale says today."""
    if not catalogues.path(locale).exists():
        return {}
    return {(entry.context, entry.source): entry.words for entry in editions.entries(locale) if entry.words is not None}


def missing(locale: str) -> tuple[Entry, ...]:
    """The English texts that a language does not say yet, in the order of the source; a formal variant lacks none."""
    if editions.is_formal(locale):
        return ()
    said = written(locale)
    asked = {(entry.context, entry.source): entry for entry in editions.entries(catalogues.SOURCE)}
    return tuple(entry for source, entry in asked.items() if source not in said)


def composed(locale: str, said: Mapping[Source, tuple[str, ...]]) -> tuple[str, int]:
    """The file of a locale with these words, and how many texts are still to be written in it.

    Words whose English source is gone are left out; a formal variant holds only what it was given.
    """
    asked = {(entry.context, entry.source): entry for entry in editions.entries(catalogues.SOURCE)}
    varied = {source: _varied(source, asked) for source in said.keys() - asked.keys()}
    asked |= {source: entry for source, entry in sorted(varied.items(), key=str) if entry is not None}
    if editions.is_formal(locale):
        asked = {source: entry for source, entry in asked.items() if source in said}
    lines = [_header(locale), *(_message(locale, entry, said.get(source)) for source, entry in asked.items())]
    return "\n".join(lines), sum(source not in said for source in asked)


def refresh(locale: str, words: Mapping[Source, tuple[str, ...]] | None = None) -> int:
    """Write the file of a locale anew, with these words added, and say how many are still to be written."""
    text, left = composed(locale, {**written(locale), **(words or {})})
    catalogues.path(locale).parent.mkdir(parents=True, exist_ok=True)
    catalogues.path(locale).write_text(text, encoding="utf-8")
    for kept in (catalogues.languages, catalogues.catalogue, catalogues.chain):
        kept.cache_clear()
    return left


def _varied(source: Source, asked: Mapping[Source, Entry]) -> Entry | None:
    """A text that a language says differently in one register."""
    common = asked.get((None, source[1]))
    return None if common is None else Entry(common.key, source[0], source[1], None)


def _header(locale: str) -> str:
    forms, rule = get_plural(editions.language_of(locale))
    fields = (
        f"Language: {locale}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: nplurals={forms}; plural={rule};",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields)


def _message(locale: str, entry: Entry, words: tuple[str, ...] | None) -> str:
    lines = [f"#. {entry.key}"]
    if entry.context is not None:
        lines.append(f"msgctxt {_quoted(entry.context)}")
    lines.append(f"msgid {_quoted(entry.source[0])}")
    if len(entry.source) == 1:
        lines.append(f"msgstr {_quoted(words[0] if words else '')}")
    else:
        lines.append(f"msgid_plural {_quoted(entry.source[1])}")
        forms = words or ("",) * get_plural(editions.language_of(locale))[0]
        lines += [f"msgstr[{index}] {_quoted(form)}" for index, form in enumerate(forms)]
    return "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    quoted: str = escape(text)
    return quoted
