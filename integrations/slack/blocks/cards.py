"""Cards as they are drawn: what may be done with one, what is said against it, and what one will try."""

from collections.abc import Sequence

from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.wording import buttons, slipping
from service.wording import suggestions as words
from service.wording.buttons import Button
from service.wording.voice import Voice

MINE = (
    Button.SUGGESTIONS_KEEP,
    Button.SUGGESTIONS_OMIT,
    Button.SUGGESTIONS_OTHER,
    Button.SUGGESTIONS_PAUSE,
    Button.SUGGESTIONS_SHARE,
    Button.SUGGESTIONS_REPORT,
)
OURS = (Button.SUGGESTIONS_KEEP, Button.SUGGESTIONS_SHARE, Button.SUGGESTIONS_REPORT)
"""What one leaves out, wishes for or pauses is one's own deck, and changes nothing about the card for all."""


def drawn(voice: Voice, subject: str, card: str, *, ours: bool) -> Block:
    """Under a card, and the way into the coach from it."""
    row = [pieces.button(voice, each, card) for each in (OURS if ours else MINE)]
    return pieces.actions(f"suggestions.{subject}", *row, pieces.button(voice, Button.REPAIRS_OPEN, f"card.{card}"))


def paused(voice: Voice, block: str) -> list[Block]:
    """After pausing, with the way back."""
    again = pieces.button(voice, Button.SUGGESTIONS_PAUSE, "again", label=words.draw_again(voice))
    return [pieces.context(words.paused(voice)), pieces.actions(block, again)]


def report(voice: Voice, kept: str) -> View:
    """Unkind, or not safe."""
    does = Button.SUGGESTIONS_REPORT
    options = [pieces.option(words.unkind(voice), "unkind"), pieces.option(words.unsafe(voice), "unsafe")]
    what = pieces.choice(does, options, kind="radio_buttons")
    return pieces.form(voice, does, [pieces.field("what", slipping.what_is_wrong(voice), what)], submit=None, kept=kept)


def share(voice: Voice, circles: Sequence[tuple[str, str]], kept: str, most: int) -> View:
    """What one will try, in one's own words, so many characters of them. `circles` are ids and names."""
    does = Button.SUGGESTIONS_SHARE
    options = [pieces.option(name, id_) for id_, name in circles]
    which = pieces.choice(does, options, options[0]["value"])
    return pieces.form(
        voice,
        does,
        [
            pieces.field("words", words.share_label(voice), pieces.text(does, "", most)),
            pieces.field("circle", slipping.share_with(voice), which),
        ],
        submit=buttons.label(voice, does),
        kept=kept,
    )
