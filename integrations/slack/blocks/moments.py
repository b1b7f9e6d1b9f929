"""Private moments: the form, and a pattern told to oneself alone."""

from collections.abc import Iterable, Sequence

from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.moments.rules import LONGEST
from service.ruptures import Rupture
from service.wording import balance as starts
from service.wording import kinds, slack
from service.wording import moments as words
from service.wording.buttons import Button
from service.wording.voice import Voice

MOST_PAIRS = 30
"""How many pairs one view shows; the web shows all of them."""


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


def who_starts(
    voice: Voice, mine: Sequence[tuple[str, str, bool]], may: Sequence[tuple[str, str]], told: Iterable[str] = ()
) -> View:
    """With whom somebody agreed to look, each with whether both did, and with whom they could: ids and names."""
    does = Button.MOMENTS_BALANCE
    said: list[Block] = [
        *(pieces.context(each) for each in told),
        pieces.header(words.balance_title(voice)),
        pieces.section(starts.lead(voice)),
    ]
    for member, name, both in mine[:MOST_PAIRS]:
        state = starts.begun(voice) if both else starts.open_still(voice)
        began = [pieces.button(voice, Button.MOMENTS_STARTED, member, about=name)] if both else []
        row = pieces.actions(f"balance.{member}", *began, pieces.button(voice, Button.MOMENTS_END, member, about=name))
        said += [pieces.section(f"{name}. {state}"), row]
    small = [pieces.context(words.balance_quiet(voice)), pieces.context(starts.duty(voice))]
    if not may:
        return pieces.notice(voice, blocks=[*said, *small])
    options = [pieces.option(name, member) for member, name in may]
    whom = pieces.field("member", starts.whom(voice), pieces.choice(does, options, kind="multi_static_select"))
    return pieces.form(
        voice, does, [*said, whom, pieces.context(starts.whom_hint(voice)), *small], submit=starts.agree(voice)
    )


def invitation(voice: Voice, busier: str) -> Block:
    """Under an invitation to the quieter side: not now."""
    return pieces.actions(f"balance.{busier}", pieces.button(voice, Button.MOMENTS_DISMISS, busier))


def pattern(voice: Voice, moment: str) -> Block:
    """Under a pattern: say something, slip a card, or let it be. The card's button carries nothing."""
    return pieces.actions(
        f"moments.{moment}",
        pieces.button(voice, Button.REPAIRS_OPEN, f"moment.{moment}", label=words.say_something(voice)),
        pieces.button(voice, Button.SUGGESTIONS_OPEN, "me", label=words.slip_a_card(voice)),
        pieces.button(voice, Button.MOMENTS_RESOLVE, moment),
    )
