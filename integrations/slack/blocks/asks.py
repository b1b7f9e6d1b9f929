"""Asks as they are shown: what waits for me, what I wait for, and the forms around them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.asks.rules import Mark
from service.wording import asks, home, slack
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
    if not line.is_mine:
        row["elements"].append(_button(voice, Button.ASKS_NOT_AN_ASK, line))
    return [pieces.section(line.said, line.speaks_of, link=link), row]


def buttons(voice: Voice, line: Line) -> Block:
    """What can be done with an ask: by the one asked, or by the asker."""
    if line.is_mine:
        does = (Button.ASKS_MARK, Button.ASKS_AGAIN, Button.ASKS_RELEASE, Button.ASKS_NOT_AN_ASK)
        made = [_button(voice, each, line) for each in does]
    else:
        does = (Button.ASKS_PROMISE, Button.ASKS_DECLINE, Button.ASKS_NOT_MINE, Button.ASKS_SNOOZE)
        made = [_answer(voice, line), *(_button(voice, each, line) for each in does)]
    return pieces.actions(block_of(line.ask), *made)


def _answer(voice: Voice, line: Line) -> Block:
    if line.is_read:
        return pieces.button(voice, Button.ASKS_ANSWER, line.ask, url=line.link, main=True, about=line.said)
    return pieces.button(voice, Button.ASKS_ANSWER, line.ask, label=slack.i_answered(voice), main=True, about=line.said)


def _button(voice: Voice, does: Button, line: Line) -> Block:
    url = line.link if does is Button.ASKS_AGAIN else None
    return pieces.button(voice, does, line.ask, url=url, about=line.said)


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


def lists(voice: Voice, waiting: list[Line], asked: list[Line]) -> list[Block]:
    """Both lists, as the app's home shows them."""
    found = [pieces.header(asks.title(voice))]
    if not waiting:
        found.append(pieces.section(home.nothing_waits(voice)))
    for line in waiting:
        found += shown(voice, line)
    found.append(pieces.header(slack.my_questions(voice)))
    if not asked:
        found.append(pieces.section(home.nothing_is_asked(voice)))
    for line in asked:
        found += shown(voice, line)
    return found
