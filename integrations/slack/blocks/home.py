"""The app's home: what waits, thanks lately, the circles one is in, when we may write, and what owners look after."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from integrations import slack_text
from integrations.slack.blocks import asks as ask_blocks
from integrations.slack.blocks import people as people_blocks
from integrations.slack.blocks import pieces
from integrations.slack.blocks.asks import Line
from integrations.slack.blocks.pieces import Block, View
from service.people.rules import Boundary, Feature
from service.wording import doors, home, people, settings, slack
from service.wording.buttons import Button
from service.wording.voice import Voice

MOST_LINES = 10
"""How many asks each list shows; the web shows all of them."""
MOST_CIRCLES = 10


@dataclass(frozen=True, slots=True)
class Thanked:
    """Thanks on the home: a sentence of ours, and the words where they are to its reader."""

    said: str
    words: str = ""
    speaks_of: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle on the home. `leads` are Slack ids."""

    id: str
    name: str
    leads: Sequence[str] = ()
    is_led: bool = False
    """Whether its reader may invite it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything a member's home shows."""

    waiting: Sequence[Line]
    asked: Sequence[Line]
    boundary: Boundary
    circles: Sequence[Circle] = ()
    thanked: Sequence[Thanked] = ()
    open_ones: Sequence[Block] = ()
    is_owner: bool = False


def outside(voice: Voice) -> View:
    """Before joining: what this is, and the way in."""
    return _home(
        [
            pieces.section(slack.introduction(voice)),
            pieces.section(people.noticed(voice)),
            pieces.section(people.leaving(voice)),
            pieces.actions(
                "people.join",
                pieces.button(voice, Button.PEOPLE_JOIN, "me", main=True),
                pieces.button(voice, Button.APPRECIATIONS_OPEN, "home"),
            ),
            pieces.context(people.strangers(voice)),
        ]
    )


def inside(voice: Voice, found: Standing, now: datetime) -> View:
    """After joining. `now` is on the reader's clock."""
    blocks = [
        *_doors(voice),
        *found.open_ones,
        *ask_blocks.lists(voice, list(found.waiting), list(found.asked[:MOST_LINES])),
        *_thanked(voice, found.thanked),
        *_circles(voice, found.circles),
        pieces.divider(),
        *people_blocks.hours(voice, found.boundary),
        pieces.context(home.spoken(voice, voice.language_name(voice.language))),
    ]
    if found.is_owner:
        row = pieces.actions("people.settings", pieces.button(voice, Button.PEOPLE_SETTINGS, "me"))
        blocks += [pieces.header(home.owners_title(voice)), row]
    fallback = f"{voice.day(now)} {voice.clock(now)}"
    end = [pieces.stamp(home.updated(voice), now, fallback), pieces.context(slack.only_you(voice))]
    return _home([*blocks[: 100 - len(end)], *end])


def _doors(voice: Voice) -> list[Block]:
    does = (Button.EFFORTS_NOTE, Button.REPAIRS_OPEN, Button.SUGGESTIONS_OPEN, Button.MOMENTS_NOTE)
    thank = pieces.button(voice, Button.APPRECIATIONS_OPEN, "home", main=True)
    return [
        pieces.header(doors.title(voice)),
        pieces.actions("home.doors", thank, *(pieces.button(voice, each, "home") for each in does)),
        pieces.actions("home.web", pieces.button(voice, Button.ACCESS_OPEN, "home")),
    ]


def _thanked(voice: Voice, thanked: Iterable[Thanked]) -> list[Block]:
    found: list[Block] = []
    for each in thanked:
        found.append(pieces.section(each.said, each.speaks_of))
        if each.words:
            found.append(pieces.words(each.words))
    return [pieces.header(home.thanks_title(voice)), *(found or [pieces.section(home.no_thanks_yet(voice))])]


def _circles(voice: Voice, circles: Sequence[Circle]) -> list[Block]:
    found: list[Block] = []
    for each in circles[:MOST_CIRCLES]:
        named = people.leads(voice, [slack_text.person(lead) for lead in each.leads])
        found += [pieces.section(each.name), pieces.context(named, each.leads)]
        if each.is_led:
            invite = pieces.button(voice, Button.PEOPLE_INVITE, each.id, about=each.name)
            found.append(pieces.actions(f"circles.{each.id}", invite))
    return [pieces.header(home.circles_title(voice)), *(found or [pieces.section(home.no_circle(voice))])]


def workspace(voice: Voice, switched_off: Collection[str], unlocks: Sequence[str], grant_at: str, kept: str) -> View:
    """The settings of a workspace, for its owners. `unlocks` says what was not granted; `grant_at` where it may be."""
    does = Button.PEOPLE_SETTINGS
    options = [pieces.option(settings.feature(voice, each), each.value) for each in Feature]
    allowed: Block = {"type": "checkboxes", "action_id": does.value, "options": options}
    chosen = [option for option in options if option["value"] not in switched_off]
    if chosen:
        allowed["initial_options"] = chosen
    blocks = [
        pieces.field("features", settings.features(voice), allowed, optional=True),
        pieces.context(settings.features_hint(voice)),
        pieces.divider(),
    ]
    if unlocks:
        link = slack_text.link(grant_at, home.grant_more(voice)) if grant_at else None
        blocks += [pieces.section(home.not_granted(voice), link=link), *(pieces.context(each) for each in unlocks)]
    else:
        blocks.append(pieces.context(home.all_granted(voice)))
    return pieces.form(voice, does, blocks, submit=slack.save(voice), kept=kept)


def _home(blocks: list[Block]) -> View:
    return {"type": "home", "blocks": blocks}
