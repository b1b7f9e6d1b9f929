"""The app's home: what waits, when we may write, and the circles one leads."""

from collections.abc import Iterable

from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import people as people_blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.asks import Line
from integrations.slack.blocks.pieces import Block, View
from service.people.rules import Boundary
from service.wording import doors, people, slack
from service.wording.buttons import Button
from service.wording.voice import Voice

MOST_LINES = 15
"""How many asks each list shows; the web shows all of them."""


def outside(voice: Voice) -> View:
    """Before joining: what this is, and the way in."""
    return _home(
        [
            pieces.section(slack.introduction(voice)),
            pieces.section(people.noticed(voice)),
            pieces.section(people.leaving(voice)),
            pieces.actions(
                "people.join",
                pieces.button(voice, Button.PEOPLE_JOIN, "me", main=True),
                pieces.button(voice, Button.APPRECIATIONS_OPEN, "home"),
            ),
            pieces.context(people.strangers(voice)),
        ]
    )


def inside(
    voice: Voice,
    waiting: list[Line],
    asked: list[Line],
    boundary: Boundary,
    led: Iterable[tuple[str, str]],
    open_ones: Iterable[Block] = (),
) -> View:
    """After joining: the doors, what may still be changed, both lists, one's hours, and the circles one leads.

    `led` are ids and names.
    """
    blocks = [
        *_doors(voice),
        *open_ones,
        *ask_blocks.lists(voice, waiting[:MOST_LINES], asked[:MOST_LINES]),
        pieces.divider(),
        *people_blocks.hours(voice, boundary),
    ]
    for circle, name in led:
        row = pieces.actions(f"circles.{circle}", pieces.button(voice, Button.PEOPLE_INVITE, circle))
        blocks += [pieces.section(name), row]
    return _home([*blocks[:97], pieces.context(slack.only_you(voice))])


def _doors(voice: Voice) -> list[Block]:
    does = (Button.EFFORTS_NOTE, Button.REPAIRS_OPEN, Button.SUGGESTIONS_OPEN, Button.MOMENTS_NOTE)
    thank = pieces.button(voice, Button.APPRECIATIONS_OPEN, "home")
    return [
        pieces.header(doors.title(voice)),
        pieces.actions("home.doors", thank, *(pieces.button(voice, each, "home") for each in does)),
    ]


def _home(blocks: list[Block]) -> View:
    return {"type": "home", "blocks": blocks}
