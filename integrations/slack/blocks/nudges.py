"""A parcel as one message: its nudges, what can be done with each, and why it came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from integrations import slack_text
from integrations.slack.blocks import appreciations, cards, circles, moments, pieces, repairs
from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import efforts as effort_blocks
from integrations.slack.blocks.pieces import Block, View
from service.nudges.couriers import Enclosed, Parcel, Reader
from service.nudges.rules import NudgeKind
from service.wording import asks, buttons, evidence, nudges, people, reasons, slack
from service.wording.buttons import Button
from service.wording.nudges import Names
from service.wording.voice import Voice

CLOSING = "nudges"
"""The name of the last row of a message."""
MOST = 15
"""How many nudges one message spells out."""
ROOM = 47
"""How many blocks they may take: Slack takes 50, and the last ones say how many more there are and why they came."""


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
    said: list[Enclosed] = []
    blocks: list[Block] = []
    for nudge in parcel.nudges[:MOST]:
        made = _said(voice, nudge, parcel, names, speaks_of, today, address)
        if said and len(blocks) + 1 + len(made) > ROOM:
            break
        blocks += [*([pieces.divider()] if said else []), *made]
        said.append(nudge)
    more = parcel.more + len(parcel.nudges) - len(said)
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
    body, small = nudges.body(voice, nudge.kind, told, names, today), nudges.footer(voice, nudge.kind, told)
    lines = nudges.lines(voice, nudge.kind, told, names, today)
    seen_to = pieces.context(nudges.seen_to(voice))
    if nudge.kind is NudgeKind.EFFORT_UNTHANKED and nudge.acted:
        return [pieces.section(body, speaks_of), seen_to]
    if nudge.kind is NudgeKind.EFFORT_UNTHANKED:
        return effort_blocks.digest(voice, nudge.subject, zip(told.items, lines, strict=True), body, small, speaks_of)
    made = [pieces.section(body, speaks_of)]
    if told.words:
        made.append(pieces.words(told.words))
    made += [pieces.section(line, speaks_of) for line in lines]
    if told.link and nudge.kind in LINKED:
        made.append(appreciations.linked(voice, told.link))
    if small:
        made.append(pieces.context(small))
    row = seen_to if nudge.acted else _row(voice, nudge, address)
    return [*made, row] if row else made


LINKED = frozenset({NudgeKind.THANKS_RECEIVED, NudgeKind.THANKS_SHARED})
"""Kinds that may be about a message, or about work that stands somewhere."""


def _row(voice: Voice, nudge: Enclosed, address: str) -> Block | None:  # noqa: C901 - one line for each kind
    told, subject = nudge.told, nudge.subject
    match nudge.kind:
        case NudgeKind.ASK_WAITING | NudgeKind.ASK_PASSED_ON if "ts" in (told.extra or {}):
            return _about_ask(voice, nudge, address)
        case NudgeKind.PLACE_OFFERED:
            return circles.offer(voice, subject)
        case NudgeKind.THANKS_RECEIVED:
            return appreciations.invitation(voice, subject, told)
        case NudgeKind.EFFORT_SEEN:
            return effort_blocks.row(voice, subject)
        case NudgeKind.EFFORT_RECALL:
            return effort_blocks.recall(voice, subject)
        case NudgeKind.KEEP_OR_STOP:
            return effort_blocks.keep_monthly(voice, subject)
        case NudgeKind.REPAIR_RECEIVED:
            return repairs.received(voice, subject)
        case NudgeKind.NOTE_RECEIVED:
            return repairs.note(voice, subject)
        case NudgeKind.NOTE_EXPIRED:
            return repairs.begin(voice, subject)
        case NudgeKind.CARD_DRAWN | NudgeKind.HOUSE_CARD if told.kind:
            return cards.drawn(voice, subject, told.kind, ours=nudge.kind is NudgeKind.HOUSE_CARD)
        case NudgeKind.MOMENT_PATTERN:
            return moments.pattern(voice, subject)
        case NudgeKind.BALANCE_INVITE if told.who:
            return moments.invitation(voice, told.who)
        case _:
            return None


def _about_ask(voice: Voice, nudge: Enclosed, address: str) -> Block:
    """An ask that waits, and beside its answers the way to a word of repair."""
    extra = nudge.told.extra or {}
    link = slack_text.permalink(address, extra["channel"], extra["ts"])
    is_offered = nudge.kind is NudgeKind.ASK_PASSED_ON
    line = ask_blocks.Line(nudge.subject, "", link, is_read=nudge.told.place is not None, is_offered=is_offered)
    row = ask_blocks.buttons(voice, line)
    if is_offered:
        return row
    late = pieces.button(voice, Button.REPAIRS_OPEN, f"ask.{nudge.subject}")
    return {**row, "elements": [*row["elements"], late]}


def _closing(voice: Voice, kinds: Iterable[NudgeKind]) -> Block:
    value = ",".join(dict.fromkeys(kind.value for kind in kinds))
    does = (Button.NUDGES_WHY, Button.NUDGES_FEWER, Button.NUDGES_STOP)
    return pieces.actions(CLOSING, *(pieces.button(voice, each, value) for each in does))


@dataclass(frozen=True, slots=True)
class Because:
    """Why one question is thought open."""

    channel: str
    said: tuple[str, ...]


def why(voice: Voice, kinds: Iterable[NudgeKind], asked: Iterable[Because] = ()) -> View:
    """Why each of these came, what counted for each question, and how to have fewer of it, or none."""
    blocks: list[Block] = [pieces.header(slack.why_title(voice))]
    for kind in dict.fromkeys(kinds):
        title = nudges.title(voice, kind)
        fewer = pieces.button(voice, Button.NUDGES_FEWER, kind.value, about=title)
        stop = pieces.button(voice, Button.NUDGES_STOP, kind.value, about=title)
        said = f"{title}: {reasons.why(voice, kind)}"
        blocks += [pieces.section(said), pieces.actions(f"nudges.{kind.value}", fewer, stop)]
    for each in asked:
        above = evidence.about(voice, slack_text.channel(each.channel))
        blocks.append(pieces.section(" ".join((above, *each.said)), {each.channel}))
    return pieces.notice(voice, blocks=[*blocks, pieces.context(buttons.stop_hint(voice))])


def welcome(voice: Voice, circle: str | None) -> View:
    """What one reads right after joining."""
    return pieces.notice(voice, people.welcome(voice, circle), people.welcome_tip(voice))
