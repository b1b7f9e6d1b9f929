"""`goldseam asks`: hear a recorded conversation again, or see why an ask is thought open."""

from dataclasses import asdict
from pathlib import Path

import click

from service.asks import queries, replay
from service.commands import speaking
from service.errors import ProblemKind, StartRefused, refused
from service.wording import evidence
from service.wording.voice import Voice


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
    """Say why the ask REF, an id or the address of its message, is thought open: its numbers, never its words."""
    with speaking.opened() as runtime, runtime.housekeeping(writes=False) as db:
        cards = queries.referred_to(db, ref)
        if not cards:
            raise refused(ProblemKind.NOT_FOUND)
        known = queries.understood(db, [cards[0].id], runtime.now()).get(cards[0].id)
    voice = Voice.for_language("en")
    found = {
        **{name: value for name, value in asdict(cards[0]).items() if name not in ("words", "answer")},
        "others": [card.id for card in cards[1:]],
        "unanswered": round(known.unanswered, 3) if known is not None else None,
        "reasons": [reason.value for reason in known.reasons] if known is not None else [],
        "taught": asdict(known.expected) if known is not None else None,
        "because": (
            evidence.because(voice, known.reasons, known.expected)
            if known is not None
            else (evidence.nothing_read(voice),)
        ),
    }
    speaking.answer(found, as_json=as_json, words=lambda: _say(found))


def _say(found: dict[str, object]) -> None:
    for name, value in found.items():
        if name not in ("because", "reasons", "taught") and value is not None and value != []:
            click.echo(f"{name:>14}  {', '.join(value) if isinstance(value, list) else value}")
    because = found["because"]
    assert isinstance(because, tuple)  # noqa: S101 - made above
    for sentence in because:
        click.echo(sentence)
