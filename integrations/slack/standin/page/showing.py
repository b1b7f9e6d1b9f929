"""What the page shows: everything the templates need, read from the world at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from integrations.slack.standin import block_kit, typed
from integrations.slack.standin.nouns import ChannelKind, Json, Message, Person, View
from integrations.slack.standin.page import fields
from integrations.slack.standin.page.place import HOME, Place, called, channels
from integrations.slack.standin.page.words import Reader
from integrations.slack.standin.refusals import CannotDoError

SHOWN = 60
LATELY = 6
REACTIONS = {"+1": "👍", "eyes": "👀", "white_check_mark": "✅", "heart": "❤️", "tada": "🎉", "pray": "🙏"}
SAID = {
    "silent": "The app did not answer in time.",
    "refused": "The app answered with an error.",
    "cannot": "That is not possible here any more.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A message in the list: where a day begins, and what was answered below it."""

    message: Message
    author: Person
    at: datetime
    day: date | None
    replies: tuple["Line", ...]


def chat(place: Place, asked: Mapping[str, str], *, clock: bool) -> Json:
    """Everything the page shows of one place."""
    actor, world = place.actor, place.actor.slack.world
    person = actor.person
    with world.lock:
        link = f"./?person={person.id}&at={{channel}}#m{{ts}}"
        lines, earlier = _lines(place, asked.get("until", ""))
        return {
            "place": place,
            "person": person,
            "team": world.team(person.team),
            "app": world.app,
            "teams": [(team, _people(place, team.id)) for team in world.teams.values()],
            "people": _people(place, person.team),
            "channels": [(one, called(actor, one)) for one in channels(actor)],
            "bot": world.bot_of(person.team),
            "title": "Home" if place.at == HOME else called(actor, world.channels[place.at]),
            "listens": place.channel is not None and world.hears(place.channel),
            "invitable": place.channel is not None and place.channel.kind is not ChannelKind.DIRECT,
            "lines": lines,
            "earlier": earlier,
            "home": actor.home if place.at == HOME else None,
            "view": actor.view,
            "reader": Reader(world, person.tz, link),
            "now": datetime.fromtimestamp(world.now(), ZoneInfo(person.tz)),
            "clock": clock,
            "lately": _lately(place),
            "commands": sorted(world.app.commands or {}),
            "shortcuts": [one for one in world.app.shortcuts if not one.on_message],
            "message_shortcuts": [one for one in world.app.shortcuts if one.on_message],
            "reactions": REACTIONS,
            "said": SAID.get(asked.get("said", "")),
            "field_name": fields.name,
            "filled": partial(_filled, person.id),
            "typed": lambda text: typed.unmarked(world, text),
            "picks_many": lambda each: block_kit.PICKED[each["type"]][1],
        }


def sent(place: Place) -> Json:
    """What the app sent to be shown here, as it sent it: the form in front, the Home, or its last message."""
    actor = place.actor
    view = actor.view or (actor.home if place.at == HOME else None)
    if view is not None:
        return view.body
    bot = actor.slack.world.bot_of(actor.person.team)
    told = [one for one in actor.slack.world.messages.get(place.at, {}).values() if bot and one.author == bot.id]
    return {"text": told[-1].text, "blocks": told[-1].blocks} if told else {}


def element(where: Message | View, block: str, action: str) -> Json:
    """The element of a message or view that somebody pressed."""
    blocks = where.body["blocks"] if isinstance(where, View) else where.blocks
    for holder, one in block_kit.elements(blocks):
        if holder["block_id"] == block and one["action_id"] == action:
            return one
    raise CannotDoError("this is no longer there")


def _filled(person: str, where: Message | View, block: Json, one: Json) -> Any:
    """What stands in a field for this person."""
    values = where.values if isinstance(where, View) else where.chosen.get(person, {})
    return block_kit.filled(one, values.get(block["block_id"], {}).get(one["action_id"]))


def _lately(place: Place) -> list[tuple[Message, Person]]:
    """The app's last direct messages to anybody, newest first: in the demo one is everybody in turn."""
    world = place.actor.slack.world
    told = []
    for post in reversed(world.posts):
        channel, message = world.channels[post.channel], world.messages[post.channel][post.ts]
        whose = next((world.people[one] for one in channel.members if not world.people[one].is_bot), None)
        if channel.kind is ChannelKind.DIRECT and whose is not None and not message.deleted:
            told.append((message, whose))
        if len(told) == LATELY:
            break
    return told


def _people(place: Place, team: str) -> list[Person]:
    everybody = place.actor.slack.world.people.values()
    return sorted(
        (one for one in everybody if one.team == team and not one.is_bot and not one.deleted),
        key=lambda one: one.real_name,
    )


def _lines(place: Place, until: str) -> tuple[list[Line], str | None]:
    """The messages to show, and the ts before which there are more."""
    world = place.actor.slack.world
    if place.channel is None:
        return [], None
    seen = [one for one in world.standing(place.channel.id) if one.ephemeral_to in (None, place.actor.id)]
    first = [one for one in seen if one.thread_ts in (None, one.ts) or one.broadcast]
    if until:
        first = [one for one in first if one.ts < until]
    kept = first[-SHOWN:]
    below: dict[str, list[Message]] = {}
    for one in seen:
        if one.thread_ts and one.thread_ts != one.ts:
            below.setdefault(one.thread_ts, []).append(one)
    zone, day, lines = ZoneInfo(place.actor.person.tz), None, []
    for one in kept:
        replies = tuple(_line(place, reply, zone) for reply in below.get(one.ts, ()))
        line = _line(place, one, zone, replies)
        if line.at.date() == day:
            lines.append(line)
        else:
            day = line.at.date()
            lines.append(Line(line.message, line.author, line.at, day, line.replies))
    return lines, kept[0].ts if len(first) > len(kept) else None


def _line(place: Place, message: Message, zone: ZoneInfo, replies: tuple[Line, ...] = ()) -> Line:
    author = place.actor.slack.world.people[message.author]
    return Line(message, author, datetime.fromtimestamp(float(message.ts), zone), None, replies)
