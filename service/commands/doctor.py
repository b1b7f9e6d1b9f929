"""`goldseam doctor`: look at everything once."""

from dataclasses import asdict

import click

from service import bootstrap
from service.commands import speaking
from service.doctor import examine
from service.errors import StartRefused
from service.runtime import Finding


@click.command()
@speaking.as_json
def doctor(*, as_json: bool) -> None:
    """Look at settings, database, Redis, rounds and integrations, and say what to do; exit status 1 for any trouble."""
    runtime = bootstrap.runtime()
    findings = examine(runtime, bootstrap.plugs(runtime))
    runtime.engine.dispose()
    speaking.answer([asdict(one) for one in findings], as_json=as_json, words=lambda: _say(findings))
    ill = sum(not one.well for one in findings)
    if ill:
        raise StartRefused(f"{ill} of {len(findings)} need attention.")


def _say(findings: list[Finding]) -> None:
    for one in findings:
        click.echo(f"{'well' if one.well else 'LOOK':>4}  {one.what:<14}{one.said}")
        if one.remedy:
            click.echo(f"{'':20}{one.remedy}")
