"""How a command answers: in words for people, or as JSON for programs."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from service import bootstrap, schema
from service.errors import Refused
from service.runtime import Runtime

F = TypeVar("F", bound=Callable[..., Any])


def as_json(command: F) -> F:
    """The option of every command that reads."""
    return click.option("--json", "as_json", is_flag=True, help="Answer with JSON alone.")(command)


def answer(found: object, *, as_json: bool, words: Callable[[], object]) -> None:
    """Say what was found: as JSON, or as `words` prints it."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, default=str))
    else:
        words()


def table(rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, nothing: str) -> None:
    """Rows under their columns, or the sentence that says there are none."""
    if not rows:
        click.echo(nothing)
        return
    cells = [[str(row[name] if row[name] is not None else "") for name in columns] for row in rows]
    widths = [max(len(name), *(len(line[at]) for line in cells)) for at, name in enumerate(columns)]
    for line in (columns, *cells):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def refusal(refused: Refused) -> str:
    """What is in the way, in one line."""
    from service.wording import refusals
    from service.wording.voice import Voice

    return " ".join(refusals.sentence(Voice(), problem) for problem in refused.problems)


@contextmanager
def opened() -> Iterator[Runtime]:
    """The runtime of this environment, on a database that fits."""
    runtime = bootstrap.runtime()
    try:
        schema.refuse_unfit(runtime.engine)
        yield runtime
    finally:
        runtime.engine.dispose()
