"""Thanks as they are written, seen before they go, changed, and received."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from integrations import slack_text
from integrations.slack.blocks import pieces
from integrations.slack.blocks.pieces import Block, View
from service.appreciations.rules import MOST_RECIPIENTS, MOST_VALUES
from service.nudges.rules import Told
from service.wording import appreciations as words
from service.wording import giving, slack
from service.wording.buttons import Button
from service.wording.nudges import INVITATION
from service.wording.voice import Voice

MOST_DID: Final = 800
MOST_EASED: Final = 400
"""How much the form takes: it travels to its preview in what Slack keeps of a form, 3,000 characters at most."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known before somebody writes. `recipients` are Slack ids."""

    recipients: tuple[str, ...] = ()
    did: str = ""
    eased: str = ""
    sharing: str = ""
    link: str | None = None
    remarks: tuple[str, ...] = ()
    """Sentences above the fields."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form lets choose from, each by its value and its name."""

    readers: Sequence[tuple[str, str]]
    """Who reads it; the first one is chosen."""
    wholes: Sequence[tuple[str, str]] = ()
    """Circles that can be thanked as a whole."""
    jobs: Sequence[tuple[str, str]] = ()
    """Jobs of a home, which may speak in place of words."""
    valued: Sequence[str] = ()
    """What is valued here, in the owner's words."""


def form(voice: Voice, begun: Begun, offered: Offered, kept: str) -> View:
    """The form for thanks."""
    does = Button.APPRECIATIONS_OPEN
    who: Block = {"type": "multi_users_select", "action_id": does.value, "max_selected_items": MOST_RECIPIENTS}
    if begun.recipients:
        who["initial_users"] = list(begun.recipients)
    readers = offered.readers
    chosen = begun.sharing if begun.sharing in dict(readers) else readers[0][0]
    return pieces.form(
        voice,
        does,
        [
            *(pieces.context(remark) for remark in begun.remarks),
            *_about(voice, begun.link),
            pieces.field("recipients", words.to_whom(voice), who, optional=bool(offered.wholes)),
            *_several("everybody", words.to_everybody(voice), offered.wholes, 1),
            pieces.field(
                "did",
                words.what_they_did(voice),
                pieces.text(does, begun.did, MOST_DID),
                optional=bool(offered.jobs),
            ),
            pieces.field(
                "eased", words.what_it_eased(voice), pieces.text(does, begun.eased, MOST_EASED), optional=True
            ),
            *_several("job", words.or_a_job(voice), offered.jobs, 1),
            *_several("values", words.which_values(voice), [(each, each) for each in offered.valued], MOST_VALUES),
            pieces.field("sharing", words.who_reads(voice), pieces.choice(does, _options(readers), chosen)),
            pieces.context(words.hint(voice)),
        ],
        submit=words.see_first(voice),
        kept=kept,
    )


def _several(name: str, label: str, offered: Sequence[tuple[str, str]], most: int) -> list[Block]:
    """A field that may stay empty, where there is anything to choose."""
    if not offered:
        return []
    menu = pieces.several(Button.APPRECIATIONS_OPEN, _options(offered), most)
    return [pieces.field(name, label, menu, optional=True)]


def _options(offered: Iterable[tuple[str, str]]) -> list[Block]:
    return [pieces.option(said, value) for value, said in offered]


def _about(voice: Voice, link: str | None) -> list[Block]:
    return [linked(voice, link)] if link else []


def linked(voice: Voice, link: str) -> Block:
    """The way to what thanks are about."""
    if "/archives/" in link:
        return pieces.section(giving.about_message(voice), link=slack_text.link(link, slack.open_message(voice)))
    return pieces.section(words.noticed_work(voice), link=slack_text.link(link, giving.open_link(voice)))


@dataclass(frozen=True, slots=True)
class Preview:
    """Thanks as they will be read; people are Slack ids."""

    giver: str
    recipients: tuple[str, ...]
    did: str
    eased: str
    where: str
    """A sentence about who will read it; people in it are marks."""
    quieter: str | None = None
    whole: str | None = None
    """The name of a circle that is thanked as a whole."""
    beside: tuple[str, ...] = ()
    """What stands with the words: a job, and what is valued in it."""


def preview(voice: Voice, shown: Preview, kept: str) -> View:
    """Exactly what will be sent, and where."""
    people = {shown.giver, *shown.recipients}
    said = [
        pieces.section(words.preview(voice, thanked(voice, shown.recipients, shown.whole)), people),
        pieces.divider(),
        pieces.section(_begins(voice, shown), people),
        *([pieces.words(shown.did)] if shown.did else []),
        *([pieces.section(words.eased(voice, shown.eased))] if shown.eased else []),
        *(pieces.section(each) for each in shown.beside),
        pieces.divider(),
        *([pieces.context(shown.quieter)] if shown.quieter else []),
        pieces.context(shown.where, people),
    ]
    return pieces.form(voice, Button.APPRECIATIONS_GIVE, said, kept=kept)


def _begins(voice: Voice, shown: Preview) -> str:
    giver = slack_text.person(shown.giver)
    if shown.whole is None:
        return words.received(voice, giver)
    return words.shared(voice, giver, [words.everybody_in(voice, shown.whole)])


def thanked(voice: Voice, recipients: Iterable[str], whole: str | None) -> list[str]:
    """Those thanks are for: a circle as a whole, and people by the marks that become mentions."""
    everybody = [words.everybody_in(voice, whole)] if whole is not None else []
    return [*everybody, *(slack_text.person(each) for each in recipients)]


def given(voice: Voice, recipients: Collection[str], whole: str | None, appreciation: str) -> View:
    """After sending: to whom, and the way back for ten minutes. `recipients` are Slack ids."""
    said = pieces.section(words.given(voice, thanked(voice, recipients, whole)), recipients)
    blocks = [said, pieces.context(words.undo(voice)), change(voice, appreciation)]
    return {**pieces.notice(voice, blocks=blocks), "clear_on_close": True}


def change(voice: Voice, appreciation: str) -> Block:
    """Edit, or take it back."""
    return pieces.actions(
        f"appreciations.{appreciation}",
        pieces.button(voice, Button.APPRECIATIONS_EDIT, appreciation),
        pieces.button(voice, Button.APPRECIATIONS_WITHDRAW, appreciation),
    )


def edit(voice: Voice, did: str, eased: str, kept: str) -> View:
    """Say it better."""
    does = Button.APPRECIATIONS_EDIT
    return pieces.form(
        voice,
        does,
        [
            pieces.field("did", words.what_they_did(voice), pieces.text(does, did, 1000)),
            pieces.field("eased", words.what_it_eased(voice), pieces.text(does, eased, 1000), optional=True),
            pieces.context(words.hint(voice)),
        ],
        submit=slack.save(voice),
        kept=kept,
    )


def usage(voice: Voice, command: str, typed: str) -> list[Block]:
    """How the command is used, with the way to the form; what was typed goes along."""
    value = f"words.{typed}"[:2000] if typed else "me"
    return [
        pieces.section(giving.usage(voice, command)),
        pieces.actions("appreciations.usage", pieces.button(voice, Button.APPRECIATIONS_OPEN, value, main=True)),
        *([pieces.context(giving.kept_words(voice))] if typed else []),
        pieces.context(slack.only_you(voice)),
    ]


def marked(voice: Voice, about: str) -> list[Block]:
    """The offer to whoever put the reaction that a channel chose; `about` names the message."""
    return [
        pieces.section(giving.marked(voice)),
        pieces.actions("appreciations.marked", pieces.button(voice, Button.APPRECIATIONS_OPEN, about, main=True)),
        pieces.context(slack.only_you(voice)),
    ]


def lately(voice: Voice, given_now: Iterable[tuple[str, Sequence[str], Collection[str]]]) -> list[Block]:
    """Thanks that may still be changed: each by its id, the names of its recipients, and their Slack ids."""
    found: list[Block] = []
    for appreciation, names, speaks_of in given_now:
        found += [pieces.section(words.given(voice, names), speaks_of), change(voice, appreciation)]
    return [pieces.header(giving.lately(voice)), *found] if found else []


def invitation(voice: Voice, subject: str, told: Told) -> Block | None:
    """Under the first thanks of somebody who has not joined: join, or none of these any more."""
    if told.kind != INVITATION:
        return None
    return pieces.actions(
        f"appreciations.{subject}",
        pieces.button(voice, Button.PEOPLE_JOIN, "me"),
        pieces.button(voice, Button.APPRECIATIONS_STOP, "me"),
    )
