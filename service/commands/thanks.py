"""`goldseam thanks`: how well thanks are read."""

from dataclasses import asdict
from pathlib import Path

import click

from service.commands import speaking
from service.efforts import scoring
from service.errors import StartRefused


@click.group()
def thanks() -> None:
    """See how well thanks are read."""


@thanks.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", help="The language of the messages.")
@speaking.as_json
def score(file: Path, language: str, *, as_json: bool) -> None:
    """Compare the reader with a table of labelled messages, by their source."""
    try:
        with file.open(encoding="utf-8") as lines:
            scores = scoring.score(scoring.labelled(lines), language)
    except (scoring.NotLabelled, UnicodeDecodeError) as error:
        raise StartRefused(f"{file.name}: {error}") from None
    found = [{**asdict(one), "precision": one.precision, "recall": one.recall, "f1": one.f1} for one in scores]
    speaking.answer(
        found,
        as_json=as_json,
        words=lambda: speaking.table(
            [
                {name: f"{value:.3f}" if isinstance(value, float) else value for name, value in row.items()}
                for row in found
            ],
            ["source", "rows", "thanks", "read", "right", "precision", "recall", "f1"],
            nothing="There is no message in it.",
        ),
    )
