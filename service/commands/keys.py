"""`goldseam keys`: the keys that seal tokens and sessions."""

import os
import tempfile
from pathlib import Path

import click

from service import resealing, settings
from service.commands import speaking
from service.sealing import keyring, new_key


@click.group()
def keys() -> None:
    """See the keys that seal tokens and sessions, or add a new one."""


@keys.command()
@speaking.as_json
def status(*, as_json: bool) -> None:
    """Say how many keys there are and where they come from; never the keys."""
    chosen = settings.read()
    count = len(keyring(settings.keys(chosen)).keys)
    place = "SECRET_KEYS" if chosen.secret_keys else str(settings.keys_file(chosen))
    speaking.answer(
        {"keys": count, "from": place},
        as_json=as_json,
        words=lambda: click.echo(f"{count} {'key' if count == 1 else 'keys'}, from {place}. The first one seals."),
    )


@keys.command()
@click.option("--print", "print_only", is_flag=True, help="Make a key, print it and change nothing.")
def rotate(*, print_only: bool) -> None:
    """Seal everything anew under a new key; to do it again after an interruption does no harm.

    Where SECRET_KEYS is set, put a new key in front of it first, start everything anew, and then run this.
    Keep the last key for ever: numbers that stand for people and words are made with it.
    """
    if print_only:
        click.echo(new_key())
        return
    chosen = settings.read()
    if not chosen.secret_keys:
        _put_in_front(settings.keys_file(chosen), settings.keys(chosen))
    with speaking.opened() as runtime:
        count = resealing.reseal(runtime)
    click.echo(f"{count} sealed values are under the first key now.")
    if not chosen.secret_keys:
        click.echo("Start everything anew, so that each process knows it.")


def _put_in_front(path: Path, known: tuple[str, ...]) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as draft:
        draft.write("\n".join((new_key(), *known)) + "\n")
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(path)
