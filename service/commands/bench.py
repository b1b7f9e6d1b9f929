"""`goldseam bench`: ours beside what one would otherwise write, measured in one run."""

import importlib
import importlib.util
import sys
from pathlib import Path

import click

from service.commands import speaking
from service.errors import StartRefused


@click.command()
@click.option("--quick", is_flag=True, help="Fewer messages and rounds: under two minutes, and only a hint.")
@click.option(
    "--runs",
    type=click.IntRange(1, 9),
    default=1,
    show_default=True,
    help="So often; medians count.",
)
@click.option(
    "--write",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Put the table into this page as well, in the place of the last one: docs/benchmarks.md.",
)
@speaking.as_json
def bench(*, quick: bool, runs: int, write: Path | None, as_json: bool) -> None:
    """Measure ours beside what one would otherwise write, in turn, and print the medians."""
    if importlib.util.find_spec("benchmarks") is None:
        raise StartRefused("The benchmarks are part of a checkout, not of the installed package.")
    run = importlib.import_module("benchmarks.run")
    found = run.report(run.rows(quick=quick, runs=runs, said=lambda line: click.echo(line, err=True)), runs)
    if write is not None:
        run.write(found, write, quick=quick)
    columns = ("path", "ours", "peer", "ratio", "target", "met")
    rows = [{name: _short(value) for name, value in row.items()} for row in found["rows"]]
    speaking.answer(
        found, as_json=as_json, words=lambda: speaking.table(rows, columns, nothing="Nothing could be measured.")
    )
    if not all(row["met"] for row in found["rows"]):
        click.echo("Not every target was met.", err=True)
        sys.exit(1)


def _short(value: object) -> object:
    return f"{value:.3g}" if isinstance(value, float) else value
