"""Where somebody is on the page, carried in its addresses."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort
from werkzeug.datastructures import MultiDict

from integrations.slack.standin.actor import Actor
from integrations.slack.standin.driver import Slack
from integrations.slack.standin.nouns import Channel, ChannelKind

HOME = "home"
FRESH = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Who is looking, at what: a channel's id, or the app's Home."""

    actor: Actor
    at: str
    # how often the page still looks again by itself; nothing can be typed meanwhile, so nothing typed is lost
    fresh: int = 0

    @classmethod
    def of(cls, slack: Slack, asked: "MultiDict[str, str]") -> "Place":
        """The place an address names, or the first person's conversation with the app."""
        people = [one for one in slack.world.people.values() if not one.is_bot and not one.deleted]
        person = slack.world.people.get(asked.get("person", "")) or next(iter(people), None)
        if person is None or person.is_bot:
            abort(404, "Nobody is here yet.")
        actor = Actor(slack, person)
        own = actor.dm.id if slack.world.bot_of(person.team) else None
        seen = {one.id for one in channels(actor)}
        at = asked.get("at", "")
        if at not in seen and at != HOME:
            at = own or next(iter(sorted(seen)), HOME)
        return cls(actor, at, fresh=_count(asked.get("fresh", "")))

    @property
    def channel(self) -> Channel | None:
        """The channel looked at, unless it is the Home."""
        return self.actor.slack.world.channels.get(self.at)

    def query(self, **more: str) -> str:
        """The address of this place from any page of ours, relative."""
        parts = {"person": self.actor.id, "at": self.at, "fresh": str(self.fresh), **more}
        return "./?" + urlencode({name: value for name, value in parts.items() if value not in ("", "0")})


def _count(text: str) -> int:
    return min(int(text), FRESH) if text.isdecimal() and len(text) < 3 else 0


def channels(actor: Actor) -> list[Channel]:
    """The conversations this person is in, and the public ones; direct ones first, then by name."""
    world = actor.slack.world
    with world.lock:
        return sorted(
            (
                one
                for one in world.channels.values()
                if one.team == actor.person.team and (actor.id in one.members or one.kind is ChannelKind.PUBLIC)
            ),
            key=lambda one: (one.kind is not ChannelKind.DIRECT, one.name, one.id),
        )


def called(actor: Actor, channel: Channel) -> str:
    """A conversation's name as this person sees it."""
    if channel.kind is not ChannelKind.DIRECT:
        return f"#{channel.name}"
    other = next(iter(channel.members - {actor.id}), actor.id)
    return actor.slack.world.people[other].real_name
