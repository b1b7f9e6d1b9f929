"""Private moments: the form, and a pattern told to oneself alone."""

from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.moments.rules import LONGEST
from service.ruptures import Rupture
from service.wording import kinds, slack
from service.wording import moments as words
from service.wording.buttons import Button
from service.wording.voice import Voice


def form(voice: Voice, kept: str, *, kind: Rupture | None = None) -> View:
    """Note a moment: a kind, somebody or nobody, and words or none."""
    does = Button.MOMENTS_NOTE
    options = [pieces.option(kinds.title(voice, each), each.value) for each in Rupture]
    which = pieces.choice(does, options, kind.value if kind is not None else None)
    who = {"type": "users_select", "action_id": does.value}
    return pieces.form(
        voice,
        does,
        [
            pieces.header(words.title(voice)),
            pieces.field("kind", words.what_kind(voice), which),
            pieces.field("who", words.who(voice), who, optional=True),
            pieces.field("words", words.note(voice), pieces.text(does, "", LONGEST), optional=True),
            *mine_here(voice),
            pieces.context(words.private(voice)),
        ],
        submit=slack.save(voice),
        kept=kept,
    )


def mine_here(voice: Voice) -> list[Block]:
    """A question to oneself, which may end in no message at all."""
    return [pieces.section(words.mine_here(voice)), pieces.context(words.mine_here_hint(voice))]


def pattern(voice: Voice, moment: str) -> Block:
    """Under a pattern: say something, slip a card, or let it be. The card's button carries nothing."""
    return pieces.actions(
        f"moments.{moment}",
        pieces.button(voice, Button.REPAIRS_OPEN, f"moment.{moment}", label=words.say_something(voice)),
        pieces.button(voice, Button.SUGGESTIONS_OPEN, "me", label=words.slip_a_card(voice)),
        pieces.button(voice, Button.MOMENTS_RESOLVE, moment),
    )
