"""`goldseam words`: the gate that every text passes before it ships."""

import click

from service.commands import speaking
from service.errors import StartRefused
from service.wording import editions, gate


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
