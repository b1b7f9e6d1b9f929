"""A parcel as one message: its nudges, what can be done with each, and why it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from integrations import slack_text
from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import circles, pieces
from integrations.slack.blocks.pieces import Block, View
from service.nudges.couriers import Enclosed, Parcel, Reader
from service.nudges.rules import NudgeKind
from service.wording import asks, buttons, nudges, people, reasons, slack
from service.wording.buttons import Button
from service.wording.nudges import Names
from service.wording.voice import Voice

CLOSING = "nudges"
"""The name of the last row of a message."""
MOST = 15
"""How many nudges one message spells out; Slack takes 50 blocks."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: blocks, and one neutral line for locked screens and screen readers."""

    text: str
    blocks: list[Block]


def voice_of(reader: Reader) -> Voice:
    """How we speak to whoever reads a parcel."""
    return Voice.for_language(reader.language, formal=reader.formal, register=reader.register)


def message(parcel: Parcel, today: date, address: str) -> Message:
    """A parcel as a message. `address` is where the team opens Slack in a browser, for links to messages."""
    voice = voice_of(parcel.reader)
    names, speaks_of = _named(parcel)
    said = parcel.nudges[:MOST]
    more = parcel.more + len(parcel.nudges) - len(said)
    blocks: list[Block] = []
    for nudge in said:
        if blocks:
            blocks.append(pieces.divider())
        blocks += _said(voice, nudge, parcel, names, speaks_of, today, address)
    if more:
        blocks.append(pieces.context(asks.more(voice, more)))
    if not parcel.reader.is_place:
        blocks.append(_closing(voice, [nudge.kind for nudge in said]))
    titles = dict.fromkeys(nudges.title(voice, nudge.kind) for nudge in said)
    return Message(slack_text.sentence(" · ".join(titles)), blocks)


def _named(parcel: Parcel) -> tuple[Names, frozenset[str]]:
    """People and places by the marks that become mentions, plainly named where Slack does not know them."""
    speaks_of = set()
    members, places = {}, {}
    for id_, named in parcel.people.items():
        members[id_] = slack_text.person(named.address) if named.address else named.name
        speaks_of.add(f"{named.address}")
    for id_, named in parcel.places.items():
        is_channel = named.address is not None and named.address.startswith(("C", "G"))
        places[id_] = slack_text.channel(named.address) if named.address and is_channel else named.name
        speaks_of.add(f"{named.address}")
    for nudge in parcel.nudges:
        offered = nudge.told.place if nudge.kind is NudgeKind.PLACE_OFFERED else None
        if offered and offered not in places:  # a channel that is nobody's place yet is named by its id
            places[offered] = slack_text.channel(offered)
            speaks_of.add(offered)
    return Names(members, places), frozenset(speaks_of)


def _said(
    voice: Voice,
    nudge: Enclosed,
    parcel: Parcel,
    names: Names,
    speaks_of: frozenset[str],
    today: date,
    address: str,
) -> list[Block]:
    told = nudge.told
    if parcel.reader.is_place and nudge.kind is NudgeKind.WELCOME:
        circle, _, _ = nudge.subject.partition(".")
        return circles.invitation(voice, names.member(voice, told.who), told.words or "", circle, speaks_of)
    made = [pieces.section(nudges.body(voice, nudge.kind, told, names, today), speaks_of)]
    if told.words:
        made.append(pieces.words(told.words))
    made += [pieces.section(line, speaks_of) for line in nudges.lines(voice, nudge.kind, told, names, today)]
    small = nudges.footer(voice, nudge.kind, told)
    if small:
        made.append(pieces.context(small))
    row = _row(voice, nudge, address)
    return [*made, row] if row else made


def _row(voice: Voice, nudge: Enclosed, address: str) -> Block | None:
    extra = nudge.told.extra or {}
    match nudge.kind:
        case NudgeKind.ASK_WAITING | NudgeKind.ASK_PASSED_ON if "ts" in extra:
            link = slack_text.permalink(address, extra["channel"], extra["ts"])
            line = ask_blocks.Line(nudge.subject, "", link, is_read=nudge.told.place is not None)
            return ask_blocks.buttons(voice, line)
        case NudgeKind.PLACE_OFFERED:
            return circles.offer(voice, nudge.subject)
        case _:
            return None


def _closing(voice: Voice, kinds: Iterable[NudgeKind]) -> Block:
    value = ",".join(dict.fromkeys(kind.value for kind in kinds))
    does = (Button.NUDGES_WHY, Button.NUDGES_FEWER, Button.NUDGES_STOP)
    return pieces.actions(CLOSING, *(pieces.button(voice, each, value) for each in does))


def why(voice: Voice, kinds: Iterable[NudgeKind]) -> View:
    """Why each of these came, and how to have fewer of it, or none."""
    blocks: list[Block] = [pieces.header(slack.why_title(voice))]
    for kind in dict.fromkeys(kinds):
        fewer = pieces.button(voice, Button.NUDGES_FEWER, kind.value)
        stop = pieces.button(voice, Button.NUDGES_STOP, kind.value)
        said = f"{nudges.title(voice, kind)}: {reasons.why(voice, kind)}"
        blocks += [pieces.section(said), pieces.actions(f"nudges.{kind.value}", fewer, stop)]
    return pieces.notice(voice, blocks=[*blocks, pieces.context(buttons.stop_hint(voice))])


def welcome(voice: Voice, circle: str | None) -> View:
    """What one reads right after joining."""
    return pieces.notice(voice, people.welcome(voice, circle), people.welcome_tip(voice))
