"""`goldseam asks`: hear a recorded conversation again, or see why an ask is thought open."""

from dataclasses import asdict
from pathlib import Path

import click

from service.asks import queries, replay
from service.commands import speaking
from service.errors import ProblemKind, StartRefused, refused


@click.group()
def asks() -> None:
    """Hear a recorded conversation again, or see why an ask is thought open."""


@asks.command("replay")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pred", type=click.Path(dir_okay=False, path_type=Path), help="Write what is read of each message.")
@click.option("--links", type=click.Path(dir_okay=False, path_type=Path), help="Write what each message answers.")
@click.option("--mentions-kept", type=click.FloatRange(0, 1), default=1.0, help="Forget the other mentions.")
@click.option("--seed", type=int, default=0, help="Which ones are forgotten.")
@speaking.as_json
def replay_(
    files: tuple[Path, ...], pred: Path | None, links: Path | None, mentions_kept: float, seed: int, *, as_json: bool
) -> None:
    """Read recorded conversations, one FILE.jsonl or FILE.jsonl.gz each, from their first message on."""
    try:
        found = replay.replay_files(files, pred, links, mentions_kept=mentions_kept, seed=seed)
    except (ValueError, KeyError, OSError) as error:
        raise StartRefused(f"This is no recorded conversation: {type(error).__name__}: {error}") from None
    speaking.answer(
        asdict(found),
        as_json=as_json,
        words=lambda: click.echo(
            f"{found.messages} messages in {found.documents} conversations, {found.micros:.0f} µs each: "
            f"{found.asks} asks, {found.unanswered} of them without an answer."
        ),
    )


@asks.command()
@click.argument("ref")
@speaking.as_json
def explain(ref: str, *, as_json: bool) -> None:
    """Say why the ask REF is thought open: its numbers, never its words."""
    with speaking.opened() as runtime, runtime.housekeeping(writes=False) as db:
        card = queries.ask(db, ref)
        if card is None:
            raise refused(ProblemKind.NOT_FOUND)
        unanswered, why = queries.reasons(db, ref)
    found = {
        **{name: value for name, value in asdict(card).items() if name not in ("words", "answer")},
        "unanswered": round(unanswered, 3),
        "reasons": [reason.value for reason in why],
    }
    speaking.answer(found, as_json=as_json, words=lambda: _say(found))


def _say(found: dict[str, object]) -> None:
    for name, value in found.items():
        if value is not None and value != []:
            click.echo(f"{name:>14}  {', '.join(value) if isinstance(value, list) else value}")
