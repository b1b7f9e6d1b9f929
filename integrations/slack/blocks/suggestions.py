"""The form for unsigned cards, step by step: for whom and about what, which card, and what is promised."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.ruptures import Rupture
from service.suggestions.deck import Card
from service.wording import cards, coach, kinds, slipping, slots
from service.wording import repairs as repair_words
from service.wording import suggestions as words
from service.wording.buttons import Button
from service.wording.voice import Voice

DOES = Button.SUGGESTIONS_OPEN
ONE = "one"
"""The choice of one person, where circles are chosen by their ids."""


def begin(voice: Voice, circles: Sequence[tuple[str, str]], *, one: bool, help_at: str = "") -> View:
    """For whom, and about what. `circles` are ids and names; for one person comes second, where anybody is there.

    `help_at` are those whom the workspace named for what is not small.
    """
    options = [pieces.option(slipping.for_all_of(voice, name), id_) for id_, name in circles]
    options += [pieces.option(words.for_one(voice), ONE)] if one else []
    which = [pieces.option(kinds.title(voice, each), each.value) for each in Rupture]
    return pieces.form(
        voice,
        DOES,
        [
            pieces.section(words.way_out(voice, words.contacts(voice, help_at))),
            pieces.section(repair_words.signed_first(voice)),
            signed(voice),
            pieces.divider(),
            pieces.field("for", words.for_whom(voice), pieces.choice(DOES, options, options[0]["value"])),
            pieces.context(words.for_all_hint(voice)),
            pieces.field("kind", words.which_kind(voice), pieces.choice(DOES, which)),
            pieces.context(words.promise(voice)),
        ],
        submit=coach.go_on(voice),
    )


def signed(voice: Voice) -> Block:
    """The way to a signed word."""
    return pieces.actions("suggestions.signed", pieces.button(voice, Button.REPAIRS_OPEN, "me"))


def person(voice: Voice, people: Sequence[tuple[str, str]], kept: str) -> View:
    """Which person. `people` are ids and names, in the order of their names."""
    options = [pieces.option(name, id_) for id_, name in people]
    if len(options) <= pieces.MOST_OPTIONS:
        element = pieces.choice(DOES, options)
    else:
        element = {"type": "static_select", "action_id": DOES.value, "option_groups": _grouped(options)}
    return pieces.form(
        voice,
        DOES,
        [
            pieces.field("person", words.which_person(voice), element),
            pieces.context(words.for_one_hint(voice)),
            pieces.context(words.may_not_draw(voice)),
        ],
        submit=coach.go_on(voice),
        kept=kept,
    )


def _grouped(options: Sequence[Block]) -> list[Block]:
    """A menu holds a hundred entries in a group, and a hundred groups."""
    numbered = groupby(enumerate(options), key=lambda each: each[0] // pieces.MOST_OPTIONS)
    groups = [[option for _, option in group] for _, group in numbered]
    return [{"label": pieces.plain(_span(group), 75), "options": group} for group in groups[: pieces.MOST_OPTIONS]]


def _span(group: Sequence[Block]) -> str:
    return f"{group[0]['text']['text'][:30]} – {group[-1]['text']['text'][:30]}"


def choose(voice: Voice, kind: Rupture, deck: Iterable[Card], kept: str) -> View:
    """The cards of one kind: each act in full above the choice, and the setting where the kind has one."""
    held = [card for card in deck if card.rupture is kind]
    acts = {card.act: card for card in held}
    settings = list(dict.fromkeys(card.setting for card in held if card.setting is not None))
    options = [pieces.option(cards.card(voice, card).act, str(act)) for act, card in acts.items()]
    where = [pieces.option(slots.phrase(voice, each), each.value) for each in settings]
    blocks: list[Block] = [pieces.header(kinds.title(voice, kind))]
    blocks += [pieces.section(str(cards.card(voice, card))) for card in acts.values()]
    act = pieces.choice(DOES, options, options[0]["value"], kind="radio_buttons")
    blocks.append(pieces.field("act", words.which_card(voice), act))
    if where:
        setting = pieces.choice(DOES, where, where[0]["value"])
        blocks.append(pieces.field("setting", slipping.which_setting(voice), setting))
    return pieces.form(voice, DOES, blocks, submit=coach.go_on(voice), kept=kept)


def last(voice: Voice, card: Card, for_whom: str, could_have: Iterable[str], kept: str, *, one: bool) -> View:
    """The card word for word, who could have sent it, and what is promised; then it is slipped."""
    small = [words.could_have(voice, could_have), *([words.may_not_draw(voice)] if one else [])]
    return pieces.form(
        voice,
        Button.SUGGESTIONS_SLIP,
        [
            pieces.section(slipping.this_card(voice)),
            pieces.section(str(cards.card(voice, card))),
            pieces.section(for_whom),
            pieces.divider(),
            *(pieces.section(each) for each in (words.promise_short(voice), words.weak(voice))),
            *(pieces.context(each) for each in small),
        ],
        kept=kept,
    )


def declined(voice: Voice, why: str) -> View:
    """Why not, and the signed way."""
    return pieces.notice(voice, why, blocks=[signed(voice)])


def done(voice: Voice) -> View:
    """The only sign there will ever be."""
    return {**pieces.notice(voice, words.slipped(voice)), "clear_on_close": True}
