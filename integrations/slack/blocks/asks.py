"""Asks as they are shown: what waits for me, what I wait for, and the forms around them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.asks.rules import MANY, Mark
from service.wording import again as lent
from service.wording import asks, home, slack
from service.wording.again import Smaller
from service.wording.buttons import Button
from service.wording.voice import Voice

_ROW = "asks."


@dataclass(frozen=True, slots=True)
class Line:
    """One ask in a list: our sentence about it, and where its message stands."""

    ask: str
    said: str
    link: str | None = None
    is_read: bool = True
    """Whether we hear the place where it stands; elsewhere only a tap says that it was answered."""
    is_mine: bool = False
    """Whether its reader asked it."""
    speaks_of: Collection[str] = ()
    is_offered: bool = False
    """Whether somebody passed it on to its reader, who has not taken it yet."""


def block_of(ask: str) -> str:
    """The name of the row of buttons under an ask."""
    return f"{_ROW}{ask}"


def named_in(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """The asks whose buttons stand in a message of ours."""
    rows = (str(block.get("block_id", "")) for block in blocks)
    return [row.removeprefix(_ROW) for row in rows if row.startswith(_ROW)]


def shown(voice: Voice, line: Line) -> list[Block]:
    """An ask with everything that can be done with it, as a list shows it."""
    link = slack_text.link(line.link, slack.open_message(voice)) if line.link and not line.is_read else None
    row = buttons(voice, line)
    if not line.is_mine and not line.is_offered:
        if line.is_read:
            row["elements"].append(_button(voice, Button.ASKS_ANSWERED, line))
        row["elements"].append(_button(voice, Button.ASKS_NOT_AN_ASK, line))
    return [pieces.section(line.said, line.speaks_of, link=link), row]


def buttons(voice: Voice, line: Line) -> Block:
    """What can be done with an ask: by the one asked, or by the asker."""
    if line.is_mine:
        does = (Button.ASKS_MARK, Button.ASKS_AGAIN, Button.ASKS_RELEASE, Button.ASKS_NOT_AN_ASK)
        made = [_button(voice, each, line) for each in does]
    elif line.is_offered:
        take = pieces.button(voice, Button.ASKS_TAKE, line.ask, main=True, about=line.said)
        made = [take, *(_button(voice, each, line) for each in (Button.ASKS_DECLINE, Button.ASKS_NOT_MINE))]
    else:
        does = (Button.ASKS_PROMISE, Button.ASKS_DECLINE, Button.ASKS_NOT_MINE, Button.ASKS_SNOOZE)
        made = [_answer(voice, line), *(_button(voice, each, line) for each in does)]
    return pieces.actions(block_of(line.ask), *made)


def _answer(voice: Voice, line: Line) -> Block:
    if line.is_read:
        return pieces.button(voice, Button.ASKS_ANSWER, line.ask, url=line.link, main=True, about=line.said)
    return pieces.button(voice, Button.ASKS_ANSWER, line.ask, label=slack.i_answered(voice), main=True, about=line.said)


def _button(voice: Voice, does: Button, line: Line) -> Block:
    return pieces.button(voice, does, line.ask, about=line.said)


def watch(voice: Voice, kept: str) -> View:
    """Who owes an answer to a message of one's own."""
    who = {"type": "users_select", "action_id": Button.ASKS_WATCH.value}
    return pieces.form(
        voice,
        Button.ASKS_WATCH,
        [pieces.field("asked", slack.who_owes(voice), who), pieces.context(slack.only_you(voice))],
        submit=slack.save(voice),
        kept=kept,
    )


def promise(voice: Voice, kept: str, first: date) -> View:
    """By which day one answers."""
    day = {"type": "datepicker", "action_id": Button.ASKS_PROMISE.value, "initial_date": first.isoformat()}
    return pieces.form(voice, Button.ASKS_PROMISE, [pieces.field("on", slack.by_which_day(voice), day)], kept=kept)


def not_mine(voice: Voice, kept: str) -> View:
    """Not for me; perhaps for somebody else."""
    who = {"type": "users_select", "action_id": Button.ASKS_NOT_MINE.value}
    return pieces.form(
        voice,
        Button.ASKS_NOT_MINE,
        [pieces.field("instead", slack.who_instead(voice), who, optional=True)],
        kept=kept,
    )


def mark(voice: Voice, kept: str) -> View:
    """How an ask may wait."""
    options = [pieces.option(slack.mark(voice, each), each.value) for each in Mark]
    how = pieces.choice(Button.ASKS_MARK, options, Mark.NONE.value, kind="radio_buttons")
    day = {"type": "datepicker", "action_id": Button.ASKS_MARK.value}
    return pieces.form(
        voice,
        Button.ASKS_MARK,
        [
            pieces.field("mark", slack.how_it_waits(voice), how),
            pieces.field("reply_by", slack.by_which_day(voice), day, optional=True),
        ],
        kept=kept,
    )


def again(voice: Voice, kept: str, link: str | None, on: date, today: date) -> View:
    """Three first lines to ask again with, and the way to where it was asked; nothing is sent for anybody."""
    blocks = [pieces.section(lent.title(voice)), pieces.context(lent.hint(voice))]
    for how in Smaller:
        blocks += [pieces.section(lent.choice(voice, how)), pieces.words(lent.opener(voice, how, on, today))]
    if link is not None:
        blocks.append(pieces.section("", link=slack_text.link(link, slack.open_message(voice))))
    return pieces.form(voice, Button.ASKS_AGAIN, blocks, submit=lent.asked_again(voice), kept=kept)


MOST_AT_ONCE = 20
"""How many questions one form asks about: those left come after these."""


def triage(voice: Voice, lines: Sequence[Line], kept: str) -> View:
    """Many questions, each with three buttons and nothing else."""
    blocks = [pieces.section(lent.triage_hint(voice)), pieces.context(lent.triage_opens(voice))]
    for line in lines[:MOST_AT_ONCE]:
        first = Button.ASKS_TAKE if line.is_offered else Button.ASKS_ANSWER
        link = line.link if line.is_read and not line.is_offered else None
        row = pieces.actions(
            block_of(line.ask),
            pieces.button(voice, first, line.ask, url=link, label=lent.yes(voice), about=line.said),
            pieces.button(voice, Button.ASKS_DECLINE, line.ask, label=lent.no(voice), about=line.said),
            pieces.button(voice, Button.ASKS_PROMISE, line.ask, label=lent.when(voice), about=line.said),
        )
        blocks += [pieces.section(line.said, line.speaks_of), row]
    if not lines:
        blocks = [pieces.section(asks.nothing_waiting(voice))]
    return {**pieces.notice(voice, blocks=blocks), "private_metadata": kept}


def lists(voice: Voice, waiting: Sequence[Line], asked: Sequence[Line]) -> list[Block]:
    """Both lists, as the app's home shows them; many questions are gone through in short."""
    found = [pieces.header(asks.title(voice))]
    if not waiting:
        found.append(pieces.section(home.nothing_waits(voice)))
    if len(waiting) > MANY:
        through = pieces.button(voice, Button.ASKS_TRIAGE, "home", main=True)
        found += [pieces.section(lent.triage_hint(voice)), pieces.actions("asks.triage", through)]
        waiting = ()
    for line in waiting[:MANY]:
        found += shown(voice, line)
    found.append(pieces.header(slack.my_questions(voice)))
    if not asked:
        found.append(pieces.section(home.nothing_is_asked(voice)))
    for line in asked:
        found += shown(voice, line)
    return found
