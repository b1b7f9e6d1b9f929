"""`goldseam db`: bring the database up to date, or see whether it is."""

import click

from service import bootstrap, schema
from service.commands import speaking
from service.errors import StartRefused


@click.group("db")
def database() -> None:
    """Bring the database up to date, or see whether it is."""


@database.command()
def upgrade() -> None:
    """Take every step that is missing, all of them or none."""
    runtime = bootstrap.runtime()
    schema.refuse_newer(runtime.engine)
    _, before = schema.look(runtime.engine)
    schema.upgrade(runtime.engine)
    _, after = schema.look(runtime.engine)
    runtime.engine.dispose()
    click.echo(f"The database is at step {after}, as it was." if before == after else f"The database is at {after}.")


@database.command()
@speaking.as_json
def check(*, as_json: bool) -> None:
    """See whether the database fits this version; exit status 1 where it does not."""
    runtime = bootstrap.runtime()
    fit, at = schema.look(runtime.engine)
    found = {"fit": fit, "at": at, "last": schema.known()[-1]}
    runtime.engine.dispose()
    speaking.answer(
        found,
        as_json=as_json,
        words=lambda: click.echo(f"The database is at step {at or 'none'}; the last one is {found['last']}."),
    )
    match fit:
        case schema.Fit.BEHIND:
            raise StartRefused("It is behind: run `goldseam db upgrade`.")
        case schema.Fit.NEWER:
            raise StartRefused("It is newer than this version: install the version that made it.")
