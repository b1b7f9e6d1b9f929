"""The pieces of which blocks are made, each within Slack's limits."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from integrations import slack_text
from service.wording import buttons, slack
from service.wording.buttons import Button
from service.wording.voice import Voice

Block = dict[str, Any]
View = dict[str, Any]

TITLE = "Goldseam"
"""The title of every form: Slack allows 24 letters there, and sentences need more."""
MOST_OPTIONS = 100
_TORN = re.compile(r"(?:<[^<>]*|&[a-z]*)$")
_SECTION, _HEADER, _LABEL, _OPTION = 3000, 150, 2000, 75


def section(said: str, speaks_of: Collection[str] = (), *, link: str | None = None) -> Block:
    """A sentence of ours, with mentions of those it speaks of, and a link of ours behind it."""
    return {"type": "section", "text": _marked(slack_text.sentence(said, speaks_of), link)}


def words(said: str) -> Block:
    """Somebody's own words, as plain text: nothing in them can call, link or hide."""
    return {"type": "section", "text": plain(slack_text.words(said), _SECTION)}


def context(said: str, speaks_of: Collection[str] = (), *, block: str | None = None) -> Block:
    """Small print."""
    made: Block = {"type": "context", "elements": [_marked(slack_text.sentence(said, speaks_of))]}
    return {**made, "block_id": block} if block else made


def stamp(said: str, at: datetime, fallback: str) -> Block:
    """Small print with a moment, which Slack says in the reader's own zone; `fallback` where it cannot."""
    moment = f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{slack_text.sentence(fallback)}>"
    text = {"type": "mrkdwn", "text": f"{slack_text.sentence(said)} {moment}", "verbatim": True}
    return {"type": "context", "elements": [text]}


def _marked(text: str, link: str | None = None) -> Block:
    """Text in mrkdwn, never empty; too much of it is cut where no mention or entity is torn."""
    room = _SECTION - (len(link) + 1 if link else 0)
    if len(text) > room:
        text = _TORN.sub("", text[: room - 1]) + "…"
    whole = " ".join(filter(None, (text.strip() or "…", link)))
    return {"type": "mrkdwn", "text": whole, "verbatim": True}


def header(said: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(said, _HEADER)}


def divider() -> Block:
    """A line between two things."""
    return {"type": "divider"}


def plain(said: str, most: int) -> Block:
    """Text in which nothing is markup."""
    said = said.strip() or "…"
    return {"type": "plain_text", "text": said if len(said) <= most else f"{said[: most - 1]}…", "emoji": False}


def button(
    voice: Voice,
    does: Button,
    value: str,
    *,
    url: str | None = None,
    main: bool = False,
    label: str | None = None,
    about: str = "",
) -> Block:
    """A button by what it does; `value` is what it does it to, `about` says that where others look just like it."""
    made: Block = {
        "type": "button",
        "action_id": does.value,
        "text": plain(label or buttons.label(voice, does), 75),
        "value": value,
    }
    said = " ".join(slack_text.sentence(about).split())
    if said:
        made["accessibility_label"] = plain(f"{made['text']['text']}: {said}", 75)["text"]
    if url is not None:
        made["url"] = url
    if main:
        made["style"] = "primary"
    return made


def actions(block: str, *elements: Block) -> Block:
    """A row of buttons; `block` names it in its message, so that it can be put in place of by what was done."""
    return {"type": "actions", "block_id": block, "elements": list(elements)}


def option(said: str, value: str) -> Block:
    """One of several things to choose."""
    return {"text": plain(said, _OPTION), "value": value}


def choice(does: Button, options: Sequence[Block], chosen: str | None = None, *, kind: str = "static_select") -> Block:
    """A menu, or a list of radio buttons."""
    made: Block = {"type": kind, "action_id": does.value, "options": list(options[:MOST_OPTIONS])}
    beforehand = next((one for one in made["options"] if one["value"] == chosen), None)
    return {**made, "initial_option": beforehand} if beforehand else made


def several(does: Button, options: Sequence[Block], most: int) -> Block:
    """A menu of which several may be chosen, up to `most`, or none."""
    made: Block = {"type": "multi_static_select", "action_id": does.value, "options": list(options[:MOST_OPTIONS])}
    return {**made, "max_selected_items": most}


def text(does: Button, said: str, most: int, *, lines: bool = True) -> Block:
    """A field to write in, with what is known already."""
    made: Block = {"type": "plain_text_input", "action_id": does.value, "max_length": most, "multiline": lines}
    return {**made, "initial_value": said[:most]} if said else made


def field(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """A field of a form, by the name under which problems speak of it."""
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label, _LABEL),
        "element": element,
        "optional": optional,
    }


def form(voice: Voice, does: Button, blocks: Iterable[Block], *, submit: str | None = None, kept: str = "") -> View:
    """A form that does something when it is sent; `kept` is what it needs to remember until then."""
    return {
        "type": "modal",
        "callback_id": does.value,
        "title": plain(TITLE, 24),
        "submit": plain(submit or buttons.label(voice, does), 24),
        "close": plain(slack.cancel(voice), 24),
        "private_metadata": kept,
        "blocks": list(blocks),
    }


def notice(voice: Voice, *said: str, blocks: Iterable[Block] = ()) -> View:
    """A few sentences to read and close."""
    return {
        "type": "modal",
        "title": plain(TITLE, 24),
        "close": plain(slack.close(voice), 24),
        "blocks": [*(section(sentence) for sentence in said), *blocks],
    }
