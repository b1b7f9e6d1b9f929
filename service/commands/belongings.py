"""`goldseam export` and `goldseam erase`: what is kept about one member."""

import json
from pathlib import Path

import click

from service import erasing
from service.belongings import actions, queries
from service.commands import speaking
from service.people import queries as people


@click.command()
@click.argument("member")
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), help="A file, readable by you alone.")
def export(member: str, into: Path | None) -> None:
    """Show everything kept about MEMBER, named by id, as JSON. It is theirs: give it to nobody else."""
    with speaking.opened() as runtime:
        with runtime.housekeeping(writes=False) as db:
            home = people.the_member(db, member).workspace
        with runtime.transaction(home, writes=False) as db:
            found = queries.everything_about(db, runtime.keyring, member)
    words = json.dumps(found, ensure_ascii=False, indent=2, default=str)
    if into is None:
        click.echo(words)
        return
    into.touch(mode=0o600)
    into.write_text(words + "\n", encoding="utf-8")
    click.echo(f"{into}: {sum(map(len, found.values()))} rows.")


@click.command()
@click.argument("member")
@click.option("--take-back", is_flag=True, help="Take back the thanks they gave, too.")
@click.option("--scrub", is_flag=True, help="Write every table anew, so that no byte stays; it takes a while.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(member: str, *, take_back: bool, scrub: bool, yes: bool) -> None:
    """Erase MEMBER, named by id. Nobody is told. What they slipped into a hat cannot be found, so it stays."""
    with speaking.opened() as runtime:
        with runtime.housekeeping(writes=False) as db:
            card = people.the_member(db, member)
        if not yes:
            click.confirm(f"{card.name} and everything kept about them will be gone. Go on?", abort=True)
        with runtime.transaction(card.workspace) as db:
            actions.erase(db, member, runtime.now(), take_back=take_back)
        erasing.leave_no_byte(runtime, scrub=scrub)
    click.echo("Done. Backups from before still hold it; a restore erases it again.")
