"""`goldseam words`: the gate that every text passes before it ships."""

import json
from typing import Any, TextIO

import click

from service.commands import speaking
from service.errors import StartRefused
from service.wording import catalogues, editions, gate, translating
from service.wording.translating import Source


@click.group()
def words() -> None:
    """See what is in the way of our texts, or approve them."""


@words.command()
@click.option("--locale", "locales", multiple=True, help="An edition; all of them where it is left out.")
@speaking.as_json
def check(locales: tuple[str, ...], *, as_json: bool) -> None:
    """List everything in the way of what we say today; exit status 1 where there is anything."""
    findings = gate.check(locales or None)
    speaking.answer(
        [{"locale": one.locale, "key": one.key, "rule": one.rule, "why": one.why} for one in findings],
        as_json=as_json,
        words=lambda: click.echo("\n".join(str(one) for one in findings)) if findings else None,
    )
    if findings:
        raise StartRefused(f"{len(findings)} things are in the way.")
    if not as_json:
        click.echo(f"Every text of {', '.join(locales or editions.locales())} may go out.")


@words.command()
@click.argument("locale", default="en")
@click.option("--new-words", is_flag=True, help="Take the new words into the vocabulary instead.")
def approve(locale: str, *, new_words: bool) -> None:
    """Approve the texts of an edition as they stand, save those a rule holds back."""
    if new_words:
        taken = gate.approve_words(editions.language_of(locale))
        click.echo(f"New words: {', '.join(taken) or 'none'}")
        return
    approved = gate.approve(locale)
    click.echo(f"{len(approved.new)} texts approved, {len(approved.gone)} let go of.")
    for finding in approved.held_back:
        click.echo(str(finding))
    if approved.held_back:
        raise StartRefused(f"{len(approved.held_back)} things hold texts back.")


@words.command()
@click.argument("languages", nargs=-1)
@speaking.as_json
def missing(languages: tuple[str, ...], *, as_json: bool) -> None:
    """List the texts that a language does not say yet; of every language where none is named."""
    wanted = languages or (*catalogues.languages()[1:], *catalogues.underway())
    found = [(language, entry) for language in wanted for entry in translating.missing(language)]
    rows: list[dict[str, object]] = [
        {"locale": language, "key": one.key, "context": one.context, "english": one.source, "words": []}
        for language, one in found
    ]
    speaking.answer(
        rows,
        as_json=as_json,
        words=lambda: speaking.table(
            [{**row, "english": " | ".join(one.source)} for row, (_, one) in zip(rows, found, strict=True)],
            ("locale", "key", "context", "english"),
            nothing="Nothing is missing.",
        ),
    )


@words.command()
@click.argument("locale")
@click.argument("listed", type=click.File(encoding="utf-8"))
def write(locale: str, listed: TextIO) -> None:
    """Write into a language what a file says: the list that `missing --json` makes, with `words` filled in."""
    try:
        said = dict(_said(row) for row in json.load(listed) if row["words"])
    except (ValueError, KeyError, TypeError) as error:
        raise StartRefused("This file is no list as `goldseam words missing --json` makes it.") from error
    known = {(entry.context, entry.source) for entry in editions.entries(catalogues.SOURCE)}
    registers = {source for _, source in known}
    if unknown := [source for source in said if source not in known and source[1] not in registers]:
        raise StartRefused(f"English does not say this: {unknown[0][1][0]}")
    left = translating.refresh(locale, said)
    click.echo(f"{len(said)} texts written, {left} still to be written.")


def _said(row: dict[str, Any]) -> tuple[Source, tuple[str, ...]]:
    return (row["context"], tuple(row["english"])), tuple(row["words"])
