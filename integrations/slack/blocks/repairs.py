"""Signed repair as it is received, answered and settled."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block
from service.wording import coaching
from service.wording import repairs as words
from service.wording.buttons import Button
from service.wording.voice import Voice


def block_of(repair: str) -> str:
    """The name of the row of buttons under a repair."""
    return f"repairs.{repair}"


def received(voice: Voice, repair: str) -> Block:
    """What the one who was hurt may say to somebody who would like to mend it."""
    does = (Button.REPAIRS_THANK, Button.REPAIRS_TALK, Button.REPAIRS_LATER, Button.REPAIRS_UNSETTLED)
    return pieces.actions(
        block_of(repair), *(pieces.button(voice, each, repair) for each in (*does, Button.REPAIRS_SETTLE))
    )


def note(voice: Voice, repair: str) -> Block:
    """What the receiver of a signed note may do."""
    does = (Button.REPAIRS_DEED, Button.REPAIRS_LATER, Button.REPAIRS_UNFAIR)
    mend = pieces.button(voice, Button.REPAIRS_OPEN, f"note.{repair}", label=words.send_line(voice), main=True)
    return pieces.actions(block_of(repair), mend, *(pieces.button(voice, each, repair) for each in does))


def begin(voice: Voice, subject: str, value: str = "me") -> Block:
    """The way into the coach."""
    return pieces.actions(f"repairs.{subject}", pieces.button(voice, Button.REPAIRS_OPEN, value))


def settle(voice: Voice, repair: str) -> Block:
    """Call it settled, once one has answered."""
    return pieces.actions(block_of(repair), pieces.button(voice, Button.REPAIRS_SETTLE, repair))


@dataclass(frozen=True, slots=True)
class Line:
    """A repair of one's own that is still open."""

    repair: str
    said: str
    speaks_of: Collection[str]
    settles: bool
    """Whether it is its writer who may call it settled."""
    may_go_back: bool


def mine(voice: Voice, lines: Iterable[Line]) -> list[Block]:
    """One's own open repairs, for the app's home."""
    found: list[Block] = []
    for line in lines:
        does = [Button.REPAIRS_SETTLE] if line.settles else []
        does += [Button.REPAIRS_WITHDRAW] if line.may_go_back else []
        buttons = [pieces.button(voice, each, line.repair) for each in does]
        found += [pieces.section(line.said, line.speaks_of), pieces.actions(block_of(line.repair), *buttons)]
    return [pieces.header(coaching.mine(voice)), *found] if found else []
