"""Work that was noticed: the form that notes it, a lead's weekly list, and a question to recall by."""

from collections.abc import Collection, Iterable

from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.efforts.rules import LONGEST_TITLE
from service.nudges.rules import Item
from service.wording import efforts as words
from service.wording import giving, slack
from service.wording.buttons import Button
from service.wording.voice import Voice


def block_of(effort: str) -> str:
    """The name of the row of buttons under an effort."""
    return f"efforts.{effort}"


def row(voice: Voice, effort: str, about: str = "") -> Block:
    """What a reader may do about one person's work; `about` says which, where there are several."""
    return pieces.actions(
        block_of(effort),
        pieces.button(voice, Button.APPRECIATIONS_OPEN, f"effort.{effort}", about=about),
        pieces.button(voice, Button.EFFORTS_ALREADY, effort, about=about),
        pieces.button(voice, Button.EFFORTS_SKIP, effort, about=about),
    )


def digest(
    voice: Voice,
    subject: str,
    lines: Iterable[tuple[Item, str]],
    doubt: str,
    limits: str | None,
    speaks_of: Collection[str],
) -> list[Block]:
    """A lead's weekly list: each person with what can be done, then what we doubt and do not know."""
    found: list[Block] = []
    for item, line in lines:
        found += [pieces.section(line, speaks_of), row(voice, item.subject, line)]
    small = " ".join(filter(None, (doubt, limits)))
    somebody_else = giving.thank_someone_else(voice)
    thank = pieces.button(voice, Button.APPRECIATIONS_OPEN, "recall", label=somebody_else)
    return [*found, pieces.context(small), pieces.actions(block_of(subject), thank)]


def recall(voice: Voice, subject: str) -> Block:
    """Under a question to recall by."""
    thank = pieces.button(voice, Button.APPRECIATIONS_OPEN, "recall", label=giving.thank_someone(voice))
    return pieces.actions(block_of(subject), thank)


def keep_monthly(voice: Voice, subject: str) -> Block:
    """Under the one question whether to go on: no answer means stop."""
    return pieces.actions(block_of(subject), pieces.button(voice, Button.NUDGES_MONTHLY, subject))


def note(voice: Voice, who: str | None, said: str, kept: str) -> View:
    """Note what somebody did; `who` is a Slack id."""
    does = Button.EFFORTS_NOTE
    person: Block = {"type": "users_select", "action_id": does.value}
    if who is not None:
        person["initial_user"] = who
    return pieces.form(
        voice,
        does,
        [
            pieces.field("doer", words.who_did_it(voice), person),
            pieces.field("words", words.what_was_done(voice), pieces.text(does, said, LONGEST_TITLE, lines=False)),
        ],
        submit=slack.save(voice),
        kept=kept,
    )


def noted(voice: Voice, said: str, speaks_of: Collection[str], effort: str | None) -> View:
    """After noting; where it was another's work, the way to thank them."""
    blocks = [pieces.section(said, speaks_of)]
    if effort is not None:
        thank = pieces.button(voice, Button.APPRECIATIONS_OPEN, f"effort.{effort}")
        blocks.append(pieces.actions(block_of(effort), thank))
    return pieces.notice(voice, blocks=blocks)
