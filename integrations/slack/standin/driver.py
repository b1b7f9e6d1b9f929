"""The Slack a test holds in its hand: teams, people, channels, faults, and what came in."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from integrations.slack.standin import envelopes, installing, oauth_walk
from integrations.slack.standin.actor import Actor
from integrations.slack.standin.deliver import Answer, Courier, Door, over_http
from integrations.slack.standin.faults import Fault, Kind, Script
from integrations.slack.standin.nouns import Call, Channel, ChannelKind, Installation, Json, Post, Team, Token
from integrations.slack.standin.refusals import CannotDoError
from integrations.slack.standin.sockets import Sockets
from integrations.slack.standin.world import World

# What an installation asks for where a test names no scopes.
SCOPES = frozenset({
    "commands", "chat:write", "im:write", "im:read", "im:history", "users:read", "users:read.email",
    "channels:read", "channels:history", "groups:read", "groups:history", "reactions:read",
})  # fmt: skip


APP_SCOPES = frozenset({"connections:write"})


@dataclass(slots=True)
class Held:
    """Events that happened and have not been delivered yet."""

    slack: "Slack"
    envelopes: list[Json] = field(default_factory=list)

    def deliver(self, *, times: int = 1, shuffled: int | None = None, at_once: bool = False) -> list[Answer]:
        """Deliver them now: each `times` times, in an order drawn from a seed, or all at the same time."""
        batch = [one for one in self.envelopes for _ in range(times)]
        if shuffled is not None:
            random.Random(shuffled).shuffle(batch)  # noqa: S311  an order, not a secret
        if at_once:
            return self.slack.courier.all_at_once(batch)
        return [self.slack.courier.event(one) for one in batch]


@dataclass(slots=True)
class Slack:
    """A running stand-in. `address` is where it listens; `api_url` is what a WebClient takes as base_url."""

    world: World
    courier: Courier
    script: Script
    sockets: Sockets
    address: str = ""
    echoes: bool = False
    install_path: str = "/slack/install"
    held: Held | None = None
    background: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="standin-events")
    )

    def __post_init__(self) -> None:
        self.world.announce = self._announce

    def reaches(self, app: Door | str, *, path: str = "/slack/events") -> None:
        """Where the app's door is from now on: an address, or a Door (see deliver.over_wsgi)."""
        self.courier.door = over_http(app) if isinstance(app, str) else app
        self.courier.path = path

    @property
    def api_url(self) -> str:
        """The Web API's base address, with its last slash."""
        return f"{self.address}/api/"

    @property
    def authorize_url(self) -> str:
        """The consent page's address."""
        return f"{self.address}/oauth/v2/authorize"

    def team(self, name: str = "Maple", **traits: Any) -> Team:
        """The team of this name (or id), made where there is none."""
        with self.world.lock:
            for team in self.world.teams.values():
                if name in (team.name, team.id):
                    return team
            return self.world.add_team(name, **traits)

    def person(self, name: str, *, team: str | Team | None = None, **traits: Any) -> Actor:
        """Somebody by name or id, made where there is nobody; `traits` are fields of Person."""
        with self.world.lock:
            if name in self.world.people:
                return Actor(self, self.world.people[name])
            there = self._team(team)
            return Actor(self, self.world.named(there.id, name) or self.world.add_person(there.id, name, **traits))

    def channel(
        self, name: str | Channel, *, team: str | Team | None = None, kind: ChannelKind = ChannelKind.PUBLIC
    ) -> Channel:
        """A channel by name or id, made where there is none."""
        if isinstance(name, Channel):
            return name
        with self.world.lock:
            if name in self.world.channels:
                return self.world.channels[name]
            there = self._team(team)
            known = self.world.channel_named(there.id, name)
            return known or self.world.add_channel(there.id, name, kind=kind)

    def install(self, team: str | Team | None = None, *, by: Actor | None = None) -> Answer:
        """Walk the app's own installation with a browser's cookies; the app's last answer."""
        there = self._team(team)
        installer = by or self.person("owner", team=there, is_owner=True, is_admin=True)
        return oauth_walk.walk(self.courier.door, self.world, self.install_path, there.id, installer.id)

    def seats(self, team: str | Team | None = None, *, scopes: frozenset[str] | None = None) -> Installation:
        """Install the app without asking it: for tests whose subject is something else."""
        there = self._team(team)
        owner = self.person("owner", team=there, is_owner=True, is_admin=True)
        return installing.install(self.world, there.id, owner.id, scopes or self.world.app.scopes or SCOPES)

    def app_token(self) -> str:
        """A new app-level token, for Socket Mode; `slack.reaches(slack.sockets.door)` sends events that way."""
        token = Token(text=f"xapp-1-{self.world.new_id('A')}", team="", person="", kind="app", scopes=APP_SCOPES)
        self.world.tokens[token.text] = token
        return token.text

    def uninstall(self, team: str | Team | None = None) -> list[Answer]:
        """Take the app out of a team; it hears tokens_revoked and app_uninstalled."""
        there = self._team(team)
        bots = installing.uninstall(self.world, there.id)
        events: list[Json] = [
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": bots}},
            {"type": "app_uninstalled"},
        ]
        return [answer for event in events if (answer := self.sends(there.id, event)) is not None]

    def revoke(self, team: str | Team | None = None, *, silently: bool = False) -> Answer | None:
        """End the team's tokens; `silently` without the event."""
        there = self._team(team)
        bots = installing.revoke(self.world, there.id)
        if silently:
            return None
        return self.sends(there.id, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": bots}})

    def invite_app(self, channel: str | Channel, *, by: Actor) -> Answer | None:
        """Bring the app's bot into a channel."""
        there = self.channel(channel, team=by.person.team)
        bot = self.world.bot_of(there.team)
        if bot is None:
            raise CannotDoError("the app is not installed in this team")
        there.members |= {bot.id, by.id}
        return self.sends(there.team, {
            "type": "member_joined_channel", "user": bot.id, "channel": there.id, "inviter": by.id,
            "channel_type": "C" if there.kind is ChannelKind.PUBLIC else "G", "team": there.team,
        })  # fmt: skip

    def remove_app(self, channel: str | Channel, *, by: Actor) -> Answer | None:
        """Take the app's bot out of a channel."""
        there = self.channel(channel, team=by.person.team)
        bot = self.world.bot_of(there.team)
        there.members -= {bot.id} if bot else set()
        kind = "channel_left" if there.kind is ChannelKind.PUBLIC else "group_left"
        return self.sends(there.team, {"type": kind, "channel": there.id, "actor_id": by.id})

    def fault(self, kind: Kind | str, method: str = "chat.postMessage", **more: Any) -> Fault:
        """Let the next calls of a method go wrong; see faults.Fault for what `more` may say."""
        return self.script.add(Fault(Kind(kind), method, **more))

    def posts(self, delivery_id: str | None = None) -> list[Post]:
        """Every accepted chat.postMessage, or those whose metadata carries this id."""
        with self.world.lock:
            return [one for one in self.world.posts if delivery_id is None or delivery_id in one.delivery_ids]

    def calls(self, method: str | None = None) -> list[Call]:
        """The Web API calls so far, oldest first."""
        with self.world.lock:
            return [one for one in self.world.calls if method in (None, one.method)]

    def tells(self, channel: Channel, event: Json) -> Answer | None:
        """Send an event about a channel, where the app is in it."""
        return self.sends(channel.team, event) if self.world.hears(channel) else None

    def sends(self, team: str, event: Json, *, event_id: str | None = None) -> Answer | None:
        """Send an event of a team to the app; None while events are held back."""
        envelope = envelopes.event(self.world, team, event, event_id=event_id)
        if self.held is not None:
            self.held.envelopes.append(envelope)
            return None
        return self.courier.event(envelope)

    def verifies_url(self) -> Answer:
        """What Slack asks when the address of the app is entered."""
        body = {"type": "url_verification", "token": self.world.app.verification_token, "challenge": "stand-in"}
        return self.courier.event(body)

    def limits_app(self, team: str | Team | None = None) -> Answer:
        """Tell the app that it received too many events."""
        minute = int(self.world.now()) // 60 * 60
        return self.courier.event({
            "type": "app_rate_limited", "token": self.world.app.verification_token,
            "team_id": self._team(team).id, "minute_rate_limited": minute, "api_app_id": self.world.app.id,
        })  # fmt: skip

    @contextmanager
    def holding(self) -> Iterator[Held]:
        """Hold events back while something happens; deliver them afterwards as the test likes."""
        self.held = held = Held(self)
        try:
            yield held
        finally:
            self.held = None

    def _announce(self, team: str, event: Json) -> None:
        """Events that the app's own calls cause, sent behind their back as Slack does."""
        channel = self.world.channels.get(str(event.get("channel", "")))
        if event["type"] == "message" and not (self.echoes and channel and self.world.hears(channel)):
            return
        envelope = envelopes.event(self.world, team, event)
        self.background.submit(self.courier.event, envelope)

    def _team(self, team: str | Team | None) -> Team:
        if isinstance(team, Team):
            return team
        if team is not None:
            return self.team(team)
        return next(iter(self.world.teams.values()), None) or self.team()
