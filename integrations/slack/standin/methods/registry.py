"""One table of Web API methods: what each is called, which scope it needs, whether it needs a token."""

from collections.abc import Callable
from dataclasses import dataclass

from integrations.slack.standin.arguments import Arguments
from integrations.slack.standin.nouns import (
    Channel,
    ChannelKind,
    Installation,
    Json,
    Person,
    Token,
    TokenState,
)
from integrations.slack.standin.refusals import RefusalError
from integrations.slack.standin.world import World

_FAMILY = {
    ChannelKind.PUBLIC: "channels",
    ChannelKind.PRIVATE: "groups",
    ChannelKind.DIRECT: "im",
    ChannelKind.SEVERAL: "mpim",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, proven by a token."""

    world: World
    token: Token

    @property
    def team(self) -> str:
        """The team the token belongs to."""
        return self.token.team

    @property
    def bot(self) -> Person:
        """The person the token speaks for."""
        return self.world.people[self.token.person]

    @property
    def installation(self) -> Installation:
        """The app inside the caller's team."""
        installation = self.world.team(self.team).installation
        if installation is None:
            raise RefusalError("account_inactive")
        return installation

    def needs(self, scope: str) -> None:
        """Refuse where the token was not granted this scope."""
        if scope not in self.token.scopes:
            provided = ",".join(sorted(self.token.scopes))
            raise RefusalError("missing_scope", needed=scope, provided=provided)

    def channel(self, id: str, verb: str = "read") -> Channel:  # noqa: A002
        """A conversation the bot may see, with the scope its kind wants (`channels:read`, `im:history` …)."""
        channel = self.world.channel(self.team, id)
        if channel.kind is not ChannelKind.PUBLIC and self.bot.id not in channel.members:
            raise RefusalError("channel_not_found")
        self.needs(f"{_FAMILY[channel.kind]}:{verb}")
        return channel


Answer = Callable[[Caller, Arguments], Json]
OpenAnswer = Callable[[World, Arguments], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method that needs a token, and perhaps a scope."""

    answer: Answer
    scope: str | None


METHODS: dict[str, Method] = {}
OPEN_METHODS: dict[str, OpenAnswer] = {}


def method(name: str, scope: str | None = None) -> Callable[[Answer], Answer]:
    """Enter a method in the table."""

    def enter(answer: Answer) -> Answer:
        METHODS[name] = Method(answer, scope)
        return answer

    return enter


def open_method(name: str) -> Callable[[OpenAnswer], OpenAnswer]:
    """Enter a method that proves its caller by client secret, or needs no proof."""

    def enter(answer: OpenAnswer) -> OpenAnswer:
        OPEN_METHODS[name] = answer
        return answer

    return enter


def token_of(world: World, text: str | None) -> Token:
    """The token that opens a call, or Slack's word for why it does not."""
    if not text:
        raise RefusalError("not_authed")
    token = world.tokens.get(text)
    if token is None:
        raise RefusalError("invalid_auth")
    if token.expires_at is not None and world.now() >= token.expires_at:
        token.state = TokenState.EXPIRED
    if token.state is not TokenState.LIVE:
        raise RefusalError(token.state.value)
    return token


def answer(world: World, name: str, text: str | None, arguments: Arguments) -> Json:
    """Carry out one call under the world's lock."""
    with world.lock:
        if name in OPEN_METHODS:
            return {"ok": True, **OPEN_METHODS[name](world, arguments)}
        entry = METHODS.get(name)
        if entry is None:
            raise RefusalError("unknown_method", req_method=name)
        caller = Caller(world, token_of(world, text))
        if entry.scope is not None:
            caller.needs(entry.scope)
        return {"ok": True, **entry.answer(caller, arguments)}


def page(items: list[Json], arguments: Arguments, *, default: int = 100, most: int = 1000) -> tuple[list[Json], Json]:
    """One page of a list, and the cursor of the next in Slack's wrapping."""
    limit = arguments.number("limit", default)
    if not 1 <= limit <= most:
        raise RefusalError("invalid_limit")
    cursor = arguments.maybe("cursor")
    try:
        start = int(cursor.removeprefix("next_")) if cursor else 0
    except ValueError as error:
        raise RefusalError("invalid_cursor") from error
    following = f"next_{start + limit}" if start + limit < len(items) else ""
    return items[start : start + limit], {"response_metadata": {"next_cursor": following}}
