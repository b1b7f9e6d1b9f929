"""`goldseam backup` and `goldseam restore`."""

from pathlib import Path

import click

from service import backups, bootstrap
from service.commands import speaking


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@speaking.as_json
def backup(file: Path | None, *, as_json: bool) -> None:
    """Write everything into FILE, or into the state folder, while all goes on running.

    Keep the keys apart: a backup holds no key, and cannot be read whole without them.
    """
    with speaking.opened() as runtime:
        target = file or backups.name(runtime, runtime.now())
        backups.save(runtime, target)
    size = target.stat().st_size
    speaking.answer(
        {"file": str(target), "bytes": size},
        as_json=as_json,
        words=lambda: click.echo(f"{target}, {size // 1024 + 1} KiB. Keep the keys apart from it."),
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, *, yes: bool) -> None:
    """Put the backup FILE back in the place of everything there is now. Stop all other processes first."""
    if not yes:
        click.confirm(f"Everything there is now gives way to {file}. Go on?", abort=True)
    runtime = bootstrap.runtime()
    let_go = backups.restore(runtime, file, runtime.now())
    runtime.engine.dispose()
    click.echo(f"{file} is back. {let_go} nudges may have been sent since it was taken, and were let go of.")
