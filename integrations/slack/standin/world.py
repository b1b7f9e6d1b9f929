"""The state of this Slack: who is here, where, and what was said. One lock guards all of it."""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from integrations.slack.standin.nouns import (
    App,
    Call,
    Channel,
    ChannelKind,
    Json,
    Message,
    Person,
    Post,
    ResponseUrl,
    Team,
    Token,
    Trigger,
    View,
)
from integrations.slack.standin.refusals import RefusalError

CALLS_KEPT = 50_000
Kept = TypeVar("Kept")


@dataclass(slots=True)
class Clock:
    """The time of this Slack: a source, moved by an offset that the demo's buttons change."""

    source: Callable[[], float] = time.time
    offset: float = 0.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.source() + self.offset


@dataclass(slots=True)
class World:
    """Everything this Slack remembers. Hold `lock` while reading or changing several things.

    `now` is the clock its messages and signatures carry (seconds since 1970); `ticks` measures how long a
    trigger has lived, and does not move when the demo's clock does.
    """

    app: App
    now: Clock = field(default_factory=Clock)
    ticks: Callable[[], float] = time.monotonic
    trigger_seconds: float = 3.0
    address: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    directs: dict[frozenset[str], str] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    threads: dict[tuple[str, str], list[Message]] = field(default_factory=dict)
    """What was said below a message, by its channel and moment."""
    tokens: dict[str, Token] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    codes: dict[str, Json] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)
    posts: list[Post] = field(default_factory=list)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=CALLS_KEPT))
    announce: Callable[[str, Json], None] = lambda _team, _event: None
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def new_id(self, prefix: str) -> str:
        """An id as Slack's look: a letter that names the kind, then nine characters."""
        return f"{prefix}0{next(self._numbers):08X}"

    def stamp(self, channel: str, at: float | None = None) -> str:
        """A ts that no message of this channel has yet, at the clock's time or a given one."""
        micros = round((self.now() if at is None else at) * 1_000_000)
        taken = self.messages.setdefault(channel, {})
        while (ts := f"{micros // 1_000_000}.{micros % 1_000_000:06d}") in taken:
            micros += 1
        return ts

    def add_team(self, name: str, *, id: str | None = None, domain: str | None = None) -> Team:  # noqa: A002
        """A new workspace."""
        with self.lock:
            plain = "".join(letter for letter in name.lower() if letter.isalnum()) or "team"
            team = Team(id=id or self.new_id("T"), name=name, domain=domain or plain)
            self.teams[team.id] = team
            return team

    def add_person(self, team: str, name: str, *, id: str | None = None, **traits: Any) -> Person:  # noqa: A002
        """Somebody new in a team; `traits` are fields of Person."""
        with self.lock:
            traits.setdefault("real_name", name.replace(".", " ").replace("_", " ").title())
            traits.setdefault("email", f"{name}@{self.team(team).domain}.example")
            person = Person(id=id or self.new_id("U"), team=team, name=name, **traits)
            self.people[person.id] = person
            return person

    def add_channel(
        self,
        team: str,
        name: str,
        *,
        id: str | None = None,  # noqa: A002
        kind: ChannelKind = ChannelKind.PUBLIC,
        members: set[str] | None = None,
        **traits: Any,
    ) -> Channel:
        """A new channel or direct conversation; `traits` are fields of Channel."""
        with self.lock:
            prefix = "D" if kind is ChannelKind.DIRECT else "C"
            channel = Channel(
                id=id or self.new_id(prefix),
                team=team,
                name=name.removeprefix("#"),
                kind=kind,
                members=members or set(),
                created_at=int(self.now()),
                **traits,
            )
            self.channels[channel.id] = channel
            self.messages[channel.id] = {}
            return channel

    def add_message(self, channel: str, author: str, text: str, *, at: float | None = None, **more: Any) -> Message:
        """A message that stands from now on; `more` are fields of Message."""
        with self.lock:
            message = Message(channel=channel, ts=self.stamp(channel, at), author=author, text=text, **more)
            self.messages[channel][message.ts] = message
            if message.thread_ts is not None and message.thread_ts != message.ts:
                self.threads.setdefault((channel, message.thread_ts), []).append(message)
            return message

    def team(self, id: str) -> Team:  # noqa: A002
        """The team of this id, or `team_not_found`."""
        return _known(self.teams, id, "team_not_found")

    def person(self, team: str, id: str) -> Person:  # noqa: A002
        """Somebody of this team, or `user_not_found`."""
        person = _known(self.people, id, "user_not_found")
        if person.team != team:
            raise RefusalError("user_not_found")
        return person

    def channel(self, team: str, id: str) -> Channel:  # noqa: A002
        """A conversation of this team, or `channel_not_found`."""
        channel = _known(self.channels, id, "channel_not_found")
        if channel.team != team:
            raise RefusalError("channel_not_found")
        return channel

    def message(self, channel: str, ts: str) -> Message:
        """A message that still stands, or `message_not_found`."""
        message = self.messages.get(channel, {}).get(ts)
        if message is None or message.deleted:
            raise RefusalError("message_not_found")
        return message

    def direct(self, team: str, one: str, other: str) -> Channel:
        """The direct conversation of two, opened where there is none yet."""
        with self.lock:
            pair = frozenset({one, other})
            if pair not in self.directs:
                channel = self.add_channel(team, "", kind=ChannelKind.DIRECT, members=set(pair))
                self.directs[pair] = channel.id
            return self.channels[self.directs[pair]]

    def named(self, team: str, name: str) -> Person | None:
        """Who in this team goes by this name."""
        return next((one for one in self.people.values() if one.team == team and one.name == name), None)

    def channel_named(self, team: str, name: str) -> Channel | None:
        """The channel of this team with this name, with or without its #."""
        plain = name.removeprefix("#")
        return next((one for one in self.channels.values() if one.team == team and one.name == plain), None)

    def standing(self, channel: str) -> list[Message]:
        """The channel's messages that still stand, oldest first."""
        with self.lock:
            return sorted(
                (one for one in self.messages.get(channel, {}).values() if not one.deleted),
                key=lambda one: one.ts,
            )

    def replies(self, message: Message) -> list[Message]:
        """What stands below a message in its thread, oldest first."""
        with self.lock:
            below = self.threads.get((message.channel, message.ts), ())
            return sorted((one for one in below if not one.deleted), key=lambda one: one.ts)

    def bot_of(self, team: str) -> Person | None:
        """The app's bot in this team, while it is installed."""
        installation = self.team(team).installation
        return self.people[installation.bot] if installation else None

    def hears(self, channel: Channel) -> bool:
        """Whether the app is told what happens here."""
        bot = self.bot_of(channel.team)
        return bot is not None and bot.id in channel.members

    def modal(self, person: str) -> View | None:
        """The modal in front of this person."""
        stack = self.modals.get(person)
        return self.views[stack[-1]] if stack else None

    def close_modal(self, person: str) -> View | None:
        """Take away the modal in front of this person; the one below shows again."""
        stack = self.modals.get(person)
        return self.views.pop(stack.pop()) if stack else None

    def close_modals(self, person: str) -> None:
        """Take away every modal of this person."""
        while self.close_modal(person):
            pass

    def home(self, person: str) -> View | None:
        """This person's App Home, once it was published."""
        view = self.homes.get(person)
        return self.views[view] if view else None

    def trigger(self, team: str, person: str, view: str | None = None) -> Trigger:
        """A fresh right to open a view."""
        with self.lock:
            trigger = Trigger(
                id=f"{next(self._numbers)}.{self.new_id('G')}",
                team=team,
                person=person,
                made_at=self.ticks(),
                view=view,
            )
            self.triggers[trigger.id] = trigger
            return trigger

    def forget(self) -> None:
        """Start anew: nobody is here, nothing was said."""
        with self.lock:
            for remembered in (
                self.teams, self.people, self.channels, self.directs, self.messages, self.tokens, self.views,
                self.modals, self.homes, self.triggers, self.response_urls, self.codes, self.tickets,
            ):  # fmt: skip
                remembered.clear()
            self.posts.clear()
            self.calls.clear()

    def record(self, call: Call) -> None:
        """Remember how a call was answered."""
        with self.lock:
            self.calls.append(replace(call, at=self.now()))


def _known(where: dict[str, Kept], id: str, refusal: str) -> Kept:  # noqa: A002
    if id not in where:
        raise RefusalError(refusal)
    return where[id]
