"""The coach, step by step: the fork, a line or a note with its blanks, the preview, and what follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.repairs.rules import Direction
from service.ruptures import Register, Rupture
from service.wording import coach, coaching, kinds, moves, notes, repair_lines, slack, slots
from service.wording import repairs as words
from service.wording.buttons import Button
from service.wording.slots import Fillings
from service.wording.voice import Voice

DOES = Button.REPAIRS_OPEN
MOST_BLANK = 300
"""How much fits into one blank, and into each of the three lines of one's own."""
STEPS = ("acknowledge", "name_it", "reconnect")


class Fork(StrEnum):
    """What brings somebody here."""

    MEND = "mend"
    HURT = "hurt"
    SAW = "saw"
    BIGGER = "bigger"


class Way(StrEnum):
    """What somebody would like to do about what hurt, or what they saw."""

    SIGN = "sign"
    WORD = "word"
    THANK = "thank"
    CARD = "card"
    CHAIR = "chair"
    READY = "ready"
    KEEP = "keep"
    NOTHING = "nothing"


WAYS = {
    Fork.HURT: (Way.SIGN, Way.CARD, Way.CHAIR, Way.READY, Way.KEEP, Way.NOTHING),
    Fork.SAW: (Way.WORD, Way.THANK, Way.CARD, Way.NOTHING),
}


def begin(voice: Voice, kept: str, *, fork: Fork | None = None, kind: Rupture | None = None) -> View:
    """What brings you here, and what kind of moment it was."""
    options = [pieces.option(_fork(voice, each), each.value) for each in Fork]
    which = [pieces.option(kinds.title(voice, each), each.value) for each in Rupture]
    brings = pieces.choice(DOES, options, fork.value if fork is not None else None, kind="radio_buttons")
    return pieces.form(
        voice,
        DOES,
        [
            pieces.field("fork", words.fork(voice), brings),
            pieces.field("kind", coach.which_kind(voice), pieces.choice(DOES, which, kind.value if kind else None)),
            pieces.context(words.nothing(voice)),
        ],
        submit=coach.go_on(voice),
        kept=kept,
    )


def _fork(voice: Voice, fork: Fork) -> str:
    match fork:
        case Fork.MEND:
            return words.fork_mend(voice)
        case Fork.HURT:
            return words.fork_hurt(voice)
        case Fork.SAW:
            return words.fork_saw(voice)
        case Fork.BIGGER:
            return coaching.fork_bigger(voice)
    assert_never(fork)


def ways(voice: Voice, fork: Fork, kind: Rupture, today: date, kept: str) -> View:
    """What one would like to do; what hurt is first asked for with one's name, its words ready."""
    options = [pieces.option(_way(voice, each), each.value) for each in WAYS[fork]]
    first: list[Block] = []
    if fork is Fork.HURT:
        ready = str(notes.note(voice, kind, example(notes.blanks(kind, voice.register), voice.register, today)))
        first = [
            pieces.section(words.signed_first(voice)),
            pieces.section(coaching.lent_note(voice)),
            pieces.words(ready),
        ]
    way = pieces.choice(DOES, options, kind="radio_buttons")
    return pieces.form(
        voice,
        DOES,
        [pieces.header(kinds.title(voice, kind)), *first, pieces.field("way", coaching.way(voice), way)],
        submit=coach.go_on(voice),
        kept=kept,
    )


def _way(voice: Voice, way: Way) -> str:
    match way:
        case Way.SIGN:
            return coaching.way_sign(voice)
        case Way.WORD:
            return coaching.way_word(voice)
        case Way.THANK:
            return coaching.way_thank(voice)
        case Way.CARD:
            return coaching.way_card(voice)
        case Way.CHAIR:
            return coaching.way_chair(voice)
        case Way.READY:
            return coaching.way_ready(voice)
        case Way.KEEP:
            return coaching.way_keep(voice)
        case Way.NOTHING:
            return coaching.way_nothing(voice)
    assert_never(way)


def line(
    voice: Voice, kind: Rupture, today: date, kept: str, *, to: str | None = None, about: str | None = None
) -> View:
    """A repair line with its blanks, or one's own words in three steps, or a deed. `to` is a Slack id."""
    wanted = repair_lines.blanks(kind, voice.register)
    ready = repair_lines.line(voice, kind, example(wanted, voice.register, today))
    own = zip(STEPS, (words.acknowledge(voice), words.name_it(voice), words.reconnect(voice)), strict=True)
    when = [pieces.option(coach.send_now(voice), "now"), pieces.option(coach.send_tomorrow(voice), "tomorrow")]
    others = voice.names(moves.label(voice, each) for each in moves.moves(kind))
    return pieces.form(
        voice,
        DOES,
        [
            pieces.header(kinds.title(voice, kind)),
            *([pieces.context(about)] if about else []),
            _receiver(voice, to),
            pieces.section(coach.lent_line(voice)),
            pieces.words(ready),
            *_blanks(voice, wanted, today),
            pieces.section(coach.own_words_hint(voice)),
            *(pieces.field(name, label, pieces.text(DOES, "", MOST_BLANK), optional=True) for name, label in own),
            pieces.field("hold", coach.when_to_send(voice), pieces.choice(DOES, when, "now", kind="radio_buttons")),
            pieces.section(coaching.other_moves(voice)),
            pieces.context(others),
            pieces.context(words.nothing(voice)),
        ],
        submit=coach.go_on(voice),
        kept=kept,
    )


def note(voice: Voice, kind: Rupture, today: date, kept: str, *, to: str | None = None) -> View:
    """A note to sign, with its blanks; nothing in it is one's own but the choices. `to` is a Slack id."""
    wanted = notes.blanks(kind, voice.register)
    ready = str(notes.note(voice, kind, example(wanted, voice.register, today)))
    return pieces.form(
        voice,
        DOES,
        [
            pieces.header(kinds.title(voice, kind)),
            _receiver(voice, to),
            pieces.section(coaching.lent_note(voice)),
            pieces.words(ready),
            *_blanks(voice, wanted, today),
            pieces.context(words.goes_when_good(voice)),
        ],
        submit=coach.go_on(voice),
        kept=kept,
    )


def _receiver(voice: Voice, to: str | None) -> Block:
    who: Block = {"type": "users_select", "action_id": DOES.value}
    return pieces.field("receiver", coach.with_whom(voice), {**who, "initial_user": to} if to else who)


def example(wanted: frozenset[str], register: Register, today: date) -> Fillings:
    """The blanks filled in any way at all, to show what a text is like."""
    filled = {slot: str(slots.choices(slot, register)[0]) for slot in wanted & slots.CLOSED}
    filled |= dict.fromkeys(wanted & slots.FREE, "…")
    if slots.DAY in wanted:
        filled[slots.DAY] = (today + timedelta(days=1)).isoformat()
    return slots.parsed(filled, today)


def _blanks(voice: Voice, wanted: frozenset[str], today: date) -> Iterable[Block]:
    for slot in sorted(wanted):
        if slot in slots.CLOSED:
            options = [pieces.option(slots.phrase(voice, each), each) for each in slots.choices(slot, voice.register)]
            element = pieces.choice(DOES, options, options[0]["value"])
        elif slot == slots.DAY:
            tomorrow = (today + timedelta(days=1)).isoformat()
            element = {"type": "datepicker", "action_id": DOES.value, "initial_date": tomorrow}
        else:
            element = pieces.text(DOES, "", MOST_BLANK)
        # One's own words may take the place of the line, so a blank that has no value beforehand may stay empty.
        yield pieces.field(slot, coach.blank(voice, slot), element, optional=slot in slots.FREE)


@dataclass(frozen=True, slots=True)
class Preview:
    """A repair as it will be read; people are Slack ids."""

    sender: str
    receiver: str
    direction: Direction
    said: str
    also: str | None = None
    """The same in the writer's own language, where the reader has another."""
    held: bool = False


def preview(voice: Voice, shown: Preview, kept: str) -> View:
    """Exactly what will be sent, and when."""
    people = {shown.sender, shown.receiver}
    sender = slack_text.person(shown.sender)
    above = words.received(voice, sender) if shown.direction is Direction.MINE else words.note_received(voice, sender)
    said = [
        pieces.section(words.preview(voice, slack_text.person(shown.receiver)), people),
        pieces.divider(),
        pieces.section(above, people),
        pieces.words(shown.said),
        pieces.divider(),
        *([pieces.context(coaching.in_your_language(voice)), pieces.words(shown.also)] if shown.also else []),
        *(pieces.context(each) for each in _when(voice, shown.direction, held=shown.held)),
        *([pieces.context(coach.or_copy(voice))] if shown.direction is Direction.MINE else []),
    ]
    return pieces.form(voice, Button.REPAIRS_SEND, said, kept=kept)


def _when(voice: Voice, direction: Direction, *, held: bool) -> tuple[str, ...]:
    if direction is Direction.HURT:
        return words.hold(voice), words.goes_when_good(voice)
    return (words.hold(voice),) if held else ()


def sent(voice: Voice, repair: str, direction: Direction, *, held: bool) -> View:
    """All that a writer sees afterwards, and the way back."""
    gone = direction is Direction.MINE and not held
    said = (words.sent(voice), words.undo(voice)) if gone else _when(voice, direction, held=True)
    take_back = pieces.button(voice, Button.REPAIRS_WITHDRAW, repair)
    shown = pieces.notice(voice, *said, blocks=[pieces.actions(f"repairs.{repair}", take_back)])
    return {**shown, "clear_on_close": True}


def lines(voice: Voice, *said: str, to_use: str | None = None, does: Sequence[Block] = ()) -> View:
    """A few sentences to go away with: words to use oneself, or none."""
    blocks = [*([pieces.words(to_use)] if to_use else []), *([pieces.actions("repairs.onward", *does)] if does else [])]
    shown = pieces.notice(voice, *said, blocks=[*blocks, pieces.context(slack.only_you(voice))])
    return {**shown, "clear_on_close": True}
